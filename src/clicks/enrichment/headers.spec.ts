import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { botReason } from './bot.js';
import { primaryLanguage } from './language.js';
import { referrerHost } from './referrer.js';

describe('referrerHost', () => {
  it.each([
    ['https://blog.example/post?x=1#y', 'blog.example'],
    ['https://www.Blog.Example:8443/', 'blog.example'],
    ['HTTP://user:secret@news.example', 'news.example'],
    ['https://m.facebook.com/', 'm.facebook.com'],
    ['https://www.com/', 'www.com'],
    ['https://www.example.com./', 'example.com'],
    ['https://müller.example/', 'xn--mller-kva.example'],
    ['http://192.0.2.1:3000/x', '192.0.2.1'],
    ['http://[2001:db8::1]/', '[2001:db8::1]'],
    ['android-app://com.Google.android.gm/', 'com.google.android.gm'],
    ['', undefined],
    ['about:blank', undefined],
    ['javascript:alert(1)', undefined],
    ['data:text/html,x', undefined],
    ['file:///etc/passwd', undefined],
    ['blog.example', undefined],
    ['https://', undefined],
    ['https://a b/', undefined],
    [`https://${'a'.repeat(60).concat('.').repeat(5)}example/`, undefined],
  ])('%s → %s', (referrer, host) => {
    expect(referrerHost(referrer)).toBe(host);
  });

  it('is a short lower-case text or nothing, whatever comes', () => {
    const scheme = fc.constantFrom('https://', 'android-app://', 'HTTP://www.', '');
    const url = fc.tuple(scheme, fc.string()).map(([start, rest]) => start + rest);
    fc.assert(
      fc.property(url, (text) => {
        const host = referrerHost(text);
        if (host === undefined) return;
        expect(host).toBe(host.toLowerCase());
        expect(host.length).toBeGreaterThan(0);
        expect(host.length).toBeLessThanOrEqual(253);
      }),
    );
  });
});

describe('primaryLanguage', () => {
  it.each([
    ['de-DE,de;q=0.9,en;q=0.8', 'de'],
    ['EN', 'en'],
    [' fil-PH', 'fil'],
    ['zh-Hant-TW', 'zh'],
    ['', undefined],
    ['*', undefined],
    ['x', undefined],
    ['english', undefined],
    ['<script>', undefined],
  ])('%s → %s', (header, language) => {
    expect(primaryLanguage(header)).toBe(language);
  });
});

describe('botReason', () => {
  const CHROME =
    'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36';

  it.each([
    ['visit', CHROME, undefined],
    ['head', CHROME, 'head'],
    ['prefetch', CHROME, 'prefetch'],
    ['head', 'curl/8.5.0', 'head'],
    ['visit', '', 'no_user_agent'],
    ['visit', 'curl/8.5.0', 'user_agent'],
    ['visit', 'TelegramBot (like TwitterBot)', 'user_agent'],
    ['visit', 'WhatsApp/2.23.20.0', 'user_agent'],
    ['visit', 'facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)', 'user_agent'],
    ['visit', 'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)', 'user_agent'],
    ['visit', 'Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)', 'user_agent'],
  ] as const)('a %s by %s → %s', (kind, userAgent, reason) => {
    expect(botReason(kind, userAgent)).toBe(reason);
    expect(botReason(kind, userAgent), 'the second time').toBe(reason);
  });

  it.each([
    ['prefetch', 'curl/8.5.0', undefined, 'user_agent'],
    ['prefetch', '', undefined, 'no_user_agent'],
    ['prefetch', CHROME, 'person', 'prefetch'],
    ['prefetch', CHROME, 'bot', 'visitor_rule'],
    ['head', CHROME, 'person', 'head'],
    ['visit', CHROME, 'bot', 'visitor_rule'],
    ['visit', 'curl/8.5.0', 'person', undefined],
    ['visit', '', 'person', undefined],
    ['visit', CHROME, 'person', undefined],
  ] as const)('K12 a %s by %s, which a rule calls %s → %s', (kind, userAgent, ruling, reason) => {
    expect(botReason(kind, userAgent, ruling)).toBe(reason);
  });
});
