import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import type { Transaction } from '../../platform/mongo/transactions.js';
import { Challenge, type ChallengePurpose } from './challenge.schema.js';

@Injectable()
export class ChallengesRepository {
  constructor(@InjectModel(Challenge.name) private readonly model: Model<Challenge>) {}

  async insert(challenge: Challenge, tx?: Transaction): Promise<void> {
    await this.model.create([challenge], { session: tx ?? null });
  }

  async find(id: string, purpose: ChallengePurpose): Promise<Challenge | undefined> {
    const found = await this.model.findOne(validNow(id, purpose)).lean<Challenge>().exec();
    return found ?? undefined;
  }

  /** Deletes the challenge and returns it: of several callers, one gets it. */
  async take(id: string, purpose: ChallengePurpose, tx?: Transaction): Promise<Challenge | undefined> {
    const taken = await this.model
      .findOneAndDelete(validNow(id, purpose), { session: tx ?? null })
      .lean<Challenge>()
      .exec();
    return taken ?? undefined;
  }

  async deleteOf(userId: string, purposes: readonly ChallengePurpose[], tx?: Transaction): Promise<void> {
    await this.model.deleteMany({ userId, purpose: { $in: purposes } }, tx && { session: tx }).exec();
  }
}

function validNow(
  id: string,
  purpose: ChallengePurpose,
): { _id: string; purpose: ChallengePurpose; expiresAt: object } {
  return { _id: id, purpose, expiresAt: { $gt: new Date() } };
}
