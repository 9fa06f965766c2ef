import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ClickIds } from './click-id.js';
import { parseClickQuery } from './click-query.js';
import { decodeRecords, encodeRecord, SMALL_RECORDS } from '../../platform/spool/record.js';
import { type ClickKind, type ClickRecord, decodeClick, encodeClick } from './click-record.js';

const AT = Date.UTC(2026, 5, 1, 12);
const ID = new ClickIds(Buffer.alloc(32)).mint(7, AT);
const CLICK: ClickRecord = {
  id: ID,
  workspaceId: 'wsp_1',
  linkId: 'lnk_1',
  kind: 'visit',
  ip: '192.0.2.1',
  userAgent: '',
  acceptLanguage: '',
  referrer: '',
  rawQuery: '',
};

/** Header values as Node gives them: one character for each byte, and no control characters except the tab. */
const bytes = (maxLength: number) =>
  fc.string({
    unit: fc.oneof(
      fc.integer({ min: 32, max: 126 }).map((code) => String.fromCharCode(code)),
      fc.integer({ min: 128, max: 255 }).map((code) => String.fromCharCode(code)),
      fc.constant('\t'),
    ),
    maxLength,
  });
const rawQuery = (maxLength: number) =>
  fc.string({ unit: fc.oneof(fc.constantFrom(...'=&%+abc129'), fc.constantFrom('%20', '%C3%A9', 'sub1=')), maxLength });
const kinds: ClickKind[] = ['visit', 'head', 'prefetch'];

const encoded = (click: Partial<ClickRecord> = {}): Buffer =>
  Buffer.from(encodeClick({ ...CLICK, ...click }), 'latin1');
const utf8 = (latin1: string): string => Buffer.from(latin1, 'latin1').toString('utf8');

describe('a spooled click', () => {
  it('comes back as it went in, through a record of the spool', () => {
    const headers = fc.record({ userAgent: bytes(200), acceptLanguage: bytes(50), referrer: bytes(200) });
    const ips = fc.oneof(fc.ipV4(), fc.ipV6(), fc.constant(''));
    fc.assert(
      fc.property(headers, rawQuery(200), fc.constantFrom(...kinds), ips, (given, query, kind, ip) => {
        const record = encodeRecord(encoded({ ...given, rawQuery: query, kind, ip }).toString('latin1'));
        const [payload = Buffer.alloc(0)] = decodeRecords(record, true).payloads;
        expect(decodeClick(payload)).toEqual({
          id: ID,
          workspaceId: 'wsp_1',
          linkId: 'lnk_1',
          at: AT,
          ip,
          userAgent: utf8(given.userAgent),
          acceptLanguage: utf8(given.acceptLanguage),
          referrer: utf8(given.referrer),
          query: parseClickQuery(query),
          kind,
          flags: {},
        });
      }),
      { numRuns: 300 },
    );
  });

  it('brings its flags along, whatever the names are', () => {
    const name = fc.option(fc.string({ unit: 'grapheme', maxLength: 40 }), { nil: undefined });
    const isPrivate = fc.constantFrom(true as const, undefined);
    const cost = fc.constantFrom('0.05 USD', undefined);
    const flags = fc.record({ rule: name, variant: name, isPrivate, cost });
    fc.assert(
      fc.property(flags, rawQuery(50), (given, query) => {
        const click = decodeClick(encoded({ rawQuery: query, flags: given }));
        expect(click.flags).toEqual(given);
        expect(click.query).toEqual(parseClickQuery(query));
      }),
    );
    expect(encoded({ flags: {} })).toEqual(encoded());
  });

  it('of the version before is read as it was meant', () => {
    const lines = [
      `1p${ID}`,
      'wsp_1',
      'lnk_1',
      '192.0.2.1',
      'ua',
      'de',
      'https://r.example/',
      'a=1&b',
      'r=R+1&v=V&p=1',
    ];
    const click = { userAgent: 'ua', acceptLanguage: 'de', referrer: 'https://r.example/', rawQuery: 'a=1&b' };
    const flags = { rule: 'R 1', variant: 'V', isPrivate: true } as const;
    expect(encoded({ ...click, kind: 'prefetch', flags }).toString('latin1')).toBe(lines.join('\n'));
    expect(
      encoded({ flags: { isPrivate: true } })
        .toString('latin1')
        .split('\n')
        .at(-1),
    ).toBe('p=1');
    const { rawQuery: _, ...decoded } = click;
    expect(decodeClick(Buffer.from(lines.join('\n'), 'latin1'))).toEqual({
      ...CLICK,
      rawQuery: undefined,
      ...decoded,
      kind: 'prefetch',
      at: AT,
      query: [
        ['a', '1'],
        ['b', ''],
      ],
      flags,
    });
  });

  it('has its headers’ bytes read as UTF-8, and takes bytes that are none', () => {
    const text = Buffer.from('Überbrowser/1 🏖', 'utf8').toString('latin1');
    expect(decodeClick(encoded({ userAgent: text })).userAgent).toBe('Überbrowser/1 🏖');
    expect(decodeClick(encoded({ userAgent: 'caf\xe9!' })).userAgent).toBe('caf\uFFFD!');
  });

  it('K7 keeps apart queries that are not UTF-8, and reads raw bytes as if they were encoded', () => {
    const queryOf = (raw: string) => decodeClick(encoded({ userAgent: '\xdcber', rawQuery: raw })).query;
    expect(queryOf('sub1=\xcf\xf0')).toEqual([['sub1', '%CF%F0']]);
    expect(queryOf('sub1=%CF%F0')).toEqual([['sub1', '%CF%F0']]);
    expect(queryOf('sub1=\xcf\xf1')).toEqual([['sub1', '%CF%F1']]);
    expect(queryOf(Buffer.from('sub1=Привет', 'utf8').toString('latin1'))).toEqual([['sub1', 'Привет']]);
  });

  it.each(['userAgent', 'acceptLanguage', 'referrer'] as const)('has at most 1,024 bytes of %s', (name) => {
    const read = (length: number) =>
      Object.values(decodeClick(encoded({ [name]: 'x'.repeat(length) }))).filter((value) => /^x+$/.test(String(value)));
    expect(read(1_024)).toEqual(['x'.repeat(1_024)]);
    expect(read(1_025)).toEqual(['x'.repeat(1_024)]);
    expect(read(16_000)).toEqual(['x'.repeat(1_024)]);
  });

  it('has those parameters that fit whole into 2,048 bytes of query, and none in part', () => {
    expect(decodeClick(encoded({ rawQuery: `a=${'x'.repeat(2_045)}` })).query).toEqual([['a', 'x'.repeat(2_045)]]);
    expect(decodeClick(encoded({ rawQuery: `a=1&b=${'x'.repeat(2_046)}` })).query).toEqual([['a', '1']]);
    const long = fc.array(fc.tuple(fc.stringMatching(/^[a-z]{0,3}$/), fc.nat(900)), { maxLength: 12 });
    fc.assert(
      fc.property(long, fc.nat(1_500), (parameters, empties) => {
        const pairs = parameters.map(([name, length]) => `${name}=${'v'.repeat(length)}`);
        const query = '&'.repeat(empties) + pairs.join('&');
        const stored = decodeClick(encoded({ rawQuery: query })).query;
        expect(parseClickQuery(query).slice(0, stored.length)).toEqual(stored);
        if (empties === 0) expect(stored).toEqual(parseClickQuery(query));
      }),
    );
  });

  it('fits into a record, whatever comes', () => {
    const whole = (length: number) => '\xff'.repeat(length);
    const most = encodeClick({
      id: ID,
      workspaceId: `wsp_${'0'.repeat(60)}`,
      linkId: `lnk_${'0'.repeat(60)}`,
      kind: 'prefetch',
      ip: 'ffff:ffff:ffff:ffff:ffff:ffff:255.255.255.255%enp0s31f6',
      userAgent: whole(16_384),
      acceptLanguage: whole(16_384),
      referrer: whole(16_384),
      rawQuery: whole(16_384),
    });
    expect(most.length).toBeLessThanOrEqual(SMALL_RECORDS.maxPayloadBytes);
    expect(() => encodeRecord(most)).not.toThrow();
  });
});

