/** Something of a list that has an id. */
interface Row {
  id: string;
}

/** The pages of an endless list, newest first. */
export interface RowPages<R extends Row> {
  pages: { data: R[]; page: { nextCursor: string | null; hasMore: boolean } }[];
  pageParams: unknown[];
}

/** The rows of the newest page that the list does not have yet. */
export function newRows<R extends Row>(loaded: RowPages<R>, newest: readonly R[]): R[] {
  const known = new Set(loaded.pages.flatMap(({ data }) => data.map(({ id }) => id)));
  return newest.filter(({ id }) => !known.has(id));
}

/** The list with the present state of rows that it has; no row moves. */
export function refreshRows<R extends Row, Pages extends RowPages<R>>(loaded: Pages, fresh: readonly R[]): Pages {
  const byId = new Map(fresh.map((row) => [row.id, row]));
  const pages = loaded.pages.map((page) => ({ ...page, data: page.data.map((row) => byId.get(row.id) ?? row) }));
  return { ...loaded, pages };
}

/** The list with the newest page in place of its beginning. Rows that the newest page has pushed out stay behind it. */
export function takeNewest<R extends Row, Pages extends RowPages<R>>(loaded: Pages, newest: readonly R[]): Pages {
  const [first, ...others] = loaded.pages;
  if (first === undefined) return loaded;
  const taken = new Set(newest.map(({ id }) => id));
  const pages = [first, ...others].map((page) => ({ ...page, data: page.data.filter(({ id }) => !taken.has(id)) }));
  pages[0] = { ...first, data: [...newest, ...(pages[0]?.data ?? [])] };
  return { ...loaded, pages };
}
