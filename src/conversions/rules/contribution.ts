import type { CounterDelta, CounterName } from '../../counters/rules/counter-delta.js';
import type { ConversionState } from './conversion-state.js';

const COUNTED_AS: Partial<Record<ConversionState['eventType'], CounterName>> = {
  registration: 'registrations',
  deposit: 'deposits',
};

/** The amounts that one conversion adds to its link's counters. A rejected conversion counts only as rejected. */
export function contribution(
  conversion: Pick<ConversionState, 'eventType' | 'status' | 'isFtd' | 'payout' | 'revenue'>,
): CounterDelta {
  const { eventType, status, isFtd, payout, revenue } = conversion;
  const counts: CounterDelta['counts'] = { conversions: 1, [status]: 1 };
  if (status !== 'rejected') {
    const counter = COUNTED_AS[eventType];
    if (counter) counts[counter] = 1;
    if (isFtd) counts.ftds = 1;
  }
  const isPaid = status === 'approved';
  return {
    counts,
    payouts: isPaid && payout ? { [payout.currency]: payout.amount } : {},
    revenues: isPaid && revenue ? { [revenue.currency]: revenue.amount } : {},
  };
}
