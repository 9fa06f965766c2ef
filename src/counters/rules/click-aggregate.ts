/** The facts of a click that are counted. The number of different values is bounded by `MAX_DIMENSION_VALUES`. */
export interface CountedClick {
  workspaceId: string;
  linkId: string;
  at: Date;
  kind: 'human' | 'bot';
  isUnique: boolean;
  dimensions: Partial<Record<Dimension, string | undefined>>;
}

/** The dimensions that reports group by. */
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

/** In every time zone, midnight is at a whole quarter of an hour of UTC, so the rows can be summed to local days. */
export const QUARTER_MS = 15 * 60_000;
/** Maximum different values of a dimension in one row. Further values count as `OTHER`; the stored clicks keep them. */
export const MAX_DIMENSION_VALUES = 50;
export const OTHER = '~';
const MAX_FIELD_LENGTH = 120;

/** Additions to one link's totals. */
export interface TotalsRow {
  workspaceId: string;
  linkId: string;
  total: number;
  human: number;
  bots: number;
  unique: number;
}

/** Additions to one link's quarter of an hour: `h`, `b` and `u`, and the same by dimension, as `by.country.DE.h`. */
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

/** Counts of one link in one quarter of an hour. */
interface Quarter {
  all: Counts;
  /** By index in `DIMENSIONS`, then by value. */
  by: (Map<string, Counts> | undefined)[];
}

interface LinkCounts {
  workspaceId: string;
  all: Counts;
  /** By start, in milliseconds since 1970. */
  quarters: Map<number, Quarter>;
}

/** Counts clicks per link, and per link and quarter of an hour by dimension. */
export class ClickAggregate {
  private readonly links = new Map<string, LinkCounts>();

  constructor(private readonly limit: CardinalityLimit) {}

  add(click: CountedClick): void {
    let link = this.links.get(click.linkId);
    if (link === undefined) {
      link = { workspaceId: click.workspaceId, all: noCounts(), quarters: new Map() };
      this.links.set(click.linkId, link);
    }
    const start = Math.floor(click.at.getTime() / QUARTER_MS) * QUARTER_MS;
    let quarter = link.quarters.get(start);
    if (quarter === undefined) {
      quarter = { all: noCounts(), by: [] };
      link.quarters.set(start, quarter);
    }
    count(link.all, click);
    count(quarter.all, click);
    for (let i = 0; i < DIMENSIONS.length; i++) {
      const value = click.dimensions[DIMENSIONS[i] as Dimension];
      if (value === undefined || value === '') continue;
      const values = (quarter.by[i] ??= new Map());
      let counts = values.get(value);
      if (counts === undefined) values.set(value, (counts = noCounts()));
      count(counts, click);
    }
  }

  /** The counts so far. Repeated calls return the same rows. */
  rows(): { totals: TotalsRow[]; quarters: QuarterRow[] } {
    const totals: TotalsRow[] = [];
    const quarters: QuarterRow[] = [];
    for (const [linkId, { workspaceId, all, quarters: ofLink }] of this.links) {
      totals.push({ workspaceId, linkId, total: all.human + all.bots, ...all });
      for (const [start, quarter] of ofLink) {
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
        const field = this.limit.admit(rowId, dimension, fieldName(value));
        put(increments, `by.${dimension}.${field}.`, counts);
      });
    });
    return increments;
  }
}

function noCounts(): Counts {
  return { human: 0, bots: 0, unique: 0 };
}

function count(counts: Counts, { kind, isUnique }: CountedClick): void {
  if (kind === 'human') counts.human++;
  else counts.bots++;
  if (isUnique) counts.unique++;
}

/** Several values may share a field: `OTHER`, and long values that are cut to the same text. */
function put(increments: Record<string, number>, prefix: string, { human, bots, unique }: Counts): void {
  if (human > 0) increments[`${prefix}h`] = (increments[`${prefix}h`] ?? 0) + human;
  if (bots > 0) increments[`${prefix}b`] = (increments[`${prefix}b`] ?? 0) + bots;
  if (unique > 0) increments[`${prefix}u`] = (increments[`${prefix}u`] ?? 0) + unique;
}

const MAX_ROWS = 20_000;

/** Limits the number of different values in each row, for the latest rows. */
export class CardinalityLimit {
  private readonly rows = new Map<string, Map<Dimension, Set<string>>>();

  /** The value, or `OTHER` when the row has the maximum of other values. */
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
 * Encodes a value as a field name: percent-encoded where MongoDB would read it as a path, an operator or an array index.
 * `decodeURIComponent` restores it. Values longer than `MAX_FIELD_LENGTH` are cut.
 */
export function fieldName(value: string): string {
  if (/^[A-Za-z][\w -]{0,100}$/.test(value)) return value;
  const encoded = encodeURIComponent(value.replaceAll(/\p{Surrogate}/gu, '\uFFFD'))
    .replaceAll('.', '%2E')
    .replaceAll('~', '%7E')
    .replaceAll(/^[\d_]/g, (first) => `%${first.charCodeAt(0).toString(16)}`);
  return encoded.length > MAX_FIELD_LENGTH ? cutBetweenCharacters(encoded) : encoded;
}

/** Cuts between characters, because half of a multi-byte character cannot be decoded. */
function cutBetweenCharacters(encoded: string): string {
  const cut = encoded.slice(0, MAX_FIELD_LENGTH).replace(/%.?$/, '');
  let end = cut.length;
  while (/^%[89AB]/.test(encoded.slice(end, end + 2))) end -= '%XX'.length;
  return encoded.slice(0, end);
}
