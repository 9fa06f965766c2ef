/** What a click counts for. Open-ended text (cities, referrers, sources) is bounded: see `MAX_VALUES`. */
export interface CountedClick {
  workspaceId: string;
  linkId: string;
  at: Date;
  kind: 'human' | 'bot';
  isUnique: boolean;
  dimensions: Partial<Record<Dimension, string | undefined>>;
}

export const DIMENSIONS = [
  'country',
  'region',
  'city',
  'device',
  'os',
  'browser',
  'inApp',
  'language',
  'referrer',
  'source',
] as const;
export type Dimension = (typeof DIMENSIONS)[number];

/** Every time zone's midnight is at a whole quarter of an hour of UTC, so rows of quarters add up to anybody's days. */
export const QUARTER_MS = 15 * 60_000;
/** Different values that one row takes of a dimension; what is beyond is counted under `OTHER`. The clicks themselves know it. */
export const MAX_VALUES = 50;
export const OTHER = '~';
const MAX_FIELD_LENGTH = 120;

/** What to add to one link's totals. */
export interface TotalsRow {
  workspaceId: string;
  linkId: string;
  total: number;
  human: number;
  bots: number;
  unique: number;
}

/** What to add to one link's quarter of an hour: `by.country.DE.h` and such, beside `h`, `b` and `u`. */
export interface QuarterRow {
  workspaceId: string;
  linkId: string;
  at: Date;
  increments: Record<string, number>;
}

/** Adds up clicks per link, and per link and quarter of an hour by what is known of them. */
export class ClickTally {
  private readonly totals = new Map<string, TotalsRow>();
  private readonly quarters = new Map<string, QuarterRow>();

  constructor(private readonly budget: ValueBudget) {}

  add(click: CountedClick): void {
    const isHuman = click.kind === 'human';
    const totals = this.totalsOf(click);
    totals.total++;
    if (isHuman) totals.human++;
    else totals.bots++;
    if (click.isUnique) totals.unique++;

    const start = Math.floor(click.at.getTime() / QUARTER_MS) * QUARTER_MS;
    const rowId = `${click.linkId}:${start}`;
    const { increments } = this.quarterOf(rowId, click, start);
    count(increments, '', isHuman, click.isUnique);
    for (const dimension of DIMENSIONS) {
      const value = click.dimensions[dimension];
      if (value === undefined || value === '') continue;
      const field = this.budget.admit(rowId, dimension, fieldName(value));
      count(increments, `by.${dimension}.${field}.`, isHuman, click.isUnique);
    }
  }

  rows(): { totals: TotalsRow[]; quarters: QuarterRow[] } {
    return { totals: [...this.totals.values()], quarters: [...this.quarters.values()] };
  }

  private totalsOf({ workspaceId, linkId }: CountedClick): TotalsRow {
    let row = this.totals.get(linkId);
    if (row === undefined) {
      row = { workspaceId, linkId, total: 0, human: 0, bots: 0, unique: 0 };
      this.totals.set(linkId, row);
    }
    return row;
  }

  private quarterOf(rowId: string, { workspaceId, linkId }: CountedClick, start: number): QuarterRow {
    let row = this.quarters.get(rowId);
    if (row === undefined) {
      row = { workspaceId, linkId, at: new Date(start), increments: {} };
      this.quarters.set(rowId, row);
    }
    return row;
  }
}

const MAX_ROWS = 20_000;

/** Remembers which values the latest rows have, so that no row grows without end, however many values are sent. */
export class ValueBudget {
  private readonly rows = new Map<string, Map<Dimension, Set<string>>>();

  /** The value, or `OTHER` when the row has as many others as it may. */
  admit(rowId: string, dimension: Dimension, value: string): string {
    const values = this.valuesOf(rowId, dimension);
    if (values.has(value)) return value;
    if (values.size >= MAX_VALUES) return OTHER;
    values.add(value);
    return value;
  }

  private valuesOf(rowId: string, dimension: Dimension): Set<string> {
    let row = this.rows.get(rowId);
    if (row === undefined) {
      if (this.rows.size >= MAX_ROWS) this.rows.delete(this.rows.keys().next().value as string);
      row = new Map();
      this.rows.set(rowId, row);
    }
    let values = row.get(dimension);
    if (values === undefined) {
      values = new Set();
      row.set(dimension, values);
    }
    return values;
  }
}

/**
 * A value as the name of a field: percent-encoded where MongoDB would read it as a path, an operator or an array index.
 * `decodeURIComponent` gives it back; only what is longer than a field's name should be is cut.
 */
export function fieldName(value: string): string {
  if (/^[A-Za-z][\w -]{0,100}$/.test(value)) return value;
  const encoded = encodeURIComponent(value.replaceAll(/\p{Surrogate}/gu, '\uFFFD'))
    .replaceAll('.', '%2E')
    .replaceAll('~', '%7E')
    .replaceAll(/^[\d_]/g, (first) => `%${first.charCodeAt(0).toString(16)}`);
  return encoded.length > MAX_FIELD_LENGTH ? cutBetweenCharacters(encoded) : encoded;
}

/** Within a character of several bytes, what is left could not be decoded. */
function cutBetweenCharacters(encoded: string): string {
  const cut = encoded.slice(0, MAX_FIELD_LENGTH).replace(/%.?$/, '');
  let end = cut.length;
  while (/^%[89AB]/.test(encoded.slice(end, end + 2))) end -= '%XX'.length;
  return encoded.slice(0, end);
}

function count(increments: Record<string, number>, prefix: string, isHuman: boolean, isUnique: boolean): void {
  const kind = prefix + (isHuman ? 'h' : 'b');
  increments[kind] = (increments[kind] ?? 0) + 1;
  if (isUnique) increments[`${prefix}u`] = (increments[`${prefix}u`] ?? 0) + 1;
}
