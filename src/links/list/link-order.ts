import type { LinkListQuery, Order, Sort } from './link-list.dto.js';

/** The order of a list, and the row after which a page begins. */
export interface ListOrder {
  sort: Sort;
  order: Order;
  after: RowPosition | undefined;
}

/** The last row of the previous page. */
export interface RowPosition {
  value: string | number | null;
  id: string;
}

/** The stored field of a sort; the number of clicks is in another collection. */
export const SORT_FIELDS = { createdAt: '_id', updatedAt: 'updatedAt', title: 'title' } as const;

/** @returns `undefined` for an invalid cursor, or one of a list in another order. */
export function listOrder({ sort = 'createdAt', order, cursor }: LinkListQuery): ListOrder | undefined {
  const chosen = order ?? (sort === 'title' ? 'asc' : 'desc');
  if (cursor === undefined) return { sort, order: chosen, after: undefined };
  const after = readCursor(cursor, sort, chosen);
  return after && { sort, order: chosen, after };
}

export function writeCursor({ sort, order }: ListOrder, { value, id }: RowPosition): string {
  return Buffer.from(JSON.stringify([sort, order, value, id])).toString('base64url');
}

function readCursor(cursor: string, sort: Sort, order: Order): RowPosition | undefined {
  let parts: unknown;
  try {
    parts = JSON.parse(Buffer.from(cursor, 'base64url').toString());
  } catch {
    return undefined;
  }
  if (!Array.isArray(parts) || parts.length !== 4 || parts[0] !== sort || parts[1] !== order) return undefined;
  const [, , value, id] = parts as unknown[];
  const isNumber = sort === 'updatedAt' || sort === 'clicks';
  const isValue = isNumber
    ? typeof value === 'number' && Math.abs(value) <= MAX_TIME_MS
    : value === null || (sort === 'title' && typeof value === 'string');
  if (!isValue || typeof id !== 'string') return undefined;
  return { value: value as RowPosition['value'], id };
}

/** The largest time that a `Date` can have. Numbers of clicks stay far below it. */
const MAX_TIME_MS = 8.64e15;

/** The sort stage. Equal values are sorted by id, so that no row is skipped or repeated. */
export function sortStage(field: string, order: Order): Record<string, 1 | -1> {
  const direction = order === 'asc' ? 1 : -1;
  return field === '_id' ? { _id: direction } : { [field]: direction, _id: direction };
}

/** The filter for rows after a position. MongoDB sorts rows without a value first. @param value as it is stored. */
export function rowsAfter(field: string, order: Order, value: unknown, id: string): object {
  const beyond = order === 'asc' ? '$gt' : '$lt';
  if (field === '_id') return { _id: { [beyond]: id } };
  const equals = { [field]: value, _id: { [beyond]: id } };
  if (value === null) return order === 'asc' ? { $or: [equals, { [field]: { $ne: null } }] } : equals;
  const following = [{ [field]: { [beyond]: value } }, equals];
  return { $or: order === 'asc' ? following : [...following, { [field]: null }] };
}
