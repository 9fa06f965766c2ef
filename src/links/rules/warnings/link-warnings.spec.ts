import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeBase62 } from '../../../platform/ids/base62.js';
import { parseUrlTemplate } from '../destination/url-template.js';
import type { LinkWarning } from './link-warning.js';
import { linkWarnings, type WarnedLink } from './link-warnings.js';

const numRuns = Number(process.env['PROPERTY_RUNS'] ?? 500);
const NOW = new Date('2026-11-23T12:00:00Z');
/** As src/clicks makes them. */
const CLICK_ID = `${encodeBase62(1_234, 6)}${encodeBase62(NOW.getTime() - 86_400_000, 7)}ImPhCUUHmfH8zBPWIZ`;

/** As it comes, and as it is stored: both must be warned of alike. */
const warningsFor = (url: string, fields: Partial<WarnedLink> = {}): LinkWarning[] => {
  const link = { clickIdParam: 'click_id', forwardQuery: 'fill', ...fields };
  const reading = parseUrlTemplate(url);
  const stored = reading.ok ? linkWarnings({ ...link, url: reading.url }, { now: NOW }) : [];
  const came = linkWarnings({ ...link, url }, { now: NOW });
  if (reading.ok) expect(stored.map(({ code }) => code)).toEqual(came.map(({ code }) => code));
  return came;
};
const codes = (url: string, fields: Partial<WarnedLink> = {}): string[] =>
  warningsFor(url, fields).map(({ code }) => code);

