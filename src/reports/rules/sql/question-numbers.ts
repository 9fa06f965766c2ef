import { numberedFieldOf, type NumberedField, NO_TEXT } from '../numbered-texts.js';
import type { DimensionFilter, ReportQuestion } from '../report-question.js';
import { SqlValues } from './sql-values.js';

/**
 * The numbers that the copy has for the texts of a question. They are read before its statement is made: to compare each fact
 * with numbers that are written in the statement takes half of the time of a join.
 */
export interface QuestionNumbers {
  /** 0, which none has, when the copy does not know it. */
  workspace: number;
  currency: number;
  /** Whether clicks of the workspace may have a share of an uploaded cost. */
  hasUploadedCosts: boolean;
  /** Whether any clicks have a cost of their own. Without costs, their columns need not be read. */
  hasOwnCosts: boolean;
  /** The numbers that match, of each of `conditionsOf`. `undefined` where its values are no numbered texts. */
  matching: readonly (readonly number[] | undefined)[];
}

/** The conditions of a question: its filters, and then its nodes. */
export function conditionsOf({ filters, under }: ReportQuestion): DimensionFilter[] {
  const nodes = under.map(({ dimension, value }) => ({
    dimension,
    values: [value],
    isExcluding: false,
    mode: 'equals' as const,
  }));
  return [...filters, ...nodes];
}

const WORKSPACE = -1;
const CURRENCY = -2;
const UPLOADED_COSTS = -3;
const OWN_COSTS = -4;

/** The statement for the numbers. Columns: the place of the condition, the number. */
export function numbersSql(question: ReportQuestion): { sql: string; texts: string[] } {
  const values = new SqlValues();
  const select = (place: number, field: NumberedField, condition: string): string =>
    `SELECT ${place} AS place, number FROM texts WHERE field = '${field}' AND (${condition})`;
  const workspace = values.add(question.workspaceId);
  const selects = [
    select(WORKSPACE, 'workspace', `text = ${workspace}`),
    `SELECT DISTINCT ${UPLOADED_COSTS}, 1 FROM cost_entries e
      JOIN texts ON texts.number = e.ws AND field = 'workspace' AND text = ${workspace}`,
    `(SELECT ${OWN_COSTS}, 1 FROM clicks WHERE cost_currency <> ${NO_TEXT} LIMIT 1)`,
    select(CURRENCY, 'currency', `text = ${values.add(question.currency)}`),
    ...conditionsOf(question).flatMap(({ dimension, mode, values: wanted }, place) => {
      const field = numberedFieldOf(dimension);
      const given = wanted.filter((value) => value !== null);
      if (field === undefined || given.length === 0) return [];
      const texts = given.map((text) => values.add(String(text)));
      const contained = texts.map((text) => `contains(lower(text), lower(${text}))`).join(' OR ');
      return [select(place, field, mode === 'contains' ? contained : `text IN (${texts.join(', ')})`)];
    }),
  ];
  return { sql: selects.join(' UNION ALL '), texts: values.texts };
}

/** @param rows of `numbersSql` */
export function toQuestionNumbers(question: ReportQuestion, rows: readonly (readonly unknown[])[]): QuestionNumbers {
  const numbersAt = (place: number): number[] =>
    rows.flatMap(([at, number]) => (Number(at) === place ? [Number(number)] : []));
  return {
    workspace: numbersAt(WORKSPACE)[0] ?? NO_TEXT,
    currency: numbersAt(CURRENCY)[0] ?? NO_TEXT,
    hasUploadedCosts: numbersAt(UPLOADED_COSTS).length > 0,
    hasOwnCosts: numbersAt(OWN_COSTS).length > 0,
    matching: conditionsOf(question).map(({ dimension, values }, place) => {
      if (numberedFieldOf(dimension) === undefined) return undefined;
      return values.includes(null) ? [NO_TEXT, ...numbersAt(place)] : numbersAt(place);
    }),
  };
}
