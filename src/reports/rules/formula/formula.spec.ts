import { describe, expect, it } from 'vitest';
import { formatFormula } from '../../../../test/support/reports/format-formula.js';
import { type Decimal, decimalText, toDecimal } from './decimal.js';
import { evaluateFormula } from './evaluate-formula.js';
import { toSql } from './formula-sql.js';
import { type Formula, metricsOf, parseFormula } from './formula.js';
import { resolveFormula } from './resolve-formula.js';

const KNOWN = ['clicks', 'humanClicks', 'registrations', 'ftds', 'revenue', 'cost', 'a'];
const isMetric = (name: string): boolean => KNOWN.includes(name);
const parse = (text: string) => parseFormula(text, isMetric, KNOWN);

function parsed(text: string): Formula {
  const reading = parse(text);
  if (!reading.ok) throw new Error(reading.problem.message);
  return reading.formula;
}

const metric = (name: string): Formula => ({ kind: 'metric', name });

describe('parseFormula', () => {
  it.each([
    ['revenue / humanClicks', 'revenue / humanClicks'],
    ['(revenue-cost)/cost*100', '(revenue - cost) / cost * 100'],
    ['revenue-cost-1', 'revenue - cost - 1'],
    ['revenue-(cost-1)', 'revenue - (cost - 1)'],
    ['((a))', 'a'],
    ['-a*-(a+1)', '-a * -(a + 1)'],
    ['a - -a', 'a - -a'],
    ['\t.5\n*\u00a0007.50', '0.5 * 7.50'],
    ['00.5', '0.5'],
  ])('reads %j as %j', (text, canonical) => {
    expect(formatFormula(parsed(text))).toBe(canonical);
  });

  it('reads * and / before + and -, from left to right', () => {
    expect(parsed('1 - cost * 2')).toEqual({
      kind: 'binary',
      operator: '-',
      left: { kind: 'number', value: '1' },
      right: { kind: 'binary', operator: '*', left: metric('cost'), right: { kind: 'number', value: '2' } },
    });
  });

  it.each([
    ['', 'missing_operand', 0, 'A number or a metric is missing at the end; add one.'],
    ['a +', 'missing_operand', 3, 'A number or a metric is missing at the end; add one.'],
    ['a * / a', 'missing_operand', 4, 'A number or a metric is missing before `/` at character 5; add one.'],
    ['()', 'missing_operand', 1, 'A number or a metric is missing before `)` at character 2; add one.'],
    ['+a', 'missing_operand', 0, 'A number or a metric is missing before `+` at character 1; add one.'],
    ['2 a', 'missing_operator', 2, 'An operator is missing before `a` at character 3; add `+`, `-`, `*` or `/`.'],
    ['1e5', 'missing_operator', 1, 'An operator is missing before `e5` at character 2; add `+`, `-`, `*` or `/`.'],
    ['(a a)', 'missing_operator', 3, 'An operator is missing before `a` at character 4; add `+`, `-`, `*` or `/`.'],
    ['(a + 1', 'missing_parenthesis', 6, 'The `(` at character 1 is not closed; add a `)`.'],
    ['a)', 'unexpected_parenthesis', 1, '`)` at character 2 closes nothing; remove it or add a `(` before it.'],
    ['cots / 2', 'unknown_metric', 0, '`cots` at character 1 is not a metric; did you mean `cost`?'],
    ['1 + FTDS', 'unknown_metric', 4, '`FTDS` at character 5 is not a metric; did you mean `ftds`?'],
    ['weather', 'unknown_metric', 0, '`weather` at character 1 is not a metric; use the name of a metric.'],
    ['a × 2', 'unexpected_character', 2, '`×` at character 3 is not allowed in a formula; write `*`.'],
    ['1.', 'unexpected_character', 1, '`.` at character 2 is not allowed in a formula; write digits after the dot.'],
    [
      "a'",
      'unexpected_character',
      1,
      "`'` at character 2 is not allowed in a formula; use metric names, numbers, `+ - * /` and parentheses only.",
    ],
    [
      'a\u0000',
      'unexpected_character',
      1,
      '`U+0000` at character 2 is not allowed in a formula; use metric names, numbers, `+ - * /` and parentheses only.',
    ],
  ])('refuses %j: %s', (text, code, position, message) => {
    expect(parse(text)).toEqual({ ok: false, problem: { code, position, message } });
  });

  it.each([
    ['characters', 'a'.padEnd(500), 'a'.padEnd(501), 'too_long'],
    ['parentheses', `${'('.repeat(20)}a${')'.repeat(20)}`, `${'('.repeat(21)}a${')'.repeat(21)}`, 'too_deep'],
    ['minus signs', `${'-'.repeat(20)}a`, `${'-'.repeat(21)}a`, 'too_deep'],
    ['operands', `a${'+a'.repeat(49)}`, `a${'+a'.repeat(50)}`, 'too_many_operands'],
    ['digits', `${'9'.repeat(29)}.9`, `${'9'.repeat(30)}.9`, 'number_too_long'],
  ])('limits %s', (_, allowed, refused, code) => {
    expect(parse(allowed)).toMatchObject({ ok: true });
    expect(parse(refused)).toMatchObject({ ok: false, problem: { code } });
  });

  it('lists the metrics in the order of first use', () => {
    expect(metricsOf(parsed('(ftds * 2 + cost) / -ftds - a'))).toEqual(['ftds', 'cost', 'a']);
  });
});

