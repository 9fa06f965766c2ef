/** The right of one process to work on a document. Another process may take the document once `leaseUntil` has passed. */
export interface Lease {
  holder: string;
  leaseUntil: Date;
}

/** The fields of a document that is worked on by lease. Absent and `null` both mean that no process holds it. */
export interface LeasedDocument {
  _id: string;
  holder?: string | null;
  leaseUntil?: Date | null;
}

/** Matches documents that `holder` may take: free ones, those with an expired lease, and its own. */
export function isFreeFor(holder: string, now: number): { $or: object[] } {
  return { $or: [{ leaseUntil: { $lt: new Date(now) } }, { leaseUntil: null }, { holder }] };
}

/** The values that give a document to `holder` for `ms`, or extend its lease. */
export function leaseFor(holder: string, ms: number, now: number): Lease {
  return { holder, leaseUntil: new Date(now + ms) };
}

/** The values that release a document, behind those that are waiting already. */
export function released(now: number): { holder: null; leaseUntil: Date } {
  // One millisecond ago: a lease that ends at the time of a claim does not count as expired.
  return { holder: null, leaseUntil: new Date(now - 1) };
}
