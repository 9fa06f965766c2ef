import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model, UpdateQuery } from 'mongoose';
import type { Transaction } from '../platform/mongo/transactions.js';
import type { WorkspaceId } from '../platform/tenancy/workspace-id.js';
import { Workspace } from './workspace.schema.js';

/** Stores the tenants themselves. It reads no data that belongs to a tenant. */
@Injectable()
export class WorkspacesRepository {
  constructor(@InjectModel(Workspace.name) private readonly model: Model<Workspace>) {}

  async insert(workspace: Workspace, tx: Transaction): Promise<void> {
    await this.model.insertMany([workspace], { session: tx });
  }

  /** The workspace that the first start created. `undefined` on an empty database. */
  async findFirst(tx?: Transaction): Promise<Workspace | undefined> {
    const first = await this.model
      .findOne({ isFirst: true })
      .session(tx ?? null)
      .lean()
      .exec();
    return first ?? undefined;
  }

  async findById(id: WorkspaceId, tx?: Transaction): Promise<Workspace | undefined> {
    const found = await this.model
      .findById(id)
      .session(tx ?? null)
      .lean()
      .exec();
    return found ?? undefined;
  }

  /** The demo workspace of a person, unless its deletion has begun. */
  async findDemoOf(userId: string, tx?: Transaction): Promise<Workspace | undefined> {
    const found = await this.model
      .findOne({ demoOf: userId })
      .session(tx ?? null)
      .lean()
      .exec();
    return found ?? undefined;
  }

  /**
   * Serializes the transactions that change who may access a workspace (keys and members), by a write to the workspace.
   * @returns false when the workspace is deleted or being deleted.
   */
  async lockAccess(id: WorkspaceId, tx: Transaction): Promise<boolean> {
    const { matchedCount } = await this.model
      .updateOne({ _id: id, deletingSince: null }, { $set: { keysChangedAt: new Date() } }, { session: tx })
      .exec();
    return matchedCount === 1;
  }

  async findByIds(ids: readonly WorkspaceId[]): Promise<Pick<Workspace, '_id' | 'name' | 'isDemo'>[]> {
    return this.model
      .find({ _id: { $in: ids } })
      .select({ name: 1, isDemo: 1 })
      .lean<Pick<Workspace, '_id' | 'name' | 'isDemo'>[]>()
      .exec();
  }

  async deleteById(id: WorkspaceId): Promise<void> {
    await this.model.deleteOne({ _id: id }).exec();
  }

  /** Changes the workspace. @returns the changed workspace. */
  async updateById(id: WorkspaceId, update: UpdateQuery<Workspace>, tx?: Transaction): Promise<Workspace | undefined> {
    const changed = await this.model
      .findByIdAndUpdate(id, update, { returnDocument: 'after', session: tx ?? null })
      .lean()
      .exec();
    return changed ?? undefined;
  }
}
