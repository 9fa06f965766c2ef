import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { MailMessage } from './mail-layout.js';
import { toOneLine, toShortName, wrapText } from './mail-text.js';
import { MAIL_TEMPLATES, type MailKind, type MailValues, renderMail } from './render-mail.js';
import { TWO_FACTOR_CHANGES } from './two-factor-changed.js';

const numRuns = Number(process.env['PROPERTY_RUNS'] ?? 500);
const SITE = 'go.brand.example';
const LINK = `https://${SITE}/app/token#${'t'.repeat(43)}`;
const at = new Date('2026-11-28T21:05:00Z');
const KINDS = Object.keys(MAIL_TEMPLATES) as MailKind[];

const HOSTILE = [
  '"><script>alert(1)</script>',
  "' onmouseover='x",
  'Ann\r\nBcc: victim@brand.example',
  'Ann\n\nClick http://evil.example/',
  'Ann\u2028Bcc: x@y.example\u2029\u0085',
  '\u202egnp.exe\u2066',
  '\0\u0007\u001b[31m\ud800',
  '</title><img src=x>',
  '&lt;b&gt;',
  '=?utf-8?B?QmNjOiB4?=',
  '',
  ' \t ',
  'x'.repeat(5_000),
  '👩‍👩‍👧‍👦'.repeat(50),
];
const text = fc.oneof(fc.constantFrom(...HOSTILE), fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }));

/** All mails with these values in every place that takes text. */
function mailsWith(a: string, b: string, c: string): MailMessage[] {
  const values: MailValues = {
    invitation: { workspaceName: a, inviterName: b, role: c, link: LINK, validUntil: at },
    passwordReset: { link: LINK, validMinutes: 30, device: a, ip: b },
    newSignIn: { at, device: a, place: b, link: LINK },
    emailChangeConfirm: { link: LINK, validUntil: at },
    emailChanged: { at, newAddress: a },
    twoFactorChanged: { change: 'passkey-added', at, passkeyName: a, device: b, ip: c, link: LINK },
    passwordChanged: { at, device: a, ip: b, link: LINK },
  };
  return KINDS.map((kind) => renderMail(kind, values[kind], SITE));
}

/** The tags of a mail and the names of their attributes; the rest must be text. */
function tagsOf(html: string): string[] {
  const tags: string[] = [];
  const tag = /<(\/?[a-z][a-z0-9]*|!doctype)((?:\s+[a-z-]+(?:="[^"<>]*")?)*)\s*>/gi;
  const rest = html.replaceAll(tag, (_, name: string, attributes: string) => {
    tags.push(`${name} ${attributes.replaceAll(/="[^"]*"/g, '').trim()}`);
    return '';
  });
  expect(rest).not.toMatch(/[<>"']/);
  return tags;
}

describe('the mails', () => {
  it('say who invites to what, as what, and until when', () => {
    const values = { workspaceName: 'Brand', inviterName: 'Ann', role: 'editor', link: LINK, validUntil: at };
    expect(renderMail('invitation', values, SITE)).toMatchObject({
      subject: 'Ann invites you to "Brand" on Hopback',
      link: LINK,
      text: `Ann invites you to the workspace "Brand" on Hopback.

Your role: editor
Valid until: 28 November 2026 at 21:05 UTC

Accept the invitation:
${LINK}

If you do not know the sender, ignore this mail. You become a member only if
you accept.

This mail was sent by Hopback at go.brand.example.
`,
    });
  });

  it('leave out what is not known', () => {
    const { text: plain, html } = renderMail('passwordReset', { link: LINK, validMinutes: 30 }, SITE);
    expect(plain).toContain('Valid for: 30 minutes\n\nChoose');
    expect(plain + html).not.toMatch(/undefined|Requested on|Requested from/);
  });

  it.each(TWO_FACTOR_CHANGES)('name a change of the second factor: %s', (change) => {
    const { subject, text: plain } = renderMail('twoFactorChanged', { change, at, link: LINK }, SITE);
    expect(subject).toMatch(/^[A-Z].* at Hopback$/);
    expect(plain).toContain('If it was not you, change your password');
  });

  it('have the link as a button and as text, and no other address or resource', () => {
    for (const { text: plain, html, link } of mailsWith('Ann', 'Brand', 'editor')) {
      const links = [...html.matchAll(/(?:href|src|url|action)\b[="(]+([^"]*)/g)].map(([, url]) => url);
      expect(links).toEqual(link === null ? [] : [LINK, LINK]);
      expect(plain.split(LINK)).toHaveLength(link === null ? 1 : 2);
      expect(html).not.toMatch(/<(?:img|script|style|link|form|iframe)/);
      expect(html).toContain('content="light dark"');
    }
  });

  it('stay as they are with any names: no header, no tag, no long line', () => {
    const usual = mailsWith('a', 'b', 'c').map(({ html }) => tagsOf(html));
    const property = fc.property(text, text, text, (a, b, c) => {
      mailsWith(`x${a}`, `y${b}`, `z${c}`).forEach(({ subject, text: plain, html }, i) => {
        expect(subject).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}\p{Cs}\u202a-\u202e\u2066-\u2069]/u);
        expect(subject.length).toBeLessThan(300);
        expect(plain.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}\p{Cs}\u202a-\u202e\u2066-\u2069]/u);
        for (const line of plain.split('\n')) if (line !== LINK) expect(line.length).toBeLessThanOrEqual(78);
        expect(tagsOf(html)).toEqual(usual[i]);
        expect(html.length).toBeLessThan(20_000);
      });
    });
    fc.assert(property, { numRuns });
  });
});

describe('texts of mails', () => {
  it('are one line', () => {
    expect(toOneLine(' Ann\r\nBcc: x\u2028y\u0000z\u202e\ufeff ')).toBe('Ann Bcc: x y z');
    expect(toOneLine('نمی\u200cدانم 👩\u200d👧')).toBe('نمی\u200cدانم 👩\u200d👧');
  });

  it('have short names that are no address of a page', () => {
    expect(toShortName('https://evil.example/pay', 'x')).toBe('https evil.example/pay');
    expect(toShortName('\u202e \n', 'A member')).toBe('A member');
    expect([...toShortName('é'.repeat(100), 'x')]).toHaveLength(60);
  });

  it('are wrapped without loss', () => {
    const property = fc.property(fc.array(fc.string({ unit: 'grapheme', maxLength: 200 })), (words) => {
      const line = toOneLine(words.join(' '));
      const wrapped = wrapText(line);
      expect(wrapped.replaceAll(/[\n ]/g, '')).toBe(line.replaceAll(' ', ''));
      for (const part of wrapped.split('\n')) expect(part.length).toBeLessThanOrEqual(78);
    });
    fc.assert(property, { numRuns });
    expect(wrapText('')).toBe('');
  });
});
