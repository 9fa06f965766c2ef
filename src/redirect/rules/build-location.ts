import { MAX_READ_PARAMETERS } from '../../clicks/rules/click-query.js';
import type { CompiledLink } from '../../links/rules/compiled-link.js';
import {
  type BuiltDestination,
  buildDestinationParts,
  type DestinationRules,
  MAX_LOCATION_LENGTH,
} from '../../links/rules/destination/destination.js';
import { macrosOf } from '../../links/rules/destination/url-template.js';
import { isCut, macroValue, MAX_VALUE_LENGTH } from './macro-values.js';
import type { Visit } from '../visit.js';

/** The inputs of a `Location` besides the link. */
export interface LocationSource {
  visit: Visit;
  clickId: string;
  /** See `FoundLink`. */
  wildcardPath?: string | undefined;
}

/**
 * Builds the `Location` of a click. If it would be too long, the visitor's query is left out.
 * @param explain called with a text for people about each omission.
 * @returns `undefined` when it is still too long.
 */
export function buildLocation(
  link: CompiledLink,
  destination: DestinationRules,
  source: LocationSource,
  explain?: (step: string) => void,
): string | undefined {
  return buildLocationParts(link, destination, source, explain)?.url;
}

/** Like `buildLocation`, with the parts of the location. */
export function buildLocationParts(
  link: CompiledLink,
  destination: DestinationRules,
  { visit, clickId, wildcardPath }: LocationSource,
  explain?: (step: string) => void,
): BuiltDestination | undefined {
  const query = visit.parameters;
  const context = { link, visit, clickId };
  const input = {
    clickId,
    query,
    valueOf: (macro: Parameters<typeof macroValue>[0]) => macroValue(macro, context),
    wildcardPath,
  };
  const location = buildDestinationParts(destination, input);
  const isRetried = location === undefined && destination.forwardQuery !== 'none' && query.length > 0;
  const bare = isRetried ? buildDestinationParts({ ...destination, forwardQuery: 'none' }, input) : location;
  if (explain !== undefined) {
    const cut = new Set(macrosOf(destination.template).flatMap((macro) => (isCut(macro, context) ? [macro.name] : [])));
    for (const name of cut) explain(`{${name}} is cut to ${MAX_VALUE_LENGTH} characters`);
    if (query.length === MAX_READ_PARAMETERS)
      explain(`only the first ${MAX_READ_PARAMETERS} parameters of the query are read`);
    const tooLong = `the destination would have more than ${MAX_LOCATION_LENGTH} characters`;
    if (bare === undefined) explain(`${tooLong}: it is answered 414`);
    else if (isRetried) explain(`${tooLong}: the visitor's query is not passed on`);
  }
  return bare;
}
