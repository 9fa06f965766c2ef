import { ClickAggregate, type CountedClick, type VariantRow } from '../../counters/rules/click-aggregate.js';
import type { CounterDelta } from '../../counters/rules/counter-delta.js';
import { VariantLimit } from '../../counters/rules/variant-limit.js';
import type { Click } from '../click.schema.js';

// A prefetch that converts becomes a human click. The shipper may count the click before or after that, and again after a
// crash. The counters become right in any order by two rules: the shipper counts the click as a prefetch each time
// (`countedFactsOf`), and the transaction that changes the click adds the difference once (`humanAdditions`).

/** The facts by which the shipper counts a click that is already stored. */
export function countedFactsOf({
  isUnique,
  botReason,
  humanSince,
}: Pick<Click, 'isUnique' | 'botReason' | 'humanSince'>): Pick<Click, 'isUnique' | 'botReason'> {
  if (humanSince) return { isUnique: false, botReason: 'prefetch' };
  return { isUnique, botReason: botReason ?? undefined };
}

/**
 * The additions to the counters when a click that counts as a bot's becomes a human click.
 * @param click as it is from now on.
 */
export function humanAdditions(click: CountedClick): { totals: CounterDelta; variants: VariantRow[] } {
  const aggregate = new ClickAggregate(new VariantLimit());
  aggregate.add({ ...click, kind: 'human' });
  const counts = { 'clicks.human': 1, 'clicks.bots': -1, ...(click.isUnique && { 'clicks.unique': 1 }) };
  return { totals: { counts, payouts: {}, revenues: {} }, variants: aggregate.rows().variants };
}
