import type { ClickKind } from '../../clicks/rules/click-record.js';

// Purposes of requests before a visit. Old values are quoted or have a space before the word.
const AHEAD_OF_A_VISIT = /^[\s"]*(?:prefetch|prerender|preview|instant)/i;

/**
 * Browsers mark a prefetch by Sec-Purpose; older ones, and apps, by Purpose, X-Purpose or X-Moz (MDN, "Sec-Purpose"). The kind
 * `prefetch` stands for all of them.
 * @param request `isHead`: its answer has no body that a visitor sees, as for HEAD and OPTIONS.
 */
export function kindOf({ isHead, purpose }: { isHead: boolean; purpose: string | undefined }): ClickKind {
  if (isHead) return 'head';
  return purpose !== undefined && AHEAD_OF_A_VISIT.test(purpose) ? 'prefetch' : 'visit';
}