describe('K11 macros in a foreign notation', () => {
  it.each([
    ['[click_id]', '{click_id}'],
    ['[CLICK_ID]', '{click_id}'],
    ['[clickid]', '{click_id}'],
    ['[[sub1]]', '{sub1}'],
    ['%%CLICKID%%', '{click_id}'],
    ['%CLICKID%', '{click_id}'],
    ['%CAMPAIGN%', '{campaign}'],
    ['%7Bclick_id%7D', '{click_id}'],
    ['%7bclick_id%7d', '{click_id}'],
    ['%257Bclick_id%257D', '{click_id}'],
    ['%7B%7Bclick_id%7D%7D', '{click_id}'],
    ['%7B%20click_id%20%7D', '{click_id}'],
    ['${click_id}', '{click_id}'],
    ['%24%7Bclick_id%7D', '{click_id}'],
    ['#click_id#', '{click_id}'],
    ['###CLICK_ID###', '{click_id}'],
    ['<click_id>', '{click_id}'],
    ['%3Cclick_id%3E', '{click_id}'],
    ['<%=click_id%>', '{click_id}'],
    ['__CLICKID__', '{click_id}'],
    ['__CAMPAIGN_ID__', '{campaign}'],
    ['(click_id)', '{click_id}'],
    ['$click_id', '{click_id}'],
    ['$clickid$', '{click_id}'],
    [':click_id', '{click_id}'],
    ['*|CLICK_ID|*', '{click_id}'],
    ['[=CID=]', '{click_id}'],
    ['@@CLICKID@@', '{click_id}'],
    ['@clickid@', '{click_id}'],
    ['~click_id~', '{click_id}'],
    ['!click_id!', '{click_id}'],
    ['|click_id|', '{click_id}'],
    ['%7B!click_id%7D', '{click_id}'],
    ['%7Bclick_id|0%7D', '{click_id}'],
    ['[aff_sub]', '{click_id}'],
    ['[aff_sub2]', '{sub2}'],
    ['[subid3]', '{sub3}'],
    ['%%SUB_ID_4%%', '{sub4}'],
    ['[transaction_id]', '{click_id}'],
    ['[geo]', '{country}'],
    ['%%SITE%%', '{source}'],
    ['%%CACHEBUSTER%%', '{random}'],
    ['[gclid]', '{query:gclid}'],
    ['%%OFFER_TOKEN%%', undefined],
    ['%25%25CLICKID%25%25', '{click_id}'],
    ['<!--click_id-->', '{click_id}'],
    ['$$click_id$$', '{click_id}'],
    ['@click_id', '{click_id}'],
  ])('%s: write %s', (text, macro) => {
    for (const url of [`https://shop.example/?a=${text}`, `https://shop.example/lp?x=1&aff=${text}&y=2`]) {
      const [warning, ...others] = warningsFor(url);
      expect(warning).toMatchObject({ code: 'foreign_macro', path: 'url' });
      expect(others).toEqual([]);
      if (macro === undefined) expect(warning?.suggestion).toBeUndefined();
      else {
        expect(warning?.message).toContain(`write ${macro}`);
        expect(warning?.suggestion).toBe(url.replace(text, () => macro));
        expect(codes(warning?.suggestion ?? '')).toEqual([]);
      }
    }
  });

  it.each(['https://shop.example/[click_id]/x', 'https://shop.example/x#[click_id]', 'https://shop.example/:click_id'])(
    'wherever it stands: %s',
    (url) => {
      expect(codes(url)).toEqual(['foreign_macro']);
    },
  );

  it('each is named, and all are repaired at once', () => {
    const [first, second] = warningsFor('https://shop.example/?click_id=[clickid]&s=%%SUB2%%&c={country}');
    expect([first?.message, second?.message].map((text) => /fill in (\S+),/.exec(text ?? '')?.[1])).toEqual([
      '[clickid]',
      '%%SUB2%%',
    ]);
    expect(first?.suggestion).toBe('https://shop.example/?click_id={click_id}&s={sub2}&c={country}');
  });

  it.each([
    'https://shop.example/?a={click_id}&b={sub1}',
    'https://shop.example/@{sub1}',
    'https://shop.example/#{sub1}',
    'https://shop.example/?utm[source]=x&filter[country][]=de',
    'https://shop.example/wiki/Source_(source)',
    'https://shop.example/?ids=[1,2,3]&tags=[a,b]',
    'https://shop.example/?json=%7B%22a%22:1%7D',
    'https://shop.example/?x=%7Bfoo%7D',
    'https://shop.example/?q=100%25&d=50%25%20off',
    'https://shop.example/__next/data',
    'https://shop.example/?t=12:30&r=a:b',
    'https://shop.example/urn:isbn:123',
    'https://shop.example/$1',
    'https://shop.example/a_b__c_d/x~y!z*w',
    'https://shop.example/?price=$5&to=(me)',
    'https://user-site.example/~source/page',
    'https://shop.example/?email=a%40b.example',
  ])('there is no warning for %s', (url) => {
    expect(codes(url)).toEqual([]);
  });
});

describe('K11 a value that keeps the click id out', () => {
  it.each([
    ['https://shop.example/?click_id=123', 'https://shop.example/?click_id={click_id}'],
    ['https://shop.example/?a=b&click_id=test&c=d', 'https://shop.example/?a=b&click_id={click_id}&c=d'],
    ['https://shop.example/?click_id=xxx', 'https://shop.example/?click_id={click_id}'],
    ['https://shop.example/?click_id=null', 'https://shop.example/?click_id={click_id}'],
  ])('a literal value in the click-id parameter: %s', (url, suggestion) => {
    expect(warningsFor(url)).toMatchObject([{ code: 'fixed_click_id_param', suggestion }]);
    expect(codes(url, { clickIdParam: 'tid' })).toEqual([]);
    expect(codes(url, { clickIdParam: null })).toEqual([]);
  });

  it('a literal click id, wherever it stands', () => {
    for (const url of [
      `https://shop.example/?click_id=${CLICK_ID}`,
      `https://shop.example/?subid=${CLICK_ID}&x=1`,
      `https://shop.example/p/${CLICK_ID}`,
      `https://shop.example/?s=CAMP-${CLICK_ID}`,
    ]) {
      expect(warningsFor(url)).toMatchObject([
        { code: 'literal_click_id', suggestion: url.replace(CLICK_ID, '{click_id}') },
      ]);
      expect(codes(url, { clickIdParam: null })).toEqual(['literal_click_id']);
    }
    for (const other of ['x'.repeat(31), `${CLICK_ID}x`, CLICK_ID.slice(1), 'Zz9VblR9IfImPhCUUHmfH8zBPWIZabc']) {
      expect(codes(`https://shop.example/?token=${other}`)).toEqual([]);
    }
  });

  it('two of them, and one that is spelled otherwise', () => {
    expect(codes('https://shop.example/?click_id={click_id}&click_id={sub1}')).toEqual(['duplicate_click_id_param']);
    expect(codes('https://shop.example/?clickId=')).toEqual(['similar_click_id_param']);
    expect(codes('https://shop.example/?clickid&x=1')).toEqual(['similar_click_id_param']);
    expect(codes('https://shop.example/?clickid={click_id}')).toEqual([]);
    expect(codes('https://shop.example/?click_id=')).toEqual([]);
    expect(codes('https://shop.example/?click_id={sub1}')).toEqual([]);
  });
});

