import type { FieldProblem } from '../../../platform/http/problems/problem.js';
import { parseUrlTemplate } from './url-template.js';

export const UTM_NAMES = ['source', 'medium', 'campaign', 'term', 'content'] as const;

/** `null` takes a parameter out, what is not named stays as it is in the URL. */
export type Utm = { [K in (typeof UTM_NAMES)[number]]?: string | null | undefined };

/** Can not be encoded, and is a bad character to whoever judges the destination. */
const HALF_A_PAIR = /\p{Surrogate}/u;

/**
 * Puts campaign parameters into a destination, where they can be seen: each replaces the one that the URL has, or is added at
 * the end of its query. Macros in the values stay macros.
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

/** Which values could stand in no destination: they have macros that there are not, or are too long. */
export function utmProblems(utm: Utm): FieldProblem[] {
  return UTM_NAMES.flatMap((name) => {
    const reading = parseUrlTemplate(withUtm('https://shop.example/', { [name]: utm[name] }));
    return reading.ok ? [] : [{ path: `utm.${name}`, code: reading.code, message: reading.message }];
  });
}

function encoded(value: string): string {
  return value
    .split(/(\{[^{}]*\})/)
    .map((piece, i) => (i % 2 === 1 || HALF_A_PAIR.test(piece) ? piece : encodeURIComponent(piece)))
    .join('');
}
