import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { WorkspaceId } from '../platform/tenancy/workspace-id.js';
import { DeletionSteps } from '../workspaces/deletion/deletion-steps.service.js';
import { LinkCache } from './link-cache.service.js';
import { LinksRepository } from './links.repository.js';

/** When a workspace is deleted, its links lead nowhere at once, in every process. */
@Injectable()
export class LinksDeletion implements OnModuleInit {
  constructor(
    private readonly links: LinksRepository,
    private readonly cache: LinkCache,
    private readonly steps: DeletionSteps,
  ) {}

  onModuleInit(): void {
    this.steps.add((workspaceId) => this.end(workspaceId));
  }

  private async end(workspaceId: WorkspaceId): Promise<void> {
    await this.links.updateMany(workspaceId, { live: true }, { $set: { live: false, updatedAt: new Date() } });
    for await (const { hostname, slug, slugKeys } of this.links.stream(workspaceId, {})) {
      await this.cache.invalidate(hostname, ...new Set([slug, ...slugKeys]));
    }
  }
}
