import { Injectable } from '@nestjs/common';
import { DomainCache } from '../../domains/domain-cache.service.js';
import { slugKey } from '../../domains/rules/served-domain.js';
import { type ChosenDomain, DomainsService } from '../../domains/domains.service.js';
import type { WorkspaceId } from '../../platform/tenancy/workspace-id.js';
import { LinkCache } from '../cache/link-cache.service.js';
import type { Link } from '../link.schema.js';

/** Under which addresses a link is found, and how others learn that it is so no more. */
@Injectable()
export class LinkAddresses {
  constructor(
    private readonly domains: DomainsService,
    private readonly directory: DomainCache,
    private readonly cache: LinkCache,
  ) {}

  keyOf(slug: string, isCaseSensitive: boolean): string {
    return slugKey({ caseSensitive: isCaseSensitive }, slug.normalize('NFC'));
  }

  isCaseSensitive({ caseSensitive }: ChosenDomain): boolean {
    return caseSensitive ?? true;
  }

  /** Also on a domain that takes no new links any more. */
  async isCaseSensitiveOn(workspaceId: WorkspaceId, hostname: string): Promise<boolean> {
    const served = await this.directory.find(hostname);
    // Another owner's domain says nothing about links that were made here before.
    const own = served?.workspaceId === workspaceId ? served : await this.domains.choose(workspaceId, hostname);
    return own?.caseSensitive ?? true;
  }

  /** To be called after a link was made, changed or deleted. @param newKeys those that it has beside its old ones. */
  async forget({ hostname, slug, slugKeys }: Pick<Link, 'hostname' | 'slug' | 'slugKeys'>, newKeys: string[] = []) {
    await this.cache.invalidate(hostname, ...new Set([slug, ...slugKeys, ...newKeys]));
  }
}
