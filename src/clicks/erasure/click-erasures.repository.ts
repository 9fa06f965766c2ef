import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { TenantRepository } from '../../platform/mongo/tenant.repository.js';
import { ClickErasure } from './click-erasure.schema.js';

@Injectable()
export class ClickErasuresRepository extends TenantRepository<ClickErasure> {
  constructor(@InjectModel(ClickErasure.name) model: Model<ClickErasure>) {
    super(model);
  }
}
