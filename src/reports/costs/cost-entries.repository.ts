import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { TenantRepository } from '../../platform/mongo/tenant.repository.js';
import { CostEntry } from './cost-entry.schema.js';

/** The uploaded costs of one workspace. */
@Injectable()
export class CostEntriesRepository extends TenantRepository<CostEntry> {
  constructor(@InjectModel(CostEntry.name) model: Model<CostEntry>) {
    super(model);
  }
}
