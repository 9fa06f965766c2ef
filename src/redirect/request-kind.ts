import type { ClickKind } from '../clicks/spooled-click.js';
import type { ShortLinkRequest } from './short-link-request.js';

// What says that nobody has asked to see the page yet. Old texts are quoted or have a space before the word.
const AHEAD_OF_A_VISIT = /^[\s"]*(?:prefetch|prerender|preview|instant)/i;

/**
 * Browsers mark a prefetch by Sec-Purpose; older ones, and apps, by Purpose, X-Purpose or X-Moz (MDN, "Sec-Purpose").
 * `prefetch` stands for all of them.
 */
export function kindOf({ isHead, purpose }: Pick<ShortLinkRequest, 'isHead' | 'purpose'>): ClickKind {
  if (isHead) return 'head';
  return purpose !== undefined && AHEAD_OF_A_VISIT.test(purpose) ? 'prefetch' : 'visit';
}
