import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { TenantRepository } from '../platform/mongo/tenant.repository.js';
import { Link } from './link.schema.js';

@Injectable()
export class LinksRepository extends TenantRepository<Link> {
  constructor(@InjectModel(Link.name) model: Model<Link>) {
    super(model);
  }
}
