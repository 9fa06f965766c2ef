import { toSql } from '../formula/formula-sql.js';
import { type Formula, metricsOf } from '../formula/formula.js';
import { isAmount, isClickMeasure, isMeasure, isMedian, type Measure } from '../measures.js';
import { NO_TEXT, numberedFieldOf } from '../numbered-texts.js';
import type { ComparedPeriod, ReportPeriod, ReportQuestion } from '../report-question.js';
import type { FactSide } from './filter-sql.js';
import type { QuestionNumbers } from './question-numbers.js';
import { baseSql, conditionsSql, COST_JOIN, measuresOfSide, type SideOptions, sideSql, summedSql } from './side-sql.js';
import { SqlValues } from './sql-values.js';

/** A statement with the texts for its placeholders. */
export interface SqlStatement {
  sql: string;
  texts: string[];
  /** The measures of its rows, in the order of the columns. */
  measures: Measure[];
}

/** Kinds of rows of `reportSql`. */
export const REPORT_PARTS = { row: 0, sumOfRows: 1, totals: 2 } as const;

/**
 * The statement for the rows of a report with their totals. Columns: the part (see `REPORT_PARTS`), `position`, the number of
 * groups, the keys, the measures, and the measures of the compared period. By tag, the sums of the rows are not the totals:
 * a click of several tags is in several rows. Totals are a part of their own then.
 */
export function reportSql(question: ReportQuestion, numbers: QuestionNumbers): SqlStatement {
  const { values, measures, parts, groups } = partsOf(question, numbers);
  const keys = keysOf(question);
  const noKeys = keys.map(() => 'NULL');
  const order = orderSql(question, measures);
  const columns = comparedColumns(question, measures);
  const sums = columns.map(({ measure, name }) => valueSql(measure, sumSql(measure, name)));
  const selects = [
    `SELECT ${REPORT_PARTS.row} AS part, position, 0 AS groups, ${[...keys, ...columns.map(({ measure, name }) => valueSql(measure, name))].join(', ')} FROM top`,
    `SELECT ${REPORT_PARTS.sumOfRows}, 0, count(*), ${[...noKeys, ...sums].join(', ')} FROM ${groups}`,
  ];
  if (isOverlapping(question)) {
    const totals = columns.map(({ measure, name }) => valueSql(measure, name));
    selects.push(
      `SELECT ${REPORT_PARTS.totals}, 0, 0, ${[...noKeys, ...totals].join(', ')} FROM ${totalsSql(question, measures)}`,
    );
  }
  const sql = `WITH ${parts.join(', ')},
    top AS MATERIALIZED (SELECT *, row_number() OVER (ORDER BY ${order}) AS position
      FROM (SELECT * FROM ${withTextsSql(groups, question)} ORDER BY ${order}${limitSql(question)}) ordered)
    ${selects.join(' UNION ALL ')}`;
  return { sql, texts: values.texts, measures };
}

/** The sums of all facts as one row, of the groups before those of several tags. A subquery for each would be planned longer. */
function totalsSql(question: ReportQuestion, measures: readonly Measure[]): string {
  const tables = (question.compare === undefined ? (['g'] as const) : (['g', 'h'] as const)).flatMap((table) =>
    sidesOf(measures).map((side) => {
      const prefix = table === 'g' ? '' : 'compared_';
      const sums = measuresOfSide(side, measures).map(
        (measure) => `${sumSql(measure, measure)} AS ${prefix}${measure}`,
      );
      return `(SELECT ${sums.join(', ')} FROM ${table}_${side}) ${table}${side}`;
    }),
  );
  return tables.join(' CROSS JOIN ');
}

/** Whether a fact may be in several groups. */
export function isOverlapping({ groupBy }: ReportQuestion): boolean {
  return groupBy.includes('tag');
}

/** The statement for all rows in their order, to be streamed. Columns: keys, measures, measures of the compared period. */
export function rowsSql(question: ReportQuestion, numbers: QuestionNumbers): SqlStatement {
  const { values, measures, parts, groups } = partsOf(question, numbers);
  const columns = comparedColumns(question, measures).map(({ measure, name }) => valueSql(measure, name));
  const order = `${orderSql(question, measures)}${limitSql(question)}`;
  const sql = `WITH ${parts.join(', ')}
    SELECT ${[...keysOf(question), ...columns].join(', ')} FROM ${withTextsSql(groups, question)} ORDER BY ${order}`;
  return { sql, texts: values.texts, measures };
}

