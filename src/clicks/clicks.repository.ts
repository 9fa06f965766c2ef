import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { TenantRepository } from '../platform/mongo/tenant.repository.js';
import { Click } from './click.schema.js';

@Injectable()
export class ClicksRepository extends TenantRepository<Click> {
  constructor(@InjectModel(Click.name) model: Model<Click>) {
    super(model);
  }
}
