import { FairQueue } from '../concurrency/fair-queue.js';

/** None waits: its file would be kept in memory, or its connection open. */
const LIMITS = { atOnce: 2, atOncePerKey: 1, waiting: 0, waitingPerKey: 0, maxWaitMs: 0, retryAfterSeconds: 10 };
const REFUSALS = {
  own: 'Another file of this workspace is being read.',
  all: 'Files of other workspaces are being read.',
};

/** Files that are read at once: one of each workspace, two in all. The key is the workspace. */
export function importQueue(): FairQueue {
  return new FairQueue(LIMITS, REFUSALS);
}
