import type { FieldProblem } from '../../../platform/http/problems/problem.js';
import { parseUrlTemplate } from './url-template.js';

export const UTM_NAMES = ['source', 'medium', 'campaign', 'term', 'content'] as const;

/** `null` removes a parameter; absent ones stay as they are in the URL. */
export type Utm = { [K in (typeof UTM_NAMES)[number]]?: string | null | undefined };

/** A lone surrogate cannot be percent-encoded. The validation of the destination reports it. */
const LONE_SURROGATE = /\p{Surrogate}/u;

/**
 * Writes campaign parameters into a destination. Each replaces an existing parameter, or is appended to the query.
 * Macros in the values stay macros.
 */
export function withUtm(url: string, utm: Utm): string {
  const [, beforeQuery = '', queryText, fragment = ''] = /^([^?#]*)(?:\?([^#]*))?(#.*)?$/s.exec(url) ?? [];
  const pairs = (queryText ?? '').split('&').filter((pair) => pair !== '');
  for (const name of UTM_NAMES) {
    const value = utm[name];
    if (value === undefined) continue;
    const isIt = (pair: string): boolean => pair.split('=')[0]?.toLowerCase() === `utm_${name}`;
    const at = pairs.findIndex(isIt);
    const others = pairs.filter((pair) => !isIt(pair));
    if (value !== null) others.splice(at < 0 ? others.length : at, 0, `utm_${name}=${encoded(value)}`);
    pairs.splice(0, pairs.length, ...others);
  }
  return `${beforeQuery}${pairs.length === 0 ? '' : `?${pairs.join('&')}`}${fragment}`;
}

/** The problems of values that no destination may contain: unknown macros, or too many characters. */
export function utmProblems(utm: Utm): FieldProblem[] {
  return UTM_NAMES.flatMap((name) => {
    const reading = parseUrlTemplate(withUtm('https://shop.example/', { [name]: utm[name] }));
    return reading.ok ? [] : [{ path: `utm.${name}`, code: reading.code, message: reading.message }];
  });
}

function encoded(value: string): string {
  return value
    .split(/(\{[^{}]*\})/)
    .map((piece, i) => (i % 2 === 1 || LONE_SURROGATE.test(piece) ? piece : encodeURIComponent(piece)))
    .join('');
}
