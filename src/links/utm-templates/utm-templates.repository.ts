import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { TenantRepository } from '../../platform/mongo/tenant.repository.js';
import { UtmTemplate } from './utm-template.schema.js';

@Injectable()
export class UtmTemplatesRepository extends TenantRepository<UtmTemplate> {
  constructor(@InjectModel(UtmTemplate.name) model: Model<UtmTemplate>) {
    super(model);
  }
}
