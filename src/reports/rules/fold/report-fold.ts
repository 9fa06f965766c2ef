import { Big } from 'big.js';
import { COST_DECIMALS } from '../../../clicks/rules/click-cost.js';
import { formatAmount, type Money } from '../../../platform/money/money.js';
import { isLinkDimension, type ReportDimension } from '../dimensions.js';
import type { ClickFact, ConversionFact, LinkFact } from '../facts.js';
import type { FoundReport } from '../found-report.js';
import type { MeasuredGroup } from '../present-report.js';
import type { ComparedPeriod, ReportPeriod, ReportQuestion } from '../report-question.js';
import { measuresOf } from '../sql/report-sql.js';
import type { CostShares, CountedCost } from './cost-shares.js';
import { type FactGroup, FactGroups } from './fact-groups.js';
import { FactSummer, type FactSums } from './fact-sums.js';
import { type DatedFact, type ValueReader, valueReader } from './fact-values.js';
import { factFilter } from './fold-filter.js';
import { orderGroups } from './order-groups.js';
import { formatScaledAmount, parseScaledAmount } from '../../../platform/money/scaled-amount.js';

// src/reports/rules/fold: a report as a sum over facts in the memory, without a database. Facts are added one by one, in any
// order, and the report of what was added so far can be read at any time. fact-values.ts reads dimensions, fold-filter.ts
// filters, fact-sums.ts has the measures. It gives the numbers that the SQL of ../sql gives. Start here.

/** One of the two periods of a question. */
interface FoldedPeriod {
  period: ReportPeriod | ComparedPeriod;
  name: 'own' | 'compared';
  keys: ValueReader[];
  isWanted: (one: DatedFact) => boolean;
}

export interface ClickOptions {
  /** Whether it is a click of the compared period. */
  isCompared: boolean;
  /** Uploaded costs of its day. */
  costs: CostShares;
}

export class ReportFold {
  private readonly summer: FactSummer;
  private readonly own: FoldedPeriod;
  private readonly compared: FoldedPeriod | undefined;
  private readonly groups: FactGroups;
  private readonly totals: FactGroup;
  private readonly otherCurrencies = new Map<string, bigint>();
  private readonly otherCosts = new Map<string, bigint>();

  constructor(
    private readonly question: ReportQuestion,
    maxGroups: number,
  ) {
    const { period, compare, currency } = question;
    this.summer = new FactSummer(measuresOf(question), currency);
    this.own = foldedPeriod(question, period);
    this.compared = compare && foldedPeriod(question, compare, period);
    this.groups = new FactGroups(maxGroups);
    this.totals = { keys: [], own: this.summer.noSums(), compared: this.summer.noSums() };
  }

  /** Whether its measures are of clicks. */
  get readsClicks(): boolean {
    return this.summer.readsClicks;
  }

  /** Whether its measures are of conversions. Without any, it counts only those in other currencies. */
  get readsConversions(): boolean {
    return this.summer.readsConversions;
  }

  /** Whether it needs the cost of clicks. */
  get readsCost(): boolean {
    return this.summer.readsCost;
  }

  /** Whether it needs the links of facts. */
  get needsLinks(): boolean {
    const { groupBy, filters, under, within } = this.question;
    if (within !== undefined) return true;
    return [...groupBy, ...[...filters, ...under].map(({ dimension }) => dimension)].some((one) =>
      isLinkDimension(one),
    );
  }

  /** @throws TooManyGroups */
  addClick(fact: ClickFact, link: LinkFact | undefined, { isCompared, costs }: ClickOptions): void {
    if (!this.summer.readsClicks) return;
    const part = isCompared ? this.compared : this.own;
    const one = { fact, at: fact.key.atMs, link };
    if (part === undefined || !part.isWanted(one)) return;
    const cost = this.readsCost ? costs.costOf(one) : undefined;
    if (part.name === 'own' && cost !== undefined) this.addOther(this.otherCosts, cost);
    this.addToGroups(one, part, (sums) => this.summer.addClick(sums, fact, cost));
  }

