import { Injectable } from '@nestjs/common';
import type { QueryBounds, Within } from '../platform/mongo/tenant.repository.js';
import type { WorkspaceId } from '../platform/tenancy/workspace-id.js';
import type { Domain } from './domain.schema.js';
import { DomainsRepository } from './domains.repository.js';

/** A domain as a search finds it. */
export type FoundDomain = Pick<Domain, '_id' | 'hostname' | 'title' | 'status'>;

const FIELDS = ['_id', 'hostname', 'title', 'status'] as const;

/** Finds domains by id, hostname and title, within bounds. */
@Injectable()
export class DomainSearch {
  constructor(private readonly domains: DomainsRepository) {}

  find(workspaceId: WorkspaceId, text: string, bounds: QueryBounds): Promise<FoundDomain[]> {
    return this.domains.findContaining(workspaceId, ['hostname', 'title'], text, { fields: FIELDS, ...bounds });
  }

  /** @param hostnames in lower case and punycode. */
  findByHostnames(workspaceId: WorkspaceId, hostnames: string[], bounds: QueryBounds): Promise<FoundDomain[]> {
    const filter = { hostname: { $in: hostnames } } as Within<Domain>;
    return this.domains.findMany(workspaceId, filter, undefined, { fields: FIELDS, ...bounds });
  }

  async listHostnames(workspaceId: WorkspaceId, bounds: QueryBounds): Promise<string[]> {
    const found = await this.domains.findMany(workspaceId, {}, undefined, { fields: ['hostname'] as const, ...bounds });
    return found.map(({ hostname }) => hostname);
  }
}
