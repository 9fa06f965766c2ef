import fc from 'fast-check';
import { REPORT_DIMENSIONS, type ReportDimension } from '../../../src/reports/rules/dimensions.js';
import { formatFilterValue } from '../../../src/reports/rules/read-filter.js';
import type { ReportParameters } from '../../../src/reports/rules/read-report-question.js';
import type { LinkLimits } from '../../../src/workspaces/caller.js';
import { addDays } from './local-time.js';
import type { Era } from './random-facts.js';
import { COUNTED_METRICS } from './recount-metrics.js';

type Value = string | number | null;

/** The beginning or the end of a period: a day of the zone, or a moment. */
export type AskedBound = { day: string } | { at: number };

export interface AskedFilter {
  dimension: ReportDimension;
  isExcluding: boolean;
  mode: 'equals' | 'contains';
  /** As answers show them. */
  values: Value[];
}

export type AskedComparison = { kind: 'previous' | 'year' } | { kind: 'range'; from: AskedBound; to: AskedBound };

/** A question as a person has it in mind. `toParameters` writes it as the parameters of a request. */
export interface AskedReport {
  groupBy: ReportDimension[];
  filters: AskedFilter[];
  under: { dimension: ReportDimension; value: Value }[];
  timezone: string;
  from: AskedBound;
  to: AskedBound;
  timeBy: 'click' | 'conversion';
  metrics: string[];
  /** Dimensions of `groupBy` and metrics. */
  sort: { by: string; isDescending: boolean }[];
  limit: number | undefined;
  compare: AskedComparison | undefined;
  matchWeekday: boolean;
  /** The limits of the person who asks. */
  within: LinkLimits | null;
}

export const ALL_METRICS = Object.keys(COUNTED_METRICS);

const NUMBERS: readonly ReportDimension[] = ['asn', 'weekday', 'hourOfDay'];
const TIMES: readonly ReportDimension[] = ['hour', 'day', 'week', 'month', 'weekday', 'hourOfDay'];
const IDS: readonly ReportDimension[] = ['link', 'network', 'eventType', 'status', 'botReason'];
const TEXTS = REPORT_DIMENSIONS.filter((dimension) => ![...NUMBERS, ...TIMES, ...IDS].includes(dimension));

const VALUES: Partial<Record<ReportDimension, Value[]>> = {
  link: ['lnk_1', 'lnk_2', 'lnk_gone', 'lnk_none'],
  network: ['net_1', 'net_gone', null],
  eventType: ['registration', 'deposit', 'sale'],
  status: ['approved', 'pending', 'rejected'],
  botReason: ['user_agent', null],
  asn: [3320, 4_200_000_000, 0, 9_999_999_999, null],
  weekday: [1, 4, 7],
  hourOfDay: [0, 1, 2, 12, 23],
  domain: ['go.example.com', 'Go.example.net', null],
  campaign: ['spring, 2026', 'Spring', '(none)', null],
  tag: ['red', 'Red', '-x', 'a,b', null],
  country: ['DE', 'AT', null],
  region: ['DE-Berlin', '-Wien', null],
  city: ['DE-Berlin', 'AT--x', 'DE-a, b', null],
  rule: ['rule 1', 'rule,2', null],
  variant: ['A', 'rule 1/A', 'rule,2/~B', null],
  referrer: ['t.co', 'T.co', null],
  source: ['fb', 'tt,x', null],
  device: ['mobile', null],
  os: ['iOS', 'ios', null],
  language: ['de', null],
  inApp: ['(none)', 'Instagram', null],
};
const SUB_VALUES: Value[] = [
  'a',
  'A',
  'b, c',
  '\\',
  '"x"',
  '(none)',
  '-x',
  '~x',
  '😀',
  'Äpfel',
  '%_',
  'x\\,y',
  '$1',
  null,
];
const PARTS = ['a', 'ä', 'RED', ',', '\\', '-', '~', '%', '_', '(', '😀', 'go.', 'wien', '1/', 'nothing'];

function valuesOf(dimension: ReportDimension, { day }: Era): Value[] {
  switch (dimension) {
    case 'day':
      return [day, addDays(day, -1), addDays(day, 1)];
    case 'week':
      return [0, 7].map((days) => mondayOf(addDays(day, -days)));
    case 'month':
      return [day.slice(0, 7), addDays(day, -28).slice(0, 7)];
    case 'hour':
      return [0, 1, 2, 3, 10.5, 18.5].map((hour) =>
        new Date(Date.parse(`${day}T00:00:00Z`) + hour * 3_600_000).toISOString(),
      );
    default:
      return VALUES[dimension] ?? SUB_VALUES;
  }
}

