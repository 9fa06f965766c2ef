import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ClickAggregate, type VariantRow } from '../../counters/rules/click-aggregate.js';
import { type CounterDelta } from '../../counters/rules/counter-delta.js';
import { toLinkTotals } from '../../counters/rules/link-totals.js';
import { VariantLimit } from '../../counters/rules/variant-limit.js';
import type { Click } from '../click.schema.js';
import { countedFactsOf, humanAdditions } from './converted-prefetch.js';
import { countedClick } from './counted-click.js';

const RUNS = Number(process.env['PROPERTY_RUNS'] ?? 500);

type StoredClick = Pick<
  Click,
  'workspaceId' | 'linkId' | 'at' | 'botReason' | 'isUnique' | 'humanSince' | 'rule' | 'variant'
>;

/** Clicks of one link in its spool, what is stored of them, and the counters. */
class Store {
  readonly clicks = new Map<StoredClick, StoredClick>();
  private readonly totals: CounterDelta[] = [];
  private readonly variants: VariantRow[] = [];
  /** Clicks that the running shipper has inserted, as it will count them. */
  private batch = new Map<StoredClick, StoredClick>();
  private readonly counted = new Set<StoredClick>();

  insert(click: StoredClick): void {
    if (this.counted.has(click) || this.batch.has(click)) return;
    const known = this.clicks.get(click);
    if (known === undefined) this.clicks.set(click, { ...click });
    this.batch.set(click, known === undefined ? click : { ...click, ...countedFactsOf(known) });
  }

  /** One transaction: counters and the offset of the spool. */
  count(): void {
    const aggregate = new ClickAggregate(new VariantLimit());
    for (const [click, facts] of this.batch) {
      aggregate.add(countedClick(facts));
      this.counted.add(click);
    }
    this.batch = new Map();
    const { totals, variants } = aggregate.rows();
    for (const { total, human, bots, unique } of totals) {
      const counts = { 'clicks.total': total, 'clicks.human': human, 'clicks.bots': bots, 'clicks.unique': unique };
      this.totals.push({ counts, payouts: {}, revenues: {} });
    }
    this.variants.push(...variants);
  }

  /** The shipper ends before its transaction, and reads the spool again. */
  crash(): void {
    this.batch = new Map();
  }

  /** One transaction: the click and the counters. @param isUnique if no other click of the visitor is. */
  moveToHuman(click: StoredClick, isUnique: boolean): void {
    const known = this.clicks.get(click);
    if (known?.botReason !== 'prefetch') return;
    this.clicks.set(click, { ...known, botReason: undefined, humanSince: new Date(), isUnique });
    const additions = humanAdditions({ ...countedClick(known), isUnique });
    this.totals.push(additions.totals);
    this.variants.push(...additions.variants);
  }

  read(): { total: number; human: number; bots: number; unique: number } {
    const { counts } = toLinkTotals(this.totals);
    const of = (name: 'total' | 'human' | 'bots' | 'unique'): number => counts[`clicks.${name}`] ?? 0;
    return { total: of('total'), human: of('human'), bots: of('bots'), unique: of('unique') };
  }

  humansByVariant(): Record<string, number> {
    const sums: Record<string, number> = {};
    for (const [path, count] of this.variants.flatMap(({ increments }) => Object.entries(increments))) {
      sums[path] = (sums[path] ?? 0) + count;
    }
    return sums;
  }
}

const click = fc.record({
  botReason: fc.constantFrom('prefetch' as const, 'prefetch' as const, 'head' as const, undefined),
  variant: fc.constantFrom('A', 'B', undefined),
  converts: fc.boolean(),
  isUnique: fc.boolean(),
});
/** A step, and the click that it is about. */
const step = fc.tuple(fc.constantFrom('insert', 'insert', 'move', 'count', 'crash'), fc.nat(5));

describe('K12 a click that was counted as a bot’s and is a person’s', () => {
  it('counts right in the end, in any order of inserting, counting and moving, with crashes between', () => {
    const clicks = fc.array(click, { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(clicks, fc.array(step, { maxLength: 40 }), (described, steps) => {
        const all = described.map(({ converts, isUnique, ...fields }) => ({
          converts: converts && fields.botReason === 'prefetch',
          isFirst: isUnique,
          stored: {
            workspaceId: 'wsp_1',
            linkId: 'lnk_1',
            at: new Date('2026-01-01T10:05:00Z'),
            ...fields,
            isUnique: isUnique && fields.botReason === undefined,
          } as StoredClick,
        }));
        const store = new Store();
        const run = (what: string, index: number): void => {
          const one = all[index % all.length];
          if (one === undefined) return;
          if (what === 'insert') store.insert(one.stored);
          if (what === 'move' && one.converts) store.moveToHuman(one.stored, one.isFirst);
          if (what === 'count') store.count();
          if (what === 'crash') store.crash();
          const { total, human, bots, unique } = store.read();
          expect(Math.min(human, bots, unique)).toBeGreaterThanOrEqual(0);
          expect(total).toBe(human + bots);
        };
        for (const [what, index] of steps) run(what, index);
        for (let i = 0; i < all.length; i++) run('insert', i);
        run('count', 0);
        for (let i = 0; i < all.length; i++) run('move', i);

        const people = all.filter(({ converts, stored }) => converts || stored.botReason === undefined);
        expect(store.read()).toEqual({
          total: all.length,
          human: people.length,
          bots: all.length - people.length,
          unique: people.filter(({ isFirst }) => isFirst).length,
        });
        const byVariant: Record<string, number> = {};
        for (const { variant } of people.map(({ stored }) => stored)) {
          if (variant !== undefined)
            byVariant[`by.variant.${variant}.h`] = (byVariant[`by.variant.${variant}.h`] ?? 0) + 1;
        }
        expect(store.humansByVariant()).toEqual(byVariant);
      }),
      { numRuns: RUNS },
    );
  });

  it('counts as a human click at once, though the shipper has not counted it yet', () => {
    const store = new Store();
    const prefetch = {
      workspaceId: 'wsp_1',
      linkId: 'lnk_1',
      at: new Date(),
      botReason: 'prefetch',
      isUnique: false,
    } as StoredClick;
    store.insert(prefetch);
    store.moveToHuman(prefetch, true);
    expect(store.read()).toEqual({ total: 1, human: 1, bots: 0, unique: 1 });
    store.crash();
    store.insert(prefetch);
    store.count();
    expect(store.read()).toEqual({ total: 1, human: 1, bots: 0, unique: 1 });
  });
});
