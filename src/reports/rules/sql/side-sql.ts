import { CONVERSION_TIMES } from '../conversion-measures.js';
import { isConversionDimension, isTimeDimension, type ReportDimension } from '../dimensions.js';
import {
  type ClickMeasure,
  type ConversionMeasure,
  isAmount,
  isClickMeasure,
  isMedian,
  type Measure,
} from '../measures.js';
import { columnOf, NO_TEXT, numberedFieldOf } from '../numbered-texts.js';
import type { ComparedPeriod, DimensionFilter, ReportPeriod, ReportQuestion } from '../report-question.js';
import { type FactSide, filterSql, isOfLink, withinSql } from './filter-sql.js';
import { conditionsOf, type QuestionNumbers } from './question-numbers.js';
import { SqlValues } from './sql-values.js';
import { hasQuarterOffsets, QUARTER_MS, timeKeySql, weekOfDaySql } from './time-sql.js';

export interface SideOptions {
  question: ReportQuestion;
  period: ReportPeriod | ComparedPeriod;
  numbers: QuestionNumbers;
  values: SqlValues;
  measures: readonly Measure[];
}

const CLICK_SQL: Record<Exclude<ClickMeasure, 'cost'>, string> = {
  clicks: 'count(*)',
  uniqueClicks: 'coalesce(sum(f.is_unique), 0)::BIGINT',
  botClicks: 'coalesce(sum(f.is_bot), 0)::BIGINT',
};

/**
 * A click has the share of the uploaded cost that is spread over it, else its own cost. Shares have 18 decimals, so that
 * their sum over all clicks of an upload is its amount again when it is rounded.
 */
function costSql({ currency, hasOwnCosts, hasUploadedCosts }: QuestionNumbers): string {
  const number = SqlValues.integer(currency);
  const isOwn = `${hasUploadedCosts ? 'f.entry IS NULL AND ' : ''}f.cost_currency = ${number}`;
  const own = `coalesce(sum(f.cost) FILTER (WHERE ${isOwn}), 0)::DECIMAL(38, 18)`;
  const uploaded = `coalesce(sum(e.share) FILTER (WHERE e.currency = ${number}), 0)`;
  const parts = [...(hasOwnCosts ? [own] : []), ...(hasUploadedCosts ? [uploaded] : [])];
  // Also without costs an aggregate: a question for the cost alone would get a row of each click.
  return parts.length === 0 ? '(count(*) * 0)::DECIMAL(38, 18)' : parts.join(' + ');
}

/** Joins the uploaded costs to the clicks `f`. */
export const COST_JOIN = ' LEFT JOIN cost_entries e ON e.number = f.entry';

/** The columns of conversions are named after their measures (conversion-measures.ts). */
function conversionSql(measure: ConversionMeasure, numbers: QuestionNumbers): string {
  if (measure === 'conversions') return 'count(*)';
  if (measure in CONVERSION_TIMES) return `list(f.${measure}) FILTER (WHERE f.${measure} IS NOT NULL)`;
  const counted = isAmount(measure) ? ` FILTER (WHERE f.currency = ${SqlValues.integer(numbers.currency)})` : '';
  return `coalesce(sum(f.${measure})${counted}, 0)${isAmount(measure) ? '' : '::BIGINT'}`;
}

/** The measures of a side. */
export function measuresOfSide(name: FactSide['name'], measures: readonly Measure[]): Measure[] {
  return measures.filter((measure) => isClickMeasure(measure) === (name === 'clicks'));
}

/**
 * One SELECT over the facts of a side, grouped so that all keys of the question follow from the groups. Measures have their
 * names.
 */
export function baseSql(name: FactSide['name'], options: SideOptions): string {
  const bases = new Map(keysOf(name, options).map(({ base, sql }) => [base, sql]));
  const columns = [...bases].map(([base, sql]) => `${sql} AS ${base}`);
  const { measures, numbers } = options;
  const sums = measuresOfSide(name, measures).map((measure) => `${measureSql(measure, numbers)} AS ${measure}`);
  const join = name === 'clicks' && measures.includes('cost') && numbers.hasUploadedCosts ? COST_JOIN : '';
  const grouped = columns.length > 0 ? ` GROUP BY ${columns.map((_, i) => i + 1).join(', ')}` : '';
  return `SELECT ${[...columns, ...sums].join(', ')} FROM ${name} f${join} WHERE ${conditionsSql(name, options)}${grouped}`;
}

function measureSql(measure: Measure, numbers: QuestionNumbers): string {
  if (measure === 'cost') return costSql(numbers);
  return isClickMeasure(measure) ? CLICK_SQL[measure] : conversionSql(measure, numbers);
}

/** The groups of a side by the question's dimensions, of those of `baseSql` in `table`. Keys are `k0`… */
export function sideSql(name: FactSide['name'], options: SideOptions, table: string): string {
  const { groupBy } = options.question;
  const keys = keysOf(name, options);
  if (keys.every(({ derived }) => derived === undefined)) return `SELECT * FROM ${table}`;
  const columns = keys.map(({ base, derived }, i) => `${derived ?? `f.${base}`} AS k${i}`);
  const sums = measuresOfSide(name, options.measures).map(
    (measure) => `${summedSql(measure, `f.${measure}`)} AS ${measure}`,
  );
  const workspace = SqlValues.integer(options.numbers.workspace);
  const grouped = groupBy.map((_, i) => i + 1).join(', ');
  const linkDimensions = groupBy.filter((dimension) => isOfLink(name, dimension));
  return `SELECT ${[...columns, ...sums].join(', ')} FROM ${table} f${joinsSql(linkDimensions, workspace)} GROUP BY ${grouped}`;
}

