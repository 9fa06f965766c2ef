import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model, QueryFilter, UpdateQuery } from 'mongoose';
import type { Transaction } from '../../platform/mongo/transactions.js';
import { Session } from './session.schema.js';

/** Stores sessions. They belong to a person, not to a workspace. */
@Injectable()
export class SessionsRepository {
  constructor(@InjectModel(Session.name) private readonly model: Model<Session>) {}

  async insert(session: Session): Promise<void> {
    await this.model.create([session]);
  }

  /** @returns `undefined` for a session that has expired. */
  async findByTokenHash(tokenHash: string): Promise<Session | undefined> {
    const found = await this.model
      .findOne({ tokenHash, expiresAt: { $gt: new Date() } })
      .lean<Session>()
      .exec();
    return found ?? undefined;
  }

  /** The sessions of a person that have not expired, the last used first. */
  async listOf(userId: string): Promise<Session[]> {
    return this.model
      .find({ userId, expiresAt: { $gt: new Date() } })
      .sort({ lastSeenAt: -1 })
      .lean<Session[]>()
      .exec();
  }

  /** @returns false when the session has ended meanwhile. */
  async updateById(id: string, update: UpdateQuery<Session>): Promise<boolean> {
    return (await this.model.updateOne({ _id: id }, update).exec()).matchedCount === 1;
  }

  /** @returns how many sessions were ended. */
  async deleteOf(userId: string, filter: QueryFilter<Session> = {}, tx?: Transaction): Promise<number> {
    const { deletedCount } = await this.model.deleteMany({ ...filter, userId }, tx && { session: tx }).exec();
    return deletedCount;
  }
}
