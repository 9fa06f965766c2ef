import { Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { ChangedNetworks } from './changed-networks.read-model.js';
import { NetworkReadModel } from './network.read-model.js';
import { Network, NetworkSchema } from './network.schema.js';
import { NetworksController } from './networks.controller.js';
import { NetworksRepository } from './networks.repository.js';
import { NetworksService } from './networks.service.js';

@Module({
  imports: [MongooseModule.forFeature([{ name: Network.name, schema: NetworkSchema }])],
  controllers: [NetworksController],
  providers: [NetworksRepository, NetworkReadModel, ChangedNetworks, NetworksService],
  exports: [NetworksService, ChangedNetworks],
})
export class NetworksModule {}