describe('a record that is not a click', () => {
  const good = encoded({ userAgent: 'ua', rawQuery: 'a=1' }).toString('latin1');

  it.each([
    ['nothing', ''],
    ['a word', 'hello'],
    ['another version', `2${good.slice(1)}`],
    ['a kind that there is not', `1x${good.slice(2)}`],
    ['a kind from the prototype', `1_${good.slice(2)}`],
    ['no click id', good.replace(ID, '')],
    ['a short click id', good.replace(ID, ID.slice(1))],
    ['a long click id', good.replace(ID, `${ID}0`)],
    ['a click id whose time is none', good.replace(ID, `${ID.slice(0, 6)}-------${ID.slice(13)}`)],
    ['no workspace', good.replace('wsp_1', '')],
    ['no link', good.replace('lnk_1', '')],
    ['a line too few', good.slice(0, good.lastIndexOf('\n'))],
    ['two lines too many', `${good}\n\n`],
  ])('throws: %s', (_, text) => {
    expect(() => decodeClick(Buffer.from(text, 'latin1'))).toThrow(/spool/);
  });

  it('throws or is a whole click, whatever stands in a record', () => {
    const rubbish = fc.oneof(
      fc.uint8Array({ maxLength: 200 }).map((some) => Buffer.from(some)),
      fc
        .tuple(fc.nat(good.length - 1), fc.string({ maxLength: 3 }))
        .map(([at, by]) => Buffer.from(good.slice(0, at) + by + good.slice(at + 1))),
    );
    fc.assert(
      fc.property(rubbish, (payload) => {
        let click;
        try {
          click = decodeClick(payload);
        } catch (error) {
          expect((error as Error).message).toMatch(/spool/);
          return;
        }
        expect(kinds).toContain(click.kind);
        expect(Number.isFinite(click.at)).toBe(true);
        expect([click.workspaceId, click.linkId, click.id]).not.toContain('');
      }),
      { numRuns: 500 },
    );
  });
});