describe('K11 ampersands of web pages in a URL', () => {
  it.each([
    ['https://shop.example/?a=1&amp;b=2', 'https://shop.example/?a=1&b=2'],
    ['https://shop.example/?a=1¤cy=EUR', 'https://shop.example/?a=1&currency=EUR'],
    ['https://shop.example/?a=1&amp;sub={sub1}®ion={region}', 'https://shop.example/?a=1&sub={sub1}&region={region}'],
  ])('%s was %s', (url, suggestion) => {
    const [warning] = warningsFor(url);
    expect(warning).toMatchObject({ code: 'html_entity', suggestion, message: expect.stringContaining(suggestion) });
  });
});

describe('K11 slips of copying', () => {
  it.each<[string, string, string]>([
    ['https://shop.example/?cid=YOUR_CLICK_ID', 'foreign_macro', 'https://shop.example/?cid={click_id}'],
    [
      'https://shop.example/?aff_sub=CLICK_ID_HERE&x=1',
      'foreign_macro',
      'https://shop.example/?aff_sub={click_id}&x=1',
    ],
    ['https://shop.example/?click_id=CLICK_ID', 'foreign_macro', 'https://shop.example/?click_id={click_id}'],
    ['https://shop.example/?cid="{click_id}"', 'marked_click_id', 'https://shop.example/?cid={click_id}'],
    ['https://shop.example/?cid=[{click_id}]&x=1', 'marked_click_id', 'https://shop.example/?cid={click_id}&x=1'],
    ['https://shop.example/x\u200b', 'invisible_character', 'https://shop.example/x'],
    ['https://shop.example/c&a=1&b=2', 'malformed_query', 'https://shop.example/c?a=1&b=2'],
    ['https://shop.example/c?a=1?b=2', 'malformed_query', 'https://shop.example/c?a=1&b=2'],
    ['https://shop.example/?a=1&quot;x', 'html_entity', 'https://shop.example/?a=1%22x'],
  ])('%s: %s', (url, code, suggestion) => {
    const [warning, ...others] = warningsFor(url);
    expect(others).toEqual([]);
    expect(warning?.code).toBe(code);
    // Stored, a quote or a character that is not seen is percent-encoded.
    expect(warning?.suggestion).toBe(suggestion);
  });

  it.each([
    'https://shop.example/?u=https://b.example/?x=1',
    'https://shop.example/?next=/a?b=1',
    'https://shop.example/?event=click_id',
    'https://shop.example/?cid=camp_{click_id}',
    'https://shop.example/a&b',
    'https://shop.example/?q=what?',
  ])('there is no warning for %s', (url) => {
    expect(codes(url)).toEqual([]);
  });
});

