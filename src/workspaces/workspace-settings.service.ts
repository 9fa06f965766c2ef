import { Injectable } from '@nestjs/common';
import { KnownValues } from '../platform/cache/known-values.js';
import { definedOnly } from '../platform/collections/defined-only.js';
import { ProblemException } from '../platform/http/problem.js';
import { MongoWatch } from '../platform/mongo/mongo-watch.service.js';
import { trustedWorkspaceId, type WorkspaceId } from '../platform/tenancy/workspace-id.js';
import type { Workspace } from './workspace.schema.js';
import { settingsOf, type WorkspaceSettings } from './workspace-settings.js';
import { WorkspacesRepository } from './workspaces.repository.js';

const MAX_AGE_MS = 1_000;
const MAX_KNOWN = 10_000;

export interface SettingsChange {
  name?: string | undefined;
  currency?: string | undefined;
  retention?: { postbackDays?: number | undefined } | undefined;
  postbacksWhenDown?: WorkspaceSettings['postbacksWhenDown'] | undefined;
}

export type SettingsListener = (workspaceId: WorkspaceId, settings: WorkspaceSettings) => void;

@Injectable()
export class WorkspaceSettingsService {
  private readonly known: KnownValues<WorkspaceSettings>;
  private readonly listeners: SettingsListener[] = [];

  constructor(
    private readonly workspaces: WorkspacesRepository,
    watch: MongoWatch,
  ) {
    this.known = new KnownValues({
      read: async (id) => settingsOf(await this.read(trustedWorkspaceId(id))),
      maxAgeMs: MAX_AGE_MS,
      max: MAX_KNOWN,
      isHopeful: () => watch.isAnswering,
    });
  }

  /**
   * The settings as they were a second ago at most; as they were last known while MongoDB is away. Asked for each postback, it
   * costs one read a second.
   */
  of(workspaceId: WorkspaceId): Promise<WorkspaceSettings> {
    return this.known.get(workspaceId);
  }

  /** The workspace as it is stored now. */
  async read(workspaceId: WorkspaceId): Promise<Workspace> {
    const workspace = await this.workspaces.findById(workspaceId);
    if (!workspace) throw ProblemException.notFound('workspace');
    return workspace;
  }

  /** Takes effect at once in this process, and within a second in others. */
  async change(workspaceId: WorkspaceId, { retention, ...fields }: SettingsChange): Promise<Workspace> {
    const set = definedOnly({ ...fields, 'retention.postbackDays': retention?.postbackDays });
    const workspace =
      Object.keys(set).length === 0
        ? await this.read(workspaceId)
        : await this.workspaces.updateById(workspaceId, { $set: set });
    if (!workspace) throw ProblemException.notFound('workspace');
    const settings = settingsOf(workspace);
    this.known.set(workspaceId, settings);
    for (const listener of this.listeners) listener(workspaceId, settings);
    return workspace;
  }

  /** Told of each change that is made in this process. */
  onChange(listener: SettingsListener): void {
    this.listeners.push(listener);
  }
}
