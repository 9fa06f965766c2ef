import { Injectable } from '@nestjs/common';
import type { QueryBounds, Within } from '../platform/mongo/tenant.repository.js';
import type { WorkspaceId } from '../platform/tenancy/workspace-id.js';
import type { Network } from './network.schema.js';
import { NetworksRepository } from './networks.repository.js';

/** A network as a search finds it, without its keys. */
export type FoundNetwork = Pick<Network, '_id' | 'name' | 'preset'>;

const FIELDS = ['_id', 'name', 'preset'] as const;

/** Finds networks by id, name and preset, and by a whole key, within bounds. */
@Injectable()
export class NetworkSearch {
  constructor(private readonly networks: NetworksRepository) {}

  find(workspaceId: WorkspaceId, text: string, bounds: QueryBounds): Promise<FoundNetwork[]> {
    return this.networks.findContaining(workspaceId, ['name', 'preset'], text, { fields: FIELDS, ...bounds });
  }

  /** @param key of postbacks, also the one before the last rotation, or of the pixel. */
  findByKey(workspaceId: WorkspaceId, key: string, bounds: QueryBounds): Promise<FoundNetwork[]> {
    // MongoDB uses a partial index only for queries that ask for texts (docs/traps.md).
    const text = { $eq: key, $type: 'string' };
    const filter = { $or: [{ key }, { oldKey: text }, { pixelKey: text }] } as unknown as Within<Network>;
    return this.networks.findMany(workspaceId, filter, undefined, { fields: FIELDS, ...bounds });
  }
}
