import { formatAmount } from '../../../platform/money/money.js';
import { isLinkDimension, type ReportDimension } from '../dimensions.js';
import type { ClickFact, ConversionFact, LinkFact } from '../facts.js';
import type { FoundReport } from '../found-report.js';
import type { MeasuredGroup } from '../present-report.js';
import type { ComparedPeriod, ReportPeriod, ReportQuestion } from '../report-question.js';
import { measuresOf } from '../sql/report-sql.js';
import { type FactGroup, FactGroups } from './fact-groups.js';
import { FactSummer, type FactSums } from './fact-sums.js';
import { type DatedFact, isConversion, type ValueReader, valueReader } from './fact-values.js';
import { factFilter } from './fold-filter.js';
import { orderGroups } from './order-groups.js';
import { formatScaledAmount, parseScaledAmount } from './scaled-amount.js';

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

export class ReportFold {
  private readonly summer: FactSummer;
  private readonly own: FoldedPeriod;
  private readonly compared: FoldedPeriod | undefined;
  private readonly groups: FactGroups;
  private readonly totals: FactGroup;
  private readonly otherCurrencies = new Map<string, bigint>();

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

  /** Whether it needs the links of facts. */
  get needsLinks(): boolean {
    const { groupBy, filters, under } = this.question;
    return [...groupBy, ...[...filters, ...under].map(({ dimension }) => dimension)].some((one) =>
      isLinkDimension(one),
    );
  }

  /** @throws TooManyGroups */
  addClick(fact: ClickFact, link: LinkFact | undefined, isCompared: boolean): void {
    if (!this.summer.readsClicks) return;
    const part = isCompared ? this.compared : this.own;
    if (part !== undefined) this.add({ fact, at: fact.key.atMs, link }, part);
  }

  /** Adds it to each period that it is in. @throws TooManyGroups */
  addConversion(fact: ConversionFact, link: LinkFact | undefined): void {
    const { timeBy } = this.question;
    // Revenue of a link as a whole has no click.
    const at = timeBy === 'click' ? (fact.clickedMs ?? fact.convertedMs) : fact.convertedMs;
    for (const part of this.compared === undefined ? [this.own] : [this.own, this.compared]) {
      if (at >= part.period.from && at < part.period.to) this.add({ fact, at, link }, part);
    }
  }

  /** The report of what was added so far. */
  toReport(linkNames: FoundReport['linkNames'] = {}): FoundReport {
    const { groupBy } = this.question;
    const totals = this.toMeasured(this.totals);
    const isOverlapping = groupBy.includes('tag');
    return {
      rows: this.orderedGroups().map((group) => this.toMeasured(group)),
      groups: this.groups.all.length,
      totals,
      ofGroups: isOverlapping ? this.toMeasured(this.sumOfGroups()) : totals,
      otherCurrencies: [...this.otherCurrencies]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([currency, sum]) => ({ currency, amount: formatAmount(formatScaledAmount(sum)) })),
      linkNames,
    };
  }

  private add(one: DatedFact, part: FoldedPeriod): void {
    if (!part.isWanted(one)) return;
    if (part.name === 'own') this.addOtherCurrency(one);
    const isMeasured = isConversion(one.fact) ? this.summer.readsConversions : this.summer.readsClicks;
    if (!isMeasured) return;
    this.addTo(this.totals, part.name, one);
    if (part.keys.length === 0) return;
    for (const group of this.groups.of(part.keys.map((read) => read(one)))) this.addTo(group, part.name, one);
  }

  private addTo(group: FactGroup, name: FoldedPeriod['name'], { fact }: DatedFact): void {
    const sums = (group[name] ??= this.summer.noSums());
    if (isConversion(fact)) this.summer.addConversion(sums, fact);
    else this.summer.addClick(sums, fact);
  }

  private addOtherCurrency({ fact }: DatedFact): void {
    if (!isConversion(fact) || fact.status !== 'approved' || fact.revenue === null) return;
    const { amount, currency } = fact.revenue;
    const scaled = parseScaledAmount(amount);
    if (currency === this.question.currency || scaled === 0n) return;
    this.otherCurrencies.set(currency, (this.otherCurrencies.get(currency) ?? 0n) + scaled);
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
