/** A page of a list that is read by cursor, newest rows first. */
export interface RowPage<Row> {
  data: Row[];
  page: { nextCursor: string | null; hasMore: boolean };
}

/** The loaded pages of a list, as TanStack Query keeps them. */
export interface RowPages<Row> {
  pages: RowPage<Row>[];
  pageParams: (string | null)[];
}

interface Identified {
  id: string;
}

/** The rows of the newest page that the list does not have. */
export function newRowsOf<Row extends Identified>(loaded: RowPages<Row>, newest: RowPage<Row>): Row[] {
  const known = idsOf(loaded);
  return newest.data.filter(({ id }) => !known.has(id));
}

/**
 * The list with its new rows at the top. If more rows came than a page holds, the list begins anew: its older pages are read
 * again by their cursors, so no row is missing between.
 */
export function takeNewest<Row extends Identified>(loaded: RowPages<Row>, newest: RowPage<Row>): RowPages<Row> {
  const known = idsOf(loaded);
  const hasGap = known.size > 0 && newest.page.hasMore && !newest.data.some(({ id }) => known.has(id));
  if (hasGap || loaded.pages.length === 0) return { pages: [newest], pageParams: [null] };
  const taken = new Set(newest.data.map(({ id }) => id));
  const pages = loaded.pages.map((page) => ({ ...page, data: page.data.filter(({ id }) => !taken.has(id)) }));
  pages[0] = { ...(pages[0] as RowPage<Row>), data: [...newest.data, ...(pages[0]?.data ?? [])] };
  return { ...loaded, pages };
}

/** The list with newer versions of the rows that it has. */
export function refreshRows<Row extends Identified>(loaded: RowPages<Row>, fresh: readonly Row[]): RowPages<Row> {
  const byId = new Map(fresh.map((row) => [row.id, row]));
  const pages = loaded.pages.map((page) =>
    page.data.some(({ id }) => byId.has(id))
      ? { ...page, data: page.data.map((row) => byId.get(row.id) ?? row) }
      : page,
  );
  return { ...loaded, pages };
}

/**
 * The list after a part of it was read again: rows of that part change, and those that no longer match its filters go.
 * Ids must be in the order of the list, the greatest first.
 * @param first id of the first row of the part
 */
export function refreshPart<Row extends Identified>(
  loaded: RowPages<Row>,
  first: string,
  { data, page: { hasMore } }: RowPage<Row>,
): RowPages<Row> {
  const fresh = new Set(data.map(({ id }) => id));
  const last = hasMore ? (data.at(-1)?.id ?? first) : '';
  const isGone = ({ id }: Row): boolean => id <= first && id >= last && !fresh.has(id);
  const refreshed = refreshRows(loaded, data);
  const pages = refreshed.pages.map((page) =>
    page.data.some(isGone) ? { ...page, data: page.data.filter((row) => !isGone(row)) } : page,
  );
  return { ...refreshed, pages };
}

function idsOf<Row extends Identified>({ pages }: RowPages<Row>): ReadonlySet<string> {
  return new Set(pages.flatMap(({ data }) => data.map(({ id }) => id)));
}
