export const COLUMN_IDS = [
  'state',
  'humanClicks',
  'trend',
  'uniqueClicks',
  'bots',
  'registrations',
  'ftds',
  'regToFtd',
  'crFtd',
  'payout',
  'epc',
  'cost',
  'profit',
  'tags',
  'createdAt',
] as const;
export type ColumnId = (typeof COLUMN_IDS)[number];

/** The columns in their order, as long as the person chooses no others. */
export const DEFAULT_COLUMNS: readonly ColumnId[] = [
  'state',
  'humanClicks',
  'trend',
  'uniqueClicks',
  'registrations',
  'ftds',
  'crFtd',
  'payout',
  'epc',
];

/** Reads a stored choice. Names that an earlier version knew are dropped. */
export function parseColumns(value: unknown): readonly ColumnId[] | undefined {
  if (!Array.isArray(value)) return undefined;
  const known = COLUMN_IDS.filter((id) => value.includes(id));
  return known.length === 0 ? undefined : known.toSorted((a, b) => value.indexOf(a) - value.indexOf(b));
}

/** Shows a column at the end, or hides it. The last one stays. */
export function toggleColumn(columns: readonly ColumnId[], id: ColumnId): readonly ColumnId[] {
  if (!columns.includes(id)) return [...columns, id];
  return columns.length === 1 ? columns : columns.filter((each) => each !== id);
}

/** Moves a column by one place to the left (`-1`) or right (`1`). */
export function moveColumn(columns: readonly ColumnId[], id: ColumnId, by: -1 | 1): readonly ColumnId[] {
  const from = columns.indexOf(id);
  const to = from + by;
  const other = columns[to];
  if (from === -1 || other === undefined) return columns;
  return columns.with(from, other).with(to, id);
}
