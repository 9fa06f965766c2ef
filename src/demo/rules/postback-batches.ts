import type { DemoPostback } from './make-postbacks.js';

/** Conversions of one transaction get ids in any order, so a batch is small: lists are sorted by id. */
const MAX_BATCH = 12;

/** The next requests that may be processed at once: none is about a click of another one, whose order would matter. */
export function nextBatch(postbacks: readonly DemoPostback[], from: number): DemoPostback[] {
  const batch: DemoPostback[] = [];
  const clicks = new Set<number>();
  for (const postback of postbacks.slice(from, from + MAX_BATCH)) {
    const { clickId } = postback;
    const number = 'click' in clickId ? clickId.click.number : undefined;
    if (number !== undefined && clicks.has(number)) break;
    if (number !== undefined) clicks.add(number);
    batch.push(postback);
  }
  return batch;
}
