import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { LOGGER } from '../../platform/logging/logger.js';
import type { Within } from '../../platform/mongo/tenant.repository.js';
import { Ports } from '../../platform/ports/ports.service.js';
import type { WorkspaceId } from '../../platform/tenancy/workspace-id.js';
import { WorkspaceSettingsService } from '../../workspaces/settings/workspace-settings.service.js';
import { SETTINGS_LISTENERS } from '../../workspaces/workspaces.ports.js';
import type { Postback } from '../postback.schema.js';
import { PostbacksRepository } from '../postbacks.repository.js';

const BATCH = 2_000;
const DAY_MS = 86_400_000;

/** Dates log entries by the workspace's retention. MongoDB deletes them when they expire. */
@Injectable()
export class PostbackRetention {
  constructor(
    private readonly postbacks: PostbacksRepository,
    private readonly settings: WorkspaceSettingsService,
    @Inject(LOGGER) private readonly logger: Logger,
    ports: Ports,
  ) {
    ports.add(SETTINGS_LISTENERS, 'postback retention', (workspaceId, { retention }) => {
      this.redate(workspaceId, retention.postbackDays).catch((error: unknown) => {
        this.logger.error({ err: error, workspaceId }, 'postback log not dated anew; it keeps the previous retention');
      });
    });
  }

  /** The time at which an entry expires. */
  async expiryOf(workspaceId: WorkspaceId, receivedAt: Date): Promise<Date> {
    const { retention } = await this.settings.of(workspaceId);
    return new Date(receivedAt.getTime() + retention.postbackDays * DAY_MS);
  }

  /** Dates existing entries by a new retention. Slow: a request must not wait for it. */
  async redate(workspaceId: WorkspaceId, days: number): Promise<void> {
    const expiresAt = { $add: ['$receivedAt', days * DAY_MS] };
    for (let after = ''; ;) {
      const entries = await this.postbacks.scan(workspaceId, {}, { after, limit: BATCH, fields: ['_id'] });
      const last = entries.at(-1)?._id;
      if (last === undefined) return;
      const range = { _id: { $gt: after, $lte: last } } as Within<Postback>;
      await this.postbacks.updateMany(workspaceId, range, [{ $set: { expiresAt } }]);
      after = last;
    }
  }
}
