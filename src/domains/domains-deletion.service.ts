import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DeletionSteps } from '../workspaces/deletion/deletion-steps.service.js';
import { DomainCache } from './domain-cache.service.js';
import { DomainsRepository } from './domains.repository.js';

/** When a workspace is deleted, its domains serve nothing more, and their hostnames are free: here at once, elsewhere in half a second. */
@Injectable()
export class DomainsDeletion implements OnModuleInit {
  constructor(
    private readonly domains: DomainsRepository,
    private readonly directory: DomainCache,
    private readonly steps: DeletionSteps,
  ) {}

  onModuleInit(): void {
    this.steps.add(async (workspaceId) => {
      await this.domains.unverifyAll(workspaceId);
      await this.directory.refresh();
    });
  }
}
