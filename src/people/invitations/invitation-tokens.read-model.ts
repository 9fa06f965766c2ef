import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import type { Transaction } from '../../platform/mongo/transactions.js';
import { Invitation } from './invitation.schema.js';

/** Crosses workspaces on purpose: the token decides which workspace a person is invited to. */
@Injectable()
export class InvitationTokensReadModel {
  constructor(@InjectModel(Invitation.name) private readonly model: Model<Invitation>) {}

  /** @returns `undefined` when the invitation has expired, was revoked or accepted. */
  async findValid(tokenHash: string, tx?: Transaction): Promise<Invitation | undefined> {
    const found = await this.model
      .findOne({ tokenHash, expiresAt: { $gt: new Date() } })
      .session(tx ?? null)
      .lean<Invitation>()
      .exec();
    return found ?? undefined;
  }

  /** The valid invitations of an address, in all workspaces, the oldest first. */
  async listOfAddress(emailKey: string, tx?: Transaction): Promise<Invitation[]> {
    return this.model
      .find({ emailKey, expiresAt: { $gt: new Date() } })
      .sort({ _id: 1 })
      .session(tx ?? null)
      .lean<Invitation[]>()
      .exec();
  }
}