/** The statement for the confirmed revenue of a report's conversions in other currencies. Columns: currency, amount. */
export function otherCurrenciesSql(question: ReportQuestion, numbers: QuestionNumbers): Omit<SqlStatement, 'measures'> {
  const values = new SqlValues();
  const conditions = conditionsSql('conversions', { question, period: question.period, numbers, values });
  // DuckDB skips blocks that have one currency only by these two comparisons, which NOT IN would prevent.
  const isOther = `f.currency <> ${NO_TEXT} AND f.currency <> ${SqlValues.integer(numbers.currency)}`;
  const sql = `SELECT text, CAST(amount AS VARCHAR) FROM (SELECT f.currency, sum(f.revenue) AS amount FROM conversions f
      WHERE ${conditions} AND ${isOther} AND f.revenue <> 0 GROUP BY 1) sums
    JOIN texts ON texts.field = 'currency' AND texts.number = sums.currency ORDER BY 1`;
  return { sql, texts: values.texts };
}

/**
 * The statement for the cost of a report's clicks in other currencies. Columns: currency, amount.
 * @returns `undefined` when the report does not need the cost, or there is none.
 */
export function otherCostsSql(
  question: ReportQuestion,
  numbers: QuestionNumbers,
): Omit<SqlStatement, 'measures'> | undefined {
  const hasCosts = numbers.hasOwnCosts || numbers.hasUploadedCosts;
  if (!hasCosts || !measuresOf(question).includes('cost')) return undefined;
  const values = new SqlValues();
  const conditions = conditionsSql('clicks', { question, period: question.period, numbers, values });
  const own = SqlValues.integer(numbers.currency);
  const isOther = `f.cost_currency <> ${NO_TEXT} AND f.cost_currency <> ${own} AND f.cost <> 0`;
  const costs = numbers.hasUploadedCosts
    ? `SELECT coalesce(e.currency, f.cost_currency) AS number, sum(CASE WHEN e.number IS NULL THEN f.cost::DECIMAL(38, 18) ELSE e.share END) AS amount
      FROM clicks f${COST_JOIN} WHERE ${conditions} AND (f.entry IS NULL AND ${isOther} OR e.currency <> ${own}) GROUP BY 1`
    : `SELECT f.cost_currency AS number, sum(f.cost)::DECIMAL(38, 18) AS amount
      FROM clicks f WHERE ${conditions} AND ${isOther} GROUP BY 1`;
  const sql = `SELECT text, CAST(amount::DECIMAL(38, 9) AS VARCHAR) FROM (${costs}) sums
    JOIN texts ON field = 'currency' AND texts.number = sums.number WHERE amount <> 0 ORDER BY 1`;
  return { sql, texts: values.texts };
}

/** The groups, with texts for the numbers of their keys. */
function withTextsSql(groups: string, { groupBy }: ReportQuestion): string {
  const numbered = groupBy.flatMap((dimension, i) => {
    const field = numberedFieldOf(dimension);
    return field === undefined ? [] : [{ key: `k${i}`, texts: `t${i}`, field }];
  });
  if (numbered.length === 0) return groups;
  const columns = numbered.map(({ key, texts }) => `${texts}.text AS ${key}`).join(', ');
  const joins = numbered.map(
    ({ key, texts, field }) =>
      `LEFT JOIN texts ${texts} ON ${texts}.field = '${field}' AND ${texts}.number = ${groups}.${key}`,
  );
  return `(SELECT ${groups}.* REPLACE (${columns}) FROM ${groups} ${joins.join(' ')}) named`;
}

function limitSql({ limit }: ReportQuestion): string {
  return limit === undefined ? '' : ` LIMIT ${SqlValues.integer(limit)}`;
}

/** The columns of the measures, then those of the compared period. */
function comparedColumns(question: ReportQuestion, measures: readonly Measure[]): { measure: Measure; name: string }[] {
  const own = measures.map((measure) => ({ measure, name: measure as string }));
  const compared = measures.map((measure) => ({ measure, name: `compared_${measure}` }));
  return question.compare === undefined ? own : [...own, ...compared];
}

/** The measures that the formulas of a question need. At least one, so that there are rows. */
export function measuresOf({ metrics, sort }: Pick<ReportQuestion, 'metrics' | 'sort'>): Measure[] {
  const sorted = sort.flatMap(({ by }) => (typeof by === 'string' ? [] : [by]));
  const names = new Set([...metrics.map(({ formula }) => formula), ...sorted].flatMap(metricsOf));
  const measures = [...names].filter(isMeasure);
  return measures.length > 0 ? measures : ['clicks'];
}

interface StatementParts {
  values: SqlValues;
  measures: Measure[];
  /** Common table expressions: `g` has the groups of the period, `h` those of the compared one. */
  parts: string[];
  /** The one to select rows from. */
  groups: string;
}

function partsOf(question: ReportQuestion, numbers: QuestionNumbers): StatementParts {
  const values = new SqlValues();
  const measures = measuresOf(question);
  const groupsOf = (table: GroupTable, period: ReportPeriod | ComparedPeriod): string[] =>
    groupParts(table, { question, period, numbers, values, measures });
  const parts = groupsOf('g', question.period);
  if (question.compare === undefined) return { values, measures, parts, groups: 'g' };
  parts.push(...groupsOf('h', question.compare), `j AS MATERIALIZED (${comparedSql(question, measures)})`);
  return { values, measures, parts, groups: 'j' };
}

