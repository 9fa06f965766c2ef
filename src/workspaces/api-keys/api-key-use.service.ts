import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { LRUCache } from 'lru-cache';
import { LOGGER } from '../../platform/logging/logger.js';
import type { ApiKey } from './api-key.schema.js';
import { ApiKeysRepository } from './api-keys.repository.js';

const EVERY_MS = 60_000;

/** Stores when keys were last used: at most once a minute for each key, in the background of the request. */
@Injectable()
export class ApiKeyUse {
  private readonly recent = new LRUCache<string, true>({ max: 10_000, ttl: EVERY_MS });

  constructor(
    private readonly keys: ApiKeysRepository,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  record({ _id, workspaceId, lastUsedAt }: ApiKey): void {
    const now = new Date();
    if (this.recent.has(_id) || (lastUsedAt && now.getTime() - lastUsedAt.getTime() < EVERY_MS)) return;
    this.recent.set(_id, true);
    this.keys.updateById(workspaceId, _id, { $max: { lastUsedAt: now } }).catch((error: unknown) => {
      this.logger.debug({ err: error, keyId: _id }, 'the last use of an API key was not stored; the next use is');
    });
  }
}
