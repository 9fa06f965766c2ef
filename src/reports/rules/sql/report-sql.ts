import { toSql } from '../formula/formula-sql.js';
import { type Formula, metricsOf } from '../formula/formula.js';
import { isMeasure, isMedian, type Measure } from '../measures.js';
import type { ComparedPeriod, ReportPeriod, ReportQuestion } from '../report-question.js';
import { measuresOfSide, sideSql, summedSql } from './side-sql.js';
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
 * rows, in which clicks of several tags are counted several times: see `totalsSql`.
 */
export function reportSql(question: ReportQuestion, workspace: number): SqlStatement {
  const { values, measures, parts } = partsOf(question, workspace);
  const keys = keysOf(question);
  const limit = question.limit === undefined ? '' : ` LIMIT ${SqlValues.integer(question.limit)}`;
  const order = orderSql(question, measures);
  const shown = measures.map((measure) => valueSql(measure, `top.${measure}`));
  const summed = measures.map((measure) => valueSql(measure, sumSql(measure)));
  const isCompared = question.compare !== undefined;
  const sql = `WITH ${parts.join(', ')},
    top AS MATERIALIZED (SELECT *, row_number() OVER (ORDER BY ${order}) AS position
      FROM (SELECT * FROM g ORDER BY ${order}${limit}) ordered)
    SELECT ${[
      '0 AS part',
      'top.position',
      '0 AS groups',
      ...keys.map((key) => `top.${key}`),
      ...shown,
      ...(isCompared ? measures.map((measure) => valueSql(measure, `h.${measure}`)) : []),
    ].join(', ')}
    FROM top${isCompared ? ` LEFT JOIN h ON ${joinSql(keys)}` : ''}
    UNION ALL
    SELECT ${[
      '1',
      '0',
      '(SELECT count(*) FROM g)',
      ...keys.map(() => 'NULL'),
      ...summed,
      ...(isCompared ? measures.map((measure) => `(SELECT ${valueSql(measure, sumSql(measure))} FROM h)`) : []),
    ].join(', ')}
    FROM g`;
  return { sql, texts: values.texts, measures };
}

/** The statement for all rows in their order, to be streamed. Columns: keys, measures, measures of the compared period. */
export function rowsSql(question: ReportQuestion, workspace: number): SqlStatement {
  const { values, measures, parts } = partsOf(question, workspace);
  const keys = keysOf(question);
  const isCompared = question.compare !== undefined;
  const limit = question.limit === undefined ? '' : ` LIMIT ${SqlValues.integer(question.limit)}`;
  const columns = [
    ...keys.map((key) => `g.${key}`),
    ...measures.map((measure) => valueSql(measure, `g.${measure}`)),
    ...(isCompared ? measures.map((measure) => valueSql(measure, `h.${measure}`)) : []),
  ];
  const join = isCompared ? ` LEFT JOIN h ON ${joinSql(keys, 'g')}` : '';
  const sql = `WITH ${parts.join(', ')} SELECT ${columns.join(', ')} FROM g${join} ORDER BY ${orderSql(question, measures, 'g.')}${limit}`;
  return { sql, texts: values.texts, measures };
}

/** The measures that the formulas of a question need. At least one, so that there are rows. */
export function measuresOf({ metrics, sort }: Pick<ReportQuestion, 'metrics' | 'sort'>): Measure[] {
  const sorted = sort.flatMap(({ by }) => (typeof by === 'string' ? [] : [by]));
  const names = new Set([...metrics.map(({ formula }) => formula), ...sorted].flatMap(metricsOf));
  const measures = [...names].filter(isMeasure);
  return measures.length > 0 ? measures : ['clicks'];
}

function partsOf(
  question: ReportQuestion,
  number: number,
): { values: SqlValues; measures: Measure[]; parts: string[] } {
  const values = new SqlValues();
  const workspace = SqlValues.integer(number);
  const measures = measuresOf(question);
  const needsRevenue = measures.some((measure) => measure.startsWith('revenue'));
  const currency = needsRevenue ? values.add(question.currency) : 'NULL';
  const group = (period: ReportPeriod | ComparedPeriod): string =>
    groupSql({ question, period, workspace, currency, values, measures });
  const parts = [`g AS MATERIALIZED (${group(question.period)})`];
  if (question.compare !== undefined) parts.push(`h AS MATERIALIZED (${group(question.compare)})`);
  return { values, measures, parts };
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
  const on = keys.map((key) => `c.${key} IS NOT DISTINCT FROM v.${key}`).join(' AND ');
  const join = keys.length === 0 ? 'CROSS JOIN' : 'FULL OUTER JOIN';
  return `SELECT ${columns.join(', ')} FROM (${sideSql('clicks', options)}) c ${join} (${sideSql('conversions', options)}) v${keys.length === 0 ? '' : ` ON ${on}`}`;
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

/** Whether a measure is an amount of money. */
export function isAmount(measure: Measure): boolean {
  return measure === 'cost' || measure.startsWith('revenue');
}

function keysOf({ groupBy }: ReportQuestion): string[] {
  return groupBy.map((_, i) => `k${i}`);
}

function joinSql(keys: readonly string[], left = 'top'): string {
  return keys.length === 0 ? 'TRUE' : keys.map((key) => `${left}.${key} IS NOT DISTINCT FROM h.${key}`).join(' AND ');
}

/** The order of rows. The keys decide at last, so that equal rows keep their places. */
function orderSql({ sort, groupBy }: ReportQuestion, measures: readonly Measure[], table = ''): string {
  const terms = sort.map(({ by, isDescending }) => {
    const sql = typeof by === 'string' ? `${table}k${groupBy.indexOf(by)}` : formulaSql(by, measures, table);
    return `${sql} ${isDescending ? 'DESC' : 'ASC'} NULLS LAST`;
  });
  const order = [...terms, ...groupBy.map((_, i) => `${table}k${i} ASC NULLS LAST`)];
  return order.length === 0 ? '1' : order.join(', ');
}

/** A measure alone is compared exactly; the result of a formula as a floating-point number. */
function formulaSql(formula: Formula, measures: readonly Measure[], table: string): string {
  const columnOf = (name: string): string => {
    const measure = measures.find((one) => one === name);
    if (measure === undefined) return 'NULL';
    return isMedian(measure) ? `list_median(${table}${measure})` : `${table}${measure}`;
  };
  if (formula.kind === 'metric') return columnOf(formula.name);
  return toSql(formula, (name) => `CAST(${columnOf(name)} AS DOUBLE)`);
}