/** The groups of both periods: one that is gone from the period is a row with zeros. */
function comparedSql(question: ReportQuestion, measures: readonly Measure[]): string {
  const keys = keysOf(question);
  const columnsOf = (table: string, prefix: string): string[] =>
    measures.map((measure) => {
      const column = isMedian(measure) ? `${table}.${measure}` : `coalesce(${table}.${measure}, 0)`;
      return `${column} AS ${prefix}${measure}`;
    });
  const columns = [
    ...keys.map((key) => `coalesce(g.${key}, h.${key}) AS ${key}`),
    ...columnsOf('g', ''),
    ...columnsOf('h', 'compared_'),
  ];
  return `SELECT ${columns.join(', ')} FROM g ${fullJoinSql(keys, 'g', 'h')}`;
}

/** Joins the groups of two tables; keys that are NULL are equal. */
function fullJoinSql(keys: readonly string[], left: string, right: string): string {
  if (keys.length === 0) return `CROSS JOIN ${right}`;
  return `FULL OUTER JOIN ${right} ON ${keys.map((key) => `${left}.${key} IS NOT DISTINCT FROM ${right}.${key}`).join(' AND ')}`;
}

type GroupTable = 'g' | 'h';

/** The sides that have one of the measures. */
function sidesOf(measures: readonly Measure[]): FactSide['name'][] {
  return (['clicks', 'conversions'] as const).filter((name) => measuresOfSide(name, measures).length > 0);
}

/**
 * The groups of a period, of one side or of both. The few groups of conversions are joined to those of clicks: to group the
 * union of both again would take as long as the first time.
 */
function groupParts(table: GroupTable, options: SideOptions): string[] {
  const { measures, question } = options;
  const sides = sidesOf(measures);
  const kind = isOverlapping(question) ? 'MATERIALIZED ' : '';
  const bases = sides.map((name) => `${table}_${name} AS ${kind}(${baseSql(name, options)})`);
  const selects = sides.map((name) => sideSql(name, options, `${table}_${name}`));
  const [only = ''] = selects;
  const groups = selects.length === 1 ? only : joinedSql(selects, options);
  return [...bases, `${table} AS MATERIALIZED (${groups})`];
}

function joinedSql([clicks, conversions]: readonly string[], { measures, question }: SideOptions): string {
  const keys = keysOf(question);
  const columns = [
    ...keys.map((key) => `coalesce(c.${key}, v.${key}) AS ${key}`),
    ...measures.map((measure) => {
      const column = `${isClickMeasure(measure) ? 'c' : 'v'}.${measure}`;
      return isMedian(measure) ? `${column} AS ${measure}` : `coalesce(${column}, 0) AS ${measure}`;
    }),
  ];
  const join = fullJoinSql(keys, 'c', 'v');
  return `WITH c AS (${clicks}), v AS (${conversions}) SELECT ${columns.join(', ')} FROM c ${join}`;
}

function sumSql(measure: Measure, column: string): string {
  const sum = summedSql(measure, column);
  return isMedian(measure) ? sum : `coalesce(${sum}, 0)`;
}

/** Exact sums leave the copy as texts. Counts fit into 53 bits. */
function valueSql(measure: Measure, sql: string): string {
  if (isMedian(measure)) return `list_median(${sql})`;
  return isAmount(measure) ? `CAST(${sql} AS VARCHAR)` : `CAST(${sql} AS BIGINT)`;
}

function keysOf({ groupBy }: ReportQuestion): string[] {
  return groupBy.map((_, i) => `k${i}`);
}

/** The order of rows. The keys decide at last, so that equal rows keep their places. */
function orderSql({ sort, groupBy }: ReportQuestion, measures: readonly Measure[]): string {
  const terms = sort.map(({ by, isDescending }) => {
    const sql = typeof by === 'string' ? `k${groupBy.indexOf(by)}` : formulaSql(by, measures);
    return `${sql} ${isDescending ? 'DESC' : 'ASC'} NULLS LAST`;
  });
  const order = [...terms, ...groupBy.map((_, i) => `k${i} ASC NULLS LAST`)];
  return order.length === 0 ? '1' : order.join(', ');
}

/** A measure alone is compared exactly; the result of a formula as a floating-point number. */
function formulaSql(formula: Formula, measures: readonly Measure[]): string {
  const columnOf = (name: string): string => {
    const measure = measures.find((one) => one === name);
    if (measure === undefined) return 'NULL';
    return isMedian(measure) ? `list_median(${measure})` : measure;
  };
  if (formula.kind === 'metric') return columnOf(formula.name);
  return toSql(formula, (name) => `CAST(${columnOf(name)} AS DOUBLE)`);
}
