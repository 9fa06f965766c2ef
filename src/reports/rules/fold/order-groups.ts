import { toDecimal, toNumber } from '../formula/decimal.js';
import { evaluateFormula } from '../formula/evaluate-formula.js';
import type { Formula } from '../formula/formula.js';
import type { Measure } from '../measures.js';
import type { ReportQuestion, ReportSort } from '../report-question.js';
import type { FactGroup } from './fact-groups.js';
import type { FactSummer, FactSums } from './fact-sums.js';

type SortValue = string | number | bigint | null;

/** The groups in the order of the question. The keys decide at last, so that equal rows keep their places. */
export function orderGroups(groups: readonly FactGroup[], question: ReportQuestion, summer: FactSummer): FactGroup[] {
  const { groupBy, sort } = question;
  const none = summer.noSums();
  const terms: ReportSort[] = [...sort, ...groupBy.map((by) => ({ by, isDescending: false }))];
  const valuesOf = ({ keys, own = none }: FactGroup): SortValue[] =>
    terms.map(({ by }) =>
      typeof by === 'string' ? (keys[groupBy.indexOf(by)] ?? null) : formulaValue(by, own, summer),
    );
  const sorted = groups.map((group) => ({ group, values: valuesOf(group) }));
  sorted.sort((a, b) => {
    for (const [i, { isDescending }] of terms.entries()) {
      const order = compareValues(a.values[i] ?? null, b.values[i] ?? null, isDescending);
      if (order !== 0) return order;
    }
    return 0;
  });
  return sorted.map(({ group }) => group);
}

/** A measure alone is compared exactly; the result of a formula as a floating-point number. */
function formulaValue(formula: Formula, sums: FactSums, summer: FactSummer): SortValue {
  const { measures } = summer;
  if (formula.kind === 'metric') return summer.valueAt(sums, measures.indexOf(formula.name as Measure));
  const values = summer.toValues(sums);
  const value = evaluateFormula(formula, (name) => {
    const known = values[name as Measure];
    return known === undefined || known === null ? null : toDecimal(known);
  });
  return value === null ? null : toNumber(value);
}

/** `null` comes last, whatever the direction. Texts are compared by their bytes, as the copy does. */
function compareValues(a: SortValue, b: SortValue, isDescending: boolean): number {
  if (a === b) return 0;
  if (a === null || b === null) return a === null ? 1 : -1;
  const isText = typeof a === 'string' && typeof b === 'string';
  const order = isText ? Buffer.compare(Buffer.from(a), Buffer.from(b)) : a < b ? -1 : a > b ? 1 : 0;
  return isDescending ? -order : order;
}
