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

export function logQueryOf(search: PostbackFilters, range: DayRange | null): PostbacksQuery {
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
const LOG_FILTERS = [
  'q',
  'verdict',
  'network',
  'reason',
  'link',
  'conversion',
  'origin',
  'waiting',
] as const satisfies readonly (keyof PostbackFilters)[];
export type LogFilter = (typeof LOG_FILTERS)[number];

export function activeLogFilters(search: PostbackFilters): LogFilter[] {
  return LOG_FILTERS.filter((name) => search[name] !== undefined);
}

export function withoutLogFilter(search: PostbacksSearch, name: LogFilter): PostbacksSearch {
  return { ...search, [name]: undefined };
}

/** The address of the CSV file with exactly the requests that the list shows. */
export function logExportPath(query: PostbacksQuery): string {
  return `/api/v1/postbacks/export?${new URLSearchParams({ ...query, bom: 'true' }).toString()}`;
}
