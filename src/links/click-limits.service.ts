import { Inject, Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import type { Logger } from 'pino';
import { within } from '../platform/concurrency/within.js';
import { LOGGER } from '../platform/logging/logger.js';
import { DatabaseTimeout } from '../platform/mongo/mongo-errors.js';
import { MongoWatch } from '../platform/mongo/mongo-watch.service.js';
import { ClickLimitsRepository } from './click-limits.repository.js';
import type { CompiledLink } from './compiled-link.js';

/** How long a click waits for MongoDB, unless that is known to be away. */
const PATIENCE_MS = 3_000;
/** For how long "used up" is believed without asking again. */
const USED_UP_TTL_MS = 1_000;

/**
 * Leads people on as often as a link's `clickLimit` says, over all instances, and never more often. That needs MongoDB for
 * every such click: without it the answer is "not now" rather than one too many.
 */
@Injectable()
export class ClickLimits {
  private readonly usedUp = new LRUCache<string, true>({ max: 10_000, ttl: USED_UP_TTL_MS });

  constructor(
    private readonly limits: ClickLimitsRepository,
    private readonly mongo: MongoWatch,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /**
   * Uses up one of the link's clicks. @returns false when there is none left.
   * @throws DatabaseTimeout when MongoDB does not answer; what it takes later is given back.
   */
  async use(link: CompiledLink): Promise<boolean> {
    const { key, workspaceId, linkId, limit } = limitOf(link);
    if (this.usedUp.has(key)) return false;
    const taking = this.limits.take(workspaceId, linkId, limit);
    try {
      const taken = await this.hurry(taking);
      if (!taken) this.usedUp.set(key, true);
      return taken;
    } catch (error) {
      taking
        .then((taken) => (taken ? this.limits.giveBack(workspaceId, linkId) : undefined))
        .catch((late: unknown) => this.logger.error({ err: late, linkId }, 'a click of a limited link may be lost'));
      throw error;
    }
  }

  /** Whether there are clicks left; uses none up. @throws DatabaseTimeout when MongoDB does not answer. */
  async hasLeft(link: CompiledLink): Promise<boolean> {
    const { key, workspaceId, linkId, limit } = limitOf(link);
    if (this.usedUp.has(key)) return false;
    return (await this.hurry(this.limits.used(workspaceId, linkId))) < limit;
  }

  private hurry<T>(asked: Promise<T>): Promise<T> {
    return within(
      PATIENCE_MS,
      asked,
      () => new DatabaseTimeout(),
      () => this.mongo.isAnswering,
    );
  }
}

function limitOf({ link }: CompiledLink) {
  const limit = link.clickLimit ?? Number.POSITIVE_INFINITY;
  return { key: `${link._id}:${limit}`, workspaceId: link.workspaceId, linkId: link._id, limit };
}
