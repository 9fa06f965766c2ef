import { Injectable } from '@nestjs/common';
import { ProblemException } from '../platform/http/problems/problem.js';
import type { WorkspaceId } from '../platform/tenancy/workspace-id.js';
import type { Viewer } from '../workspaces/caller.js';
import { ReaderClient } from './reader-client.service.js';
import { ReportAnnotationsService } from './report-annotations.service.js';
import { ReportLabelsService } from './report-labels.service.js';
import type {
  DimensionValueEntry,
  DimensionValuesQuery,
  DimensionValuesResponse,
  FunnelQuery,
  FunnelResponse,
  HeatmapResponse,
  TimeseriesQuery,
  TimeseriesResponse,
} from './report-views.dto.js';
import type { ReportPeriodQuery } from './reports.dto.js';
import { ReportsService, stateOf } from './reports.service.js';
import { isTextDimension, type ReportDimension } from './rules/dimensions.js';
import type { PresentedReport } from './rules/found-report.js';
import { FUNNEL_METRICS, toFunnel } from './rules/funnel.js';
import { formatFilterValue } from './rules/read-filter.js';
import { bucketsOf } from './rules/report-period.js';
import { fillTimeseries } from './rules/timeseries.js';
import { fillHeatmap } from './rules/heatmap.js';

const MAX_POINTS = 5_000;
const DEFAULT_VALUES = 20;
/** Values whose names are searched. The copy has no names. */
const MAX_NAMED = 5_000;

/**
 * Reports of a fixed form: over time, as a funnel, as a heat map, and the values of a dimension. `gone` tells that the client
 * has disconnected.
 */
@Injectable()
export class ReportViewsService {
  constructor(
    private readonly reports: ReportsService,
    private readonly reader: ReaderClient,
    private readonly labels: ReportLabelsService,
    private readonly annotations: ReportAnnotationsService,
  ) {}

  async timeseries(viewer: Viewer, query: TimeseriesQuery, gone: AbortSignal): Promise<TimeseriesResponse> {
    const begin = performance.now();
    const { interval = 'day', ...parameters } = query;
    const read = await this.reports.read(viewer, { ...parameters, groupBy: interval, sort: interval });
    const { question, timezone } = read;
    const buckets = bucketsOf(question.period, interval, timezone);
    if (buckets.length > MAX_POINTS) throw tooManyPoints(interval, buckets.length);
    const [answer, annotations] = await Promise.all([
      this.reader.answer(question, gone),
      this.annotations.find(viewer, question),
    ]);
    return {
      interval,
      annotations,
      points: fillTimeseries(buckets, answer.rows, question, Date.now()),
      totals: answer.totals,
      otherCurrencies: answer.otherCurrencies,
      otherCosts: answer.otherCosts,
      ...stateOf(read, answer.status),
      tookMs: Math.round(performance.now() - begin),
    };
  }

  async funnel(viewer: Viewer, query: FunnelQuery, gone: AbortSignal): Promise<FunnelResponse> {
    const begin = performance.now();
    const read = await this.reports.read(viewer, { ...query, metrics: FUNNEL_METRICS.join(',') });
    const answer = await this.reader.answer(read.question, gone);
    return {
      steps: toFunnel(answer.totals),
      otherCurrencies: answer.otherCurrencies,
      otherCosts: answer.otherCosts,
      ...stateOf(read, answer.status),
      tookMs: Math.round(performance.now() - begin),
    };
  }

  async heatmap(viewer: Viewer, query: ReportPeriodQuery, gone: AbortSignal): Promise<HeatmapResponse> {
    const begin = performance.now();
    const groupBy = 'weekday,hourOfDay';
    const read = await this.reports.read(viewer, { ...query, groupBy, sort: groupBy });
    const answer = await this.reader.answer(read.question, gone);
    const cells = fillHeatmap(answer.rows, read.question);
    return {
      cells,
      otherCurrencies: answer.otherCurrencies,
      otherCosts: answer.otherCosts,
      ...stateOf(read, answer.status),
      tookMs: Math.round(performance.now() - begin),
    };
  }

  /** The values of a dimension that occur in the period, those with the most clicks first. */
  async values(viewer: Viewer, query: DimensionValuesQuery, gone: AbortSignal): Promise<DimensionValuesResponse> {
    const begin = performance.now();
    const { dimension, q = '', limit = DEFAULT_VALUES, ...parameters } = query;
    const isText = isTextDimension(dimension);
    const isSearchedHere = q !== '' && !isText;
    const read = await this.reports.read(viewer, {
      ...parameters,
      // The picker offers what could be chosen instead of the present filter of the dimension.
      [dimension]: q !== '' && isText ? `~${formatFilterValue(q)}` : undefined,
      groupBy: dimension,
      metrics: 'clicks,conversions',
      sort: '-clicks,-conversions',
      limit: isSearchedHere ? MAX_NAMED : limit + 1,
    });
    const answer = await this.reader.answer(read.question, gone);
    const rows = answer.rows.map((row) => ({
      value: row[dimension] as string | number | null,
      clicks: Number(row['clicks']),
      conversions: Number(row['conversions']),
    }));
    const names = await this.namesOf(viewer.workspaceId, dimension, answer);
    const labelled = rows.map((row) => ({ ...row, label: names.get(String(row.value)) ?? String(row.value ?? '') }));
    const found = isSearchedHere ? labelled.filter((one) => containsText(one, q)) : labelled;
    return {
      values: found.slice(0, limit),
      hasMore: found.length > limit,
      otherCurrencies: answer.otherCurrencies,
      otherCosts: answer.otherCosts,
      ...stateOf(read, answer.status),
      tookMs: Math.round(performance.now() - begin),
    };
  }

  /** The names of the ids among the values, if they are ids. */
  private async namesOf(
    workspaceId: WorkspaceId,
    dimension: ReportDimension,
    { rows, labels }: PresentedReport,
  ): Promise<ReadonlyMap<string, string>> {
    if (dimension !== 'network') return new Map(Object.entries(labels.link ?? {}));
    const ids = rows.map(({ network }) => network as string | null);
    return new Map(Object.entries((await this.labels.find(workspaceId, { network: ids })).network ?? {}));
  }
}

function containsText({ value, label }: DimensionValueEntry, q: string): boolean {
  const text = q.toLowerCase();
  return (
    label.toLowerCase().includes(text) ||
    String(value ?? '')
      .toLowerCase()
      .includes(text)
  );
}

function tooManyPoints(interval: string, count: number): ProblemException {
  const message = `${count} points of one ${interval} are too many (at most ${MAX_POINTS}); choose a longer interval`;
  return ProblemException.invalid({ path: 'interval', code: 'too_many', message });
}
