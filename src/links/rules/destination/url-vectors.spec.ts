import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Blocklist } from '../../../platform/urls/blocklist.js';
import { problemOf, readUrl, type UrlRules } from '../../../platform/urls/url-rules.js';
import { cleanParameter } from '../../../platform/urls/percent-text.js';
import { buildDestination, FORWARD_QUERY } from './destination.js';
import { parseUrlTemplate } from './url-template.js';

const list = new Blocklist('bad.example # phishing\nhttps://half-bad.example/phish\n0.0.0.0 hosts-file.example\n');
const rules: UrlRules = {
  extraSchemes: new Set(['myapp']),
  allowedHosts: new Set(['127.0.0.1:9000', 'localhost:9001', '::1:9002', 'shop.internal:443']),
  isOwnHost: (hostname) => hostname === 'go.brand.example' || hostname === 'xn--mller-kva.example',
  isBlocked: (url) => list.has(url),
};

/** As a destination is judged: as a template, then by where it leads. */
const judge = (text: string): string => {
  const reading = parseUrlTemplate(text);
  if (!reading.ok) return reading.code;
  return problemOf(new URL(reading.url), rules)?.code ?? reading.url;
};
/** As a URL without macros is. */
const judgePlain = (text: string): string => {
  const reading = readUrl(text);
  if (!reading.ok) return reading.code;
  return problemOf(reading.url, rules)?.code ?? reading.url.href;
};

const wellFormed = (text: string): string => Buffer.from(text).toString();
const long = (length: number): string => `https://shop.example/${'x'.repeat(length - 'https://shop.example/'.length)}`;

