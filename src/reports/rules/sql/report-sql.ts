import { toSql } from '../formula/formula-sql.js';
import { type Formula, metricsOf } from '../formula/formula.js';
import { isAmount, isMeasure, isMedian, type Measure } from '../measures.js';
import type { ComparedPeriod, ReportPeriod, ReportQuestion } from '../report-question.js';
import { conditionsSql, COST_JOIN, measuresOfSide, sideSql, summedSql } from './side-sql.js';
import { SqlValues } from './sql-values.js';

/** A statement with the texts for its placeholders. */
export interface SqlStatement {
  sql: string;
  texts: string[];
  /** The measures of its rows, in the order of the columns. */
  measures: Measure[];
}

/**
 * The statement for the rows of a report with their totals. Columns: `part` (0: a row, 1: the totals), `position`, the number
 * of groups, the keys, the measures, and the measures of the compared period. The totals of a report by tag are sums of its
 * rows, in which a click of several tags is counted several times.
 */
export function reportSql(question: ReportQuestion, workspace: number): SqlStatement {
  const { values, measures, parts, groups } = partsOf(question, workspace);
  const keys = keysOf(question);
  const order = orderSql(question, measures);
  const columns = comparedColumns(question, measures);
  const compared = columns.slice(measures.length);
  const sql = `WITH ${parts.join(', ')},
    top AS MATERIALIZED (SELECT *, row_number() OVER (ORDER BY ${order}) AS position
      FROM (SELECT * FROM ${groups} ORDER BY ${order}${limitSql(question)}) ordered)
    SELECT ${[
      '0 AS part',
      'position',
      '0 AS groups',
      ...keys,
      ...columns.map(({ measure, name }) => valueSql(measure, name)),
    ].join(', ')}
    FROM top
    UNION ALL
    SELECT ${[
      '1',
      '0',
      `(SELECT count(*) FROM ${groups})`,
      ...keys.map(() => 'NULL'),
      ...measures.map((measure) => valueSql(measure, sumSql(measure))),
      ...compared.map(({ measure }) => `(SELECT ${valueSql(measure, sumSql(measure))} FROM h)`),
    ].join(', ')}
    FROM g`;
  return { sql, texts: values.texts, measures };
}

/** The statement for all rows in their order, to be streamed. Columns: keys, measures, measures of the compared period. */
export function rowsSql(question: ReportQuestion, workspace: number): SqlStatement {
  const { values, measures, parts, groups } = partsOf(question, workspace);
  const columns = comparedColumns(question, measures).map(({ measure, name }) => valueSql(measure, name));
  const order = `${orderSql(question, measures)}${limitSql(question)}`;
  const sql = `WITH ${parts.join(', ')} SELECT ${[...keysOf(question), ...columns].join(', ')} FROM ${groups} ORDER BY ${order}`;
  return { sql, texts: values.texts, measures };
}

/** The statement for the confirmed revenue of a report's conversions in other currencies. Columns: currency, amount. */
export function otherCurrenciesSql(question: ReportQuestion, number: number): Omit<SqlStatement, 'measures'> {
  const values = new SqlValues();
  const workspace = SqlValues.integer(number);
  const conditions = conditionsSql('conversions', { question, period: question.period, workspace, values });
  const sql = `SELECT f.revenue_currency, CAST(sum(f.revenue) AS VARCHAR) FROM conversions f
    WHERE ${conditions} AND f.revenue_currency <> ${values.add(question.currency)} AND f.status = 'approved'
      AND f.revenue <> 0
    GROUP BY 1 ORDER BY 1`;
  return { sql, texts: values.texts };
}

/**
 * The statement for the cost of a report's clicks in other currencies. Columns: currency, amount.
 * @returns `undefined` when the report does not need the cost.
 */
export function otherCostsSql(question: ReportQuestion, number: number): Omit<SqlStatement, 'measures'> | undefined {
  if (!measuresOf(question).includes('cost')) return undefined;
  const values = new SqlValues();
  const workspace = SqlValues.integer(number);
  const conditions = conditionsSql('clicks', { question, period: question.period, workspace, values });
  const own = values.add(question.currency);
  const sum = 'sum(CASE WHEN e.number IS NULL THEN f.cost::DECIMAL(38, 18) ELSE e.share END)';
  const sql = `SELECT coalesce(e.currency, f.cost_currency), CAST(${sum}::DECIMAL(38, 9) AS VARCHAR)
    FROM clicks f${COST_JOIN}
    WHERE ${conditions} AND (f.entry IS NULL AND f.cost_currency <> ${own} AND f.cost <> 0 OR e.currency <> ${own})
    GROUP BY 1 HAVING ${sum} <> 0 ORDER BY 1`;
  return { sql, texts: values.texts };
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

function partsOf(question: ReportQuestion, number: number): StatementParts {
  const values = new SqlValues();
  const workspace = SqlValues.integer(number);
  const measures = measuresOf(question);
  const needsCurrency = measures.some(isAmount);
  const currency = needsCurrency ? values.add(question.currency) : 'NULL';
  const group = (period: ReportPeriod | ComparedPeriod): string =>
    groupSql({ question, period, workspace, currency, values, measures });
  const parts = [`g AS MATERIALIZED (${group(question.period)})`];
  if (question.compare === undefined) return { values, measures, parts, groups: 'g' };
  parts.push(
    `h AS MATERIALIZED (${group(question.compare)})`,
    `j AS MATERIALIZED (${comparedSql(question, measures)})`,
  );
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

/**
 * The groups of a period, of one side or of both. The few groups of conversions are joined to those of clicks: to group the
 * union of both again would take as long as the first time.
 */
function groupSql(options: Parameters<typeof sideSql>[1]): string {
  const { measures, question } = options;
  const ofClicks = measuresOfSide('clicks', measures);
  const ofConversions = measuresOfSide('conversions', measures);
  if (ofConversions.length === 0) return sideSql('clicks', options);
  if (ofClicks.length === 0) return sideSql('conversions', options);
  const keys = keysOf(question);
  const columns = [
    ...keys.map((key) => `coalesce(c.${key}, v.${key}) AS ${key}`),
    ...measures.map((measure) => {
      const column = `${ofClicks.includes(measure) ? 'c' : 'v'}.${measure}`;
      return isMedian(measure) ? `${column} AS ${measure}` : `coalesce(${column}, 0) AS ${measure}`;
    }),
  ];
  const join = fullJoinSql(keys, 'c', 'v');
  return `WITH c AS (${sideSql('clicks', options)}), v AS (${sideSql('conversions', options)}) SELECT ${columns.join(', ')} FROM c ${join}`;
}

function sumSql(measure: Measure): string {
  const sum = summedSql(measure, measure);
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
