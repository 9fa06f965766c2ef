import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { TenantRepository } from '../platform/mongo/tenant.repository.js';
import { StoredRateDay } from './rate-day.schema.js';

/** The days with exchange rates of one workspace. */
@Injectable()
export class RateDaysRepository extends TenantRepository<StoredRateDay> {
  constructor(@InjectModel(StoredRateDay.name) model: Model<StoredRateDay>) {
    super(model);
  }
}
