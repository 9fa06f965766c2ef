import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { TenantRepository } from '../mongo/tenant.repository.js';
import { IdempotencyRecord } from './idempotency-record.schema.js';

@Injectable()
export class IdempotencyRecordsRepository extends TenantRepository<IdempotencyRecord> {
  constructor(@InjectModel(IdempotencyRecord.name) model: Model<IdempotencyRecord>) {
    super(model);
  }
}
