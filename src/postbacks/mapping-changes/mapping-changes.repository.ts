import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { TenantRepository } from '../../platform/mongo/tenant.repository.js';
import { MappingChange } from './mapping-change.schema.js';

@Injectable()
export class MappingChangesRepository extends TenantRepository<MappingChange> {
  constructor(@InjectModel(MappingChange.name) model: Model<MappingChange>) {
    super(model);
  }
}