/** SQL of the measure of several groups. Whole numbers stay of 64 bits: DuckDB's sums of them have 128. */
export function summedSql(measure: Measure, column: string): string {
  if (isMedian(measure)) return `flatten(list(${column}))`;
  return isAmount(measure) ? `sum(${column})` : `sum(${column})::BIGINT`;
}

/** A key of the question. */
interface SideKey {
  /** The column of the base groups that it follows from, and its SQL in a fact `f`. */
  base: string;
  sql: string;
  /** Its SQL in a base group `f`, where it is not the column itself. */
  derived?: string;
}

/**
 * A join of a thousand groups by link takes a quarter of the time of one of all facts. The division of each time takes
 * longer than the rest of a report by day: quarter hours are stored. With another dimension they would be too many groups.
 */
function keysOf(name: FactSide['name'], options: Pick<SideOptions, 'question' | 'period'>): SideKey[] {
  const { question, period } = options;
  const isByQuarter = question.groupBy.every(isTimeDimension) && hasQuarterOffsets(period);
  return question.groupBy.map((dimension, i) => {
    if (isOfLink(name, dimension)) return { base: 'link', sql: 'f.link', derived: linkKeySql(dimension) };
    if (isByQuarter && isTimeDimension(dimension)) {
      const time = `(f.quarter::BIGINT * ${QUARTER_MS})`;
      return { base: 'quarter', sql: quarterSql(name, question), derived: keySql(name, dimension, options, time) };
    }
    const base = `k${i}`;
    if (dimension !== 'week') return { base, sql: keySql(name, dimension, options) };
    return { base, sql: keySql(name, 'day', options), derived: weekOfDaySql(`f.${base}`) };
  });
}

/** The condition for the facts `f` of a question and a period. */
export function conditionsSql(
  name: FactSide['name'],
  options: Pick<SideOptions, 'question' | 'period' | 'numbers' | 'values'>,
): string {
  const { question, period, numbers, values } = options;
  const workspace = SqlValues.integer(numbers.workspace);
  const side: FactSide = { name, column: (dimension) => keySql(name, dimension, options), workspace };
  const conditions = conditionsOf(question)
    .map((filter, i) => ({ ...filter, matching: numbers.matching[i] }))
    .filter((filter, i) => i >= question.filters.length || isFor(name, filter));
  return [
    `f.ws = ${workspace}`,
    ...periodSql(timeSql(name, question), period),
    ...conditions.map((condition) => filterSql(condition, side, values)),
    ...(question.within === undefined ? [] : [withinSql(question.within, workspace, values)]),
  ].join(' AND ');
}

/** Clicks have no event type and no status: filters for these leave them, so that rates keep their clicks. */
function isFor(name: FactSide['name'], { dimension }: DimensionFilter): boolean {
  return name === 'conversions' || !isConversionDimension(dimension);
}

function periodSql(time: string, { from, to }: ReportPeriod): string[] {
  return [`${time} >= ${SqlValues.integer(from)}`, `${time} < ${SqlValues.integer(to)}`];
}

function timeSql(name: FactSide['name'], { timeBy }: ReportQuestion): string {
  return name === 'conversions' && timeBy === 'conversion' ? 'f.converted_ms' : 'f.at_ms';
}

function quarterSql(name: FactSide['name'], question: ReportQuestion): string {
  return name === 'clicks' ? 'f.at_quarter' : `(${timeSql(name, question)} // ${QUARTER_MS})`;
}

/** SQL of a dimension that is in the row of a fact `f`. */
function keySql(
  name: FactSide['name'],
  dimension: ReportDimension,
  { question, period }: Pick<SideOptions, 'question' | 'period'>,
  time = timeSql(name, question),
): string {
  if (isTimeDimension(dimension)) {
    const compared = 'shiftDays' in period ? { by: period, onto: question.period } : undefined;
    return timeKeySql(dimension, time, period, compared);
  }
  const isOfOtherSide = name === 'clicks' ? isConversionDimension(dimension) : dimension === 'botReason';
  return isOfOtherSide ? `${NO_TEXT}::INTEGER` : `f.${columnOf(dimension)}`;
}

function linkKeySql(dimension: ReportDimension): string {
  if (dimension === 'tag') return 't.tag';
  // Numbered columns are never NULL, also where the copy does not know the link.
  return numberedFieldOf(dimension) === undefined
    ? `l.${columnOf(dimension)}`
    : `coalesce(l.${columnOf(dimension)}, ${NO_TEXT})`;
}

/** @param groupBy those that a link decides. */
function joinsSql(groupBy: readonly ReportDimension[], workspace: string): string {
  const needsLinks = groupBy.some((dimension) => dimension !== 'tag');
  const links = ` LEFT JOIN (SELECT link, hostname, campaign, network FROM links WHERE ws = ${workspace}) l ON l.link = f.link`;
  const tags = ` LEFT JOIN (SELECT link, unnest(tags) AS tag FROM links WHERE ws = ${workspace}) t ON t.link = f.link`;
  return `${needsLinks ? links : ''}${groupBy.includes('tag') ? tags : ''}`;
}
