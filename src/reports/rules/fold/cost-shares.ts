import { type ClickFact, COST_DIMENSIONS, type CostDimension, type CostFact, isBilled } from '../facts.js';
import { type DatedFact, type ValueReader, valueReader } from './fact-values.js';
import { parseScaledAmount } from '../../../platform/money/scaled-amount.js';

/** The cost of a click that counts; the amount as in scaled-amount.ts. */
export interface CountedCost {
  scaled: bigint;
  currency: string;
}

interface CostEntry {
  fact: CostFact;
  /** All clicks of the entry, also those that are not in the report. */
  clicks: number;
}

/** Uploaded costs of the same period by the same dimensions. */
export class CostGroup {
  readonly fromMs: number;
  /** Exclusive. */
  readonly toMs: number;
  private readonly entries = new Map<string, CostEntry>();
  private readonly readers: ValueReader[];

  constructor(
    readonly dimensions: readonly CostDimension[],
    facts: readonly [CostFact, ...CostFact[]],
  ) {
    const [{ fromMs, toMs }] = facts;
    this.fromMs = fromMs;
    this.toMs = toMs;
    this.readers = dimensions.map((dimension) => valueReader(dimension, NO_PERIOD, undefined));
    for (const fact of facts) this.entries.set(JSON.stringify(this.valuesOf(fact)), { fact, clicks: 0 });
  }

  /** The values of a dimension for which there are costs. */
  valuesFor(dimension: CostDimension): string[] {
    const index = COST_DIMENSIONS.indexOf(dimension);
    return [...new Set([...this.entries.values()].flatMap(({ fact }) => fact.values[index] ?? []))];
  }

  /** Counts billed clicks with the same values. All clicks of the period must be counted before costs are read. */
  count(one: DatedFact, clicks: number): void {
    const entry = this.entryOf(one);
    if (entry !== undefined) entry.clicks += clicks;
  }

  /** The share of a click of the period in the cost that is spread over it. */
  shareOf(one: DatedFact): CountedCost | undefined {
    const entry = this.entryOf(one);
    if (entry === undefined || entry.clicks === 0) return undefined;
    const { amount, currency } = entry.fact.cost;
    return { scaled: parseScaledAmount(amount) / BigInt(entry.clicks), currency };
  }

  private entryOf(one: DatedFact): CostEntry | undefined {
    return this.entries.get(JSON.stringify(this.readers.map((read) => read(one))));
  }

  private valuesOf({ values }: CostFact): (string | null)[] {
    return this.dimensions.map((dimension) => values[COST_DIMENSIONS.indexOf(dimension)] ?? null);
  }
}

const NO_PERIOD = { from: 0, to: 0, offsets: [] };

/** Uploaded costs that are spread over the clicks of a day. A share is cut to eighteen decimals, as in the copy. */
export class CostShares {
  readonly groups: readonly CostGroup[];

  constructor(facts: readonly CostFact[]) {
    const byGroup = new Map<string, { dimensions: CostDimension[]; facts: [CostFact, ...CostFact[]] }>();
    for (const fact of facts) {
      const dimensions = COST_DIMENSIONS.filter((_, i) => fact.values[i] !== null);
      const key = JSON.stringify([fact.fromMs, fact.toMs, dimensions]);
      const group = byGroup.get(key);
      if (group === undefined) byGroup.set(key, { dimensions, facts: [fact] });
      else group.facts.push(fact);
    }
    this.groups = [...byGroup.values()].map(({ dimensions, facts: own }) => new CostGroup(dimensions, own));
  }

  /** The dimensions that it reads. */
  get dimensions(): CostDimension[] {
    return [...new Set(this.groups.flatMap(({ dimensions }) => dimensions))];
  }

  /** The share of an uploaded cost, else the click's own cost. */
  costOf(one: DatedFact & { fact: ClickFact }): CountedCost | undefined {
    const { fact, at } = one;
    if (!isBilled(fact.botReason)) return undefined;
    for (const group of this.groups) {
      const share = at >= group.fromMs && at < group.toMs ? group.shareOf(one) : undefined;
      if (share !== undefined) return share;
    }
    return fact.cost === null
      ? undefined
      : { scaled: parseScaledAmount(fact.cost.amount), currency: fact.cost.currency };
  }
}
