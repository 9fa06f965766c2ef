import type { FieldProblem } from '../../platform/http/problems/problem.js';
import { dateOnly, parseEnd, parseStart } from '../../platform/time/day-times.js';
import type { Restrictions } from '../../workspaces/caller.js';
import { dayInZone, endOfDay, isTimezone, startOfDay, suggestTimezone } from '../../platform/time/time-zone.js';
import { isReportDimension, isTimeDimension, REPORT_DIMENSIONS, type ReportDimension } from './dimensions.js';
import type { Formula } from './formula/formula.js';
import { usesAmounts } from './metric-formulas.js';
import { DEFAULT_METRICS, type MetricUnit } from './metrics.js';
import { readFilter, splitUnescaped } from './read-filter.js';
import { type Comparison, comparedPeriod, toPeriod } from './report-period.js';
import type { AskedMetric, DimensionFilter, ReportNode, ReportQuestion, ReportSort } from './report-question.js';

/** The parameters of a report as they are sent. Filters have the names of their dimensions. */
export type ReportParameters = {
  groupBy?: string | undefined;
  from?: string | undefined;
  to?: string | undefined;
  timezone?: string | undefined;
  timeBy?: 'click' | 'conversion' | undefined;
  metrics?: string | undefined;
  sort?: string | undefined;
  limit?: number | undefined;
  compare?: string | undefined;
  matchWeekday?: 'true' | 'false' | undefined;
  under?: string | undefined;
} & Partial<Record<ReportDimension, string>>;

/** The facts that a reading needs besides the parameters. */
export interface ReadingContext {
  workspaceId: string;
  /** Those of the workspace. */
  timezone: string;
  currency: string;
  /** Milliseconds since 1970. */
  now: number;
  /** Formulas over measures of all metrics, the workspace's own among them. */
  formulas: ReadonlyMap<string, Formula>;
  unitOf: (metric: string) => MetricUnit;
  /** Where money is hidden, metrics that follow from amounts are refused, also to sort by. */
  restrictions: Restrictions;
}

export interface ReadReport {
  question: ReportQuestion;
  timezone: string;
}

export type ReportReading = { ok: true; report: ReadReport } | { ok: false; problems: FieldProblem[] };

const MAX_DIMENSIONS = 3;
const MAX_METRICS = 50;
const MAX_SORTS = 5;
const DEFAULT_DAYS = 7;
const DAY_MS = 86_400_000;

/** Reads the parameters of a report. All that is wrong with them is said at once. */
export function readReportQuestion(parameters: ReportParameters, context: ReadingContext): ReportReading {
  const reader = new ParameterReader(parameters, context);
  const report = reader.read();
  return report === undefined ? { ok: false, problems: reader.problems } : { ok: true, report };
}

/** The names that may be metrics, of the parameters `metrics` and `sort`. */
export function metricNamesOf({ metrics, sort }: ReportParameters): string[] {
  const sorted = listOf(sort).map((name) => name.replace(/^-/, ''));
  return [...listOf(metrics), ...sorted.filter((name) => !isReportDimension(name))];
}

class ParameterReader {
  readonly problems: FieldProblem[] = [];

  constructor(
    private readonly parameters: ReportParameters,
    private readonly context: ReadingContext,
  ) {}

  /** `undefined` when there are problems. */
  read(): ReadReport | undefined {
    const { workspaceId, currency, restrictions } = this.context;
    const timezone = this.readTimezone();
    const groupBy = this.readGroupBy();
    const metrics = this.readMetrics();
    const sort = this.readSort(groupBy, metrics);
    const filters = this.readFilters();
    const under = this.readUnder();
    const range = this.readRange(timezone);
    const comparison = this.readComparison(timezone);
    if (range === undefined || this.problems.length > 0) return undefined;
    const period = toPeriod(range.from, range.to, timezone);
    const matchWeekday = this.parameters.matchWeekday === 'true';
    return {
      timezone,
      question: {
        workspaceId,
        groupBy,
        filters,
        under,
        period,
        ...(comparison && { compare: comparedPeriod(period, comparison, { timezone, matchWeekday }) }),
        timeBy: this.parameters.timeBy ?? 'click',
        currency,
        metrics,
        sort,
        limit: this.parameters.limit,
        ...(restrictions.linkLimits && { within: restrictions.linkLimits }),
        ...(restrictions.hidesMoney && { hidesMoney: true }),
      },
    };
  }

  private readTimezone(): string {
    const { timezone } = this.parameters;
    if (timezone === undefined) return this.context.timezone;
    if (isTimezone(timezone)) return timezone;
    const suggested = suggestTimezone(timezone);
    const hint = suggested === undefined ? 'as in Europe/Berlin' : `did you mean ${suggested}?`;
    this.add('timezone', 'unknown_timezone', `"${timezone.slice(0, 60)}" is no time zone; use an IANA name, ${hint}`);
    return this.context.timezone;
  }

  private readGroupBy(): ReportDimension[] {
    const names = listOf(this.parameters.groupBy);
    const dimensions = [...new Set(names)].flatMap((name) => this.dimensionOf('groupBy', name) ?? []);
    if (dimensions.length > MAX_DIMENSIONS) {
      this.add(
        'groupBy',
        'too_many',
        `a report has at most ${MAX_DIMENSIONS} dimensions; this one has ${dimensions.length}`,
      );
    }
    return dimensions;
  }

  private readMetrics(): AskedMetric[] {
    const { metrics } = this.parameters;
    const names = [...new Set(metrics === undefined ? this.defaultMetrics() : listOf(metrics))];
    if (names.length > MAX_METRICS) this.add('metrics', 'too_many', `a report has at most ${MAX_METRICS} metrics`);
    if (names.length === 0) this.add('metrics', 'empty', 'name at least one metric, or leave the parameter out');
    return names.flatMap((name) => {
      const formula = this.formulaOf('metrics', name);
      return formula === undefined ? [] : [{ name, unit: this.context.unitOf(name), formula }];
    });
  }

