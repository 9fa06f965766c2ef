import type { ClickKind } from '../clicks/spooled-click.js';
import type { ShortLinkRequest } from './short-link-request.js';

/** Browsers mark a prefetch by Sec-Purpose; older ones by Purpose or X-Moz (MDN, "Sec-Purpose"). */
export function kindOf({ isHead, purpose }: Pick<ShortLinkRequest, 'isHead' | 'purpose'>): ClickKind {
  if (isHead) return 'head';
  return purpose !== undefined && /^(prefetch|prerender|preview)/i.test(purpose) ? 'prefetch' : 'visit';
}
