import { isUnfilledMacro } from '../../networks/rules/reading/unfilled-macro.js';
import { readParameters } from '../rules/reading/parameters.js';

const COOKIE = /(?:^|;\s*)hopback_click=([0-9A-Za-z]{20,32})(?=\s*(?:;|$))/;

/** Any page may load and call these routes: they neither need nor return data of the visitor. */
export const CROSS_ORIGIN = {
  'access-control-allow-origin': '*',
  'cross-origin-resource-policy': 'cross-origin',
} as const;

/**
 * Adds the click id of the first-party cookie to a pixel's query that has none.
 * @param cookies the request's `Cookie` header.
 */
export function withClickIdOfCookie(query: string, cookies: string | undefined): string {
  const [, clickId] = COOKIE.exec(cookies ?? '') ?? [];
  if (clickId === undefined) return query;
  const reading = readParameters({ query, body: '', contentType: '' });
  const isFilled = (reading.ok ? reading.parameters : []).some(
    ({ name, value }) => name.toLowerCase() === 'click_id' && value.trim() !== '' && !isUnfilledMacro(value),
  );
  if (isFilled) return query;
  // After a fragment it would be a part of the fragment.
  if (query.includes('#')) return `click_id=${clickId}&${query}`;
  return `${query}${query === '' ? '' : '&'}click_id=${clickId}`;
}