  private defaultMetrics(): readonly string[] {
    return DEFAULT_METRICS.filter((name) => !this.isHidden(this.context.formulas.get(name)));
  }

  /** By default the first dimension when it is a time, else the most clicks (or the most of the first metric). */
  private readSort(groupBy: readonly ReportDimension[], metrics: readonly AskedMetric[]): ReportSort[] {
    const names = listOf(this.parameters.sort);
    if (names.length > MAX_SORTS) this.add('sort', 'too_many', `a report is sorted by at most ${MAX_SORTS} columns`);
    if (names.length === 0) {
      const [first] = groupBy;
      if (first === undefined || isTimeDimension(first)) return [];
      const metric = metrics.find(({ name }) => name === 'clicks') ?? metrics[0];
      return metric === undefined ? [] : [{ by: metric.formula, isDescending: true }];
    }
    return names.flatMap((text): ReportSort[] => {
      const isDescending = text.startsWith('-');
      const name = isDescending ? text.slice(1) : text;
      if (isReportDimension(name) && groupBy.includes(name)) return [{ by: name, isDescending }];
      if (isReportDimension(name) && !this.context.formulas.has(name)) {
        this.add('sort', 'not_grouped', `${name} is not among the dimensions of groupBy`);
        return [];
      }
      const by = this.formulaOf('sort', name);
      return by === undefined ? [] : [{ by, isDescending }];
    });
  }

  private readFilters(): DimensionFilter[] {
    return REPORT_DIMENSIONS.flatMap((dimension) => {
      const text = this.parameters[dimension];
      if (text === undefined) return [];
      const reading = readFilter(dimension, text);
      if (reading.ok) return [reading.filter];
      this.problems.push(reading.problem);
      return [];
    });
  }

  private readUnder(): ReportNode[] {
    return splitUnescaped(this.parameters.under ?? '').flatMap((part) => {
      const colon = part.indexOf(':');
      if (colon < 0) {
        this.add('under', 'invalid', `"${part.slice(0, 60)}" is no node; write it as country:DE`);
        return [];
      }
      const dimension = this.dimensionOf('under', part.slice(0, colon));
      if (dimension === undefined) return [];
      const reading = readFilter(dimension, part.slice(colon + 1));
      const [value] = reading.ok ? reading.filter.values : [];
      if (reading.ok && reading.filter.mode === 'equals' && !reading.filter.isExcluding && value !== undefined) {
        return [{ dimension, value }];
      }
      this.add('under', 'invalid', `"${part.slice(0, 60)}" is no node; it needs one exact value`);
      return [];
    });
  }

  private readRange(timezone: string): { from: number; to: number } | undefined {
    const { from, to } = this.parameters;
    const { now } = this.context;
    const end = to === undefined ? endOfDay(dayInZone(now, timezone), timezone) : parseEnd(to, timezone);
    const lastDay = dayInZone((end?.getTime() ?? now) - 1, timezone);
    const firstDay = new Date(Date.parse(`${lastDay}T00:00:00Z`) - (DEFAULT_DAYS - 1) * DAY_MS).toISOString();
    const start = from === undefined ? startOfDay(firstDay.slice(0, 10), timezone) : parseStart(from, timezone);
    if (start === undefined || end === undefined) return undefined; // its validator says so
    if (start > end || (start.getTime() === end.getTime() && dateOnly(to ?? '') !== undefined)) {
      this.add('to', 'from_after_to', 'from is after to: exchange them');
      return undefined;
    }
    return { from: start.getTime(), to: end.getTime() };
  }

  private readComparison(timezone: string): Comparison | undefined {
    const { compare } = this.parameters;
    if (compare === undefined || compare === 'none') return undefined;
    if (compare === 'previous' || compare === 'year') return { kind: compare };
    const [from = '', to = ''] = compare.split('..');
    const [start, end] = [parseStart(from, timezone), parseEnd(to, timezone)];
    if (start === undefined || end === undefined || start >= end) {
      this.add('compare', 'invalid', 'compare must be previous, year, or a range such as 2026-10-01..2026-10-31');
      return undefined;
    }
    return { kind: 'range', from: start.getTime(), to: end.getTime() };
  }

  private dimensionOf(path: string, name: string): ReportDimension | undefined {
    if (isReportDimension(name)) return name;
    this.add(
      path,
      'unknown_dimension',
      `"${name.slice(0, 60)}" is no dimension; there are ${REPORT_DIMENSIONS.join(', ')}`,
    );
    return undefined;
  }

  private formulaOf(path: string, name: string): Formula | undefined {
    const { formulas } = this.context;
    const formula = formulas.get(name);
    if (formula === undefined) {
      const known = [...formulas].flatMap(([one, by]) => (this.isHidden(by) ? [] : [one]));
      this.add(path, 'unknown_metric', `"${name.slice(0, 60)}" is no metric; there are ${known.join(', ')}`);
    } else if (this.isHidden(formula)) {
      this.add(path, 'money_hidden', `${name} shows amounts, and money is hidden from you: ask an owner or admin`);
    }
    return formula;
  }

  /** An order by amounts would reveal them, and so would a rate that is computed from them. */
  private isHidden(formula: Formula | undefined): boolean {
    return this.context.restrictions.hidesMoney && formula !== undefined && usesAmounts(formula);
  }

  private add(path: string, code: string, message: string): void {
    this.problems.push({ path, code, message });
  }
}

function listOf(text: string | undefined): string[] {
  return (text ?? '')
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
}
