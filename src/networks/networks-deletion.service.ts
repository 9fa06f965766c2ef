import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DeletionSteps } from '../workspaces/deletion/deletion-steps.service.js';
import { NetworkCache } from './network-cache.service.js';
import { NetworksRepository } from './networks.repository.js';

/** When a workspace is deleted, the keys of its networks are refused at once, in every process. */
@Injectable()
export class NetworksDeletion implements OnModuleInit {
  constructor(
    private readonly networks: NetworksRepository,
    private readonly directory: NetworkCache,
    private readonly steps: DeletionSteps,
  ) {}

  onModuleInit(): void {
    this.steps.add(async (workspaceId) => {
      for (const { _id } of await this.networks.findMany(workspaceId, {}, undefined, { fields: ['_id'] })) {
        await this.networks.deleteById(workspaceId, _id);
        await this.directory.changed(_id);
      }
    });
  }
}
