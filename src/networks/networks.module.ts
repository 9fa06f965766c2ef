import { Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { NetworkCache } from './cache/network-cache.service.js';
import { NetworkPresetsController } from './catalogue/network-presets.controller.js';
import { ChangedNetworks } from './cache/changed-networks.read-model.js';
import { NetworkReadModel } from './cache/network.read-model.js';
import { Network, NetworkSchema } from './network.schema.js';
import { NetworksController } from './networks.controller.js';
import { NetworksDeletion } from './networks-deletion.service.js';
import { NetworksRetention } from './networks-retention.service.js';
import { NetworksRepository } from './networks.repository.js';
import { WorkspacesModule } from '../workspaces/workspaces.module.js';
import { NetworkSearch } from './network-search.service.js';
import { NetworksService } from './networks.service.js';
import { PresetCatalogue } from './catalogue/preset-catalogue.service.js';

/**
 * Networks: the senders of postbacks, with their keys, mappings and security settings.
 * Start with networks.service.ts (changes) and cache/network-cache.service.ts (look-up by key for each postback).
 * `catalogue/` has the presets, `rules/reading/` reads a request with a network's mapping (start with read-event.ts).
 */
@Module({
  imports: [WorkspacesModule, MongooseModule.forFeature([{ name: Network.name, schema: NetworkSchema }])],
  controllers: [NetworksController, NetworkPresetsController],
  providers: [
    NetworksRepository,
    NetworkReadModel,
    ChangedNetworks,
    NetworkCache,
    PresetCatalogue,
    NetworksService,
    NetworkSearch,
    NetworksDeletion,
    NetworksRetention,
  ],
  exports: [NetworksService, NetworkSearch, ChangedNetworks, NetworkCache, PresetCatalogue],
})
export class NetworksModule {}
