import { Injectable } from '@nestjs/common';
import type { WorkspaceId } from '../../platform/tenancy/workspace-id.js';
import type { Postback } from '../postback.schema.js';
import { PostbacksRepository } from '../postbacks.repository.js';

/** Log entries that are looked at. */
const LATEST = 20;
const MAX_TIME_MS = 1_000;
const FIELDS = ['_id', 'networkId', 'receivedAt', 'verdict', 'reason', 'ip'] as const;

/** A log entry as far as it shows whether the set-up of a workspace works. */
export type SampledPostback = Pick<Postback, (typeof FIELDS)[number]>;

/** The latest requests of networks, for the setup checklist. */
@Injectable()
export class PostbackEvidence {
  constructor(private readonly postbacks: PostbacksRepository) {}

  /** Newest first. */
  latest(workspaceId: WorkspaceId): Promise<SampledPostback[]> {
    const options = { sort: { _id: -1 }, limit: LATEST, fields: FIELDS, maxTimeMs: MAX_TIME_MS } as const;
    return this.postbacks.findMany(workspaceId, {}, undefined, options);
  }

  /** The address from which a request came; `null` when the log does not have it any more. */
  async addressOf(workspaceId: WorkspaceId, id: string): Promise<string | null> {
    const options = { limit: 1, fields: FIELDS } as const;
    const [entry] = await this.postbacks.findMany(workspaceId, { _id: id }, undefined, options);
    return entry?.ip ?? null;
  }
}
