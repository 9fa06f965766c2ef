import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { TenantRepository } from '../platform/mongo/tenant.repository.js';
import { ImportJob } from './import-job.schema.js';

@Injectable()
export class ImportJobsRepository extends TenantRepository<ImportJob> {
  constructor(@InjectModel(ImportJob.name) model: Model<ImportJob>) {
    super(model);
  }
}
