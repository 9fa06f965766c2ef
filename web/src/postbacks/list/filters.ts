import type { DayRange } from '../../ui/period/period';
import type { Origin, PostbackFilters, PostbacksSearch } from '../postbacks-search';
import type { VerdictName } from '../../ui/data/status';

const MIN_Q_CHARS = 2;

/** The filters as the API names them. */
export interface PostbacksQuery {
  q?: string;
  verdict?: VerdictName;
  networkId?: string;
  reason?: string;
  linkId?: string;
  conversionId?: string;
  origin?: Origin;
  waiting?: 'true';
  from?: string;
  to?: string;
}

export function queryOf(search: PostbackFilters, range: DayRange | null): PostbacksQuery {
  const { q, verdict, network, reason, link, conversion, origin, waiting } = search;
  return {
    ...(q !== undefined && q.length >= MIN_Q_CHARS && { q }),
    ...(verdict !== undefined && { verdict }),
    ...(network !== undefined && { networkId: network }),
    ...(reason !== undefined && { reason }),
    ...(link !== undefined && { linkId: link }),
    ...(conversion !== undefined && { conversionId: conversion }),
    ...(origin !== undefined && { origin }),
    ...(waiting === true && { waiting: 'true' }),
    ...(range !== null && range),
  };
}

/** The filters in the order in which they are shown. `Esc` removes the last. */
export const FILTER_NAMES = [
  'q',
  'verdict',
  'network',
  'reason',
  'link',
  'conversion',
  'origin',
  'waiting',
] as const satisfies readonly (keyof PostbackFilters)[];
export type FilterName = (typeof FILTER_NAMES)[number];

export function activeFilters(search: PostbackFilters): FilterName[] {
  return FILTER_NAMES.filter((name) => search[name] !== undefined);
}

export function withoutFilter(search: PostbacksSearch, name: FilterName): PostbacksSearch {
  return { ...search, [name]: undefined };
}

/** The address of the CSV file with exactly the requests that the list shows. */
export function exportPath(query: PostbacksQuery): string {
  return `/api/v1/postbacks/export?${new URLSearchParams({ ...query, bom: 'true' }).toString()}`;
}
