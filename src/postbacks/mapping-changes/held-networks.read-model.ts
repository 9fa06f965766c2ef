import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import type { Hold } from '../rules/rematch-due.js';
import { MappingChange } from './mapping-change.schema.js';

/** Crosses workspaces on purpose: one job reprocesses the waiting postbacks of all workspaces. */
@Injectable()
export class HeldNetworks {
  constructor(@InjectModel(MappingChange.name) private readonly model: Model<MappingChange>) {}

  /** The latest change that can still be undone, by network id. */
  async find(networkIds: readonly string[]): Promise<ReadonlyMap<string, Hold>> {
    if (networkIds.length === 0) return new Map();
    const changes = await this.model
      .find({ networkId: { $in: [...networkIds] }, state: 'undoable' })
      .select({ networkId: 1, dialectChangedAt: 1, undoUntil: 1 })
      .sort({ dialectChangedAt: 1 })
      .lean<(Hold & { networkId: string })[]>()
      .exec();
    return new Map(changes.map((change) => [change.networkId, change]));
  }
}
