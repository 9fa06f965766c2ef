import { FairQueue } from '../concurrency/fair-queue.js';

/** No upload waits: its file would occupy memory, or its connection would stay open. */
const LIMITS = { atOnce: 2, atOncePerKey: 1, waiting: 0, waitingPerKey: 0, maxWaitMs: 0, retryAfterSeconds: 10 };
const REFUSALS = {
  own: 'Another file of this workspace is being read.',
  all: 'Files of other workspaces are being read.',
};

/** Limits how many files are read at once: one for each workspace, two in total. The key is the workspace. */
export function importQueue(): FairQueue {
  return new FairQueue(LIMITS, REFUSALS);
}
