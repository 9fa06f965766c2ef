import { Injectable } from '@nestjs/common';
import { Ports } from '../platform/ports/ports.service.js';
import type { WorkspaceId } from '../platform/tenancy/workspace-id.js';
import { DELETION_STEPS } from '../workspaces/workspaces.ports.js';
import { LinkCache } from './cache/link-cache.service.js';
import { LinksRepository } from './links.repository.js';

/** Stops the links of a deleted workspace at once, in every process. */
@Injectable()
export class LinksDeletion {
  constructor(
    private readonly links: LinksRepository,
    private readonly cache: LinkCache,
    ports: Ports,
  ) {
    ports.add(DELETION_STEPS, 'links', (workspaceId) => this.end(workspaceId));
  }

  private async end(workspaceId: WorkspaceId): Promise<void> {
    await this.links.updateMany(workspaceId, { live: true }, { $set: { live: false, updatedAt: new Date() } });
    for await (const { hostname, slug, slugKeys } of this.links.stream(workspaceId, {})) {
      await this.cache.invalidate(hostname, ...new Set([slug, ...slugKeys]));
    }
  }
}
