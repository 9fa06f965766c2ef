import { Big } from 'big.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatFormula } from '../../../../test/support/reports/format-formula.js';
import { decimalText, toDecimal } from './decimal.js';
import { evaluateFormula as evaluateDecimals } from './evaluate-formula.js';
import { toSql } from './formula-sql.js';
import { splitTokens } from './formula-tokens.js';
import {
  type Formula,
  type FormulaOperator,
  MAX_FORMULA_CHARS,
  metricsOf,
  parseFormula,
  parseTokens,
} from './formula.js';
import { resolveFormula } from './resolve-formula.js';

const runs = { numRuns: Number(process.env['PROPERTY_RUNS'] ?? 500) };
const KNOWN = ['clicks', 'humanClicks', 'ftds', 'revenue', 'cost'];
const isMetric = (name: string): boolean => KNOWN.includes(name);

const number: fc.Arbitrary<Formula> = fc
  .tuple(fc.nat(1000), fc.option(fc.stringMatching(/^[0-9]{1,3}$/)))
  .map(([whole, decimals]) => ({ kind: 'number', value: decimals === null ? `${whole}` : `${whole}.${decimals}` }));
const metric: fc.Arbitrary<Formula> = fc.constantFrom(...KNOWN).map((name) => ({ kind: 'metric', name }));

function treesOf(...operators: FormulaOperator[]): fc.Arbitrary<Formula> {
  return fc.letrec<{ tree: Formula }>((tie) => ({
    tree: fc.oneof(
      { maxDepth: 5, depthSize: 'medium' },
      number,
      metric,
      fc.record({ kind: fc.constant('negate' as const), operand: tie('tree') }),
      fc.record({
        kind: fc.constant('binary' as const),
        operator: fc.constantFrom(...operators),
        left: tie('tree'),
        right: tie('tree'),
      }),
    ),
  })).tree;
}
const tree = treesOf('+', '-', '*', '/');
const treeWithoutDivision = treesOf('+', '-', '*');

/** Texts like formulas, broken ones, and any other text. */
const text = fc.oneof(
  tree.map(formatFormula),
  fc
    .array(fc.constantFrom('(', ')', '-', '+', '*', '/', 'cost', 'x', '1', '.5', ' ', '.', '=', "'", '\u0000'), {
      maxLength: 400,
    })
    .map((parts) => parts.join('')),
  fc.string({ unit: 'binary', maxLength: 600 }),
  fc
    .tuple(fc.constantFrom('(', '-', '-(', '(-', '1+', '1+(', ')', 'a', '1', '.', ' ', '1/('), fc.nat(200_000))
    .map(([part, times]) => part.repeat(times)),
);

/** An exact fraction. */
type Fraction = [bigint, bigint];
type ValueOf = (name: string) => Big | null;

/** The value by another library. */
function evaluateFormula(formula: Formula, valueOf: ValueOf): Big | null {
  const value = evaluateDecimals(formula, (name) => {
    const given = valueOf(name);
    return given === null ? null : toDecimal(given.toFixed());
  });
  return value === null ? null : new Big(decimalText(value));
}

/** The value as an exact fraction, by another algorithm: a stack machine. */
function naiveValue(formula: Formula, valueOf: ValueOf): Fraction | null {
  const stack: (Fraction | null)[] = [];
  const todo: (Formula | string)[] = [formula];
  while (todo.length > 0) {
    const item = todo.pop() as Formula | string;
    if (typeof item === 'string') stack.push(applied(item, stack));
    else if (item.kind === 'number') stack.push(fractionOf(new Big(item.value)));
    else if (item.kind === 'metric') stack.push(fractionOf(valueOf(item.name)));
    else if (item.kind === 'negate') todo.push('negate', item.operand);
    else todo.push(item.operator, item.right, item.left);
  }
  return stack.pop() ?? null;
}

function applied(operator: string, stack: (Fraction | null)[]): Fraction | null {
  const right = stack.pop() ?? null;
  if (operator === 'negate') return right && [-right[0], right[1]];
  const left = stack.pop() ?? null;
  if (left === null || right === null) return null;
  const [[a, b], [c, d]] = [left, right];
  if (operator === '+') return [a * d + c * b, b * d];
  if (operator === '-') return [a * d - c * b, b * d];
  if (operator === '*') return [a * c, b * d];
  return c === 0n ? null : [a * d, b * c];
}

function fractionOf(value: Big | null): Fraction | null {
  if (value === null) return null;
  const [whole = '', decimals = ''] = value.abs().toFixed().split('.');
  const above = BigInt(whole + decimals);
  return [value.lt(0) ? -above : above, 10n ** BigInt(decimals.length)];
}

/** Decimals of at most three places, some of them absent. */
const decimal = fc
  .tuple(fc.integer({ min: -1000, max: 1000 }), fc.nat(3))
  .map(([digits, places]) => new Big(`${digits}e-${places}`));
const valuesOfMetrics = fc
  .tuple(...KNOWN.map(() => fc.option(decimal, { freq: 20 })))
  .map((values) => new Map(KNOWN.map((name, index) => [name, values[index] ?? null])));

