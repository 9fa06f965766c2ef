import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DomainCache } from '../domains/domain-cache.service.js';
import { LINKS_OF_DOMAINS, type LinksOfDomains } from '../domains/domains.ports.js';
import type { Within } from '../platform/mongo/tenant.repository.js';
import { Ports } from '../platform/ports/ports.service.js';
import type { WorkspaceId } from '../platform/tenancy/workspace-id.js';
import { LinkCache } from './cache/link-cache.service.js';
import { LinkMigrations } from './link-migrations.repository.js';
import type { Link } from './link.schema.js';
import { LinksRepository } from './links.repository.js';

/** Characters with a lower-case form: capital letters, Roman numerals, circled letters. */
const CAPITAL = String.raw`[\p{Lu}\p{Lt}\x{2160}-\x{216f}\x{24b6}-\x{24cf}]`;

/** Provides the port `LINKS_OF_DOMAINS`, and clears cached links of a host when its domain changes. */
@Injectable()
export class LinksOnDomains implements LinksOfDomains, OnModuleInit {
  constructor(
    private readonly links: LinksRepository,
    private readonly migrations: LinkMigrations,
    private readonly domainCache: DomainCache,
    private readonly cache: LinkCache,
    ports: Ports,
  ) {
    ports.provide(LINKS_OF_DOMAINS, this);
  }

  onModuleInit(): void {
    this.domainCache.onChange((hostname) => this.cache.forgetHost(hostname));
  }

  async hasCapitals(workspaceId: WorkspaceId, hostname: string): Promise<boolean> {
    const filter = { hostname, live: true, slugKeys: { $regex: CAPITAL } } as Within<Link>;
    return (await this.links.count(workspaceId, filter, { limit: 1 })) > 0;
  }

  async makeSlugsCaseSensitive(workspaceId: WorkspaceId, hostname: string): Promise<void> {
    const slugKeys = { $concatArrays: [['$slug'], { $ifNull: ['$formerSlugs', []] }] };
    await this.links.updateMany(workspaceId, { hostname, live: true } as Within<Link>, [{ $set: { slugKeys } }]);
    await this.migrations.addKeysWithoutVariations(hostname);
  }
}
