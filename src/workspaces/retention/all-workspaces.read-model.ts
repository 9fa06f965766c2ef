import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import type { WorkspaceId } from '../../platform/tenancy/workspace-id.js';
import { Workspace } from '../workspace.schema.js';

const BATCH = 500;

/** Crosses workspaces on purpose: retention removes old data in all of them. */
@Injectable()
export class AllWorkspaces {
  constructor(@InjectModel(Workspace.name) private readonly model: Model<Workspace>) {}

  /** The next workspaces after the id `after`, ordered by id. */
  async next(after: WorkspaceId | undefined): Promise<Workspace[]> {
    const filter = after === undefined ? {} : { _id: { $gt: after } };
    return this.model.find(filter).sort({ _id: 1 }).limit(BATCH).lean<Workspace[]>().exec();
  }
}
