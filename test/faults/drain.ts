import { setTimeout as sleep } from 'node:timers/promises';
import type { App } from './app.js';

const STILL_MS = 1_000;
const POLL_MS = 100;

/** Cheap, and after a crash not exact; it is only to stand still. */
interface Counted {
  estimatedDocumentCount(): Promise<number>;
}

export interface Drained {
  /** From the last click until nothing moved any more. */
  seconds: number;
  /** The longest time in which no click was stored though some waited. */
  standstillSeconds: number;
  /** The problem, if the clicks were not all stored. */
  problem: string | undefined;
}

/** Waits until the spool is empty and the number of clicks in the database has stood still for a second. */
export async function drain(app: App, clicks: Counted, patienceMs: number): Promise<Drained> {
  const begin = performance.now();
  let stored = -1;
  let backlog = -1;
  let stillSince = begin;
  let storedSince = begin;
  let standstillSeconds = 0;
  for (;;) {
    const now = performance.now();
    const seen = await clicks.estimatedDocumentCount();
    const left = await app.metric('hopback_spool_backlog_bytes');
    if (seen !== stored || left > 0 || backlog > 0) stillSince = now;
    if (seen !== stored || left === 0) storedSince = now;
    standstillSeconds = Math.max(standstillSeconds, (now - storedSince) / 1_000);
    [stored, backlog] = [seen, left];
    if (now - stillSince >= STILL_MS) {
      return { seconds: (stillSince - begin) / 1_000, standstillSeconds, problem: undefined };
    }
    if (now - begin > patienceMs) {
      const seconds = (now - begin) / 1_000;
      return { seconds, standstillSeconds, problem: `${stored} clicks stored, and still ${backlog} bytes to go` };
    }
    await sleep(POLL_MS);
  }
}
