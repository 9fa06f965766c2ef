import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { TenantRepository } from '../../platform/mongo/tenant.repository.js';
import { VisitorRule } from './visitor-rule.schema.js';

@Injectable()
export class VisitorRulesRepository extends TenantRepository<VisitorRule> {
  constructor(@InjectModel(VisitorRule.name) model: Model<VisitorRule>) {
    super(model);
  }
}
