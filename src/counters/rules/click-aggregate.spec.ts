import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ClickAggregate, type CountedClick, quarterStart } from './click-aggregate.js';
import { VariantLimit } from './variant-limit.js';

const START = Date.UTC(2026, 0, 1);
const QUARTER_MS = 15 * 60_000;
const click: fc.Arbitrary<CountedClick> = fc.record({
  workspaceId: fc.constant('wsp_1'),
  linkId: fc.constantFrom('lnk_1', 'lnk_2', 'lnk_3'),
  at: fc.integer({ min: 0, max: 4 * QUARTER_MS }).map((ms) => new Date(START + ms)),
  kind: fc.constantFrom('human' as const, 'bot' as const),
  isUnique: fc.boolean(),
  variant: fc.option(fc.constantFrom('A', 'Rule 1/A', 'a.b', '$ne', '0', '~', '__proto__', 'constructor', 'é'), {
    nil: undefined,
  }),
});
const clicks = fc.array(click, { maxLength: 60 });

const aggregated = (all: readonly CountedClick[]) => {
  const aggregate = new ClickAggregate(new VariantLimit());
  for (const one of all) aggregate.add(one);
  const { totals, variants } = aggregate.rows();
  const byKey = <T extends { linkId: string; at?: Date }>(rows: T[]) =>
    new Map(rows.map((row) => [`${row.linkId} ${row.at?.toISOString() ?? ''}`, row]));
  return { totals: byKey(totals), variants: byKey(variants) };
};
const sum = (numbers: (number | undefined)[]): number => numbers.reduce<number>((total, n) => total + (n ?? 0), 0);

describe('an aggregate of clicks', () => {
  it('has the exact totals of each link', () => {
    fc.assert(
      fc.property(clicks, (all) => {
        const { totals } = aggregated(all);
        for (const { linkId, workspaceId, ...counts } of totals.values()) {
          const mine = all.filter((one) => one.linkId === linkId);
          expect({ workspaceId, ...counts }).toEqual({
            workspaceId: 'wsp_1',
            total: mine.length,
            human: mine.filter(({ kind }) => kind === 'human').length,
            bots: mine.filter(({ kind }) => kind === 'bot').length,
            unique: mine.filter(({ isUnique }) => isUnique).length,
          });
        }
        expect(sum([...totals.values()].map(({ total }) => total))).toBe(all.length);
      }),
    );
  });

  it('counts each human click that has a variant under it, in its quarter of an hour, and nothing else', () => {
    fc.assert(
      fc.property(clicks, (all) => {
        const found: Record<string, number> = {};
        for (const { linkId, at, increments } of aggregated(all).variants.values()) {
          for (const [path, count] of Object.entries(increments)) {
            const [, field = ''] = /^by\.variant\.([^.]+)\.h$/.exec(path) ?? [];
            found[`${linkId} ${at.toISOString()} ${decodeURIComponent(field)}`] = count;
          }
        }
        const expected: Record<string, number> = {};
        for (const { linkId, at, kind, variant } of all) {
          if (kind !== 'human' || variant === undefined) continue;
          const key = `${linkId} ${new Date(quarterStart(at.getTime())).toISOString()} ${variant}`;
          expected[key] = (expected[key] ?? 0) + 1;
        }
        expect(found).toEqual(expected);
      }),
    );
  });

  it('is the same in any order', () => {
    const shuffled = clicks.chain((all) =>
      fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length, maxLength: all.length })),
    );
    fc.assert(
      fc.property(shuffled, ([all, others]) => {
        expect(aggregated(others)).toEqual(aggregated(all));
      }),
    );
  });

  it('is the same for all at once as for parts added up', () => {
    fc.assert(
      fc.property(clicks, fc.nat(60), (all, cut) => {
        const [whole, first, second] = [all, all.slice(0, cut), all.slice(cut)].map(
          (some) => aggregated(some).variants,
        );
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
      variant: 'A',
    });
    const times = ['2026-03-01T10:00:00.000Z', '2026-03-01T10:14:59.999Z', '2026-03-01T10:15:00.000Z'];
    const rows = [...aggregated(times.map(at)).variants.values()];
    expect(rows.map((row) => [row.at.toISOString(), row.increments])).toEqual([
      ['2026-03-01T10:00:00.000Z', { 'by.variant.A.h': 2 }],
      ['2026-03-01T10:15:00.000Z', { 'by.variant.A.h': 1 }],
    ]);
  });

  it('has no row for clicks without a variant', () => {
    const human = {
      workspaceId: 'wsp_1',
      linkId: 'lnk_1',
      at: new Date(START),
      kind: 'human' as const,
      isUnique: true,
    };
    expect(aggregated([human, { ...human, kind: 'bot', variant: 'A' }]).variants.size).toBe(0);
  });
});
