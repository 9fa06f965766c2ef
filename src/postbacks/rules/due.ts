import type { RematchRun } from '../reprocess/rematch-run.schema.js';

/** Within this time every process knows a network's new mapping; requests that came meanwhile are reprocessed again. */
export const SETTLED_MS = 5_000;

/** Whether what waits for a network is to be tried again. */
export function isDue(
  { dialectChangedAt, createdAt }: { dialectChangedAt: Date; createdAt: Date },
  run: Pick<RematchRun, 'doneFor' | 'doneAt'> | undefined,
  now: number,
): boolean {
  // Nothing can have come in before there was a network.
  if (dialectChangedAt.getTime() <= createdAt.getTime()) return false;
  if (run?.doneFor === undefined || run.doneAt === undefined || run.doneFor < dialectChangedAt) return true;
  const settledAt = dialectChangedAt.getTime() + SETTLED_MS;
  return run.doneAt.getTime() < settledAt && now >= settledAt;
}

/** Whether nothing further will become due by this change. */
export function isSettled(
  network: { dialectChangedAt: Date; createdAt: Date },
  run: Pick<RematchRun, 'doneFor' | 'doneAt'> | undefined,
): boolean {
  return !isDue(network, run, Number.POSITIVE_INFINITY);
}
