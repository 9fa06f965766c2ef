import { parsePeriodSearch, type PeriodSearch } from '../../ui/period/period';

export const TREND_METRICS = ['humanClicks', 'registrations', 'ftds'] as const;
export type TrendMetric = (typeof TREND_METRICS)[number];

export const SOURCE_DIMENSIONS = ['sub1', 'source', 'referrer', 'country'] as const;
export type SourceDimension = (typeof SOURCE_DIMENSIONS)[number];

/** The state of the page of a link that its URL holds. */
export interface LinkSearch extends PeriodSearch {
  /** The builder is open. */
  builder?: 'edit' | undefined;
  trend?: TrendMetric | undefined;
  by?: SourceDimension | undefined;
}

export function parseLinkSearch(search: Record<string, unknown>): LinkSearch {
  const trend = TREND_METRICS.find((each) => each === search['trend']);
  const by = SOURCE_DIMENSIONS.find((each) => each === search['by']);
  return {
    ...parsePeriodSearch(search),
    ...(search['builder'] === 'edit' && { builder: 'edit' }),
    ...(trend !== undefined && { trend }),
    ...(by !== undefined && { by }),
  };
}
