import type { Connection } from 'mongoose';
import { WorkspaceDeletion } from '../deletion/workspace-deletion.schema.js';
import { Workspace } from '../workspace.schema.js';
import { type PrivacySettings, settingsOf } from './workspace-settings.js';

/** Crosses workspaces on purpose: a group of clicks belongs to many workspaces. For a connection outside Nest. */
export class PrivacyReadModel {
  constructor(private readonly connection: Connection) {}

  /** @returns `deleted` for workspaces that are deleted or being deleted. Unknown workspaces are absent. */
  async read(ids: readonly string[]): Promise<Map<string, PrivacySettings | 'deleted'>> {
    const filter = { _id: { $in: [...ids] } };
    const [workspaces, deletions] = await Promise.all([
      this.connection
        .model<Workspace>(Workspace.name)
        .find(filter as never)
        .lean<Workspace[]>()
        .exec(),
      this.connection
        .model<WorkspaceDeletion>(WorkspaceDeletion.name)
        .find(filter as never, { _id: 1 })
        .lean()
        .exec(),
    ]);
    return new Map<string, PrivacySettings | 'deleted'>([
      ...workspaces.map((workspace) => [workspace._id, settingsOf(workspace).privacy] as const),
      ...deletions.map(({ _id }) => [_id as string, 'deleted'] as const),
    ]);
  }
}