describe('evaluateFormula', () => {
  const values: Record<string, string> = { revenue: '0.3', cost: '0.1', clicks: '3', humanClicks: '0' };
  const valueOf = (name: string): Decimal | null => (name in values ? toDecimal(values[name] ?? '') : null);
  const evaluate = (text: string) => {
    const value = evaluateFormula(parsed(text), valueOf);
    return value === null ? null : decimalText(value);
  };

  it.each([
    ['revenue - cost', '0.2'],
    ['(revenue - cost) / cost * 100', '200'],
    ['cost / clicks', '0.03333333333333333333'],
    ['-humanClicks', '0'],
    ['revenue / humanClicks', null],
    ['humanClicks / humanClicks', null],
    ['ftds * 0', null],
    ['1 + -ftds', null],
  ])('%s is %s', (text, value) => {
    expect(evaluate(text)).toBe(value);
  });
});

describe('toSql', () => {
  it('calculates with DOUBLE and has no division by zero', () => {
    expect(toSql(parsed('-revenue / (cost + .5)'), (name) => `m."${name}"`)).toBe(
      `(-(CAST(m."revenue" AS DOUBLE))) / nullif(((CAST(m."cost" AS DOUBLE)) + (CAST('0.5' AS DOUBLE))), 0)`,
    );
  });

  it.each([
    { kind: 'number', value: "1'; DROP TABLE clicks; --" },
    { kind: 'number', value: '1e5' },
    { kind: 'number', value: '9'.repeat(40) },
    { kind: 'number', value: '1\n' },
    { kind: 'binary', operator: '; --', left: metric('a'), right: metric('a') },
    { kind: 'call', name: 'read_csv' },
  ])('refuses a tree that the parser did not make: %j', (tree) => {
    expect(() => toSql(tree as Formula, (name) => name)).toThrow(/^the formula has/);
  });
});

describe('resolveFormula', () => {
  const definitions = (texts: Record<string, string>): Map<string, Formula> =>
    new Map(
      Object.entries(texts).map(([name, text]) => {
        const reading = parseFormula(text, () => true, []);
        if (!reading.ok) throw new Error(reading.problem.message);
        return [name, reading.formula];
      }),
    );
  const resolve = (name: string, texts: Record<string, string>) => resolveFormula(metric(name), definitions(texts));

  it('replaces names at every level, and keeps the order of operations', () => {
    const resolution = resolve('roi', { roi: 'profit / cost * 100', profit: 'revenue - cost', cost: 'cost' });
    expect(resolution.ok && formatFormula(resolution.formula)).toBe('(revenue - cost) / cost * 100');
  });

  it.each([
    [{ x: 'x + 1' }, '`x` uses itself (x → x); remove one of these names from the formula before it.'],
    [
      { x: '1 + y', y: 'z', z: 'y * 2' },
      '`y` uses itself (y → z → y); remove one of these names from the formula before it.',
    ],
  ])('refuses the cycle in %j', (texts, message) => {
    expect(resolve('x', texts)).toEqual({ ok: false, problem: { code: 'cycle', message } });
  });

  it('counts nodes of the result: 1,000 are allowed, 1,001 are not', () => {
    // 8 uses of 63 nodes with 7 operators are 511 nodes, and 489 signs make 1,000.
    const sum = (name: string, uses: number): string => Array.from({ length: uses }, () => name).join(' + ');
    const all = definitions({ x: sum('y', 8), y: sum('a', 32) });
    let formula = metric('x');
    for (let signs = 0; signs < 489; signs++) formula = { kind: 'negate', operand: formula };
    expect(resolveFormula(formula, all)).toMatchObject({ ok: true });
    expect(resolveFormula({ kind: 'negate', operand: formula }, all)).toMatchObject({
      ok: false,
      problem: { code: 'too_large' },
    });
  });

  it('stops early where definitions double the size or are a long chain', () => {
    let lookUps = 0;
    const counted = (next: (index: number) => string) => ({
      get: (name: string): Formula | undefined => {
        lookUps++;
        return parsedFreely(next(Number(name.slice(1))));
      },
    });
    const parsedFreely = (text: string): Formula | undefined => {
      const reading = parseFormula(text, () => true, []);
      return reading.ok ? reading.formula : undefined;
    };
    for (const next of [(i: number) => `m${i + 1} + m${i + 1}`, (i: number) => `m${i + 1}`]) {
      const endless = counted(next) as unknown as ReadonlyMap<string, Formula>;
      expect(resolveFormula(metric('m0'), endless)).toMatchObject({ ok: false, problem: { code: 'too_large' } });
    }
    expect(lookUps).toBeLessThan(2000);
  });
});
