import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/**
 * By default V8 lets the heap grow to four times its live size before it collects garbage. Memory matters more here than
 * the little work that this saves: docs/performance.md has the figures for 100,000 links. Call it when everything is
 * loaded. It collects once at once (some 50 ms), because the next collection is still scheduled by the old rule.
 *
 * V8 also allocates objects as old when earlier ones of their kind lived long during the start, and never changes that.
 * Here these are requests, as the first ones wait for MongoDB: docs/traps.md, "Requests that grow old".
 *
 * The main thread also helps the marking threads, task after task, while there is anything to mark: 50 ms in which little
 * else runs. Without these tasks it marks as it allocates, which is less.
 */
export function keepHeapSmall(): void {
  setFlagsFromString('--no-allocation-site-pretenuring');
  setFlagsFromString('--heap-growing-percent=25');
  setFlagsFromString('--no-incremental-marking-task');
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
}
