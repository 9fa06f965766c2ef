import { parsePeriodSearch, type PeriodSearch } from '../ui/period/period';

/** The state of the page that its URL holds. */
export interface PostbacksSearch extends PeriodSearch {
  /** The opened entry. */
  id?: string | undefined;
}

export function parsePostbacksSearch(search: Record<string, unknown>): PostbacksSearch {
  const { id } = search;
  return { ...parsePeriodSearch(search), ...(typeof id === 'string' && { id }) };
}
