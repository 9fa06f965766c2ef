import { parsePeriodSearch, type PeriodSearch } from '../ui/period/period';

/** The state of the page that its URL holds. */
export interface ConversionsSearch extends PeriodSearch {
  /** The opened entry. */
  id?: string | undefined;
}

export function parseConversionsSearch(search: Record<string, unknown>): ConversionsSearch {
  const { id } = search;
  return { ...parsePeriodSearch(search), ...(typeof id === 'string' && { id }) };
}
