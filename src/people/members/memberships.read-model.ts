import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import type { Transaction } from '../../platform/mongo/transactions.js';
import { Member } from './member.schema.js';

/** Crosses workspaces on purpose: a person may belong to several. */
@Injectable()
export class MembershipsReadModel {
  constructor(@InjectModel(Member.name) private readonly model: Model<Member>) {}

  /** All memberships of a person, the oldest first. */
  async listOf(userId: string, tx?: Transaction): Promise<Member[]> {
    return this.model
      .find({ userId })
      .sort({ _id: 1 })
      .session(tx ?? null)
      .lean<Member[]>()
      .exec();
  }
}
