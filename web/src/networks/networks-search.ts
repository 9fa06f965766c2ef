import { parsePeriodSearch, type PeriodSearch } from '../ui/period/period';

/** The state of the page that its URL holds. */
export interface NetworksSearch extends PeriodSearch {
  /** The opened entry. */
  id?: string | undefined;
}

export function parseNetworksSearch(search: Record<string, unknown>): NetworksSearch {
  const { id } = search;
  return { ...parsePeriodSearch(search), ...(typeof id === 'string' && { id }) };
}
