import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { TenantRepository } from '../../platform/mongo/tenant.repository.js';
import { BulkReplay } from './bulk-replay.schema.js';

@Injectable()
export class BulkReplaysRepository extends TenantRepository<BulkReplay> {
  constructor(@InjectModel(BulkReplay.name) model: Model<BulkReplay>) {
    super(model);
  }
}
