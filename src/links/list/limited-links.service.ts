import { Injectable } from '@nestjs/common';
import type { Within } from '../../platform/mongo/tenant.repository.js';
import { Ports } from '../../platform/ports/ports.service.js';
import type { WorkspaceId } from '../../platform/tenancy/workspace-id.js';
import type { LinkLimits } from '../../workspaces/caller.js';
import { limitsCondition } from '../../workspaces/restrictions/rules/link-limits.js';
import { LINKS_WITHIN_LIMITS, type LinksWithinLimits } from '../../workspaces/workspaces.ports.js';
import type { Link } from '../link.schema.js';
import { LinksRepository } from '../links.repository.js';

/** Provides the port `LINKS_WITHIN_LIMITS`. */
@Injectable()
export class LimitedLinks implements LinksWithinLimits {
  constructor(
    private readonly links: LinksRepository,
    ports: Ports,
  ) {
    ports.provide(LINKS_WITHIN_LIMITS, this);
  }

  async listIds(
    workspaceId: WorkspaceId,
    limits: LinkLimits,
    { limit, among }: { limit: number; among?: readonly string[] },
  ): Promise<string[]> {
    if (limit === 0) return [];
    const filter = { ...limitsCondition(limits), ...(among && { _id: { $in: among } }) } as Within<Link>;
    const links = await this.links.findMany(workspaceId, filter, undefined, { fields: ['_id'], limit });
    return links.map(({ _id }) => _id);
  }
}
