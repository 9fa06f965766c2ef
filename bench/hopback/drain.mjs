// Waits until the clicks that were answered are stored.
import { setTimeout as sleep } from 'node:timers/promises';

const POLL_MS = 50;
/** If nothing is stored for this long, nothing more is expected. Longer than a time-out and the pause after it. */
const STALLED_MS = 30_000;
/** Clicks of requests that wrk left on their way come within this. */
const SETTLED_MS = 400;

/**
 * Waits until as many clicks are stored as were answered and no more come.
 * @returns {Promise<{stored: number, seconds: number, rate: number}>} what came while we waited, from the first new one on
 */
export async function drained({ database, ledger }) {
  const begin = { at: performance.now(), stored: await database.approximateClicks() };
  let first;
  let last = begin;
  let refusedAt = 0;
  for (;;) {
    await sleep(POLL_MS);
    const now = { at: performance.now(), stored: await database.approximateClicks() };
    if (now.stored !== last.stored) {
      last = now;
      first ??= now;
    }
    if (now.at - last.at > STALLED_MS) break;
    if (now.stored < ledger.answered || now.at - Math.max(last.at, refusedAt) < SETTLED_MS) continue;
    if ((await database.countClicks()) >= now.stored) break;
    refusedAt = now.at; // clicks of a transaction that is still open
  }
  return { stored: last.stored, ...speed(first ?? begin, { ...last, at: Math.max(last.at, refusedAt) }) };
}

function speed(first, last) {
  const seconds = (last.at - first.at) / 1000;
  return { seconds, rate: seconds > 0 ? (last.stored - first.stored) / seconds : 0 };
}

/**
 * Compares what was answered with what is stored, document by document, and with the links' own numbers.
 * @returns {Promise<{answered: number, stored: number, counted: number, share: number}>}
 */
export async function reconcile(hopback) {
  await drained(hopback);
  const { answered } = hopback.ledger;
  for (const end = performance.now() + STALLED_MS; ; await sleep(SETTLED_MS)) {
    const stored = await hopback.database.countClicks();
    const counted = await hopback.countedClicks();
    // The numbers may be brought up to date later than the clicks.
    const isSettled = stored >= answered && counted === stored;
    if (!isSettled && performance.now() < end) continue;
    return { answered, stored, counted, share: hopback.ledger.share(Math.min(stored, counted)) };
  }
}