const VECTORS: [text: string, outcome: string][] = [
  // Schemes
  ['javascript:alert(1)', 'scheme'],
  ['JaVaScRiPt:alert(1)', 'scheme'],
  ['java\nscript:alert(1)', 'bad_character'],
  ['\u0001javascript:alert(1)', 'bad_character'],
  [' javascript:alert(1)', 'bad_character'],
  ['javascript://shop.example/%0aalert(1)', 'scheme'],
  ['data:text/html,<script>alert(1)</script>', 'scheme'],
  ['data:text/html;base64,PHNjcmlwdD4=', 'scheme'],
  ['blob:https://shop.example/uuid', 'scheme'],
  ['file:///etc/passwd', 'scheme'],
  ['vbscript:msgbox(1)', 'scheme'],
  ['intent://scan/#Intent;scheme=zxing;end', 'scheme'],
  ['filesystem:https://shop.example/x', 'scheme'],
  ['view-source:https://shop.example/', 'scheme'],
  ['about:blank', 'scheme'],
  ['ftp://shop.example/', 'scheme'],
  ['mailto:a@shop.example', 'scheme'],
  ['tel:+491234', 'scheme'],
  ['otherapp://open', 'scheme'],
  ['ws://shop.example/', 'scheme'],
  ['myapp://open/item?id=1', 'myapp://open/item?id=1'],
  ['MYAPP://open', 'myapp://open'],
  ['//shop.example/', 'is_url'],
  ['shop.example/', 'is_url'],
  ['/path', 'is_url'],
  ['', 'is_url'],
  ['https://', 'is_url'],
  ['https:shop.example', 'is_url'],
  ['http:///shop.example', 'is_url'],
  ['http:/shop.example', 'is_url'],
  ['https://https://shop.example/', 'is_url'],
  ['https://http//shop.example/', 'is_url'],
  ['htps://shop.example/', 'scheme'],
  ['shop.example:8080/x', 'scheme'],
  ['http:\\\\shop.example', 'is_url'],
  ['HTTPS://Shop.Example:443/A', 'https://shop.example/A'],
  // Credentials
  ['https://user@shop.example/', 'credentials'],
  ['https://user:pass@shop.example/', 'credentials'],
  ['https://:pass@shop.example/', 'credentials'],
  ['https://shop.example%2f@evil.example/', 'credentials'],
  ['https://shop.example\\@evil.example/', 'https://shop.example/@evil.example/'],
  ['https://shop.example/@evil.example', 'https://shop.example/@evil.example'],
  ['myapp://user@open/', 'credentials'],
  // Characters
  ['https://shop.example/a b', 'bad_character'],
  ['https://shop.example/a\tb', 'bad_character'],
  ['https://shop.example/\r\nSet-Cookie: a=b', 'bad_character'],
  ['https://shop.example/\u0000', 'bad_character'],
  ['https://shop.example/\u007f', 'bad_character'],
  ['https://shop.example/\u0085', 'bad_character'],
  ['https://shop.example/\u00a0', 'bad_character'],
  ['https://shop.example/\ud800', 'bad_character'],
  ['https://sh\top.example/', 'bad_character'],
  ['https://shop.example/%0d%0aSet-Cookie:a', 'https://shop.example/%0d%0aSet-Cookie:a'],
  ['https://shop.example/\u202efdp', 'https://shop.example/%E2%80%AEfdp'],
  // Length
  [long(2_048), long(2_048)],
  [long(2_049), 'too_long'],
  [`https://shop.example/${'ü'.repeat(500)}`, 'too_long'],
  // Names of hosts
  ['https://a..b.example/', 'host'],
  ['https://.shop.example/', 'host'],
  ['https://shop.example./', 'host'],
  ['https://-a.example/', 'host'],
  ['https://a-.example/', 'host'],
  ['https://a_b.example/', 'https://a_b.example/'],
  ['https://_dmarc.shop.example/', 'https://_dmarc.shop.example/'],
  ['https://shop_.example/', 'https://shop_.example/'],
  ['https://shop.ex_ample/', 'host'],
  ['http://my_nas.local/', 'private_host'],
  [`https://${'a'.repeat(64)}.example/`, 'host'],
  [`https://${'a'.repeat(63)}.example/`, `https://${'a'.repeat(63)}.example/`],
  [`https://${'abcdefg.'.repeat(32)}example/`, 'host'],
  ['https://a!b.example/', 'host'],
  ['https://a*b.example/', 'host'],
  ['https://a b.example/', 'bad_character'],
  ['https://a%20b.example/', 'is_url'],
  ['https://shop.example:99999/', 'is_url'],
  ['https://shop.example:8443/', 'https://shop.example:8443/'],
  ['https://example.com。evil.example/', 'https://example.com.evil.example/'],
  ['https://müller-shop.example/', 'https://xn--mller-shop-9db.example/'],
  ['https://xn--a.example/', 'is_url'],
  // Private hosts
  ['http://localhost/', 'private_host'],
  ['http://LOCALHOST:3000/', 'private_host'],
  ['http://a.localhost/', 'private_host'],
  ['http://localhost./', 'host'],
  ['http://printer.local/', 'private_host'],
  ['http://metadata.google.internal/', 'private_host'],
  ['http://router.lan/', 'private_host'],
  ['http://nas.home.arpa/', 'private_host'],
  ['http://intranet/', 'private_host'],
  ['http://127.0.0.1/', 'private_host'],
  ['http://127.1/', 'private_host'],
  ['http://0x7f.1/', 'private_host'],
  ['http://2130706433/', 'private_host'],
  ['http://0177.0.0.1/', 'private_host'],
  ['http://127。0。0。1/', 'private_host'],
  ['http://①②⑦.0.0.1/', 'private_host'],
  ['http://0.0.0.0/', 'private_host'],
  ['http://10.1.2.3/', 'private_host'],
  ['http://172.16.0.1/', 'private_host'],
  ['http://192.168.1.1/', 'private_host'],
  ['http://100.64.0.1/', 'private_host'],
  ['http://100.100.100.200/', 'private_host'],
  ['http://169.254.169.254/latest/meta-data/', 'private_host'],
  ['http://168.63.129.16/', 'private_host'],
  ['http://192.0.2.1/', 'private_host'],
  ['http://198.18.0.1/', 'private_host'],
  ['http://224.0.0.1/', 'private_host'],
  ['http://255.255.255.255/', 'private_host'],
  ['http://[::1]/', 'private_host'],
  ['http://[::]/', 'private_host'],
  ['http://[::ffff:127.0.0.1]/', 'private_host'],
  ['http://[::7f00:1]/', 'private_host'],
  ['http://[64:ff9b::7f00:1]/', 'private_host'],
  ['http://[2002:7f00:1::]/', 'private_host'],
  ['http://[2001:db8::1]/', 'private_host'],
  ['http://[fd00:ec2::254]/', 'private_host'],
  ['http://[fe80::1]/', 'private_host'],
  ['http://[ff02::1]/', 'private_host'],
  ['http://[4000::1]/', 'private_host'],
  ['http://[2a00:1450::5efe:7f00:1]/', 'private_host'],
  ['http://93.184.216.34/', 'http://93.184.216.34/'],
  ['http://[2606:2800:220:1::1]/', 'http://[2606:2800:220:1::1]/'],
  // What OUTBOUND_ALLOW excepts
  ['http://127.0.0.1:9000/', 'http://127.0.0.1:9000/'],
  ['http://127.0.0.1:9001/', 'private_host'],
  ['http://localhost:9001/', 'http://localhost:9001/'],
  ['http://[::1]:9002/', 'http://[::1]:9002/'],
  ['https://shop.internal/', 'https://shop.internal/'],
  ['http://shop.internal/', 'private_host'],
  // Our own domains
  ['https://go.brand.example/other', 'loop'],
  ['https://GO.Brand.Example:8080/other', 'loop'],
  ['https://müller.example/', 'loop'],
  ['https://www.go.brand.example/', 'https://www.go.brand.example/'],
  // The blocklist
  ['https://bad.example/', 'blocked'],
  ['http://BAD.example:8080/x?y', 'blocked'],
  ['https://deep.www.bad.example/', 'blocked'],
  ['https://notbad.example/', 'https://notbad.example/'],
  ['https://bad.example.org/', 'https://bad.example.org/'],
  ['https://half-bad.example/', 'https://half-bad.example/'],
  ['http://half-bad.example/phish/login', 'blocked'],
  ['http://half-bad.example/%70h%69sh', 'blocked'],
  ['https://hosts-file.example/', 'blocked'],
];

