import type { DemoPostback } from './make-postbacks.js';

/** Conversions of one transaction get ids in any order, and lists are sorted by id: the latest are in small batches. */
const MAX_BATCH = 40;
const MAX_RECENT_BATCH = 10;
const RECENT = 300;

/** The next requests that may be processed at once: none is about a click of another one, whose order would matter. */
export function nextBatch(postbacks: readonly DemoPostback[], from: number): DemoPostback[] {
  const batch: DemoPostback[] = [];
  const clicks = new Set<number>();
  const size = postbacks.length - from > RECENT ? MAX_BATCH : MAX_RECENT_BATCH;
  for (const postback of postbacks.slice(from, from + size)) {
    const { clickId } = postback;
    const number = 'click' in clickId ? clickId.click.number : undefined;
    if (number !== undefined && clicks.has(number)) break;
    if (number !== undefined) clicks.add(number);
    batch.push(postback);
  }
  return batch;
}
