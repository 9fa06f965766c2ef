import type { paths } from '../../api/openapi';
import type { DayRange } from '../../ui/period/period';
import {
  type ConversionFilters,
  type ConversionsSearch,
  CONVERSION_FILTERS,
  type ConversionFilterName,
} from '../conversions-search';

/** The filters of the API for conversions: the list, its totals and its export take the same ones. */
export type ConversionsQuery = Omit<
  NonNullable<paths['/api/v1/conversions']['get']['parameters']['query']>,
  'limit' | 'cursor'
>;

/** @param range the days of the period, in the zone of the workspace; null for all time. */
export function queryOf(search: ConversionsSearch, range: DayRange | null): ConversionsQuery {
  const { find, status, event, network, link, flag, ftd, timeBy } = search;
  return {
    ...(range !== null && { from: range.from, to: range.to }),
    ...(timeBy !== undefined && { timeBy }),
    ...(find !== undefined && { q: find }),
    ...(status !== undefined && { status }),
    ...(event !== undefined && { eventType: event }),
    ...(network !== undefined && { networkId: network }),
    ...(link !== undefined && { linkId: link }),
    ...(flag !== undefined && { flag }),
    ...(ftd === true && { isFtd: 'true' as const }),
  };
}

/** The address of the CSV file with exactly the conversions of a list. */
export function exportPath(query: ConversionsQuery): string {
  const parameters = new URLSearchParams(query as Record<string, string>);
  return `/api/v1/conversions/export${parameters.size === 0 ? '' : `?${parameters}`}`;
}

/** The filters in effect, in the order in which they are shown. */
export function activeFilters(search: ConversionFilters): ConversionFilterName[] {
  return CONVERSION_FILTERS.filter((name) => search[name] !== undefined);
}

/** The search of a page without one filter. */
export function withoutFilter(search: ConversionsSearch, name: ConversionFilterName): ConversionsSearch {
  const { [name]: _dropped, ...rest } = search;
  return rest;
}
