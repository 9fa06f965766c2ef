import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  ClickAggregate,
  type CountedClick,
  DIMENSIONS,
  fieldName,
  MAX_DIMENSION_VALUES,
  OTHER,
  QUARTER_MS,
  CardinalityLimit,
} from './click-aggregate.js';

const START = Date.UTC(2026, 0, 1);
const click: fc.Arbitrary<CountedClick> = fc.record({
  workspaceId: fc.constant('wsp_1'),
  linkId: fc.constantFrom('lnk_1', 'lnk_2', 'lnk_3'),
  at: fc.integer({ min: 0, max: 4 * QUARTER_MS }).map((ms) => new Date(START + ms)),
  kind: fc.constantFrom('human' as const, 'bot' as const),
  isUnique: fc.boolean(),
  dimensions: fc.dictionary(
    fc.constantFrom(...DIMENSIONS),
    fc.option(fc.constantFrom('DE', 'a.b', '$ne', '0', '', '~', '__proto__', 'constructor', 'é'), { nil: undefined }),
  ),
});
const clicks = fc.array(click, { maxLength: 60 });

const tallied = (all: readonly CountedClick[]) => {
  const tally = new ClickAggregate(new CardinalityLimit());
  for (const one of all) tally.add(one);
  const { totals, quarters } = tally.rows();
  const byKey = <T extends { linkId: string; at?: Date }>(rows: T[]) =>
    new Map(rows.map((row) => [`${row.linkId} ${row.at?.toISOString() ?? ''}`, row]));
  return { totals: byKey(totals), quarters: byKey(quarters) };
};
const sum = (numbers: (number | undefined)[]): number => numbers.reduce<number>((total, n) => total + (n ?? 0), 0);

describe('a tally', () => {
  it('has the same sums in quarters as in totals', () => {
    fc.assert(
      fc.property(clicks, (all) => {
        const { totals, quarters } = tallied(all);
        for (const { linkId, workspaceId, ...counts } of totals.values()) {
          const mine = all.filter((one) => one.linkId === linkId);
          expect({ workspaceId, ...counts }).toEqual({
            workspaceId: 'wsp_1',
            total: mine.length,
            human: mine.filter(({ kind }) => kind === 'human').length,
            bots: mine.filter(({ kind }) => kind === 'bot').length,
            unique: mine.filter(({ isUnique }) => isUnique).length,
          });
          const rows = [...quarters.values()].filter((row) => row.linkId === linkId);
          expect(sum(rows.map(({ increments }) => increments['h']))).toBe(counts.human);
          expect(sum(rows.map(({ increments }) => increments['b']))).toBe(counts.bots);
          expect(sum(rows.map(({ increments }) => increments['u']))).toBe(counts.unique);
        }
        expect(sum([...totals.values()].map(({ total }) => total))).toBe(all.length);
      }),
    );
  });

  it('counts in each dimension every click that has a value there, under that value', () => {
    fc.assert(
      fc.property(clicks, (all) => {
        const found: Record<string, number> = {};
        for (const { increments } of tallied(all).quarters.values()) {
          for (const [path, count] of Object.entries(increments)) {
            const [, dimension = '', value = '', what = ''] = path.split('.');
            if (!path.startsWith('by.') || what === 'u') continue;
            const key = `${dimension}=${decodeURIComponent(value)}`;
            found[key] = (found[key] ?? 0) + count;
          }
        }
        const expected: Record<string, number> = {};
        for (const { dimensions } of all) {
          for (const [dimension, value] of Object.entries(dimensions)) {
            if (value) expected[`${dimension}=${value}`] = (expected[`${dimension}=${value}`] ?? 0) + 1;
          }
        }
        expect(found).toEqual(expected);
      }),
    );
  });

  it('is the same in any order, as long as no row has more values than it may', () => {
    const shuffled = clicks.chain((all) =>
      fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length, maxLength: all.length })),
    );
    fc.assert(
      fc.property(shuffled, ([all, others]) => {
        expect(tallied(others)).toEqual(tallied(all));
      }),
    );
  });

  it('is the same for all at once as for parts added up', () => {
    fc.assert(
      fc.property(clicks, fc.nat(60), (all, cut) => {
        const [whole, first, second] = [all, all.slice(0, cut), all.slice(cut)].map((some) => tallied(some).quarters);
        for (const [key, { increments }] of whole ?? []) {
          const added: Record<string, number> = {};
          for (const part of [first?.get(key), second?.get(key)]) {
            for (const [path, n] of Object.entries(part?.increments ?? {})) added[path] = (added[path] ?? 0) + n;
          }
          expect(added).toEqual(increments);
        }
      }),
    );
  });

  it('puts a click into the quarter of an hour that it is in', () => {
    const at = (text: string): CountedClick => ({
      workspaceId: 'wsp_1',
      linkId: 'lnk_1',
      at: new Date(text),
      kind: 'human',
      isUnique: false,
      dimensions: {},
    });
    const times = ['2026-03-01T10:00:00.000Z', '2026-03-01T10:14:59.999Z', '2026-03-01T10:15:00.000Z'];
    const rows = [...tallied(times.map(at)).quarters.values()];
    expect(rows.map((row) => [row.at.toISOString(), row.increments])).toEqual([
      ['2026-03-01T10:00:00.000Z', { h: 2 }],
      ['2026-03-01T10:15:00.000Z', { h: 1 }],
    ]);
  });

  it('has at most so many values of a dimension in a row; what is beyond is counted as others', () => {
    const tally = new ClickAggregate(new CardinalityLimit());
    const add = (source: string, referrer: string): void =>
      tally.add({
        workspaceId: 'wsp_1',
        linkId: 'lnk_1',
        at: new Date(START),
        kind: 'human',
        isUnique: false,
        dimensions: { source, referrer },
      });
    for (let i = 0; i < 3 * MAX_DIMENSION_VALUES; i++) add(`s${i}`, 'same');
    add('s0', 'same');
    const increments: Record<string, number> = tally.rows().quarters[0]?.increments ?? {};
    const sources = Object.keys(increments).filter((path) => path.startsWith('by.source.'));
    expect(sources).toHaveLength(MAX_DIMENSION_VALUES + 1);
    expect(increments[`by.source.${OTHER}.h`]).toBe(2 * MAX_DIMENSION_VALUES);
    expect(increments['by.source.s0.h']).toBe(2);
    expect(increments['by.referrer.same.h']).toBe(3 * MAX_DIMENSION_VALUES + 1);
  });

  it('keeps to that over many tallies, and in each row apart', () => {
    const budget = new CardinalityLimit();
    for (let i = 0; i < MAX_DIMENSION_VALUES; i++) expect(budget.admit('row', 'city', `c${i}`)).toBe(`c${i}`);
    expect(budget.admit('row', 'city', 'more')).toBe(OTHER);
    expect(budget.admit('row', 'city', 'c7')).toBe('c7');
    expect(budget.admit('row', 'source', 'more')).toBe('more');
    expect(budget.admit('other row', 'city', 'more')).toBe('more');
  });
});

