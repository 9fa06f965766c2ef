import { Injectable } from '@nestjs/common';
import { Ports } from '../platform/ports/ports.service.js';
import { DELETION_STEPS } from '../workspaces/workspaces.ports.js';
import { NetworkCache } from './cache/network-cache.service.js';
import { NetworksRepository } from './networks.repository.js';

/** Deletes the networks of a deleted workspace, so that every process refuses their keys at once. */
@Injectable()
export class NetworksDeletion {
  constructor(networks: NetworksRepository, cache: NetworkCache, ports: Ports) {
    ports.add(DELETION_STEPS, 'networks', async (workspaceId) => {
      for (const id of await networks.listAllIds(workspaceId)) {
        await networks.deleteById(workspaceId, id);
        await cache.changed(id);
      }
    });
  }
}
