import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { TenantRepository } from '../platform/mongo/tenant.repository.js';
import { Domain } from './domain.schema.js';

@Injectable()
export class DomainsRepository extends TenantRepository<Domain> {
  constructor(@InjectModel(Domain.name) model: Model<Domain>) {
    super(model);
  }
}
