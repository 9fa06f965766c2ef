import { CONVERSION_AMOUNTS, CONVERSION_COUNTS, CONVERSION_TIMES } from '../conversion-measures.js';
import type { ClickFact, ConversionFact } from '../facts.js';
import {
  type ClickMeasure,
  type ConversionMeasure,
  isAmount,
  isClickMeasure,
  isMedian,
  type Measure,
} from '../measures.js';
import type { MeasureValues } from '../report-question.js';
import type { CountedCost } from './cost-shares.js';
import { formatScaledAmount, parseScaledAmount } from '../../../platform/money/scaled-amount.js';

/** Sums of a group of facts, by the position of the measure in the question. Each list has the measures of its kind. */
export interface FactSums {
  counts: number[];
  amounts: bigint[];
  /** Times of which the median is asked, in milliseconds. */
  times: number[][];
}

type Adder<F> = (sums: FactSums, fact: F, cost?: CountedCost) => void;

/** Adds facts to sums. Both sides have all measures; those of the other side stay 0. */
export class FactSummer {
  private readonly ofClick: Adder<ClickFact>[];
  private readonly ofConversion: Adder<ConversionFact>[];

  /** @param currency of revenue and cost. Amounts in other currencies are not added. */
  constructor(
    readonly measures: readonly Measure[],
    currency: string,
  ) {
    this.ofClick = measures.flatMap((measure, i) =>
      isClickMeasure(measure) ? [clickAdder(measure, i, currency)] : [],
    );
    this.ofConversion = measures.flatMap((measure, i) =>
      isClickMeasure(measure) ? [] : [conversionAdder(measure, i, currency)],
    );
  }

  get readsClicks(): boolean {
    return this.ofClick.length > 0;
  }

  get readsCost(): boolean {
    return this.measures.includes('cost');
  }

  get readsConversions(): boolean {
    return this.ofConversion.length > 0;
  }

  noSums(): FactSums {
    return {
      counts: this.measures.map(() => 0),
      amounts: this.measures.map(() => 0n),
      times: this.measures.map((measure) => (isMedian(measure) ? [] : NO_TIMES)),
    };
  }

  addClick(sums: FactSums, fact: ClickFact, cost: CountedCost | undefined): void {
    for (const add of this.ofClick) add(sums, fact, cost);
  }

  addConversion(sums: FactSums, fact: ConversionFact): void {
    for (const add of this.ofConversion) add(sums, fact);
  }

  /** Adds the sums of a group to those of several. Their medians are not known. */
  addGroup(sums: FactSums, group: FactSums): void {
    for (const i of this.measures.keys()) {
      sums.counts[i] = (sums.counts[i] ?? 0) + (group.counts[i] ?? 0);
      sums.amounts[i] = (sums.amounts[i] ?? 0n) + (group.amounts[i] ?? 0n);
    }
  }

  toValues(sums: FactSums): MeasureValues {
    return Object.fromEntries(
      this.measures.map((measure, i) => {
        const value = this.valueAt(sums, i);
        return [measure, typeof value === 'bigint' ? formatScaledAmount(value) : value];
      }),
    );
  }

  /** The value of a measure by its position. Amounts are scaled; see scaled-amount.ts. */
  valueAt({ counts, amounts, times }: FactSums, i: number): number | bigint | null {
    const measure = this.measures[i];
    if (measure === undefined) return null;
    if (isMedian(measure)) return medianOf(times[i] ?? NO_TIMES);
    return isAmount(measure) ? (amounts[i] ?? 0n) : (counts[i] ?? 0);
  }
}

const NO_TIMES: number[] = [];

function medianOf(times: readonly number[]): number | null {
  if (times.length === 0) return null;
  const sorted = Float64Array.from(times).sort();
  const [low = 0, high = 0] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]];
  return (low + high) / 2;
}

function counter<F>(i: number, isCounted: (fact: F) => boolean): Adder<F> {
  return ({ counts }, fact) => {
    if (isCounted(fact)) counts[i] = (counts[i] ?? 0) + 1;
  };
}

function clickAdder(measure: ClickMeasure, i: number, currency: string): Adder<ClickFact> {
  switch (measure) {
    case 'clicks':
      return counter(i, () => true);
    case 'uniqueClicks':
      return counter(i, ({ isUnique }) => isUnique);
    case 'botClicks':
      return counter(i, ({ botReason }) => botReason !== null);
    case 'cost':
      return ({ amounts }, _, cost) => {
        if (cost?.currency === currency) amounts[i] = (amounts[i] ?? 0n) + cost.scaled;
      };
  }
}

function conversionAdder(measure: ConversionMeasure, i: number, currency: string): Adder<ConversionFact> {
  if (measure === 'conversions') return counter(i, () => true);
  if (isIn(CONVERSION_COUNTS, measure)) return counter(i, CONVERSION_COUNTS[measure]);
  if (isIn(CONVERSION_AMOUNTS, measure)) return revenueAdder(i, CONVERSION_AMOUNTS[measure], currency);
  return timeAdder(i, CONVERSION_TIMES[measure]);
}

function isIn<T extends object>(rules: T, measure: PropertyKey): measure is keyof T {
  return Object.hasOwn(rules, measure);
}

function revenueAdder(i: number, isSummed: (one: ConversionFact) => boolean, currency: string): Adder<ConversionFact> {
  return ({ amounts }, one) => {
    if (!isSummed(one) || one.revenue?.currency !== currency) return;
    amounts[i] = (amounts[i] ?? 0n) + parseScaledAmount(one.revenue.amount);
  };
}

function timeAdder(i: number, timeOf: (one: ConversionFact) => number | null): Adder<ConversionFact> {
  return ({ times }, one) => {
    const time = timeOf(one);
    if (time !== null) times[i]?.push(time);
  };
}