  /** Adds it to each period that it is in. @throws TooManyGroups */
  addConversion(fact: ConversionFact, link: LinkFact | undefined): void {
    const { timeBy } = this.question;
    // Revenue of a link as a whole has no click.
    const at = timeBy === 'click' ? (fact.clickedMs ?? fact.convertedMs) : fact.convertedMs;
    for (const part of this.compared === undefined ? [this.own] : [this.own, this.compared]) {
      const one = { fact, at, link };
      if (at < part.period.from || at >= part.period.to || !part.isWanted(one)) continue;
      if (part.name === 'own') this.addOtherRevenue(fact);
      if (this.readsConversions) this.addToGroups(one, part, (sums) => this.summer.addConversion(sums, fact));
    }
  }

  /** The report of what was added so far, without names of links. */
  toReport(): FoundReport {
    const { groupBy } = this.question;
    const totals = this.toMeasured(this.totals);
    const isOverlapping = groupBy.includes('tag');
    return {
      rows: this.orderedGroups().map((group) => this.toMeasured(group)),
      groups: this.groups.all.length,
      totals,
      ofGroups: isOverlapping ? this.toMeasured(this.sumOfGroups()) : totals,
      otherCurrencies: toMoney(this.otherCurrencies),
      otherCosts: toMoney(this.otherCosts, COST_DECIMALS),
      linkNames: {},
    };
  }

  private addToGroups(one: DatedFact, { name, keys }: FoldedPeriod, addTo: (sums: FactSums) => void): void {
    const groups = keys.length === 0 ? [] : this.groups.of(keys.map((read) => read(one)));
    for (const group of [this.totals, ...groups]) addTo((group[name] ??= this.summer.noSums()));
  }

  private addOtherRevenue({ status, revenue }: ConversionFact): void {
    if (status !== 'approved' || revenue === null) return;
    this.addOther(this.otherCurrencies, { scaled: parseScaledAmount(revenue.amount), currency: revenue.currency });
  }

  private addOther(sums: Map<string, bigint>, { scaled, currency }: CountedCost): void {
    if (currency === this.question.currency || scaled === 0n) return;
    sums.set(currency, (sums.get(currency) ?? 0n) + scaled);
  }

  private orderedGroups(): FactGroup[] {
    const ordered = orderGroups(this.groups.all, this.question, this.summer);
    const { limit } = this.question;
    return limit === undefined ? ordered : ordered.slice(0, limit);
  }

  private sumOfGroups(): FactGroup {
    const sum = { keys: [], own: this.summer.noSums(), compared: this.summer.noSums() };
    for (const { own, compared } of this.groups.all) {
      if (own !== undefined) this.summer.addGroup(sum.own, own);
      if (compared !== undefined) this.summer.addGroup(sum.compared, compared);
    }
    return sum;
  }

  private toMeasured({ keys, own, compared }: FactGroup): MeasuredGroup {
    const valuesOf = (sums: FactSums | undefined): MeasuredGroup['measures'] =>
      this.summer.toValues(sums ?? this.summer.noSums());
    return { keys, measures: valuesOf(own), ...(this.compared && { compared: valuesOf(compared) }) };
  }
}

function foldedPeriod(question: ReportQuestion, period: ReportPeriod, onto?: ReportPeriod): FoldedPeriod {
  const readerOf = (dimension: ReportDimension): ValueReader => valueReader(dimension, period, onto);
  return {
    period,
    name: onto === undefined ? 'own' : 'compared',
    keys: question.groupBy.map(readerOf),
    isWanted: factFilter(question, readerOf),
  };
}

const AMOUNT_DECIMALS = 12;

function toMoney(sums: ReadonlyMap<string, bigint>, decimals = AMOUNT_DECIMALS): Money[] {
  return [...sums]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([currency, sum]) => {
      const amount = new Big(formatScaledAmount(sum)).round(decimals, Big.roundHalfUp);
      return { currency, amount: formatAmount(amount.toFixed()) };
    });
}
