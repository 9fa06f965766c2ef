import type { ConversionStatus } from '../../platform/vocabulary/conversion-words.js';
import type { Origin } from './conversion-event.js';

/** A status with its time and source. */
export interface TimedStatus {
  status: ConversionStatus;
  at: Date;
  /** The network's own word for the status. */
  networkStatus: string | null;
  origin: Origin;
  /** At equal times, the higher number arrived later. Negative if the source named the time. */
  sequence: number;
}

export const STATUS_RANK: Record<ConversionStatus, number> = { pending: 0, approved: 1, rejected: 2 };

/**
 * The status that counts. A status from a pixel loses to every other source. A final status wins over `pending`, whatever
 * their times. Otherwise the later one wins; at equal times, `rejected` wins over `approved`. This is the maximum of a
 * total order, so every order of arrival gives the same result.
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

/** Positive when `a` takes precedence over `b`. */
export function compareAuthority(a: Origin, b: Origin): number {
  return Number(a !== 'pixel') - Number(b !== 'pixel');
}

export function compareText(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}
