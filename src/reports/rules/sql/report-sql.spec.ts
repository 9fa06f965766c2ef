import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UNRESTRICTED } from '../../../workspaces/caller.js';
import { ERAS } from '../../../../test/support/reports/random-facts.js';
import { reportsNear, toParameters } from '../../../../test/support/reports/random-report.js';
import { METRIC_FORMULAS } from '../metric-formulas.js';
import { readReportQuestion } from '../read-report-question.js';
import type { DimensionValue, ReportQuestion } from '../report-question.js';
import { conditionsOf, numbersSql, type QuestionNumbers, toQuestionNumbers } from './question-numbers.js';
import { otherCurrenciesSql, reportSql, rowsSql } from './report-sql.js';
import { SqlValues } from './sql-values.js';

const RUNS = Number(process.env['PROPERTY_RUNS'] ?? 300);
const CONTEXT = {
  workspaceId: 'wsp_1',
  timezone: 'UTC',
  currency: 'EUR',
  now: Date.parse('2026-11-23'),
  formulas: METRIC_FORMULAS,
  unitOf: () => 'number' as const,
  restrictions: UNRESTRICTED,
};

const anyQuestion = fc
  .constantFrom(...ERAS)
  .chain(reportsNear)
  .map((asked): ReportQuestion => {
    const reading = readReportQuestion(toParameters(asked), CONTEXT);
    if (!reading.ok) throw new Error(JSON.stringify(reading.problems));
    return reading.report.question;
  });

/** The question with other texts in all places that a request decides. */
function withTexts(question: ReportQuestion, text: string): ReportQuestion {
  const other = (value: DimensionValue): DimensionValue => (typeof value === 'string' ? text : value);
  return {
    ...question,
    workspaceId: text,
    currency: text,
    filters: question.filters.map((filter) => ({ ...filter, values: filter.values.map(other) })),
    under: question.under.map((node) => ({ ...node, value: other(node.value) })),
  };
}

function someNumbers(question: ReportQuestion): QuestionNumbers {
  const rows = conditionsOf(question).flatMap((_, place) => [
    [place, 1],
    [place, 2],
  ]);
  return { ...toQuestionNumbers(question, rows), workspace: 1, currency: 1, hasUploadedCosts: true, hasOwnCosts: true };
}

describe('the SQL of a question', () => {
  it('has no text of it: questions that differ only in texts have the same', () => {
    fc.assert(
      fc.property(anyQuestion, fc.string({ unit: 'binary' }), (question, text) => {
        const other = withTexts(question, text);
        const numbers = someNumbers(question);
        for (const toStatement of [numbersSql, reportSql, rowsSql, otherCurrenciesSql]) {
          const [own, others] = [toStatement(question, numbers), toStatement(other, numbers)];
          expect(others.sql).toBe(own.sql);
          expect(others.texts).toEqual(own.texts.map(() => text));
        }
      }),
      { numRuns: RUNS },
    );
  });

  it('binds each text once, in the order of its placeholders', () => {
    fc.assert(
      fc.property(anyQuestion, (question) => {
        for (const { sql, texts } of [numbersSql(question), reportSql(question, someNumbers(question))]) {
          const used = new Set(sql.match(/\$\d+/g));
          expect([...used].sort()).toEqual(texts.map((_, i) => `$${i + 1}`).sort());
        }
      }),
      { numRuns: RUNS },
    );
  });
});

describe('SqlValues', () => {
  it.each([0, 1, -1, 2 ** 53 - 1])('writes the whole number %d', (value) => {
    expect(SqlValues.integer(value)).toBe(String(value));
  });

  it.each([0.5, NaN, Infinity, -Infinity, 2 ** 53, 1e21, '1' as never, '1; DROP TABLE clicks' as never])(
    'refuses %s as a whole number',
    (value) => {
      expect(() => SqlValues.integer(value)).toThrow(RangeError);
    },
  );

  it('numbers placeholders', () => {
    const values = new SqlValues();
    expect([values.add('a'), values.add('b')]).toEqual(['$1', '$2']);
    expect(values.texts).toEqual(['a', 'b']);
  });
});
