import { Injectable } from '@nestjs/common';
import { DomainsService } from '../domains/domains.service.js';
import { ProblemException } from '../platform/http/problems/problem.js';
import { isId } from '../platform/ids/ids.js';
import type { Within } from '../platform/mongo/tenant.repository.js';
import type { WorkspaceId } from '../platform/tenancy/workspace-id.js';
import type { Viewer } from '../workspaces/caller.js';
import { limitsCondition } from '../workspaces/restrictions/rules/link-limits.js';
import type { Link } from './link.schema.js';
import { LinksRepository } from './links.repository.js';
import { LinkAddresses } from './write/link-addresses.service.js';

/** Finds a workspace's links by the names that callers have for them. */
@Injectable()
export class LinkLookup {
  constructor(
    private readonly links: LinksRepository,
    private readonly domains: DomainsService,
    private readonly addresses: LinkAddresses,
  ) {}

  /**
   * @param reference a link's id or `ext_<externalId>`.
   * @throws ProblemException 404, also for a link that the viewer may not see.
   */
  async get({ workspaceId, restrictions }: Viewer, reference: string): Promise<Link> {
    const filter = { ...byReference(reference), live: true, ...limitsCondition(restrictions.linkLimits) };
    const link = await this.links.findOne(workspaceId, filter as Within<Link>);
    if (!link) throw ProblemException.notFound('link');
    return link;
  }

  /** Finds the link at an address, also under a former slug. */
  async findByAddress(workspaceId: WorkspaceId, hostname: string | undefined, slug: string): Promise<Link | undefined> {
    const domain = await this.domains.choose(workspaceId, hostname);
    if (!domain) return undefined;
    const slugKeys = this.addresses.keyOf(slug, this.addresses.isCaseSensitive(domain));
    return this.links.findOne(workspaceId, { hostname: domain.hostname, slugKeys, live: true });
  }

  async findByExternalId(workspaceId: WorkspaceId, externalId: string): Promise<Link | undefined> {
    return this.links.findOne(workspaceId, { ...byExternalId(externalId), live: true });
  }

  /** Finds the link with this reference that was deleted last. @param since deletions before this time are not found. */
  async findDeleted({ workspaceId, restrictions }: Viewer, reference: string, since: Date): Promise<Link | undefined> {
    const { linkLimits } = restrictions;
    const deleted = { live: false, deletedAt: { $gte: since } };
    const filter = { ...byReference(reference), ...deleted, ...limitsCondition(linkLimits) } as Within<Link>;
    const [link] = await this.links.findMany(workspaceId, filter, undefined, { sort: { deletedAt: -1 }, limit: 1 });
    return link;
  }
}

/** The index holds texts only, and MongoDB uses it only for queries that ask for texts (docs/traps.md). */
function byExternalId(externalId: string): { externalId: { $eq: string; $type: 'string' } } {
  return { externalId: { $eq: externalId, $type: 'string' } };
}

function byReference(reference: string): { _id: string } | ReturnType<typeof byExternalId> {
  if (reference.startsWith('ext_')) return byExternalId(reference.slice('ext_'.length));
  return { _id: isId('lnk', reference) ? reference : '' };
}
