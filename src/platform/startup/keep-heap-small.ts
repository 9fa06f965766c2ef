import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/**
 * By default V8 lets the heap grow to four times what is in use before it looks for garbage. Memory is dearer to us than the
 * little work that this saves: docs/performance.md has what it takes with 100,000 links. To be called when all is loaded; the
 * next look is due by the old rule, so it is done at once (some 50 ms).
 *
 * And it puts objects that lived long while the process was starting among the old ones at once, for ever. In our case these
 * are requests (the first ones wait for MongoDB): docs/traps.md, "Requests that grow old".
 *
 * And the main thread marks beside the threads that are there for it, one task after the other, as long as there is anything to
 * mark: 50 ms in which little else is done. Without these tasks it marks as it allocates, which is less.
 */
export function keepHeapSmall(): void {
  setFlagsFromString('--no-allocation-site-pretenuring');
  setFlagsFromString('--heap-growing-percent=25');
  setFlagsFromString('--no-incremental-marking-task');
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
}