describe('a URL that comes in', () => {
  it.each(VECTORS)('%j: %s', (text, outcome) => {
    expect(judge(text)).toBe(outcome);
    expect(judgePlain(text)).toBe(outcome);
  });

  it.each([
    ['https://shop.example/{sub1}?a={sub2}#{sub3}', 'https://shop.example/{sub1}?a={sub2}#{sub3}'],
    ['https://{sub1}.example/', 'macro_place'],
    ['https://shop.example:{sub1}/', 'is_url'],
    ['{sub1}://shop.example/', 'macro_place'],
    ['$1javascript:alert(1)', 'macro_place'],
    ['https://{sub1}@shop.example/', 'credentials'],
    ['https://shop.example/?{sub1}=a', 'macro_place'],
    ['https://bad.example/{sub1}', 'blocked'],
    ['https://half-bad.example/phish{sub1}', 'blocked'],
    ['http://10.0.0.1/{sub1}', 'private_host'],
    ['myapp:{sub1}', 'myapp:{sub1}'],
    ['myapp://{sub1}/x', 'macro_place'],
    ['javascript:{sub1}', 'scheme'],
    ['https://shop.example/{nobody}', 'unknown_macro'],
    ['https://shop.example/{sub1', 'malformed_macro'],
    ['https://shop.example$1/', 'macro_place'],
  ])('with macros, %j: %s', (text, outcome) => {
    expect(judge(text)).toBe(outcome);
  });

  const nasty = fc.oneof(
    fc.constantFrom(...VECTORS.map(([text]) => text)),
    fc.constantFrom(
      'https://',
      'myapp:',
      '//',
      '\\',
      '@',
      ':',
      '%',
      '{sub1}',
      '{query:a}',
      '?',
      '#',
      '..',
      '[::1]',
      '$1',
    ),
    fc.string({ unit: 'grapheme', maxLength: 6 }),
    fc.webUrl({ withQueryParameters: true, withFragments: true }),
  );
  const anyUrl = fc
    .tuple(
      fc.constantFrom('', 'https://shop.example', 'myapp://a', 'http://shop.example:81/'),
      fc.array(nasty, { maxLength: 4 }),
    )
    .map(([begin, pieces]) => begin + pieces.join(''));

  it('has an allowed scheme, no credentials, no control characters and its stored form, if it is accepted', () => {
    let accepted = 0;
    fc.assert(
      fc.property(anyUrl, (text) => {
        const reading = parseUrlTemplate(text);
        if (!reading.ok || problemOf(new URL(reading.url), rules)) return;
        accepted++;
        const url = new URL(reading.url);
        expect(['http:', 'https:', 'myapp:']).toContain(url.protocol);
        expect([url.username, url.password]).toEqual(['', '']);
        expect(reading.url).toMatch(/^[\x21-\x7e]+$/);
        expect(reading.url.length).toBeLessThanOrEqual(2_048);
        expect(parseUrlTemplate(reading.url)).toEqual(reading);
      }),
      { numRuns: 3_000 },
    );
    expect(accepted).toBeGreaterThan(200);
  });

  it('is led to by no query with another scheme, host or port', () => {
    const anyText = fc.oneof(nasty, fc.string({ unit: 'binary', maxLength: 8 }));
    const query = fc.array(fc.tuple(anyText, anyText), { maxLength: 4 });
    fc.assert(
      fc.property(anyUrl, query, anyText, fc.constantFrom(...FORWARD_QUERY), (text, pairs, value, forwardQuery) => {
        const reading = parseUrlTemplate(text);
        if (!reading.ok || problemOf(new URL(reading.url), rules)) return;
        const visitors = pairs.map(([name, value]) => ({ name, value, sent: cleanParameter(`${name}=${value}`) }));
        const built = buildDestination(
          { template: reading.template, clickIdParam: 'click_id', forwardQuery },
          { clickId: 'K1', query: visitors, valueOf: () => wellFormed(value) },
        );
        if (built === undefined) return;
        const [before, after] = [new URL(reading.url), new URL(built)];
        expect([after.protocol, after.host]).toEqual([before.protocol, before.host]);
        expect([after.username, after.password]).toEqual(['', '']);
        expect(built).toMatch(/^[\x21-\x7e]+$/);
      }),
      { numRuns: 3_000 },
    );
  });
});
