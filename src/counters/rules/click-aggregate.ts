import { fieldName } from './field-name.js';
import type { VariantLimit } from './variant-limit.js';

/** The facts of a click that are counted. */
export interface CountedClick {
  workspaceId: string;
  linkId: string;
  at: Date;
  kind: 'human' | 'bot';
  isUnique: boolean;
  /** The key of the variant that was chosen, if the link has variants. */
  variant?: string | undefined;
}

const QUARTER_MS = 15 * 60_000;

/** Additions to one link's totals. */
export interface TotalsRow {
  workspaceId: string;
  linkId: string;
  total: number;
  human: number;
  bots: number;
  unique: number;
}

/** Additions to one link's human clicks by variant in a quarter of an hour, as `by.variant.A.h`. */
export interface VariantRow {
  workspaceId: string;
  linkId: string;
  /** Start of the quarter of an hour. */
  at: Date;
  increments: Record<string, number>;
}

interface LinkCounts {
  workspaceId: string;
  human: number;
  bots: number;
  unique: number;
  /** Human clicks by start of a quarter of an hour, in milliseconds since 1970, then by variant key. */
  quarters: Map<number, Map<string, number>>;
}

/** Counts clicks per link, and human clicks per variant and quarter of an hour. */
export class ClickAggregate {
  private readonly links = new Map<string, LinkCounts>();

  constructor(private readonly limit: VariantLimit) {}

  add({ workspaceId, linkId, at, kind, isUnique, variant }: CountedClick): void {
    let link = this.links.get(linkId);
    if (link === undefined) {
      link = { workspaceId, human: 0, bots: 0, unique: 0, quarters: new Map() };
      this.links.set(linkId, link);
    }
    if (kind === 'human') link.human++;
    else link.bots++;
    if (isUnique) link.unique++;
    if (variant !== undefined && kind === 'human') countVariant(link, quarterStart(at.getTime()), variant);
  }

  /** The counts so far. Repeated calls return the same rows. */
  rows(): { totals: TotalsRow[]; variants: VariantRow[] } {
    const totals: TotalsRow[] = [];
    const variants: VariantRow[] = [];
    for (const [linkId, { workspaceId, human, bots, unique, quarters }] of this.links) {
      totals.push({ workspaceId, linkId, total: human + bots, human, bots, unique });
      for (const [start, clicks] of quarters) {
        const increments = this.incrementsOf(`${linkId}:${start}`, clicks);
        variants.push({ workspaceId, linkId, at: new Date(start), increments });
      }
    }
    return { totals, variants: variants.filter(({ increments }) => Object.keys(increments).length > 0) };
  }

  private incrementsOf(row: string, clicks: ReadonlyMap<string, number>): Record<string, number> {
    const increments: Record<string, number> = {};
    for (const [variant, count] of clicks) {
      if (this.limit.admits(row, variant)) increments[`by.variant.${fieldName(variant)}.h`] = count;
    }
    return increments;
  }
}

/** The id of a stored row: clicks-by-variant queries use that it begins with link and time. */
export function variantRowId(linkId: string, at: Date, stripe: string): string {
  return `${linkId}:${at.getTime() / 1_000}:${stripe}`;
}

/** The start of the quarter of an hour of a time; both in milliseconds since 1970. */
export function quarterStart(time: number): number {
  return Math.floor(time / QUARTER_MS) * QUARTER_MS;
}

function countVariant({ quarters }: LinkCounts, start: number, variant: string): void {
  let clicks = quarters.get(start);
  if (clicks === undefined) quarters.set(start, (clicks = new Map()));
  clicks.set(variant, (clicks.get(variant) ?? 0) + 1);
}
