import { Injectable } from '@nestjs/common';
import { groupBy } from '../../platform/collections/group-by.js';
import { ProblemException } from '../../platform/http/problems/problem.js';
import type { WorkspaceId } from '../../platform/tenancy/workspace-id.js';
import { UNRESTRICTED } from '../../workspaces/caller.js';
import { ReaderClient } from '../reader-client.service.js';
import { ReportsService } from '../reports.service.js';
import type { ReportDimension } from '../rules/dimensions.js';
import { BILLED_BOT_REASONS, COST_DIMENSIONS, type CostDimension } from '../rules/facts.js';
import type { PresentedRow } from '../rules/present-report.js';
import type { DimensionFilter, DimensionValue, ReportQuestion } from '../rules/report-question.js';
import type { CostEntry } from './cost-entry.schema.js';

/** A report has at most three dimensions. */
const MAX_DIMENSIONS = 3;

/** Counts the clicks that uploaded costs are spread over, by reports. */
@Injectable()
export class CostClicks {
  constructor(
    private readonly reports: ReportsService,
    private readonly reader: ReaderClient,
  ) {}

  /** The number of clicks by the id of the cost. Costs of more than three dimensions, and all while there are no complete reports, are absent. */
  async count(workspaceId: WorkspaceId, costs: readonly CostEntry[]): Promise<Map<string, number>> {
    const counts = new Map<string, number>();
    const countable = costs.filter(({ by }) => dimensionsOf(by).length <= MAX_DIMENSIONS);
    const likeOnes = groupBy(countable, ({ day, timezone, by }) => [day, timezone, ...dimensionsOf(by)].join(' '));
    try {
      for (const ones of likeOnes.values()) {
        const rows = await this.find(workspaceId, ones);
        if (rows === undefined) break;
        for (const one of ones) counts.set(one._id, countOf(one, rows));
      }
    } catch (error) {
      if (!(error instanceof ProblemException)) throw error;
    }
    return counts;
  }

  /** @param costs of one day and by the same dimensions. @returns `undefined` while reports are not complete. */
  private async find(workspaceId: WorkspaceId, costs: readonly CostEntry[]): Promise<PresentedRow[] | undefined> {
    const [{ from, to, by }] = costs as [CostEntry, ...CostEntry[]];
    const dimensions = dimensionsOf(by);
    const { question } = await this.reports.read(
      { workspaceId, restrictions: UNRESTRICTED },
      {
        from: from.toISOString(),
        to: to.toISOString(),
        groupBy: dimensions.join(','),
        metrics: 'clicks',
      },
    );
    const filters = [
      filterOf('botReason', BILLED_BOT_REASONS),
      ...dimensions.map((dimension) =>
        filterOf(dimension, [...new Set(costs.map((cost) => cost.by[dimension] ?? null))]),
      ),
    ];
    const asked: ReportQuestion = { ...question, filters, limit: undefined };
    const { rows, totals, status } = await this.reader.answer(asked);
    if (!status.isComplete) return undefined;
    return dimensions.length === 0 ? [totals] : rows;
  }
}

function dimensionsOf(by: CostEntry['by']): CostDimension[] {
  return COST_DIMENSIONS.filter((dimension) => by[dimension] !== undefined);
}

function filterOf(dimension: ReportDimension, values: readonly DimensionValue[]): DimensionFilter {
  return { dimension, isExcluding: false, mode: 'equals', values: [...values] };
}

function countOf({ by }: CostEntry, rows: readonly PresentedRow[]): number {
  const row = rows.find((one) => dimensionsOf(by).every((dimension) => one[dimension] === by[dimension]));
  return Number(row?.['clicks'] ?? 0);
}
