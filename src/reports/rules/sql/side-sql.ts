import { isConversionDimension, isTimeDimension, type ReportDimension } from '../dimensions.js';
import {
  type ClickMeasure,
  type ConversionMeasure,
  isAmount,
  isClickMeasure,
  isMedian,
  type Measure,
} from '../measures.js';
import type { ComparedPeriod, DimensionFilter, ReportPeriod, ReportQuestion } from '../report-question.js';
import { type FactSide, filterSql, isOfLink } from './filter-sql.js';
import { SqlValues } from './sql-values.js';
import { timeKeySql, weekOfDaySql } from './time-sql.js';

export interface SideOptions {
  question: ReportQuestion;
  period: ReportPeriod | ComparedPeriod;
  /** SQL of the workspace's number. */
  workspace: string;
  /** Placeholder of the currency. Revenue and cost in other currencies are not added. */
  currency: string;
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
function costSql(currency: string): string {
  const own = `sum(f.cost) FILTER (WHERE f.entry IS NULL AND f.cost_currency = ${currency})`;
  const uploaded = `sum(e.share) FILTER (WHERE e.currency = ${currency})`;
  return `coalesce(${own}, 0)::DECIMAL(38, 18) + coalesce(${uploaded}, 0)`;
}

/** Joins the uploaded costs to the clicks `f`. */
export const COST_JOIN = ' LEFT JOIN cost_entries e ON e.number = f.entry';

const COUNTED = "f.status <> 'rejected'";
const REGISTRATION = `f.event_type = 'registration' AND ${COUNTED}`;
const FTD = `f.is_ftd AND ${COUNTED}`;

/** Rejected conversions count only as rejected, as in the numbers of links. */
function conversionSql(measure: ConversionMeasure, currency: string): string {
  const revenueOf = (status: string): string =>
    `coalesce(sum(f.revenue) FILTER (WHERE f.status = '${status}' AND f.revenue_currency = ${currency}), 0)`;
  const timesOf = (condition: string): string =>
    `list(f.converted_ms - f.clicked_ms) FILTER (WHERE ${condition} AND f.converted_ms >= f.clicked_ms)`;
  switch (measure) {
    case 'registrations':
      return `count(*) FILTER (WHERE ${REGISTRATION})`;
    case 'ftds':
      return `count(*) FILTER (WHERE ${FTD})`;
    case 'deposits':
      return `count(*) FILTER (WHERE f.event_type = 'deposit' AND ${COUNTED})`;
    case 'qualified':
      return `count(*) FILTER (WHERE f.event_type = 'qualified' AND ${COUNTED})`;
    case 'conversions':
      return 'count(*)';
    case 'approved':
    case 'pending':
    case 'rejected':
      return `count(*) FILTER (WHERE f.status = '${measure}')`;
    case 'revenue':
      return revenueOf('approved');
    case 'revenuePending':
      return revenueOf('pending');
    case 'revenueRejected':
      return revenueOf('rejected');
    case 'medianMsToRegistration':
      return timesOf(REGISTRATION);
    case 'medianMsToFtd':
      return timesOf(FTD);
  }
}

/** The measures of a side. */
export function measuresOfSide(name: FactSide['name'], measures: readonly Measure[]): Measure[] {
  return measures.filter((measure) => isClickMeasure(measure) === (name === 'clicks'));
}

/**
 * One SELECT over the facts of a side, grouped by the question's dimensions. Keys are `k0`…, measures have their names. Keys
 * that follow from another one are made of its groups: a join of a thousand groups by link instead of all facts takes a
 * quarter of the time, weeks of days less than weeks of all facts.
 */
export function sideSql(name: FactSide['name'], options: SideOptions): string {
  const { groupBy } = options.question;
  const ofLink = groupBy.map((dimension) => isOfLink(name, dimension));
  const own = groupBy.map((dimension, i) =>
    ofLink[i] ? undefined : keySql(name, dimension === 'week' ? 'day' : dimension, options),
  );
  const isDirect = !ofLink.includes(true) && !groupBy.includes('week');
  if (isDirect) return factsSql(name, options, own);
  const keys = groupBy.map((dimension, i) => {
    if (ofLink[i]) return `${linkKeySql(dimension)} AS k${i}`;
    return dimension === 'week' ? `${weekOfDaySql(`f.k${i}`)} AS k${i}` : `f.k${i} AS k${i}`;
  });
  const measures = measuresOfSide(name, options.measures);
  const sums = measures.map((measure) => `${summedSql(measure, `f.${measure}`)} AS ${measure}`);
  const facts = factsSql(name, options, ofLink.includes(true) ? [...own, 'f.link'] : own);
  return `SELECT ${[...keys, ...sums].join(', ')} FROM (${facts}) f${joinsSql(
    groupBy.filter((_, i) => ofLink[i]),
    options.workspace,
  )} GROUP BY ${groupBy.map((_, i) => i + 1).join(', ')}`;
}

/** SQL of the measure of several groups. Whole numbers stay of 64 bits: DuckDB's sums of them have 128. */
export function summedSql(measure: Measure, column: string): string {
  if (isMedian(measure)) return `flatten(list(${column}))`;
  return isAmount(measure) ? `sum(${column})` : `sum(${column})::BIGINT`;
}

/** @param keys SQL of `k0`… `undefined`: left out. The last one is `link` where a key depends on it. */
function factsSql(name: FactSide['name'], options: SideOptions, keys: readonly (string | undefined)[]): string {
  const { question, measures, currency } = options;
  const named = keys.flatMap((sql, i) => {
    if (sql === undefined) return [];
    return [`${sql} AS ${i < question.groupBy.length ? `k${i}` : 'link'}`];
  });
  const sums = measuresOfSide(name, measures).map((measure) => {
    const sql =
      measure === 'cost'
        ? costSql(currency)
        : isClickMeasure(measure)
          ? CLICK_SQL[measure]
          : conversionSql(measure, currency);
    return `${sql} AS ${measure}`;
  });
  const withCost = name === 'clicks' && measures.includes('cost');
  const grouped = named.length > 0 ? ` GROUP BY ${named.map((_, i) => i + 1).join(', ')}` : '';
  return `SELECT ${[...named, ...sums].join(', ')} FROM ${name} f${withCost ? COST_JOIN : ''} WHERE ${conditionsSql(name, options)}${grouped}`;
}

/** The condition for the facts `f` of a question and a period. */
export function conditionsSql(
  name: FactSide['name'],
  options: Pick<SideOptions, 'question' | 'period' | 'workspace' | 'values'>,
): string {
  const { question, period, workspace, values } = options;
  const side: FactSide = { name, column: (dimension) => keySql(name, dimension, options) };
  const filters = question.filters.filter((filter) => isFor(name, filter));
  const nodes = question.under.map(({ dimension, value }) => ({ ...IS, dimension, values: [value] }));
  return [
    `f.ws = ${workspace}`,
    ...periodSql(timeSql(name, question), period),
    ...[...filters, ...nodes].map((filter) => filterSql(filter, side, values, workspace)),
  ].join(' AND ');
}

const IS = { isExcluding: false, mode: 'equals' } as const;

/** Clicks have no event type and no status: filters for these leave them, so that rates keep their clicks. */
function isFor(name: FactSide['name'], { dimension }: DimensionFilter): boolean {
  return name === 'conversions' || !isConversionDimension(dimension);
}

function periodSql(time: string, { from, to }: ReportPeriod): string[] {
  return [`${time} >= ${SqlValues.integer(from)}`, `${time} < ${SqlValues.integer(to)}`];
}

function timeSql(name: FactSide['name'], { timeBy }: ReportQuestion): string {
  if (name === 'clicks') return 'f.at_ms';
  // Revenue of a link as a whole has no click.
  return timeBy === 'click' ? 'coalesce(f.clicked_ms, f.converted_ms)' : 'f.converted_ms';
}

/** SQL of a dimension that is in the row of a fact `f`. */
function keySql(
  name: FactSide['name'],
  dimension: ReportDimension,
  options: Pick<SideOptions, 'question' | 'period'>,
): string {
  const { question, period } = options;
  if (isTimeDimension(dimension)) {
    const compared = 'shiftDays' in period ? { by: period, onto: question.period } : undefined;
    return timeKeySql(dimension, timeSql(name, question), period, compared);
  }
  switch (dimension) {
    case 'inApp':
      return 'f.in_app';
    case 'botReason':
      return name === 'clicks' ? 'f.bot_reason' : 'NULL::VARCHAR';
    case 'eventType':
      return name === 'conversions' ? 'f.event_type' : 'NULL::VARCHAR';
    case 'status':
      return name === 'conversions' ? 'f.status' : 'NULL::VARCHAR';
    default:
      return `f.${dimension}`;
  }
}

function linkKeySql(dimension: ReportDimension): string {
  if (dimension === 'tag') return 't.tag';
  return dimension === 'domain' ? 'l.hostname' : `l.${dimension}`;
}

/** @param groupBy those that a link decides. */
function joinsSql(groupBy: readonly ReportDimension[], workspace: string): string {
  const needsLinks = groupBy.some((dimension) => dimension !== 'tag');
  const links = ` LEFT JOIN (SELECT id, hostname, campaign, network FROM links WHERE ws = ${workspace}) l ON l.id = f.link`;
  const tags = ` LEFT JOIN (SELECT id, unnest(tags) AS tag FROM links WHERE ws = ${workspace}) t ON t.id = f.link`;
  return `${needsLinks ? links : ''}${groupBy.includes('tag') ? tags : ''}`;
}
