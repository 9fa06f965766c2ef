import { Injectable } from '@nestjs/common';
import { KeyedMutex } from '../../platform/concurrency/keyed-mutex.js';
import { ProblemException } from '../../platform/http/problems/problem.js';
import { DatabaseTimeout } from '../../platform/mongo/mongo-errors.js';
import type { WorkspaceId } from '../../platform/tenancy/workspace-id.js';
import { WorkspaceSettingsService } from '../settings/workspace-settings.service.js';
import { type Quota, QUOTAS } from './plans.js';
import { type CountedQuota, QuotaUsageRepository } from './quota-usage.repository.js';

export interface Usage {
  /** `null` for what is no number of things. */
  used: number | null;
  limit: number | null;
}

/** How long somebody waits for those who make the same kind of thing in the same workspace just now. */
const PATIENCE_MS = 10_000;

/**
 * Holds a workspace to its plan. Where there is a limit, one thing is made after the other in this process, so that nobody
 * gets a place that another is just taking; each further process may give the last place away once more.
 */
@Injectable()
export class Quotas {
  private readonly makers = new KeyedMutex(PATIENCE_MS, () => new DatabaseTimeout());

  constructor(
    private readonly settings: WorkspaceSettingsService,
    private readonly usage: QuotaUsageRepository,
  ) {}

  /** Makes one more. @throws ProblemException `quota_exceeded` when the workspace may not have it, and what `make` throws. */
  async making<T>(workspaceId: WorkspaceId, quota: CountedQuota, make: () => Promise<T>): Promise<T> {
    if ((await this.limitOf(workspaceId, quota)) === null) return make();
    return this.makers.take(`${workspaceId} ${quota}`, async () => {
      await this.check(workspaceId, quota);
      return make();
    });
  }

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
