import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ClickAggregate, type CountedClick, MAX_DIMENSION_VALUES, OTHER, CardinalityLimit } from './click-aggregate.js';
import { type BotRow, moveToHuman } from './move-to-human.js';

const RUNS = Number(process.env['PROPERTY_RUNS'] ?? 500);
const AT = new Date('2026-01-01T10:05:00Z');
const click = (fields: Partial<CountedClick> = {}): CountedClick => ({
  workspaceId: 'wsp_1',
  linkId: 'lnk_1',
  at: AT,
  kind: 'bot',
  isUnique: false,
  dimensions: { country: 'DE', source: 'a.b' },
  ...fields,
});

/** The quarter as it is stored: paths of fields become objects. */
function rowOf(clicks: readonly CountedClick[]): Record<string, unknown> {
  const tally = new ClickAggregate(new CardinalityLimit());
  for (const one of clicks) tally.add(one);
  return applied([], tally.rows().quarters[0]?.increments ?? {});
}

function applied(rows: readonly object[], increments: Record<string, number>): Record<string, unknown> {
  const sum = structuredClone(rows[0] ?? {}) as Record<string, unknown>;
  for (const [path, by] of Object.entries(increments)) {
    const names = path.split('.');
    const last = names.pop() ?? '';
    let place = sum;
    for (const name of names) place = (place[name] ??= {}) as Record<string, unknown>;
    place[last] = ((place[last] as number | undefined) ?? 0) + by;
  }
  return sum;
}

/** Without counts that are 0, and what is empty then. */
function withoutZeros(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value === 0 ? undefined : value;
  const kept = Object.entries(value).flatMap(([name, inner]) => {
    const rest = withoutZeros(inner);
    return rest === undefined ? [] : [[name, rest] as const];
  });
  return kept.length === 0 ? undefined : Object.fromEntries(kept);
}

describe('K12 a click that was counted as a bot’s and is a person’s', () => {
  it('moves in all that it is counted in', () => {
    const rows = [rowOf([click()])] as BotRow[];
    expect(moveToHuman(click({ isUnique: true }), rows, false)).toEqual({
      h: 1,
      b: -1,
      u: 1,
      'by.country.DE.h': 1,
      'by.country.DE.b': -1,
      'by.country.DE.u': 1,
      'by.source.a%2Eb.h': 1,
      'by.source.a%2Eb.b': -1,
      'by.source.a%2Eb.u': 1,
    });
  });

  it('waits until it is counted, unless it is stored for long', () => {
    expect(moveToHuman(click(), [], false)).toBeUndefined();
    expect(moveToHuman(click(), [rowOf([click({ kind: 'human' })])], false)).toBeUndefined();
    expect(moveToHuman(click(), [rowOf([click({ dimensions: { country: 'FR' } })])], false)).toBeUndefined();
    expect(moveToHuman(click(), [], true)).toEqual({ h: 1, b: -1 });
  });

  it('moves among the others where its value is counted among them', () => {
    const others = Array.from({ length: MAX_DIMENSION_VALUES }, (_, i) => click({ dimensions: { source: `s${i}` } }));
    const last = click({ dimensions: { source: 'last' } });
    expect(moveToHuman(last, [rowOf([...others, last])] as BotRow[], false)).toEqual({
      h: 1,
      b: -1,
      [`by.source.${OTHER}.h`]: 1,
      [`by.source.${OTHER}.b`]: -1,
    });
  });

  it('leaves the sums that it would have brought as a person’s from the beginning', () => {
    const one = fc.record({
      kind: fc.constantFrom('human' as const, 'bot' as const),
      dimensions: fc.record({
        country: fc.constantFrom('DE', 'FR', undefined),
        referrer: fc.constantFrom('a.b', 'x', '', '~', undefined),
      }),
    });
    fc.assert(
      fc.property(fc.array(one, { maxLength: 20 }), one, fc.boolean(), (others, fields, isUnique) => {
        const all = others.map((other) => click(other));
        const before = rowOf([...all, click({ ...fields, kind: 'bot' })]);
        const additions = moveToHuman(click({ ...fields, isUnique }), [before] as BotRow[], false);
        expect(additions).toBeDefined();
        const expected = rowOf([...all, click({ ...fields, kind: 'human', isUnique })]);
        expect(withoutZeros(applied([before], additions ?? {}))).toEqual(withoutZeros(expected));
      }),
      { numRuns: RUNS },
    );
  });
});
