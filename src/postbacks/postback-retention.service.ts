import { Injectable } from '@nestjs/common';
import type { Within } from '../platform/mongo/tenant.repository.js';
import type { WorkspaceId } from '../platform/tenancy/workspace-id.js';
import type { Postback } from './postback.schema.js';
import { PostbacksRepository } from './postbacks.repository.js';

const BATCH = 2_000;
const DAY_MS = 86_400_000;

/** For how long requests are kept. MongoDB deletes each when its time has come. */
@Injectable()
export class PostbackRetention {
  constructor(private readonly postbacks: PostbacksRepository) {}

  /** Dates what is in the log by a new retention. It takes its time: not to be waited for by a request. */
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
