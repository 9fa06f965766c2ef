import type { RematchRun } from '../reprocess/rematch-run.schema.js';

/** Within this time every process knows a network's new mapping. Requests received meanwhile are reprocessed again. */
export const SETTLED_MS = 5_000;

/** True if the waiting postbacks of a network must be reprocessed. */
export function isDue(
  { dialectChangedAt, createdAt }: { dialectChangedAt: Date; createdAt: Date },
  run: Pick<RematchRun, 'doneFor' | 'doneAt'> | undefined,
  now: number,
): boolean {
  // No postback can be older than its network.
  if (dialectChangedAt.getTime() <= createdAt.getTime()) return false;
  if (run?.doneFor === undefined || run.doneAt === undefined || run.doneFor < dialectChangedAt) return true;
  const settledAt = dialectChangedAt.getTime() + SETTLED_MS;
  return run.doneAt.getTime() < settledAt && now >= settledAt;
}

/** True if this change needs no further run. */
export function isSettled(
  network: { dialectChangedAt: Date; createdAt: Date },
  run: Pick<RematchRun, 'doneFor' | 'doneAt'> | undefined,
): boolean {
  return !isDue(network, run, Number.POSITIVE_INFINITY);
}

/** A mapping change that can still be undone. */
export interface Hold {
  /** The network's `dialectChangedAt` by that change. */
  dialectChangedAt: Date;
  undoUntil: Date;
}

/** True while the waiting postbacks of a network must not be run. A later change of the network ends the hold. */
export function isHeld({ dialectChangedAt }: { dialectChangedAt: Date }, hold: Hold | undefined, now: number): boolean {
  if (hold === undefined || now >= hold.undoUntil.getTime()) return false;
  return hold.dialectChangedAt.getTime() === dialectChangedAt.getTime();
}
