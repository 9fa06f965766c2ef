import { Injectable } from '@nestjs/common';
import { ProblemException } from '../platform/http/problems/problem.js';
import { isTooSlow } from '../platform/mongo/mongo-errors.js';
import type { Viewer } from '../workspaces/caller.js';
import { WorkspaceSettingsService } from '../workspaces/settings/workspace-settings.service.js';
import { ConversionFilters } from './conversion-filters.service.js';
import type { ConversionFilterQuery, ConversionTotalsResponse } from './conversions.dto.js';
import { ConversionsRepository } from './conversions.repository.js';
import { foldTotals } from './rules/totals/fold-totals.js';

/** The newest conversions that are summed up. */
const MAX_SUMMED = 100_000;
const MAX_MS = 10_000;

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
    try {
      const [groups, found] = await Promise.all([
        this.conversions.sumUp(workspaceId, filter, { limit: MAX_SUMMED, maxTimeMs: MAX_MS }),
        this.conversions.count(workspaceId, filter, { limit: MAX_SUMMED + 1, maxTimeMs: MAX_MS }),
      ]);
      return { ...foldTotals(groups, currency), isComplete: found <= MAX_SUMMED };
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
