import { Inject, Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import type { Settings } from '../platform/config/settings.js';
import { SETTINGS } from '../platform/config/settings.token.js';
import { newId } from '../platform/ids/ids.js';
import { isDuplicateKey } from '../platform/mongo/mongo-errors.js';
import type { WorkspaceId } from '../platform/tenancy/workspace-id.js';
import { DomainReadModel } from './domain.read-model.js';
import type { Domain } from './domain.schema.js';
import { DomainsRepository } from './domains.repository.js';

@Injectable()
export class DomainsService {
  private readonly publicUrl: URL;
  private readonly served = new LRUCache<string, true>({ max: 10_000, ttl: 2_000 });

  constructor(
    @Inject(SETTINGS) settings: Settings,
    private readonly domains: DomainsRepository,
    private readonly anyDomain: DomainReadModel,
  ) {
    this.publicUrl = new URL(settings.publicUrl);
  }

  /** Makes PUBLIC_URL's host a verified domain of this workspace, unless the host has an owner already. */
  async claimPublicHost(workspaceId: WorkspaceId): Promise<void> {
    const { hostname } = this.publicUrl;
    if (await this.anyDomain.findByHostname(hostname)) return;
    try {
      await this.domains.insert(workspaceId, {
        _id: newId('dom'),
        hostname,
        status: 'verified',
        createdAt: new Date(),
      });
    } catch (error) {
      if (!isDuplicateKey(error)) throw error; // another instance was faster
    }
  }

  /**
   * The domain that a link goes on: the one asked for, else PUBLIC_URL's if it is this workspace's, else its oldest.
   * `undefined` when there is no such verified domain in this workspace.
   */
  async choose(workspaceId: WorkspaceId, hostname?: string): Promise<Domain | undefined> {
    if (hostname !== undefined) return this.domains.findOne(workspaceId, { hostname, status: 'verified' });
    const verified = await this.domains.findMany(workspaceId, { status: 'verified' });
    const oldest = verified.toSorted((a, b) => (a._id < b._id ? -1 : 1))[0];
    return verified.find((domain) => domain.hostname === this.publicUrl.hostname) ?? oldest;
  }

  /** Whether links on this host are served: somebody has proved that it is theirs. A yes is believed for two seconds. */
  async isServed(hostname: string): Promise<boolean> {
    if (this.served.has(hostname)) return true;
    const isVerified = (await this.anyDomain.findByHostname(hostname))?.status === 'verified';
    if (isVerified) this.served.set(hostname, true);
    return isVerified;
  }

  /** `https://go.brand.com`; PUBLIC_URL itself for its own host, as only that knows a port or plain HTTP. */
  originOf(hostname: string): string {
    return hostname === this.publicUrl.hostname ? this.publicUrl.origin : `https://${hostname}`;
  }
}
