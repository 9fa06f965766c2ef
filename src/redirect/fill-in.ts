import { MAX_READ_PARAMETERS, parseQuery } from '../clicks/click-query.js';
import type { CompiledLink } from '../links/compiled-link.js';
import { buildDestination, type DestinationRules, MAX_LOCATION_LENGTH } from '../links/destination/destination.js';
import { macrosOf } from '../links/destination/url-template.js';
import { isCut, macroValue, type MacroContext, MAX_VALUE_LENGTH } from './macro-values.js';
import type { RequestVisit } from './request-visit.js';

/** What one click brings along for a destination. */
export interface Click extends Omit<MacroContext, 'link' | 'query' | 'visit'> {
  rawQuery: string;
  visit?: RequestVisit;
  /** See `FoundLink`. */
  rest?: string | undefined;
}

/**
 * The `Location` of one click. One that would be too long goes without the visitor's query.
 * @param explain is told what was left out, for people.
 * @returns `undefined` when it is too long all the same.
 */
export function fillIn(
  link: CompiledLink,
  destination: DestinationRules,
  click: Click,
  explain?: (step: string) => void,
): string | undefined {
  const query = click.visit?.parameters ?? parseQuery(click.rawQuery);
  const context = { query, link, ...click };
  const input = {
    clickId: click.clickId,
    query,
    valueOf: (macro: Parameters<typeof macroValue>[0]) => macroValue(macro, context),
    rest: click.rest,
  };
  const location = buildDestination(destination, input);
  const isRetried = location === undefined && destination.forwardQuery !== 'none' && query.length > 0;
  const bare = isRetried ? buildDestination({ ...destination, forwardQuery: 'none' }, input) : location;
  if (explain !== undefined) {
    const cut = new Set(macrosOf(destination.template).flatMap((macro) => (isCut(macro, context) ? [macro.name] : [])));
    for (const name of cut) explain(`{${name}} is cut to ${MAX_VALUE_LENGTH} characters`);
    if (query.length === MAX_READ_PARAMETERS) explain(`of the query, ${MAX_READ_PARAMETERS} parameters are read`);
    const tooLong = `the destination would have more than ${MAX_LOCATION_LENGTH} characters`;
    if (bare === undefined) explain(`${tooLong}: it is answered 414`);
    else if (isRetried) explain(`${tooLong}: the visitor's query is not passed on`);
  }
  return bare;
}