describe('K11 signed URLs', () => {
  const HEX = 'a1b2c3d4e5f60718293a4b5c6d7e8f90';
  const SIGNED = [
    `https://b.s3.amazonaws.com/f?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Expires=60&X-Amz-Signature=${HEX}`,
    `https://b.s3.amazonaws.com/f?AWSAccessKeyId=AKIA&Expires=1767225600&Signature=abc%3D`,
    `https://storage.googleapis.com/b/f?X-Goog-Signature=${HEX}`,
    'https://a.blob.core.windows.net/c/f?sv=2022-11-02&se=2026-12-31T00%3A00%3A00Z&sr=b&sp=r&sig=abc%3D',
    'https://d1.cloudfront.net/f?Expires=1767225600&Signature=abc~&Key-Pair-Id=K2',
    'https://d1.cloudfront.net/f?Policy=eyJ&Key-Pair-Id=K2',
    `https://cdn.example/f?token=${HEX}&expires=1767225600`,
    `https://cdn.example/f?md5=${HEX}&expires=1767225600`,
    'https://cdn.example/f?hash=abcdefgh12&exp=1767225600',
    `https://cdn.discordapp.com/a?ex=65f0a1b2&is=65e0a1b2&hm=${HEX}`,
    `https://shop.example/proxy?shop=x&hmac=${HEX}`,
    'https://scontent.example/v/t1.jpg?oh=00_AfA&oe=65F0A1B2',
    'https://cdn.example/f?hdnea=st=1~exp=2~hmac=ab',
    'https://cdn.example/exp=1767225600~hmac=0123456789abcdef/f',
    'https://imgix.example/a.png?w=10&s=0123456789abcdef0123456789abcdef',
  ];
  it.each(SIGNED)('%s', (url) => {
    expect(codes(url)).toEqual(['signed_url']);
    expect(codes(url, { clickIdParam: null })).toEqual(['signed_url']);
    expect(codes(url, { forwardQuery: 'none' })).toEqual(['signed_url']);
    expect(codes(url, { clickIdParam: null, forwardQuery: 'none' })).toEqual([]);
  });

  it.each([
    'https://shop.example/?token=abc',
    'https://shop.example/?hash=abcdefgh12',
    'https://shop.example/?token=summer-campaign&ts={timestamp}',
    'https://shop.example/?sig=x',
    'https://shop.example/?key=summer&e=signup',
    'https://shop.example/?signature={sub1}',
    'https://shop.example/?s=shoes&t=1',
    'https://shop.example/?expires=1767225600',
    'https://shop.example/#signature=abc',
  ])('there is no warning for %s', (url) => {
    expect(codes(url)).toEqual([]);
  });
});

describe('K11 URLs that nothing is appended to', () => {
  it.each(['tel:+15551234567', 'sms:+15551234567?body=Hi', 'mailto:a@shop.example?subject=Hi', 'myapp:open'])(
    '%s',
    (url) => {
      expect(codes(url)).toEqual(['nothing_appended']);
      expect(codes(url, { clickIdParam: null })).toEqual([]);
    },
  );

  it('a macro carries it there', () => {
    expect(codes('sms:+15551234567?body=Code%20{click_id}')).toEqual([]);
    expect(codes('mailto:a@shop.example?subject={click_id}')).toEqual([]);
    expect(codes('myapp://open')).toEqual([]);
  });

  it.each([
    ['tg://resolve?domain=bot', ['telegram_start']],
    ['tg://resolve?domain=bot&start={click_id}', []],
    ['tg://resolve?domain=bot&start=ref_{click_id}', []],
    ['tg://resolve?domain=bot&start=a.b', ['telegram_start']],
    ['tg://resolve?domain=bot&start={click_id}_{sub1}', ['telegram_start']],
    [`tg://resolve?domain=bot&start=${'a'.repeat(34)}{click_id}`, ['telegram_start']],
    ['https://t.me/bot', ['telegram_start']],
    ['https://t.me/bot?start=promo', ['telegram_start']],
    ['https://t.me/bot?start={click_id}', []],
    ['https://t.me/bot?startapp={click_id}', []],
  ])('of Telegram: %s: %j', (url, expected) => {
    expect(codes(url)).toEqual(expected);
  });
});

