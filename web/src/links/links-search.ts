import { parsePeriodSearch, type PeriodSearch } from '../ui/period/period';

/** The state of the page that its URL holds. */
export interface LinksSearch extends PeriodSearch {
  /** The builder is open: for a new link, or the id of the link to change. */
  builder?: string | undefined;
  /** The link whose settings a new link begins with. */
  copyOf?: string | undefined;
  /** The opened entry. */
  id?: string | undefined;
}

export function parseLinksSearch(search: Record<string, unknown>): LinksSearch {
  const { id, builder, copyOf } = search;
  return {
    ...parsePeriodSearch(search),
    ...(typeof id === 'string' && { id }),
    ...(typeof builder === 'string' && { builder }),
    ...(typeof copyOf === 'string' && { copyOf }),
  };
}
