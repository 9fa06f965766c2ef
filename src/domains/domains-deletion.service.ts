import { Injectable } from '@nestjs/common';
import { Ports } from '../platform/ports/ports.service.js';
import { DELETION_STEPS } from '../workspaces/workspaces.ports.js';
import { DomainCache } from './domain-cache.service.js';
import { DomainsRepository } from './domains.repository.js';

/** Domains of a deleted workspace serve nothing more, and their hostnames are free: here at once, elsewhere in half a second. */
@Injectable()
export class DomainsDeletion {
  constructor(domains: DomainsRepository, directory: DomainCache, ports: Ports) {
    ports.add(DELETION_STEPS, 'domains', async (workspaceId) => {
      await domains.unverifyAll(workspaceId);
      await directory.refresh();
    });
  }
}
