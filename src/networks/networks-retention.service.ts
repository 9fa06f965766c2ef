import { Injectable } from '@nestjs/common';
import { Ports } from '../platform/ports/ports.service.js';
import { RETENTION_TASKS } from '../workspaces/workspaces.ports.js';
import { NetworksRepository, RESTORABLE_DAYS } from './networks.repository.js';

const DAY_MS = 86_400_000;

/** Removes deleted networks for good when they can no longer be restored. */
@Injectable()
export class NetworksRetention {
  constructor(networks: NetworksRepository, ports: Ports) {
    ports.add(RETENTION_TASKS, 'networks', (workspaceId) =>
      networks.deleteDeletedBefore(workspaceId, new Date(Date.now() - RESTORABLE_DAYS * DAY_MS)),
    );
  }
}
