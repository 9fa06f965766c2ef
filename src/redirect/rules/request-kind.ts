import type { ClickKind } from '../../clicks/rules/click-record.js';

// Purposes of requests before a visit. Older browsers quote the word or put a space before it.
const AHEAD_OF_A_VISIT = /^[\s"]*(?:prefetch|prerender|preview|instant)/i;

/**
 * The kind of a request. Browsers declare a prefetch by Sec-Purpose; older ones and apps by Purpose, X-Purpose or X-Moz (MDN,
 * "Sec-Purpose").
 * @param request `isHead`: a visitor does not see its answer, as for HEAD and OPTIONS.
 */
export function kindOf({ isHead, purpose }: { isHead: boolean; purpose: string | undefined }): ClickKind {
  if (isHead) return 'head';
  return purpose !== undefined && AHEAD_OF_A_VISIT.test(purpose) ? 'prefetch' : 'visit';
}
