import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ClickIds } from '../../clicks/rules/click-id.js';
import {
  type ClickDocument,
  clickKeyOf,
  SHARED_TEXT_COLUMNS,
  toClickFact,
  toConversionFact,
  toLinkFact,
} from './facts.js';

const AT = new Date('2026-11-23T10:00:00.123Z');
const ids = new ClickIds(Buffer.alloc(32, 1));

function click(fields: Partial<ClickDocument>): ClickDocument {
  return { _id: ids.mint(7, AT.getTime()), workspaceId: 'wsp_1', linkId: 'lnk_1', at: AT, ...fields };
}

function textsOf(fields: Partial<ClickDocument>): Record<string, string | null> {
  const { texts = [] } = toClickFact(click(fields)) ?? {};
  return Object.fromEntries(SHARED_TEXT_COLUMNS.map((column, i) => [column, texts[i] ?? null]));
}

describe('clickKeyOf', () => {
  it('tells the time of a click id and a number that distinguishes it from others of its millisecond', () => {
    const codes = Array.from({ length: 1_000 }, () => clickKeyOf(ids.mint(7, AT.getTime())));
    expect(new Set(codes.map(({ atMs }) => atMs))).toEqual(new Set([AT.getTime()]));
    expect(new Set(codes.map(({ code }) => code)).size).toBe(1_000);
  });

  it('is the key of the row that the same click has', () => {
    fc.assert(
      fc.property(fc.date({ min: new Date(0), max: new Date('2080-01-01'), noInvalidDate: true }), (at) => {
        const one = click({ _id: ids.mint(1, at.getTime()), at });
        expect(clickKeyOf(one._id)).toEqual(toClickFact(one)?.key);
      }),
      { numRuns: 200 },
    );
  });

  it('has no time for an id of another form, but the number of its row', () => {
    for (const id of ['x', '', '0123456789', 'ä'.repeat(31), '-'.repeat(31)]) {
      expect(clickKeyOf(id).code).toBe(toClickFact(click({ _id: id }))?.key.code);
      if (id.length !== 31) expect(clickKeyOf(id).atMs).toBeUndefined();
    }
  });
});

describe('toClickFact', () => {
  it('leaves out test clicks', () => {
    expect(toClickFact(click({ isTest: true }))).toBeUndefined();
    expect(toClickFact(click({ isTest: false }))).toBeDefined();
  });

  it('names regions and cities with their country, and variants with their rule', () => {
    expect(textsOf({ country: 'DE', region: 'Bavaria', city: 'Munich', rule: 'r', variant: 'A' })).toMatchObject({
      country: 'DE',
      region: 'DE-Bavaria',
      city: 'DE-Munich',
      rule: 'r',
      variant: 'r/A',
    });
    expect(textsOf({ region: 'Bavaria', variant: 'A' })).toMatchObject({ region: '-Bavaria', variant: 'A' });
    expect(textsOf({ country: 'DE', rule: 'r' })).toMatchObject({ region: null, city: null, variant: null });
  });

  it('has the sub ids in their columns, and none for empty texts', () => {
    expect(textsOf({ subs: { sub1: 'a', sub10: 'j', sub2: '' }, os: '' })).toMatchObject({
      sub1: 'a',
      sub2: null,
      sub10: 'j',
      os: null,
    });
    expect(Object.values(textsOf({ subs: null })).every((text) => text === null)).toBe(true);
  });

  it('has the traffic source of the URL', () => {
    const query = [
      { name: 'utm_source', value: 'u' },
      { name: 'source', value: '' },
    ];
    expect(textsOf({ query })).toMatchObject({ source: 'u' });
    expect(textsOf({ query: [...query, { name: 'source', value: 's' }] })).toMatchObject({ source: 's' });
  });
});

describe('toConversionFact', () => {
  const CONVERSION = {
    _id: 'cnv_1',
    workspaceId: 'wsp_1',
    linkId: 'lnk_1',
    eventType: 'deposit',
    status: 'approved',
    isFtd: true,
    convertedAt: AT,
  };

  it('needs neither a click nor facts nor money', () => {
    expect(toConversionFact(CONVERSION)).toMatchObject({
      networkId: null,
      clickedMs: null,
      convertedMs: AT.getTime(),
      revenue: null,
      asn: null,
      texts: SHARED_TEXT_COLUMNS.map(() => null),
    });
  });

  it('has the same texts as the click whose facts it carries', () => {
    const fields = { country: 'DE', city: 'Munich', rule: 'r', variant: 'A', subs: { sub3: 'c' }, os: 'iOS' };
    const { texts } = toConversionFact({ ...CONVERSION, facts: { ...fields, referrer: 't.co', source: 'fb' } });
    const query = [{ name: 'source', value: 'fb' }];
    expect(texts).toEqual(toClickFact(click({ ...fields, referrerHost: 't.co', query }))?.texts);
  });
});

describe('toLinkFact', () => {
  it('has each tag once', () => {
    const link = { _id: 'lnk_1', workspaceId: 'wsp_1', hostname: 'a.example', tags: ['b', 'a', 'b'], campaign: '' };
    expect(toLinkFact(link)).toMatchObject({ tags: ['b', 'a'], campaign: null, networkId: null });
    expect(toLinkFact({ ...link, tags: null })).toMatchObject({ tags: [] });
  });
});
