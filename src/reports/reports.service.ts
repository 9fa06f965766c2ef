import { Injectable } from '@nestjs/common';
import { ProblemException } from '../platform/http/problems/problem.js';
import type { WorkspaceId } from '../platform/tenancy/workspace-id.js';
import { WorkspaceSettingsService } from '../workspaces/settings/workspace-settings.service.js';
import { type KnownMetrics, MetricCatalogue } from './formulas/metric-catalogue.service.js';
import { ReaderClient } from './reader-client.service.js';
import type { QuestionAnswer } from './reader/question-runner.js';
import { ReportLabelsService } from './report-labels.service.js';
import type { ReportResponse, ReportStateResponse } from './reports.dto.js';
import { ReportPresenter, type PresentedRow } from './rules/present-report.js';
import {
  type ReadReport,
  metricNamesOf,
  readReportQuestion,
  type ReportParameters,
} from './rules/read-report-question.js';
import type { ReportDimension } from './rules/dimensions.js';

const DEFAULT_LIMIT = 500;
const LABEL_BATCH = 500;

/** A row of the CSV answer, with the names of its link and network. */
export interface CsvReportRow {
  row: PresentedRow;
  labels: Record<string, string>;
}

/** A question with the units of its metrics. */
export interface UnderstoodReport extends ReadReport {
  unitOf: KnownMetrics['unitOf'];
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

  /** @throws ProblemException 422 for parameters that make no report, 503 when the copy cannot be asked. */
  async report(workspaceId: WorkspaceId, parameters: ReportParameters): Promise<ReportResponse> {
    const begin = performance.now();
    const read = await this.read(workspaceId, { ...parameters, limit: parameters.limit ?? DEFAULT_LIMIT });
    const { question } = read;
    const answer = await this.reader.answer(question);
    const presenter = new ReportPresenter(question, read.unitOf);
    const keysOf = (dimension: ReportDimension) => {
      const i = question.groupBy.indexOf(dimension);
      return i < 0 ? undefined : answer.rows.map(({ keys }) => keys[i] ?? null);
    };
    const [link, network] = [keysOf('link'), keysOf('network')];
    const labels = await this.labels.find(workspaceId, { ...(link && { link }), ...(network && { network }) });
    return {
      rows: answer.rows.map((row) => presenter.toRow(row)),
      totals: presenter.toMetrics(answer.totals),
      others: presenter.toOthers(answer.ofGroups, answer.rows, answer.groups) ?? null,
      groups: answer.groups,
      labels: { ...labels },
      ...stateOf(read, answer),
      tookMs: Math.round(performance.now() - begin),
    };
  }

  /** The report's question, read from its parameters. @throws ProblemException 422 */
  async read(workspaceId: WorkspaceId, parameters: ReportParameters): Promise<UnderstoodReport> {
    const { timezone, currency } = await this.settings.of(workspaceId);
    const { formulas, unitOf } = await this.catalogue.find(workspaceId, metricNamesOf(parameters));
    const reading = readReportQuestion(parameters, { workspaceId, timezone, currency, now: Date.now(), formulas });
    if (!reading.ok) throw ProblemException.invalid(...reading.problems);
    return { ...reading.report, unitOf };
  }

  /** All rows of a report for the CSV download, with labels. */
  async *rows(workspaceId: WorkspaceId, { question, unitOf }: UnderstoodReport): AsyncGenerator<CsvReportRow> {
    const presenter = new ReportPresenter(question, unitOf);
    let batch: PresentedRow[] = [];
    for await (const group of this.reader.stream(question)) {
      batch.push(presenter.toRow(group));
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
  answer: QuestionAnswer,
): Omit<ReportStateResponse, 'tookMs'> {
  const { asOf, isComplete, coveredFrom } = answer.status;
  const { period, compare, timeBy, currency } = question;
  return {
    from: toTime(period.from),
    to: toTime(period.to),
    compare: compare === undefined ? null : { from: toTime(compare.from), to: toTime(compare.to) },
    timezone,
    timeBy,
    currency,
    otherCurrencies: answer.otherCurrencies,
    asOf: asOf === 0 ? null : toTime(asOf),
    complete: isComplete,
    coveredFrom: isComplete || coveredFrom === undefined ? null : toTime(coveredFrom),
  };
}

function toTime(ms: number): string {
  return new Date(ms).toISOString();
}
