import { Injectable } from '@nestjs/common';
import { ProblemException } from '../platform/http/problems/problem.js';
import type { WorkspaceId } from '../platform/tenancy/workspace-id.js';
import type { Viewer } from '../workspaces/caller.js';
import { WorkspaceSettingsService } from '../workspaces/settings/workspace-settings.service.js';
import { MetricCatalogue } from './formulas/metric-catalogue.service.js';
import { ReaderClient } from './reader-client.service.js';
import type { DataStatus } from './reader/report-answerer.js';
import { ReportLabelsService } from './report-labels.service.js';
import type { ReportStateResponse } from './reports.dto.js';
import type { PresentedReport } from './rules/found-report.js';
import type { PresentedRow } from './rules/present-report.js';
import {
  type ReadReport,
  metricNamesOf,
  readReportQuestion,
  type ReportParameters,
} from './rules/read-report-question.js';
import type { DimensionValue } from './rules/report-question.js';

const DEFAULT_LIMIT = 500;
const LABEL_BATCH = 500;

/** A row of the CSV answer, with the names of its link and network. */
export interface CsvReportRow {
  row: PresentedRow;
  labels: Record<string, string>;
}

/** Reports over clicks and conversions. */
@Injectable()
export class ReportsService {
  constructor(
    private readonly reader: ReaderClient,
    private readonly settings: WorkspaceSettingsService,
    private readonly catalogue: MetricCatalogue,
    private readonly labels: ReportLabelsService,
  ) {}

  /**
   * The bytes of the JSON of a `ReportResponse`. The rows pass through this process unread: it also redirects.
   * @param gone tells that the client has disconnected.
   * @throws ProblemException 422 for parameters that make no report, 503 when the copy cannot be asked.
   */
  async report(viewer: Viewer, parameters: ReportParameters, gone: AbortSignal): Promise<Buffer> {
    const begin = performance.now();
    const { workspaceId } = viewer;
    const read = await this.read(viewer, { ...parameters, limit: parameters.limit ?? DEFAULT_LIMIT });
    const { json, status } = await this.reader.answerJson(read.question, gone);
    const report = read.question.groupBy.includes('network') ? await this.withNetworks(workspaceId, json) : json;
    const state = { ...stateOf(read, status), tookMs: Math.round(performance.now() - begin) };
    return Buffer.concat([report.subarray(0, -1), Buffer.from(`,${JSON.stringify(state).slice(1)}`)]);
  }

  /** The copy does not have the names of networks. */
  private async withNetworks(workspaceId: WorkspaceId, json: Buffer): Promise<Buffer> {
    const report = JSON.parse(json.toString()) as PresentedReport;
    const ids = report.rows.map(({ network }) => network as DimensionValue);
    const { network = {} } = await this.labels.find(workspaceId, { network: ids });
    return Buffer.from(JSON.stringify({ ...report, labels: { ...report.labels, network } }));
  }

  /** The report's question, read from its parameters. @throws ProblemException 422 */
  async read({ workspaceId, restrictions }: Viewer, parameters: ReportParameters): Promise<ReadReport> {
    const { timezone, currency } = await this.settings.of(workspaceId);
    const { formulas, unitOf } = await this.catalogue.find(workspaceId, metricNamesOf(parameters));
    const context = { workspaceId, timezone, currency, now: Date.now(), formulas, unitOf, restrictions };
    const reading = readReportQuestion(parameters, context);
    if (!reading.ok) throw ProblemException.invalid(...reading.problems);
    return reading.report;
  }

  /** All rows of a report for the CSV download, with labels. */
  async *rows(workspaceId: WorkspaceId, { question }: ReadReport, gone: AbortSignal): AsyncGenerator<CsvReportRow> {
    let batch: PresentedRow[] = [];
    for await (const row of this.reader.stream(question, gone)) {
      batch.push(row);
      if (batch.length < LABEL_BATCH) continue;
      yield* this.withLabels(workspaceId, batch);
      batch = [];
    }
    yield* this.withLabels(workspaceId, batch);
  }

  private async *withLabels(workspaceId: WorkspaceId, rows: PresentedRow[]): AsyncGenerator<CsvReportRow> {
    const idsOf = (name: string): string[] => rows.flatMap((row) => (typeof row[name] === 'string' ? [row[name]] : []));
    const found = await this.labels.find(workspaceId, { link: idsOf('link'), network: idsOf('network') });
    for (const row of rows) {
      const labels: Record<string, string> = {};
      for (const dimension of ['link', 'network'] as const) {
        const id = row[dimension];
        const label = typeof id === 'string' ? found[dimension]?.[id] : undefined;
        if (label !== undefined) labels[dimension] = label;
      }
      yield { row, labels };
    }
  }
}

/** The period of an answer, and the state of the copy that it was read from. */
export function stateOf(
  { question, timezone }: ReadReport,
  { asOf, isComplete, coveredFrom, progress }: DataStatus,
): Omit<ReportStateResponse, 'tookMs' | 'otherCurrencies' | 'otherCosts'> {
  const { period, compare, timeBy, currency } = question;
  return {
    from: toTime(period.from),
    to: toTime(period.to),
    compare: compare === undefined ? null : { from: toTime(compare.from), to: toTime(compare.to) },
    timezone,
    timeBy,
    currency,
    asOf: asOf === 0 ? null : toTime(asOf),
    complete: isComplete,
    coveredFrom: isComplete || coveredFrom === undefined ? null : toTime(coveredFrom),
    progress: progress ?? null,
  };
}

function toTime(ms: number): string {
  return new Date(ms).toISOString();
}
