import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model, QueryFilter, UpdateQuery } from 'mongoose';
import type { Transaction } from '../../platform/mongo/transactions.js';
import { User } from './user.schema.js';

/** Stores people. They belong to the instance, not to a workspace. */
@Injectable()
export class UsersRepository {
  constructor(@InjectModel(User.name) private readonly model: Model<User>) {}

  async insert(user: User, tx: Transaction): Promise<void> {
    // Not insertMany: its error does not name the index that refused the document.
    await this.model.create([user], { session: tx });
  }

  async findById(id: string, tx?: Transaction): Promise<User | undefined> {
    return this.findOne({ _id: id }, tx);
  }

  async findByIds(ids: readonly string[]): Promise<Pick<User, '_id' | 'email' | 'name'>[]> {
    return this.model
      .find({ _id: { $in: ids } })
      .select({ email: 1, name: 1 })
      .lean<Pick<User, '_id' | 'email' | 'name'>[]>()
      .exec();
  }

  /** @param emailKey as `emailKey` of rules/email-address.ts returns it. */
  async findByEmailKey(emailKey: string, tx?: Transaction): Promise<User | undefined> {
    return this.findOne({ emailKey }, tx);
  }

  async findByPasskey(credentialId: string): Promise<User | undefined> {
    return this.findOne({ 'passkeys._id': credentialId });
  }

  async findByIdentity(issuer: string, subject: string, tx?: Transaction): Promise<User | undefined> {
    return this.findOne({ identities: { $elemMatch: { issuer, subject } } }, tx);
  }

  /** @returns the changed person; `undefined` when none matches, so that a condition can be part of the filter. */
  async updateOne(
    id: string,
    update: UpdateQuery<User>,
    { condition = {}, tx }: { condition?: QueryFilter<User>; tx?: Transaction | undefined } = {},
  ): Promise<User | undefined> {
    const changed = await this.model
      .findOneAndUpdate({ ...condition, _id: id }, update, { returnDocument: 'after', session: tx ?? null })
      .lean<User>()
      .exec();
    return changed ?? undefined;
  }

  async hasAny(tx?: Transaction): Promise<boolean> {
    const one = await this.model
      .exists({})
      .session(tx ?? null)
      .exec();
    return one !== null;
  }

  async deleteById(id: string, tx: Transaction): Promise<void> {
    await this.model.deleteOne({ _id: id }, { session: tx }).exec();
  }

  private async findOne(filter: QueryFilter<User>, tx?: Transaction): Promise<User | undefined> {
    const found = await this.model
      .findOne(filter)
      .session(tx ?? null)
      .lean<User>()
      .exec();
    return found ?? undefined;
  }
}
