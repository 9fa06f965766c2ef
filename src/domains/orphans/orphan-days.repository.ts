import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { TenantRepository } from '../../platform/mongo/tenant.repository.js';
import { OrphanDay } from './orphan-day.schema.js';

@Injectable()
export class OrphanDaysRepository extends TenantRepository<OrphanDay> {
  constructor(@InjectModel(OrphanDay.name) model: Model<OrphanDay>) {
    super(model);
  }
}
