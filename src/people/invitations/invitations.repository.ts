import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { TenantRepository } from '../../platform/mongo/tenant.repository.js';
import { Invitation } from './invitation.schema.js';

@Injectable()
export class InvitationsRepository extends TenantRepository<Invitation> {
  constructor(@InjectModel(Invitation.name) model: Model<Invitation>) {
    super(model);
  }
}
