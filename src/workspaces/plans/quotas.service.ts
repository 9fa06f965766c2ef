import { Injectable } from '@nestjs/common';
import { KeyedMutex } from '../../platform/concurrency/keyed-mutex.js';
import { ProblemException } from '../../platform/http/problems/problem.js';
import { DatabaseTimeout } from '../../platform/mongo/mongo-errors.js';
import type { WorkspaceId } from '../../platform/tenancy/workspace-id.js';
import { WorkspaceSettingsService } from '../settings/workspace-settings.service.js';
import { type Quota, QUOTAS } from './plans.js';
import { type CountedQuota, QuotaUsageRepository } from './quota-usage.repository.js';

export interface Usage {
  /** `null` for a quota that is not a number of stored things. */
  used: number | null;
  limit: number | null;
}

/** Time to wait for earlier requests that create the same kind of thing in the workspace. */
const PATIENCE_MS = 10_000;

/**
 * Enforces the limits of a workspace's plan. Things with a limit are created one at a time in this process, so the limit is
 * exact within it. Several processes at once may each exceed it by one.
 */
@Injectable()
export class Quotas {
  private readonly mutex = new KeyedMutex(PATIENCE_MS, () => new DatabaseTimeout());

  constructor(
    private readonly settings: WorkspaceSettingsService,
    private readonly usage: QuotaUsageRepository,
  ) {}

  /**
   * Calls `create` if the limit allows one more thing.
   * @throws ProblemException `quota_exceeded` when the limit is reached, and the errors of `create`.
   */
  async reserve<T>(workspaceId: WorkspaceId, quota: CountedQuota, create: () => Promise<T>): Promise<T> {
    if ((await this.limitOf(workspaceId, quota)) === null) return create();
    return this.mutex.take(`${workspaceId} ${quota}`, async () => {
      await this.check(workspaceId, quota);
      return create();
    });
  }

  /** @throws ProblemException `quota_exceeded` when the workspace may not have `adding` more. */
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

  /** `null`: no limit. Cached for a second, so it may be called for each request. */
  async limitOf(workspaceId: WorkspaceId, quota: Quota): Promise<number | null> {
    return (await this.settings.of(workspaceId)).limits[quota];
  }

  /** Usage and limit of each quota. */
  async usageOf(workspaceId: WorkspaceId): Promise<Record<Quota, Usage>> {
    const { limits } = await this.settings.of(workspaceId);
    const rows = QUOTAS.map(async (quota) => {
      const used = quota === 'apiRequestsPerMinute' ? null : await this.usage.count(workspaceId, quota);
      return [quota, { used, limit: limits[quota] }] as const;
    });
    return Object.fromEntries(await Promise.all(rows)) as Record<Quota, Usage>;
  }
}
