import type { ConversionState } from './apply-event.js';

type Candidate = Pick<ConversionState, '_id' | 'dedupeKey' | 'eventType' | 'status' | 'convertedAt'>;

/**
 * Which of one click's conversions is its first deposit: the explicit `ftd` (unless it was rejected), else the earliest
 * approved `deposit`, else none. Of two at the same time what they are called decides, not which came first.
 */
export function firstDeposit<T extends Candidate>(conversions: readonly T[]): T | undefined {
  const explicit = conversions.filter(({ eventType, status }) => eventType === 'ftd' && status !== 'rejected');
  const deposits = conversions.filter(({ eventType, status }) => eventType === 'deposit' && status === 'approved');
  return earliest(explicit) ?? earliest(deposits);
}

function earliest<T extends Candidate>(conversions: T[]): T | undefined {
  return conversions.toSorted(
    (a, b) => a.convertedAt.getTime() - b.convertedAt.getTime() || (a.dedupeKey < b.dedupeKey ? -1 : 1),
  )[0];
}
