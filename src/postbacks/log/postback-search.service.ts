import { Injectable } from '@nestjs/common';
import type { QueryBounds, Within } from '../../platform/mongo/tenant.repository.js';
import type { WorkspaceId } from '../../platform/tenancy/workspace-id.js';
import type { Postback } from '../postback.schema.js';
import { PostbacksRepository } from '../postbacks.repository.js';
import type { BulkReplay } from '../reprocess/bulk-replay.schema.js';
import { BulkReplaysRepository } from '../reprocess/bulk-replays.repository.js';

const FIELDS = ['_id', 'verdict', 'reason', 'receivedAt', 'clickId'] as const;

/** A log entry as a search finds it. */
export type FoundPostback = Pick<Postback, (typeof FIELDS)[number]>;

/** Finds log entries by values that have an index, and bulk replays by their id, within bounds. */
@Injectable()
export class PostbackSearch {
  constructor(
    private readonly postbacks: PostbacksRepository,
    private readonly replays: BulkReplaysRepository,
  ) {}

  findById(workspaceId: WorkspaceId, id: string, bounds: QueryBounds): Promise<FoundPostback[]> {
    return this.find(workspaceId, { _id: id }, bounds);
  }

  /** Newest first. @param clickId as it was sent, also one that is no click id. */
  findByClickId(workspaceId: WorkspaceId, clickId: string, bounds: QueryBounds): Promise<FoundPostback[]> {
    return this.find(workspaceId, { clickId }, bounds);
  }

  findReplays(workspaceId: WorkspaceId, id: string, bounds: QueryBounds): Promise<BulkReplay[]> {
    return this.replays.findMany(workspaceId, { _id: id }, undefined, bounds);
  }

  private find(workspaceId: WorkspaceId, filter: Within<Postback>, bounds: QueryBounds): Promise<FoundPostback[]> {
    return this.postbacks.findMany(workspaceId, filter, undefined, { fields: FIELDS, sort: { _id: -1 }, ...bounds });
  }
}
