import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import type { Transaction } from '../platform/mongo/transactions.js';
import { Workspace } from './workspace.schema.js';

/** The tenants themselves. Nothing here reads what belongs to one. */
@Injectable()
export class WorkspacesRepository {
  constructor(@InjectModel(Workspace.name) private readonly model: Model<Workspace>) {}

  async insert(workspace: Workspace, tx: Transaction): Promise<void> {
    await this.model.insertMany([workspace], { session: tx });
  }

  /** The workspace that the first start made, or `undefined` on an empty database. */
  async findFirst(tx?: Transaction): Promise<Workspace | undefined> {
    const first = await this.model
      .findOne({ isFirst: true })
      .session(tx ?? null)
      .lean()
      .exec();
    return first ?? undefined;
  }
}