describe('a field’s name', () => {
  const anyText = fc.oneof(
    fc.string({ minLength: 1, maxLength: 300 }),
    fc.string({ unit: 'grapheme', minLength: 1, maxLength: 100 }),
    fc.string({ unit: 'binary', minLength: 1, maxLength: 100 }),
    fc.string({ unit: fc.constantFrom('é', '夏', '🏖', 'a', '.', '\ud800'), minLength: 1, maxLength: 100 }),
    fc.stringMatching(/^[a-z0-9.-]{1,253}$/),
    fc.constantFrom('.', '$', '0', '~', '%', '%7E', '__proto__', '_id', 'a.b', '$inc', '-', ' ', '\0', '\ud83c', '007'),
  );

  it('is one that MongoDB takes for nothing but a name', () => {
    fc.assert(
      fc.property(anyText, (value) => {
        const name = fieldName(value);
        expect(name).toMatch(/^[^.$\0]+$/);
        expect(name).not.toMatch(/^[\d_]/); // an index of an array, or __proto__
        expect(name).not.toBe(OTHER);
        expect(name.length).toBeLessThanOrEqual(120);
      }),
      { numRuns: 2_000 },
    );
  });

  it('can be read back, and says what it was made of or how that begins', () => {
    fc.assert(
      fc.property(anyText, (value) => {
        const wellFormed = value.replaceAll(/\p{Surrogate}/gu, '\uFFFD');
        const name = fieldName(value);
        const back = decodeURIComponent(name);
        const isShort = encodeURIComponent(wellFormed).length <= 30 || /^[\w -]{1,100}$/.test(value);
        if (isShort) expect(back).toBe(wellFormed);
        expect(wellFormed.startsWith(back)).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });

  it('is another for each short value', () => {
    const short = fc.string({ unit: 'grapheme-composite', minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(fc.uniqueArray(short, { maxLength: 50 }), (values) => {
        expect(new Set(values.map(fieldName)).size).toBe(values.length);
      }),
    );
  });
});

describe('a quarter of an hour', () => {
  it('divides the days of every time zone there is', () => {
    // Every zone, at the middle of every month of the year: both sides of each change of the clocks.
    const dates = Array.from({ length: 12 }, (_, month) => new Date(Date.UTC(2026, month, 15, 12)));
    const zones = Intl.supportedValuesOf('timeZone');
    expect(zones.length).toBeGreaterThan(300);
    for (const timeZone of zones) {
      const format = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' });
      for (const date of dates) {
        const name = format.formatToParts(date).find(({ type }) => type === 'timeZoneName')?.value ?? '';
        const [, hours = '0', minutes = '0', seconds] = /^GMT(?:[+-](\d\d):(\d\d)(?::(\d\d))?)?$/.exec(name) ?? [
          '',
          'x',
        ];
        expect([timeZone, (Number(hours) * 60 + Number(minutes)) % 15, seconds]).toEqual([timeZone, 0, undefined]);
      }
    }
  });
});
