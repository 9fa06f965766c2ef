import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { TenantRepository } from '../../platform/mongo/tenant.repository.js';
import { UnmatchedDay } from './unmatched-day.schema.js';

@Injectable()
export class UnmatchedDaysRepository extends TenantRepository<UnmatchedDay> {
  constructor(@InjectModel(UnmatchedDay.name) model: Model<UnmatchedDay>) {
    super(model);
  }
}
