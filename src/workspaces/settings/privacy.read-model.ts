import type { Connection } from 'mongoose';
import { WorkspaceDeletion } from '../deletion/workspace-deletion.schema.js';
import { Workspace } from '../workspace.schema.js';
import { type PrivacySettings, settingsOf } from './workspace-settings.js';

/** Crosses workspaces on purpose: clicks are stored in groups, whosever they are. For a connection outside of Nest. */
export class PrivacyReadModel {
  constructor(private readonly connection: Connection) {}

  /** @returns `deleted` for those that are being deleted or were; those that nobody knows are not in it. */
  async read(ids: readonly string[]): Promise<Map<string, PrivacySettings | 'deleted'>> {
    const among = { _id: { $in: [...ids] } };
    const [workspaces, deletions] = await Promise.all([
      this.connection
        .model<Workspace>(Workspace.name)
        .find(among as never)
        .lean<Workspace[]>()
        .exec(),
      this.connection
        .model<WorkspaceDeletion>(WorkspaceDeletion.name)
        .find(among as never, { _id: 1 })
        .lean()
        .exec(),
    ]);
    return new Map<string, PrivacySettings | 'deleted'>([
      ...workspaces.map((workspace) => [workspace._id, settingsOf(workspace).privacy] as const),
      ...deletions.map(({ _id }) => [_id as string, 'deleted'] as const),
    ]);
  }
}