function mondayOf(day: string): string {
  return addDays(day, -((new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7));
}

export function filtersOf(dimension: ReportDimension, era: Era): fc.Arbitrary<AskedFilter> {
  const values = fc.constantFrom(...valuesOf(dimension, era));
  const equals = fc.record({
    dimension: fc.constant(dimension),
    isExcluding: fc.boolean(),
    mode: fc.constant('equals' as const),
    values: fc.uniqueArray(values, { minLength: 1, maxLength: 3 }),
  });
  if (!TEXTS.includes(dimension)) return equals;
  const contains = fc.record({
    dimension: fc.constant(dimension),
    isExcluding: fc.boolean(),
    mode: fc.constant('contains' as const),
    values: fc.uniqueArray(fc.constantFrom(...PARTS), { minLength: 1, maxLength: 2 }),
  });
  return fc.oneof({ weight: 2, arbitrary: equals }, { weight: 1, arbitrary: contains });
}

const anyDimension = fc.constantFrom(...REPORT_DIMENSIONS);

function boundsOf(era: Era): fc.Arbitrary<{ from: AskedBound; to: AskedBound }> {
  const day = (min: number, max: number): fc.Arbitrary<AskedBound> =>
    fc.integer({ min, max }).map((days) => ({ day: existing(addDays(era.day, days)) }));
  // Neither a border of a day, nor a time that its clocks show twice or never.
  const moment = (min: number, max: number): fc.Arbitrary<AskedBound> =>
    fc.integer({ min, max }).map((hours) => ({ at: Date.parse(`${era.day}T12:07:00Z`) + hours * 3_600_000 }));
  return fc.record({
    from: fc.oneof(day(-3, 0), moment(-72, -14)),
    to: fc.oneof(day(0, 3), moment(14, 72)),
  });
}

/** Apia skipped this day. A report from or to a day that never was is not worth a definition. */
function existing(day: string): string {
  return day === '2011-12-30' ? '2011-12-29' : day;
}

function comparisons(era: Era): fc.Arbitrary<AskedComparison | undefined> {
  const range = fc
    .tuple(boundsOf(era), fc.constantFrom(1, 3, 7, 10, 30, 364, 366))
    .map(([{ from, to }, days]): AskedComparison => {
      const before = (bound: AskedBound): AskedBound =>
        'day' in bound ? { day: existing(addDays(bound.day, -days)) } : { at: bound.at - days * 86_400_000 };
      return { kind: 'range', from: before(from), to: before(to) };
    });
  return fc.oneof(
    fc.constant(undefined),
    fc.constantFrom<AskedComparison>({ kind: 'previous' }, { kind: 'year' }),
    range,
  );
}

function metricsAsked(): fc.Arbitrary<string[]> {
  const some = fc.uniqueArray(fc.constantFrom(...ALL_METRICS), { minLength: 1, maxLength: 5 });
  return fc.oneof({ weight: 1, arbitrary: fc.constant(ALL_METRICS) }, { weight: 2, arbitrary: some });
}

const anyLimits: fc.Arbitrary<LinkLimits> = fc.record({
  tags: fc.uniqueArray(fc.constantFrom('red', 'Red', '-x', 'a,b', 'none'), { maxLength: 2 }),
  campaigns: fc.uniqueArray(fc.constantFrom('spring, 2026', 'Spring', '(none)', ''), { maxLength: 2 }),
});

/** Questions near an unusual day, as people and dashboards ask them. */
export function reportsNear(era: Era): fc.Arbitrary<AskedReport> {
  const filters = fc
    .uniqueArray(anyDimension, { maxLength: 2 })
    .chain(
      (dimensions) =>
        fc.tuple(...dimensions.map((dimension) => filtersOf(dimension, era))) as fc.Arbitrary<AskedFilter[]>,
    );
  const under = fc
    .array(anyDimension, { maxLength: 1 })
    .chain((dimensions) =>
      fc.tuple(
        ...dimensions.map((dimension) =>
          fc.record({ dimension: fc.constant(dimension), value: fc.constantFrom(...valuesOf(dimension, era)) }),
        ),
      ),
    ) as fc.Arbitrary<AskedReport['under']>;
  return fc
    .record({
      groupBy: fc.uniqueArray(anyDimension, { maxLength: 3 }),
      filters: fc.oneof({ weight: 1, arbitrary: fc.constant<AskedFilter[]>([]) }, { weight: 2, arbitrary: filters }),
      under: fc.oneof({ weight: 3, arbitrary: fc.constant<AskedReport['under']>([]) }, { weight: 1, arbitrary: under }),
      bounds: boundsOf(era),
      timeBy: fc.constantFrom('click' as const, 'conversion' as const),
      metrics: metricsAsked(),
      limit: fc.constantFrom(undefined, undefined, 1, 2, 5),
      compare: comparisons(era),
      matchWeekday: fc.boolean(),
      within: fc.oneof({ weight: 2, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: anyLimits }),
    })
    .chain(({ bounds, ...rest }) => {
      const columns = [...rest.groupBy, ...ALL_METRICS];
      const term = fc.record({ by: fc.constantFrom<string>(...columns), isDescending: fc.boolean() });
      const sort = fc.oneof(fc.constant<AskedReport['sort']>([]), fc.array(term, { minLength: 1, maxLength: 3 }));
      return sort.map((terms) => ({ ...rest, ...bounds, timezone: era.timezone, sort: terms }));
    });
}

export function toParameters(asked: AskedReport): ReportParameters {
  const { groupBy, filters, under, timezone, from, to, timeBy, metrics, sort, limit, compare, matchWeekday } = asked;
  return {
    ...Object.fromEntries(filters.map((filter) => [filter.dimension, filterText(filter)])),
    groupBy: groupBy.join(','),
    from: boundText(from),
    to: boundText(to),
    timezone,
    timeBy,
    metrics: metrics.join(','),
    ...(sort.length > 0 && { sort: sort.map(({ by, isDescending }) => (isDescending ? `-${by}` : by)).join(',') }),
    ...(limit !== undefined && { limit }),
    ...(compare && { compare: comparisonText(compare), matchWeekday: matchWeekday ? 'true' : 'false' }),
    ...(under.length > 0 && {
      under: under.map(({ dimension, value }) => `${dimension}:${formatFilterValue(value)}`).join(','),
    }),
  };
}

function filterText({ isExcluding, mode, values }: AskedFilter): string {
  return `${isExcluding ? '-' : ''}${mode === 'contains' ? '~' : ''}${values.map(formatFilterValue).join(',')}`;
}

function boundText(bound: AskedBound): string {
  return 'day' in bound ? bound.day : new Date(bound.at).toISOString();
}

function comparisonText(compare: AskedComparison): string {
  return compare.kind === 'range' ? `${boundText(compare.from)}..${boundText(compare.to)}` : compare.kind;
}
