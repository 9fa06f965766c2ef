import fc from 'fast-check';
import { isbot } from 'isbot';
import { describe, expect, it } from 'vitest';
import { framePage } from './frame-page.js';
import { escapeHtml, markup } from '../../platform/text/html.js';
import { linkPath } from './layout.js';
import { cookiesNeededPage, passwordPage } from './password-page.js';
import { isPreviewBot } from './preview-bots.js';
import { linkPreviewPage, previewPage } from './preview-page.js';
import { reportedPage, reportPage } from './report-page.js';
import { expiredPage, notFoundPage, notStartedPage, suspendedPage, usedUpPage } from './state-pages.js';

/** Tags with the names of their attributes and the texts after them, as a browser parses a page. */
function skeleton(page: string): string[] {
  const tags: string[] = [];
  const tag = /<(\/?[a-z][a-z0-9]*|!doctype)((?:\s+[a-z:-]+(?:="[^"<>]*")?)*)\s*\/?>/gi;
  const rest = page.replaceAll(/<style>[^<]*<\/style>/g, '').replaceAll(tag, (_, name: string, attributes: string) => {
    tags.push(`${name} ${attributes.replaceAll(/="[^"]*"/g, '').trim()}`);
    return '';
  });
  expect(rest).not.toMatch(/[<>"']/); // the rest is text
  return tags;
}

const EVIL = [
  '"><script>alert(1)</script>',
  "' onload='x",
  '</title><img src=x>',
  '</textarea><b>',
  '<!--',
  '&lt;b&gt;',
  'javascript:alert(1)',
  '//evil.example/',
  '/\\evil.example',
  'https://s.example/"onmouseover="x',
  'https://s.example/\u202egnp.exe',
  'data:image/svg+xml;base64,PHN2Zz4=',
  'data:image/png;base64,AA"x',
  '{click_id}',
  '\0\r\n\ud800',
];
const text = fc.oneof(fc.constantFrom(...EVIL), fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }));

const pagesOf = (a: string, b: string, c: string, d: string): Record<string, string> => ({
  wrong: passwordPage({ slug: a, query: b, message: 'wrong' }),
  cookies: cookiesNeededPage(a, b),
  suspended: suspendedPage(c, a),
  preview: previewPage({
    shortUrl: a,
    slug: b,
    url: c,
    otherUrls: [d],
    preview: { title: d || 'x', description: a || 'x', image: 'https://i.example/' },
    createdAt: new Date(0),
    hidden: undefined,
  }),
  card: linkPreviewPage(a, { title: b || 'x', description: c || 'x', image: null }),
  frame: framePage(a, b),
  report: reportPage(a, { email: b, url: 'https://abuse.example/' }, c),
  reported: reportedPage({ email: d, url: undefined }),
});
const plainPages = pagesOf('a', 'b', 'c', 'd');

describe('pages', () => {
  it('keep what others wrote in its place, whatever it is', () => {
    fc.assert(
      fc.property(text, text, text, text, (a, b, c, d) => {
        for (const [name, page] of Object.entries(pagesOf(a, b, c, d))) {
          expect(skeleton(page)).toEqual(skeleton(plainPages[name] ?? ''));
          // oxlint-disable-next-line no-control-regex -- control characters are exactly what is looked for
          expect(page).not.toMatch(/[\0\u202a-\u202e\u2066-\u2069]/);
        }
      }),
    );
  });

  it('link to nothing but what is on the same host', () => {
    fc.assert(
      fc.property(text, text, (slug, query) => {
        const path = linkPath(slug);
        expect(path).toMatch(/^\/(?![/\\])[!-~]*$/);
        expect(new URL(path, 'https://go.example').host).toBe('go.example');
        // A preview and a frame link to the given URL.
        const { card: _, frame: __, ...others } = pagesOf(slug, query, slug, query);
        for (const page of Object.values(others)) {
          for (const [, href = ''] of page.matchAll(/(?:href|action)="([^"]*)"/g)) {
            const url = new URL(href, 'https://go.example');
            if (url.protocol === 'mailto:' || url.host === 'abuse.example') continue; // the operator's own
            expect(url.host).toBe('go.example');
          }
        }
      }),
    );
    expect(new URL(linkPath('夏/a b;c'), 'https://go.example').pathname).toBe('/%E5%A4%8F/a%20b%3Bc');
  });

  it.each([
    'javascript:alert(1)',
    'http://i.example/a.png',
    'data:image/svg+xml;base64,PHN2Zz4=',
    'data:image/png;base64,AA"x',
    'data:text/html,x',
    'no url',
  ])('show no image from %s', (image) => {
    expect(linkPreviewPage('https://go.example/a', { image })).not.toContain('og:image');
  });

  it('show no address where the password hides it, and ASCII where letters may look alike', () => {
    const page = {
      shortUrl: 'https://go.example/a',
      slug: 'a',
      otherUrls: [],
      preview: {},
      createdAt: undefined,
      hidden: undefined,
    };
    const secret = { ...page, url: undefined };
    expect(previewPage({ ...secret, hidden: 'password' })).toContain('after the password was entered');
    expect(previewPage({ ...secret, hidden: 'cloak' })).toContain('under its own address');
    const shown = previewPage({ ...page, url: 'https://аpple.com/{click_id}?a={sub1}' }); // the first letter is Cyrillic
    expect(shown).toContain('<p class="host">xn--pple-43d.com</p>');
    expect(shown).not.toContain('{click_id}');
    expect(shown).not.toContain('{sub1}');
  });

  it('say what has happened', () => {
    expect(notFoundPage()).toContain('There is no such link');
    expect(expiredPage()).toContain('expired');
    expect(usedUpPage()).toContain('used up');
    expect(notStartedPage(new Date('2026-12-01T08:30:00Z'))).toContain('2026-12-01 at 08:30 UTC');
    expect(suspendedPage('blocklist', 'a')).toContain('phishing');
    expect(suspendedPage('our lawyer says so', 'a')).not.toContain('lawyer');
    expect(suspendedPage('constructor', 'a')).toContain('has stopped it');
    for (const page of Object.values(plainPages)) expect(page.length).toBeLessThan(5_000);
  });

  it('show a destination in a frame, and link to it where there are none', () => {
    const url = 'https://s.example/?a="b"&c=\'</iframe><script>';
    const page = framePage('Summer </title>', url);
    for (const place of ['<iframe src="', '<a href="']) expect(page).toContain(`${place}${escapeHtml(url)}"`);
    expect(page).toContain('<title>Summer &lt;/title&gt;</title>');
    expect(page).not.toContain('<script');
    expect(page.split('</iframe')).toHaveLength(2);
  });

  it('escape values, but not what is HTML already', () => {
    expect(markup`<b>${'<'}${markup`<i>`}${[markup`&amp;`]}${undefined}${1}</b>`.text).toBe('<b>&lt;<i>&amp;1</b>');
    expect(escapeHtml(`<a href="'&`)).toBe('&lt;a href=&quot;&#39;&amp;');
  });
});

describe('isPreviewBot', () => {
  const BOTS = [
    'facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)',
    'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_11_1) AppleWebKit/601.2.4 (KHTML, like Gecko) Version/9.0.1 Safari/601.2.4 facebookexternalhit/1.1 Facebot Twitterbot/1.0',
    'Twitterbot/1.0',
    'WhatsApp/2.23.20.0',
    'TelegramBot (like TwitterBot)',
    'Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)',
    'Mozilla/5.0 (compatible; Discordbot/2.0; +https://discordapp.com)',
    'LinkedInBot/1.0 (compatible; Mozilla/5.0; Apache-HttpClient +http://www.linkedin.com)',
    'Mozilla/5.0 (compatible; redditbot/1.0; +http://www.reddit.com/feedback)',
    'http.rb/5.1.1 (Mastodon/4.2.1; +https://mastodon.social/) Bot',
  ];
  it.each(BOTS)('knows %s', (userAgent) => {
    expect(isPreviewBot(userAgent)).toBe(true);
    expect(isbot(userAgent)).toBe(true); // it counts as a bot's click
  });

  it.each([
    '',
    'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36',
    'Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 [FBAN/FBIOS;FBAV/440.0]',
    'Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148 [Pinterest/iOS]',
    'Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148 Snapchat/12.0',
    'Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/120 Mobile Safari/537.36 WhatsApp/2.23',
    'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)',
  ])('knows that this is none: %s', (userAgent) => {
    expect(isPreviewBot(userAgent)).toBe(false);
  });
});
