import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { LRUCache } from 'lru-cache';
import { LOGGER } from '../../platform/logging/logger.js';
import type { ApiKey } from './api-key.schema.js';
import { ApiKeysRepository } from './api-keys.repository.js';

const EVERY_MS = 60_000;

/** Notes when keys were last used: once a minute for each, and behind the back of the request. */
@Injectable()
export class ApiKeyUse {
  private readonly noted = new LRUCache<string, true>({ max: 10_000, ttl: EVERY_MS });

  constructor(
    private readonly keys: ApiKeysRepository,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  note({ _id, workspaceId, lastUsedAt }: ApiKey): void {
    const now = new Date();
    if (this.noted.has(_id) || (lastUsedAt && now.getTime() - lastUsedAt.getTime() < EVERY_MS)) return;
    this.noted.set(_id, true);
    this.keys.updateById(workspaceId, _id, { $max: { lastUsedAt: now } }).catch((error: unknown) => {
      this.logger.debug({ err: error, keyId: _id }, 'when a key was used was not noted');
    });
  }
}
