import { Injectable } from '@nestjs/common';
import type { PipelineStage } from 'mongoose';
import { ProblemException } from '../platform/http/problems/problem.js';
import { isTooSlow } from '../platform/mongo/mongo-errors.js';
import type { Viewer } from '../workspaces/caller.js';
import { WorkspaceSettingsService } from '../workspaces/settings/workspace-settings.service.js';
import { ConversionFilters } from './conversion-filters.service.js';
import type { ConversionFilterQuery, ConversionTotalsResponse } from './conversions.dto.js';
import { ConversionsRepository } from './conversions.repository.js';
import { foldTotals, type TotalsGroup } from './rules/totals/fold-totals.js';

/** The newest conversions that are summed up. */
const MAX_SUMMED = 100_000;
const MAX_MS = 10_000;

/** Sums as decimals, never as floats. */
const GROUPS: PipelineStage[] = [
  {
    $group: {
      _id: {
        status: '$status',
        eventType: '$eventType',
        isFtd: '$isFtd',
        isFlagged: { $gt: [{ $size: { $ifNull: ['$flags', []] } }, 0] },
        payoutCurrency: { $ifNull: ['$payout.currency', null] },
        revenueCurrency: { $ifNull: ['$revenue.currency', null] },
      },
      count: { $sum: 1 },
      payout: { $sum: { $toDecimal: { $ifNull: ['$payout.amount', '0'] } } },
      revenue: { $sum: { $toDecimal: { $ifNull: ['$revenue.amount', '0'] } } },
    },
  },
  {
    $replaceWith: {
      $mergeObjects: [
        '$_id',
        { count: '$count', payout: { $toString: '$payout' }, revenue: { $toString: '$revenue' } },
      ],
    },
  },
];

/** Sums up the conversions of a list. */
@Injectable()
export class ConversionTotalsService {
  constructor(
    private readonly conversions: ConversionsRepository,
    private readonly filters: ConversionFilters,
    private readonly settings: WorkspaceSettingsService,
  ) {}

  async read(viewer: Viewer, query: ConversionFilterQuery): Promise<ConversionTotalsResponse> {
    const { workspaceId } = viewer;
    const filter = await this.filters.of(viewer, await this.settings.resolveRange(workspaceId, query));
    const { currency } = await this.settings.of(workspaceId);
    const newest: PipelineStage[] = [{ $sort: { _id: -1 } }, { $limit: MAX_SUMMED }];
    try {
      const [groups, older] = await Promise.all([
        this.conversions.aggregate<TotalsGroup>(workspaceId, filter, [...newest, ...GROUPS], { maxTimeMs: MAX_MS }),
        this.conversions.count(workspaceId, filter, { limit: MAX_SUMMED + 1, maxTimeMs: MAX_MS }),
      ]);
      return { ...foldTotals(groups, currency), isComplete: older <= MAX_SUMMED };
    } catch (error) {
      if (isTooSlow(error)) throw ProblemException.invalid(TOO_SLOW);
      throw error;
    }
  }
}

const TOO_SLOW = {
  path: 'from',
  code: 'too_much_to_search',
  message: `the totals took longer than ${MAX_MS / 1_000} s: give a shorter time range with from and to, or a link`,
};
