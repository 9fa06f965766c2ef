import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { TenantRepository } from '../platform/mongo/tenant.repository.js';
import { Conversion } from './conversion.schema.js';

@Injectable()
export class ConversionsRepository extends TenantRepository<Conversion> {
  constructor(@InjectModel(Conversion.name) model: Model<Conversion>) {
    super(model);
  }
}
