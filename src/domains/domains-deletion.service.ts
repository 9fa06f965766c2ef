import { Injectable } from '@nestjs/common';
import { Ports } from '../platform/ports/ports.service.js';
import { DELETION_STEPS } from '../workspaces/workspaces.ports.js';
import { DomainCache } from './domain-cache.service.js';
import { DomainsRepository } from './domains.repository.js';

/** Frees the hostnames of a deleted workspace: at once in this process, within half a second in others. */
@Injectable()
export class DomainsDeletion {
  constructor(domains: DomainsRepository, domainCache: DomainCache, ports: Ports) {
    ports.add(DELETION_STEPS, 'domains', async (workspaceId) => {
      await domains.unverifyAll(workspaceId);
      await domainCache.refresh();
    });
  }
}
