import { Inject, Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import type { Logger } from 'pino';
import { GroupCommit } from '../../platform/concurrency/group-commit.js';
import { withTimeout } from '../../platform/concurrency/with-timeout.js';
import { limitedLog } from '../../platform/logging/limited-log.js';
import { LOGGER } from '../../platform/logging/logger.js';
import { DatabaseTimeout } from '../../platform/mongo/mongo-errors.js';
import { MongoHealth } from '../../platform/mongo/mongo-health.service.js';
import type { WorkspaceId } from '../../platform/tenancy/workspace-id.js';
import { ClickLimitsRepository } from './click-limits.repository.js';
import type { CompiledLink } from '../rules/compiled-link.js';

/** Time that a click waits for MongoDB, unless MongoDB is known to be away. */
const PATIENCE_MS = 3_000;
/** Time for which "used up" is cached. */
const USED_UP_TTL_MS = 1_000;

/** Maximum number of clicks of a link taken in one write. */
const MAX_PER_WRITE = 1_000;

interface Limit {
  key: string;
  workspaceId: WorkspaceId;
  linkId: string;
  limit: number;
}

/**
 * Enforces the `clickLimit` of links exactly, over all instances. Every click of such a link needs MongoDB.
 * While MongoDB is away these clicks are refused, so that the limit is never exceeded.
 */
@Injectable()
export class ClickLimits {
  private readonly usedUp = new LRUCache<string, true>({ max: 10_000, ttl: USED_UP_TTL_MS });
  /** Concurrent clicks of a link are taken in one write: separate writes would conflict in MongoDB. */
  private readonly groupCommit = new GroupCommit<Limit, boolean>({
    run: (_key, jobs) => this.take(jobs),
    maxJobs: MAX_PER_WRITE,
    patienceMs: PATIENCE_MS,
    late: () => new DatabaseTimeout(),
    isSingleJobFault: () => false,
  });

  constructor(
    private readonly limits: ClickLimitsRepository,
    private readonly mongo: MongoHealth,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /**
   * Takes one of the link's clicks. @returns false when none is left.
   * @throws DatabaseTimeout when MongoDB does not answer. A click taken later is given back.
   */
  async use(link: CompiledLink): Promise<boolean> {
    const limit = limitOf(link);
    const { key, workspaceId, linkId } = limit;
    if (this.usedUp.has(key)) return false;
    const taking = this.groupCommit.submit(key, limit);
    try {
      const taken = await this.withDatabaseTimeout(taking);
      if (!taken) this.usedUp.set(key, true);
      return taken;
    } catch (error) {
      taking
        .then((taken) => (taken ? this.limits.giveBack(workspaceId, linkId) : undefined))
        .catch((late: unknown) =>
          limitedLog(this.logger).error(
            { err: late, linkId },
            'a click may count against the limit of the link without a redirect',
          ),
        );
      throw error;
    }
  }

  /** True when clicks are left. Takes none. @throws DatabaseTimeout when MongoDB does not answer. */
  async hasLeft(link: CompiledLink): Promise<boolean> {
    const { key, workspaceId, linkId, limit } = limitOf(link);
    if (this.usedUp.has(key)) return false;
    return (await this.withDatabaseTimeout(this.limits.used(workspaceId, linkId))) < limit;
  }

  /** @param wanted the clicks of one link. */
  private async take(wanted: readonly Limit[]): Promise<boolean[]> {
    const [first] = wanted;
    if (first === undefined) return [];
    const got = await this.limits.take(first.workspaceId, first.linkId, first.limit, wanted.length);
    return wanted.map((_, i) => i < got);
  }

  private withDatabaseTimeout<T>(asked: Promise<T>): Promise<T> {
    return withTimeout(
      PATIENCE_MS,
      asked,
      () => new DatabaseTimeout(),
      () => this.mongo.isAnswering,
    );
  }
}

function limitOf({ routed: link }: CompiledLink): Limit {
  const limit = link.clickLimit ?? Number.POSITIVE_INFINITY;
  return { key: `${link._id}:${limit}`, workspaceId: link.workspaceId, linkId: link._id, limit };
}
