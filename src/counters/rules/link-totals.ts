import { type CounterDelta, sumDeltas } from './counter-delta.js';

/**
 * The counters of a link from its stripes. A prefetch can become a human click before the shipper has counted it as a bot's
 * click. Until then, the stored number of bots can be too low, and even negative. It then reads as 0.
 */
export function toLinkTotals(stripes: readonly CounterDelta[]): CounterDelta {
  const { counts, ...amounts } = sumDeltas(stripes);
  const { 'clicks.bots': bots = 0, 'clicks.human': human = 0 } = counts;
  if (bots >= 0) return { counts, ...amounts };
  return { counts: { ...counts, 'clicks.bots': 0, 'clicks.total': human }, ...amounts };
}