describe('formulas', () => {
  it('have the value that fractions give', () => {
    fc.assert(
      fc.property(treeWithoutDivision, treeWithoutDivision, valuesOfMetrics, (left, right, values) => {
        const valueOf = (name: string): Big | null => values.get(name) ?? null;
        expectEqual(evaluateFormula(left, valueOf), naiveValue(left, valueOf));
        const quotient: Formula = { kind: 'binary', operator: '/', left, right };
        expectRounded(evaluateFormula(quotient, valueOf), naiveValue(quotient, valueOf));
      }),
      runs,
    );
  });

  it('have the value that follows from the values of their parts, which divisions have rounded', () => {
    fc.assert(
      fc.property(tree, valuesOfMetrics, (formula, values) => {
        expectValueOfParts(formula, (name) => values.get(name) ?? null);
      }),
      runs,
    );
  });

  it('are the same after formatting and parsing', () => {
    fc.assert(
      fc.property(tree, (formula) => {
        const written = formatFormula(formula);
        const reading = parseFormula(written, isMetric, KNOWN);
        if (reading.ok) expect(reading.formula).toEqual(formula);
        else expect(['too_long', 'too_deep', 'too_many_operands']).toContain(reading.problem.code);
      }),
      runs,
    );
  });

  it('need every parenthesis that formatting writes', () => {
    fc.assert(
      fc.property(tree, (formula) => {
        const written = formatFormula(formula);
        if (!parseFormula(written, isMetric, KNOWN).ok) return;
        for (const [open, close] of pairsOf(written)) {
          const without = `${written.slice(0, open)} ${written.slice(open + 1, close)} ${written.slice(close + 1)}`;
          expect(parseFormula(without, isMetric, KNOWN)).not.toEqual({ ok: true, formula });
        }
      }),
      runs,
    );
  });

  it('become SQL of known characters, with the metrics in the order of the text', () => {
    fc.assert(
      fc.property(tree, (formula) => {
        const used: string[] = [];
        const sql = toSql(formula, (name) => `m${used.push(name) - 1}`);
        const rest = sql.replaceAll(/CAST\('\d+(?:\.\d+)?' AS DOUBLE\)|CAST\(m\d+ AS DOUBLE\)|nullif|, 0\)/g, '');
        expect(rest).toMatch(/^[-+*/() ]*$/);
        expect(sql).not.toMatch(/--|\/\*/);
        expect([...new Set(used)]).toEqual(metricsOf(formula));
      }),
      runs,
    );
  });

  it('stay the same where no name has a definition, and are resolved in one pass', () => {
    fc.assert(
      fc.property(tree, tree, (formula, ftds) => {
        expect(resolveFormula(formula, new Map())).toEqual({ ok: true, formula });
        const resolution = resolveFormula(formula, new Map([['ftds', ftds]]));
        if (!resolution.ok || JSON.stringify(ftds) === '{"kind":"metric","name":"ftds"}') return;
        expect(metricsOf(resolution.formula)).not.toContain('ftds');
      }),
      runs,
    );
  });

  it('are plain JSON', () => {
    fc.assert(
      fc.property(tree.map(formatFormula), (written) => {
        const reading = parseFormula(written, isMetric, KNOWN);
        expect(JSON.parse(JSON.stringify(reading))).toEqual(reading);
      }),
      runs,
    );
  });
});

describe('parsing any text', () => {
  it('never throws, and says where the problem is', () => {
    fc.assert(
      fc.property(text, (written) => {
        const reading = parseFormula(written, isMetric, KNOWN);
        if (reading.ok) return;
        expect(reading.problem.position).toBeGreaterThanOrEqual(0);
        expect(reading.problem.position).toBeLessThanOrEqual(written.length);
        expect(reading.problem.message.length).toBeLessThan(200);
      }),
      runs,
    );
  });

  it('reads each token a fixed number of times', () => {
    fc.assert(
      fc.property(text, (written) => {
        const split = splitTokens(written.slice(0, MAX_FORMULA_CHARS));
        if (!split.ok) return;
        let reads = 0;
        const tokens = new Proxy(split.tokens, {
          get: (target, key): unknown => {
            reads++;
            return Reflect.get(target, key);
          },
        });
        let questions = 0;
        parseTokens(tokens, written.length, (name) => ++questions > 0 && isMetric(name), KNOWN);
        expect(reads).toBeLessThanOrEqual(6 * (split.tokens.length + 1));
        expect(questions).toBeLessThanOrEqual(50);
      }),
      runs,
    );
  });
});

function expectEqual(actual: Big | null, expected: Fraction | null): void {
  if (expected === null || actual === null) return expect(actual).toBe(expected);
  expect(actual.times(expected[1].toString()).toFixed()).toBe(`${expected[0]}`);
}

/** One division at the end: rounded once to 20 decimals. */
function expectRounded(actual: Big | null, expected: Fraction | null): void {
  if (expected === null || actual === null) return expect(actual).toBe(expected);
  const [above, below] = expected;
  const scaled = BigInt(actual.times(new Big(10).pow(20)).toFixed());
  const difference = scaled * below - above * 10n ** 20n;
  const [size, half] = [difference < 0n ? -difference : difference, below < 0n ? -below : below];
  expect(2n * size <= half).toBe(true);
}

function expectValueOfParts(formula: Formula, valueOf: ValueOf): void {
  const value = evaluateFormula(formula, valueOf);
  if (formula.kind === 'number' || formula.kind === 'metric') return expectEqual(value, naiveValue(formula, valueOf));
  const parts = formula.kind === 'negate' ? [formula.operand] : [formula.left, formula.right];
  for (const part of parts) expectValueOfParts(part, valueOf);
  const stack = parts.map((part) => fractionOf(evaluateFormula(part, valueOf)));
  const expected = applied(formula.kind === 'negate' ? 'negate' : formula.operator, stack);
  const isDivision = formula.kind === 'binary' && formula.operator === '/';
  return isDivision ? expectRounded(value, expected) : expectEqual(value, expected);
}

function pairsOf(written: string): [number, number][] {
  const open: number[] = [];
  const pairs: [number, number][] = [];
  for (const [index, character] of [...written].entries()) {
    if (character === '(') open.push(index);
    else if (character === ')') pairs.push([open.pop() ?? -1, index]);
  }
  return pairs;
}
