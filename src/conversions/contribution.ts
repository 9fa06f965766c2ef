import type { CounterDelta, CounterName } from '../reports/counter-delta.js';
import type { ConversionState } from './apply-event.js';

const COUNTED_AS: Partial<Record<ConversionState['eventType'], CounterName>> = {
  registration: 'registrations',
  deposit: 'deposits',
};

/** What one conversion adds to its link's counters. A rejected one counts as rejected only. */
export function contribution(
  conversion: Pick<ConversionState, 'eventType' | 'status' | 'isFtd' | 'payout'>,
): CounterDelta {
  const { eventType, status, isFtd, payout } = conversion;
  const counts: CounterDelta['counts'] = { conversions: 1, [status]: 1 };
  if (status !== 'rejected') {
    const counter = COUNTED_AS[eventType];
    if (counter) counts[counter] = 1;
    if (isFtd) counts.ftds = 1;
  }
  return { counts, payouts: status === 'approved' && payout ? { [payout.currency]: payout.amount } : {} };
}
