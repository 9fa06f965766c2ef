import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { TenantRepository } from '../platform/mongo/tenant.repository.js';
import { Network } from './network.schema.js';

@Injectable()
export class NetworksRepository extends TenantRepository<Network> {
  constructor(@InjectModel(Network.name) model: Model<Network>) {
    super(model);
  }
}
