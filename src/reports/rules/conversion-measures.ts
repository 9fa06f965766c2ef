import type { ConversionFact } from './facts.js';
import type { ConversionMeasure } from './measures.js';

// A conversion adds to these measures. The copy has a column for each of them, under its name, so that a report only adds
// numbers: to decide by the texts of an event type and a status took twice the time. Rejected conversions count only as
// rejected, as in the numbers of links.

type Counted = Pick<ConversionFact, 'eventType' | 'status' | 'isFtd'>;
type Timed = Counted & Pick<ConversionFact, 'clickedMs' | 'convertedMs'>;

/** Counts: whether the conversion is one. */
export const CONVERSION_COUNTS = {
  registrations: (fact) => isCounted(fact) && fact.eventType === 'registration',
  ftds: (fact) => isCounted(fact) && fact.isFtd,
  deposits: (fact) => isCounted(fact) && fact.eventType === 'deposit',
  qualified: (fact) => isCounted(fact) && fact.eventType === 'qualified',
  approved: ({ status }) => status === 'approved',
  pending: ({ status }) => status === 'pending',
  rejected: ({ status }) => status === 'rejected',
} as const satisfies Partial<Record<ConversionMeasure, (fact: Counted) => boolean>>;

/** Amounts: whether they are the sum of the conversion's revenue. */
export const CONVERSION_AMOUNTS = {
  revenue: CONVERSION_COUNTS.approved,
  revenuePending: CONVERSION_COUNTS.pending,
  revenueRejected: CONVERSION_COUNTS.rejected,
} as const satisfies Partial<Record<ConversionMeasure, (fact: Counted) => boolean>>;

/** Medians: milliseconds since the click. `null`: the conversion is not among them. */
export const CONVERSION_TIMES = {
  medianMsToRegistration: (fact) => (CONVERSION_COUNTS.registrations(fact) ? sinceClick(fact) : null),
  medianMsToFtd: (fact) => (CONVERSION_COUNTS.ftds(fact) ? sinceClick(fact) : null),
} as const satisfies Partial<Record<ConversionMeasure, (fact: Timed) => number | null>>;

function isCounted({ status }: Counted): boolean {
  return status !== 'rejected';
}

function sinceClick({ clickedMs, convertedMs }: Timed): number | null {
  return clickedMs === null || convertedMs < clickedMs ? null : convertedMs - clickedMs;
}
