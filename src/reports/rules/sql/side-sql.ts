import { isConversionDimension, isLinkDimension, isTimeDimension, type ReportDimension } from '../dimensions.js';
import type { ClickMeasure, ConversionMeasure, Measure } from '../measures.js';
import type { ComparedPeriod, ReportFilter, ReportPeriod, ReportQuestion } from '../report-question.js';
import { type FactSide, filterSql } from './filter-sql.js';
import { SqlValues } from './sql-values.js';
import { timeKeySql } from './time-sql.js';

/** The amounts of revenue that a question adds up: those in the workspace's currency. */
export interface SideOptions {
  question: ReportQuestion;
  period: ReportPeriod | ComparedPeriod;
  /** Placeholder of the workspace id. */
  workspace: string;
  /** Placeholder of the currency. */
  currency: string;
  values: SqlValues;
  measures: readonly Measure[];
}

const CLICK_SQL: Record<ClickMeasure, string> = {
  clicks: 'count(*)',
  humanClicks: 'count(*) FILTER (WHERE f.bot_reason IS NULL)',
  uniqueClicks: 'count(*) FILTER (WHERE f.is_unique)',
  botClicks: 'count(f.bot_reason)',
  cost: 'coalesce(sum(f.cost), 0)',
};

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
    case 'medianTimeToRegistration':
      return timesOf(REGISTRATION);
    case 'medianTimeToFtd':
      return timesOf(FTD);
  }
}

/** SQL of a measure that a side does not have. */
const ABSENT: Record<Measure, string> = {
  clicks: '0',
  humanClicks: '0',
  uniqueClicks: '0',
  botClicks: '0',
  cost: '0::DECIMAL(18, 6)',
  registrations: '0',
  ftds: '0',
  deposits: '0',
  conversions: '0',
  approved: '0',
  pending: '0',
  rejected: '0',
  revenue: '0::DECIMAL(38, 12)',
  revenuePending: '0::DECIMAL(38, 12)',
  revenueRejected: '0::DECIMAL(38, 12)',
  medianTimeToRegistration: 'NULL::BIGINT[]',
  medianTimeToFtd: 'NULL::BIGINT[]',
};

/** One SELECT over the facts of a side, grouped by the question's dimensions. Keys are `k0`…, measures have their names. */
export function sideSql(name: FactSide['name'], options: SideOptions): string {
  const { question, measures, workspace, currency, values } = options;
  const side: FactSide = { name, column: (dimension) => columnSql(name, dimension, options) };
  const keys = question.groupBy.map((dimension, i) => `${keySql(side, dimension)} AS k${i}`);
  const sums = measures.map((measure) => {
    const sql =
      name === 'clicks' ? CLICK_SQL[measure as ClickMeasure] : conversionSql(measure as ConversionMeasure, currency);
    return `${sql ?? ABSENT[measure]} AS ${measure}`;
  });
  const conditions = [
    `f.ws = ${workspace}`,
    ...periodSql(timeSql(name, question), options.period),
    ...question.filters
      .filter((filter) => isFor(name, filter))
      .map((filter) => filterSql(filter, side, values, workspace)),
    ...question.under.map(({ dimension, value }) =>
      filterSql({ dimension, isExcluding: false, mode: 'equals', values: [value] }, side, values, workspace),
    ),
  ];
  const grouped = keys.length > 0 ? ` GROUP BY ${keys.map((_, i) => i + 1).join(', ')}` : '';
  return `SELECT ${[...keys, ...sums].join(', ')} FROM ${name} f${joinsSql(name, question, workspace)} WHERE ${conditions.join(' AND ')}${grouped}`;
}

/** Clicks have no event type and no status: filters for these leave them, so that rates keep their clicks. */
function isFor(name: FactSide['name'], { dimension }: ReportFilter): boolean {
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

/** SQL of a group key. Only keys need the joins of `joinsSql`. */
function keySql(side: FactSide, dimension: ReportDimension): string {
  if (dimension === 'tag') return 't.tag';
  if (dimension === 'network' && side.name === 'conversions') return 'f.network';
  if (isLinkDimension(dimension)) return dimension === 'domain' ? 'l.hostname' : `l.${dimension}`;
  return side.column(dimension);
}

function columnSql(name: FactSide['name'], dimension: ReportDimension, options: SideOptions): string {
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

function joinsSql(name: FactSide['name'], { groupBy }: ReportQuestion, workspace: string): string {
  const needsLinks = groupBy.some(
    (dimension) =>
      isLinkDimension(dimension) && dimension !== 'tag' && !(dimension === 'network' && name === 'conversions'),
  );
  const links = ` LEFT JOIN (SELECT id, hostname, campaign, network FROM links WHERE ws = ${workspace}) l ON l.id = f.link`;
  const tags = ` LEFT JOIN (SELECT id, unnest(tags) AS tag FROM links WHERE ws = ${workspace}) t ON t.id = f.link`;
  return `${needsLinks ? links : ''}${groupBy.includes('tag') ? tags : ''}`;
}
