import type { ConversionStatus } from '../../platform/vocabulary/conversion-words.js';
import type { Origin } from './conversion-event.js';

/** A status and when that was so. */
export interface TimedStatus {
  status: ConversionStatus;
  at: Date;
  /** The network's own word for it. */
  networkStatus: string | null;
  origin: Origin;
  /** Of two at the same time the one with the higher number came later. Negative where the source named the time. */
  sequence: number;
}

export const STATUS_RANK: Record<ConversionStatus, number> = { pending: 0, approved: 1, rejected: 2 };

/**
 * Which of two statuses of one conversion holds. What a page's pixel says gives way to everything else. A final status
 * beats `pending` whatever their times; of two final ones the later holds, on a tie `rejected` over `approved`; of two
 * pending ones the later. This is the maximum of a total order, so any order of arrival ends the same.
 */
export function decidingStatus(a: TimedStatus, b: TimedStatus): TimedStatus {
  return compare(a, b) >= 0 ? a : b;
}

function compare(a: TimedStatus, b: TimedStatus): number {
  const byFinality = Number(a.status !== 'pending') - Number(b.status !== 'pending');
  return (
    compareAuthority(a.origin, b.origin) ||
    byFinality ||
    a.at.getTime() - b.at.getTime() ||
    a.sequence - b.sequence ||
    STATUS_RANK[a.status] - STATUS_RANK[b.status] ||
    compareText(a.networkStatus ?? '', b.networkStatus ?? '') ||
    compareText(a.origin, b.origin)
  );
}

/** Above 0 when `a` is to be believed before `b`. */
export function compareAuthority(a: Origin, b: Origin): number {
  return Number(a !== 'pixel') - Number(b !== 'pixel');
}

export function compareText(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}
