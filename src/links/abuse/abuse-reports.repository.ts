import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { TenantRepository } from '../../platform/mongo/tenant.repository.js';
import { AbuseReport } from './abuse-report.schema.js';

@Injectable()
export class AbuseReportsRepository extends TenantRepository<AbuseReport> {
  constructor(@InjectModel(AbuseReport.name) model: Model<AbuseReport>) {
    super(model);
  }
}
