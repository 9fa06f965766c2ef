import { Injectable } from '@nestjs/common';
import { Ports } from '../platform/ports/ports.service.js';
import { DELETION_STEPS } from '../workspaces/workspaces.ports.js';
import { NetworkCache } from './cache/network-cache.service.js';
import { NetworksRepository } from './networks.repository.js';

/** The network keys of a deleted workspace are refused at once, in every process. */
@Injectable()
export class NetworksDeletion {
  constructor(networks: NetworksRepository, directory: NetworkCache, ports: Ports) {
    ports.add(DELETION_STEPS, 'networks', async (workspaceId) => {
      for (const { _id } of await networks.findMany(workspaceId, {}, undefined, { fields: ['_id'] })) {
        await networks.deleteById(workspaceId, _id);
        await directory.changed(_id);
      }
    });
  }
}
