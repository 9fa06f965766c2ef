import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { TenantRepository } from '../../platform/mongo/tenant.repository.js';
import { Member } from './member.schema.js';

@Injectable()
export class MembersRepository extends TenantRepository<Member> {
  constructor(@InjectModel(Member.name) model: Model<Member>) {
    super(model);
  }
}
