import { Injectable } from '@nestjs/common';
import { ReplicatedCache } from '../../platform/cache/replicated-cache.js';
import { definedOnly } from '../../platform/collections/defined-only.js';
import { ProblemException } from '../../platform/http/problems/problem.js';
import { Transactions } from '../../platform/mongo/transactions.js';
import { MongoHealth } from '../../platform/mongo/mongo-health.service.js';
import { hasDates, type RangeNames, type RangeTexts, resolveRange } from '../../platform/time/time-range.js';
import { Ports } from '../../platform/ports/ports.service.js';
import { trustedWorkspaceId, type WorkspaceId } from '../../platform/tenancy/workspace-id.js';
import { AuditLog } from '../audit/audit-log.service.js';
import type { Caller } from '../caller.js';
import type { Workspace } from '../workspace.schema.js';
import { settingsOf, type WorkspaceSettings } from './workspace-settings.js';
import { SETTINGS_LISTENERS } from '../workspaces.ports.js';
import { WorkspacesRepository } from '../workspaces.repository.js';

const MAX_AGE_MS = 1_000;
/** After this time, cached settings are used if newer ones cannot be read. */
const WAIT_MS = { known: 200 };
const MAX_WORKSPACES = 10_000;

type Undefinable<T> = { [K in keyof T]: T[K] | undefined };

export interface SettingsChange {
  name?: string | undefined;
  currency?: string | undefined;
  timezone?: string | undefined;
  retention?: Partial<Undefinable<WorkspaceSettings['retention']>> | undefined;
  privacy?: Partial<Undefinable<WorkspaceSettings['privacy']>> | undefined;
  postbacksWhenDown?: WorkspaceSettings['postbacksWhenDown'] | undefined;
}

/** Reads and changes the settings of workspaces, with a cache. */
@Injectable()
export class WorkspaceSettingsService {
  private readonly cache: ReplicatedCache<WorkspaceSettings>;

  constructor(
    private readonly workspaces: WorkspacesRepository,
    private readonly transactions: Transactions,
    private readonly audit: AuditLog,
    private readonly ports: Ports,
    health: MongoHealth,
  ) {
    this.cache = new ReplicatedCache<WorkspaceSettings>({
      load: async (id) => settingsOf(await this.read(trustedWorkspaceId(id))),
      refreshAfterMs: MAX_AGE_MS / 2,
      staleAfterMs: MAX_AGE_MS,
      max: MAX_WORKSPACES,
      waitMs: WAIT_MS,
      isStoreAnswering: () => health.isAnswering,
    });
  }

  /**
   * The settings: at most one second old, or the last known ones while MongoDB is away. Calling it for each postback costs one
   * read per second.
   */
  async of(workspaceId: WorkspaceId): Promise<WorkspaceSettings> {
    const settings = await this.cache.find(workspaceId);
    if (settings === undefined) throw ProblemException.notFound('workspace');
    return settings;
  }

  /**
   * Converts `from` and `to` of a query into moments. A date without a time is a day in the workspace's time zone; `to` includes it.
   * @throws ProblemException 422 when `from` is after `to`.
   */
  async resolveRange<T extends RangeTexts>(workspaceId: WorkspaceId, query: T, names?: RangeNames): Promise<T> {
    const { timezone } = hasDates(query) ? await this.of(workspaceId) : { timezone: 'UTC' };
    return { ...query, ...resolveRange(query, timezone, names) };
  }

  /** The workspace as it is stored now. */
  async read(workspaceId: WorkspaceId): Promise<Workspace> {
    const workspace = await this.workspaces.findById(workspaceId);
    if (!workspace) throw ProblemException.notFound('workspace');
    return workspace;
  }

  /** Changes settings. It takes effect at once in this process, and within a second in others. */
  async change(caller: Caller, { retention, privacy, ...fields }: SettingsChange): Promise<Workspace> {
    const { workspaceId } = caller;
    const set = { ...definedOnly(fields), ...withPrefix('retention', retention), ...withPrefix('privacy', privacy) };
    if (Object.keys(set).length === 0) return this.read(workspaceId);
    const workspace = await this.transactions.run(async (tx) => {
      const before = await this.workspaces.findById(workspaceId, tx);
      const after = await this.workspaces.updateById(workspaceId, { $set: set }, tx);
      if (!before || !after) throw ProblemException.notFound('workspace');
      const states = { before: auditable(before), after: auditable(after) };
      await this.audit.record(caller, { action: 'workspace.updated', objectId: workspaceId, ...states }, tx);
      return after;
    });
    const settings = settingsOf(workspace);
    this.cache.set(workspaceId, settings);
    for (const listener of this.ports.list(SETTINGS_LISTENERS)) listener(workspaceId, settings);
    return workspace;
  }
}

/** `{ postbackDays: 7 }` → `{ 'retention.postbackDays': 7 }` */
function withPrefix(name: string, fields: object = {}): Record<string, unknown> {
  return Object.fromEntries(Object.entries(definedOnly(fields)).map(([field, value]) => [`${name}.${field}`, value]));
}

function auditable(workspace: Workspace): object {
  const { limits: _, ...settings } = settingsOf(workspace);
  return { name: workspace.name, ...settings };
}
