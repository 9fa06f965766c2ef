import { isbot } from 'isbot';
import { LRUCache } from 'lru-cache';
import type { SpooledClick } from '../spooled-click.js';

/** Why a click is not a person's, or `undefined` when it is one. */
export type BotReason = 'head' | 'prefetch' | 'no_user_agent' | 'user_agent';

// isbot's expression takes microseconds for each text, and a day's traffic has few thousand different ones.
const verdicts = new LRUCache<string, boolean>({ max: 10_000 });

/** What tells that nobody looks at the page: the way the request was made, else its user agent. */
export function botReason(kind: SpooledClick['kind'], userAgent: string): BotReason | undefined {
  if (kind !== 'visit') return kind;
  if (userAgent === '') return 'no_user_agent'; // isbot takes an empty one for a browser
  let verdict = verdicts.get(userAgent);
  if (verdict === undefined) {
    verdict = isbot(userAgent);
    verdicts.set(userAgent, verdict);
  }
  return verdict ? 'user_agent' : undefined;
}
