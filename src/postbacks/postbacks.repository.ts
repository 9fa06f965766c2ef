import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { TenantRepository } from '../platform/mongo/tenant.repository.js';
import { Postback } from './postback.schema.js';

@Injectable()
export class PostbacksRepository extends TenantRepository<Postback> {
  constructor(@InjectModel(Postback.name) model: Model<Postback>) {
    super(model);
  }
}
