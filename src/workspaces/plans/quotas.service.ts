import { Injectable } from '@nestjs/common';
import { ProblemException } from '../../platform/http/problem.js';
import type { WorkspaceId } from '../../platform/tenancy/workspace-id.js';
import { WorkspaceSettingsService } from '../workspace-settings.service.js';
import { type Quota, QUOTAS } from './plans.js';
import { type CountedQuota, QuotaUsageRepository } from './quota-usage.repository.js';

export interface Usage {
  /** `null` for what is no number of things. */
  used: number | null;
  limit: number | null;
}

/**
 * Holds a workspace to its plan. Asked before something is made, not in its transaction: of two that come at once both may
 * get the last place.
 */
@Injectable()
export class Quotas {
  constructor(
    private readonly settings: WorkspaceSettingsService,
    private readonly usage: QuotaUsageRepository,
  ) {}

  /** @throws ProblemException `quota_exceeded` when the workspace may not have that many more. */
  async check(workspaceId: WorkspaceId, quota: CountedQuota, adding = 1): Promise<void> {
    const limit = await this.limitOf(workspaceId, quota);
    if (limit === null) return;
    const used = await this.usage.count(workspaceId, quota);
    if (used + adding <= limit) return;
    const message = `the plan allows ${limit}, ${used} are in use`;
    throw new ProblemException('quota_exceeded', `${quota}: ${message}.`, [
      { path: quota, code: 'quota_exceeded', message },
    ]);
  }

  /** `null`: no limit. Known without asking MongoDB for who asks often. */
  async limitOf(workspaceId: WorkspaceId, quota: Quota): Promise<number | null> {
    return (await this.settings.of(workspaceId)).limits[quota];
  }

  async usageOf(workspaceId: WorkspaceId): Promise<Record<Quota, Usage>> {
    const { limits } = await this.settings.of(workspaceId);
    const rows = QUOTAS.map(async (quota) => {
      const used = quota === 'apiRequestsPerMinute' ? null : await this.usage.count(workspaceId, quota);
      return [quota, { used, limit: limits[quota] }] as const;
    });
    return Object.fromEntries(await Promise.all(rows)) as Record<Quota, Usage>;
  }
}
