import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { TenantRepository } from '../../platform/mongo/tenant.repository.js';
import { ConversionImport } from './conversion-import.schema.js';

@Injectable()
export class ImportsRepository extends TenantRepository<ConversionImport> {
  constructor(@InjectModel(ConversionImport.name) model: Model<ConversionImport>) {
    super(model);
  }
}
