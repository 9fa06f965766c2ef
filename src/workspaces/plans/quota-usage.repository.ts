import { Injectable } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import type { Connection } from 'mongoose';
import type { WorkspaceId } from '../../platform/tenancy/workspace-id.js';
import type { Quota } from './plans.js';

const IMPORT_DAYS = 30;
const DAY_MS = 86_400_000;

/** The documents that each quota counts, by names of collections, as this module must not import the modules that own them. */
const COUNTED: Record<Exclude<Quota, 'apiRequestsPerMinute'>, { collection: string; filter: () => object }> = {
  // Deleted links stay stored, as their clicks refer to them.
  links: { collection: 'links', filter: () => ({ live: true }) },
  domains: { collection: 'domains', filter: () => ({}) },
  // Deleted networks stay stored until they can no longer be restored.
  networks: { collection: 'networks', filter: () => ({ deletedAt: null }) },
  apiKeys: { collection: 'apiKeys', filter: () => ({}) },
  conversionImports: {
    collection: 'conversionImports',
    // Import jobs of other kinds are in the same collection and have a `kind`.
    filter: () => ({ kind: null, createdAt: { $gt: new Date(Date.now() - IMPORT_DAYS * DAY_MS) } }),
  },
};
export type CountedQuota = keyof typeof COUNTED;

@Injectable()
export class QuotaUsageRepository {
  constructor(@InjectConnection() private readonly connection: Connection) {}

  count(workspaceId: WorkspaceId, quota: CountedQuota): Promise<number> {
    const { collection, filter } = COUNTED[quota];
    return this.connection.collection(collection).countDocuments({ ...filter(), workspaceId });
  }
}