describe('K11 a query behind the #', () => {
  it.each([
    ['https://shop.example/#/route?x=1', ['query_in_fragment']],
    ['https://shop.example/#!/a?b={sub1}&c=2', ['query_in_fragment']],
    ['https://shop.example/#/route?x={click_id}', []],
    ['https://shop.example/#top', []],
    ['https://shop.example/?click_id={click_id}#/route?x=1', []],
  ])('%s: %j', (url, expected) => {
    expect(codes(url)).toEqual(expected);
  });
});

describe('K11 ends', () => {
  const link = { url: 'https://shop.example/', clickIdParam: 'click_id', forwardQuery: 'fill' };
  const of = (fields: Partial<WarnedLink>, used?: number): string[] =>
    linkWarnings({ ...link, ...fields }, { now: NOW, used }).map(({ code, path }) => `${code} ${path}`);
  const rule = (...values: string[]) => ({
    when: [{ field: 'date', op: 'in', values }],
    url: 'https://shop.example/a',
  });

  it('an end in the past', () => {
    expect(of({ expiresAt: new Date(NOW.getTime()) })).toEqual(['already_expired expiresAt']);
    expect(of({ expiresAt: new Date(NOW.getTime() + 1) })).toEqual([]);
    expect(of({ expiresAt: null })).toEqual([]);
  });

  it('a limit that is used up', () => {
    expect(of({ clickLimit: 5 }, 5)).toEqual(['limit_reached clickLimit']);
    expect(of({ clickLimit: 5 }, 4)).toEqual([]);
    expect(of({ clickLimit: 5 })).toEqual([]);
  });

  it('a rule whose dates are over', () => {
    expect(of({ rules: [rule('2026-11-23'), rule('2026-11-22', '2026-01-01..2026-10-31')] })).toEqual([
      'rule_over rules.1.when',
    ]);
    expect(of({ rules: [rule('2026-11-01..'), rule('..2026-11-23')] })).toEqual([]);
  });
});

describe('K11 warnings', () => {
  it('name the field, wherever the URL stands, and say the same once', () => {
    const url = 'https://shop.example/?a=[click_id]';
    const good = 'https://shop.example/';
    const when = [{ field: 'country', op: 'in', values: ['DE'] }];
    const of = (fields: object): string[] =>
      linkWarnings({ url: good, clickIdParam: 'click_id', forwardQuery: 'fill', ...fields }, { now: NOW }).map(
        ({ path }) => path,
      );
    expect(of({ expiredUrl: url })).toEqual(['expiredUrl']);
    expect(of({ rules: [{ when, variants: [{ url: good }, { url }] }] })).toEqual(['rules.0.variants.1.url']);
    expect(of({ url, fallbackUrl: url })).toEqual(['url']);
    // Nothing is appended to a picture.
    expect(of({ preview: { image: 'https://cdn.example/a.png?X-Amz-Signature=abc' } })).toEqual([]);
  });

  it('come of any text without an error, are few, and a suggestion is a destination', () => {
    const piece = fc.oneof(
      fc.constantFrom(
        'https://shop.example/',
        '?',
        '&',
        '=',
        '#',
        '%7B',
        '%7D',
        '[',
        ']',
        '{click_id}',
        'click_id',
        'sub1',
        '%%',
        '$',
        '¤',
        '&amp;',
        '__',
        '<',
        '>',
        '%',
      ),
      fc.string({ maxLength: 5 }),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 20 }), (pieces) => {
        const url = pieces.join('');
        const warnings = linkWarnings({ url, clickIdParam: 'click_id', forwardQuery: 'fill' }, { now: NOW });
        expect(warnings.length).toBeLessThanOrEqual(50);
        for (const { message, suggestion, code } of warnings) {
          expect(message.length).toBeGreaterThan(20);
          if (code === 'foreign_macro' && suggestion !== undefined) expect(parseUrlTemplate(suggestion).ok).toBe(true);
        }
      }),
      { numRuns },
    );
  });
});
