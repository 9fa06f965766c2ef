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

/** How long a click waits for MongoDB, unless that is known to be away. */
const PATIENCE_MS = 3_000;
/** For how long "used up" is believed without asking again. */
const USED_UP_TTL_MS = 1_000;

/** At most so many clicks of a link are taken at once. */
const MAX_AT_ONCE = 1_000;

interface Limit {
  key: string;
  workspaceId: WorkspaceId;
  linkId: string;
  limit: number;
}

/**
 * Leads people on as often as a link's `clickLimit` says, over all instances, and never more often. That needs MongoDB for
 * every such click: without it the answer is "not now" rather than one too many.
 */
@Injectable()
export class ClickLimits {
  private readonly usedUp = new LRUCache<string, true>({ max: 10_000, ttl: USED_UP_TTL_MS });
  /** All of a link's clicks that come at once are taken together: in MongoDB they would be in each other's way. */
  private readonly takers = new GroupCommit<Limit, boolean>({
    run: (_key, jobs) => this.take(jobs),
    maxJobs: MAX_AT_ONCE,
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
   * Uses up one of the link's clicks. @returns false when there is none left.
   * @throws DatabaseTimeout when MongoDB does not answer; what it takes later is given back.
   */
  async use(link: CompiledLink): Promise<boolean> {
    const limit = limitOf(link);
    const { key, workspaceId, linkId } = limit;
    if (this.usedUp.has(key)) return false;
    const taking = this.takers.submit(key, limit);
    try {
      const taken = await this.hurry(taking);
      if (!taken) this.usedUp.set(key, true);
      return taken;
    } catch (error) {
      taking
        .then((taken) => (taken ? this.limits.giveBack(workspaceId, linkId) : undefined))
        .catch((late: unknown) =>
          limitedLog(this.logger).error({ err: late, linkId }, 'a click of a limited link may be lost'),
        );
      throw error;
    }
  }

  /** Whether there are clicks left; uses none up. @throws DatabaseTimeout when MongoDB does not answer. */
  async hasLeft(link: CompiledLink): Promise<boolean> {
    const { key, workspaceId, linkId, limit } = limitOf(link);
    if (this.usedUp.has(key)) return false;
    return (await this.hurry(this.limits.used(workspaceId, linkId))) < limit;
  }

  /** @param wanted the clicks of one link. */
  private async take(wanted: readonly Limit[]): Promise<boolean[]> {
    const [first] = wanted;
    if (first === undefined) return [];
    const got = await this.limits.take(first.workspaceId, first.linkId, first.limit, wanted.length);
    return wanted.map((_, i) => i < got);
  }

  private hurry<T>(asked: Promise<T>): Promise<T> {
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
