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
  'rule',
  'variant',
] as const;
export type Dimension = (typeof DIMENSIONS)[number];

/** Every time zone's midnight is at a whole quarter of an hour of UTC, so rows of quarters add up to anybody's days. */
export const QUARTER_MS = 15 * 60_000;
/** Different values that one row takes of a dimension; what is beyond is counted under `OTHER`. The clicks themselves know it. */
export const MAX_DIMENSION_VALUES = 50;
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

interface Counts {
  human: number;
  bots: number;
  unique: number;
}

/** What was counted of one link in one quarter of an hour. */
interface Quarter {
  all: Counts;
  /** By place in `DIMENSIONS`, then by value. */
  by: (Map<string, Counts> | undefined)[];
}

interface LinkTally {
  workspaceId: string;
  all: Counts;
  /** By their beginning, in milliseconds since 1970. */
  quarters: Map<number, Quarter>;
}

/** Adds up clicks per link, and per link and quarter of an hour by what is known of them. */
export class ClickAggregate {
  private readonly links = new Map<string, LinkTally>();

  constructor(private readonly budget: CardinalityLimit) {}

  add(click: CountedClick): void {
    let link = this.links.get(click.linkId);
    if (link === undefined) {
      link = { workspaceId: click.workspaceId, all: nothing(), quarters: new Map() };
      this.links.set(click.linkId, link);
    }
    const start = Math.floor(click.at.getTime() / QUARTER_MS) * QUARTER_MS;
    let quarter = link.quarters.get(start);
    if (quarter === undefined) {
      quarter = { all: nothing(), by: [] };
      link.quarters.set(start, quarter);
    }
    count(link.all, click);
    count(quarter.all, click);
    for (let i = 0; i < DIMENSIONS.length; i++) {
      const value = click.dimensions[DIMENSIONS[i] as Dimension];
      if (value === undefined || value === '') continue;
      const values = (quarter.by[i] ??= new Map());
      let counts = values.get(value);
      if (counts === undefined) values.set(value, (counts = nothing()));
      count(counts, click);
    }
  }

  /** What was added until now; asking again gives the same. */
  rows(): { totals: TotalsRow[]; quarters: QuarterRow[] } {
    const totals: TotalsRow[] = [];
    const quarters: QuarterRow[] = [];
    for (const [linkId, { workspaceId, all, quarters: mine }] of this.links) {
      totals.push({ workspaceId, linkId, total: all.human + all.bots, ...all });
      for (const [start, quarter] of mine) {
        const increments = this.incrementsOf(`${linkId}:${start}`, quarter);
        quarters.push({ workspaceId, linkId, at: new Date(start), increments });
      }
    }
    return { totals, quarters };
  }

  private incrementsOf(rowId: string, { all, by }: Quarter): Record<string, number> {
    const increments: Record<string, number> = {};
    put(increments, '', all);
    by.forEach((values, i) => {
      const dimension = DIMENSIONS[i] as Dimension;
      values?.forEach((counts, value) => {
        const field = this.budget.admit(rowId, dimension, fieldName(value));
        put(increments, `by.${dimension}.${field}.`, counts);
      });
    });
    return increments;
  }
}

function nothing(): Counts {
  return { human: 0, bots: 0, unique: 0 };
}

function count(counts: Counts, { kind, isUnique }: CountedClick): void {
  if (kind === 'human') counts.human++;
  else counts.bots++;
  if (isUnique) counts.unique++;
}

/** Several values may have one field: `OTHER`, or what is too long to be told apart. */
function put(increments: Record<string, number>, prefix: string, { human, bots, unique }: Counts): void {
  if (human > 0) increments[`${prefix}h`] = (increments[`${prefix}h`] ?? 0) + human;
  if (bots > 0) increments[`${prefix}b`] = (increments[`${prefix}b`] ?? 0) + bots;
  if (unique > 0) increments[`${prefix}u`] = (increments[`${prefix}u`] ?? 0) + unique;
}

const MAX_ROWS = 20_000;

/** Remembers which values the latest rows have, so that no row grows without end, however many values are sent. */
export class CardinalityLimit {
  private readonly rows = new Map<string, Map<Dimension, Set<string>>>();

  /** The value, or `OTHER` when the row has as many others as it may. */
  admit(rowId: string, dimension: Dimension, value: string): string {
    const values = this.valuesOf(rowId, dimension);
    if (values.has(value)) return value;
    if (values.size >= MAX_DIMENSION_VALUES) return OTHER;
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
