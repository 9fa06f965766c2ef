import { Inject, Injectable } from '@nestjs/common';
import type { Settings } from '../platform/config/settings.js';
import { SETTINGS } from '../platform/config/settings.token.js';
import { ProblemException } from '../platform/http/problems/problem.js';
import { newId } from '../platform/ids/ids.js';
import { type Transaction, Transactions } from '../platform/mongo/transactions.js';
import { Ports } from '../platform/ports/ports.service.js';
import { trustedWorkspaceId, type WorkspaceId } from '../platform/tenancy/workspace-id.js';
import { hashApiKey, newApiKey } from './api-keys/api-key-format.js';
import { ApiKeyReadModel } from './api-keys/api-key.read-model.js';
import { ApiKeysService } from './api-keys/api-keys.service.js';
import { AuditLog } from './audit/audit-log.service.js';
import type { Caller } from './caller.js';
import { ALL_SCOPES, allows } from './scopes.js';
import type { Workspace } from './workspace.schema.js';
import { PEOPLE } from './workspaces.ports.js';
import { WorkspacesRepository } from './workspaces.repository.js';

export interface NewWorkspace {
  workspace: Workspace;
  /** Shown once; only its hash is stored. */
  apiKey: string;
}

/** The facts of a workspace by which people tell it from others. */
export interface NamedWorkspace {
  name: string;
  /** Its data is made up. */
  isDemo: boolean;
}

/** Creates workspaces. */
@Injectable()
export class WorkspacesService {
  private readonly defaultPlan: string;

  constructor(
    private readonly workspaces: WorkspacesRepository,
    private readonly apiKeys: ApiKeysService,
    private readonly keyReadModel: ApiKeyReadModel,
    private readonly transactions: Transactions,
    private readonly audit: AuditLog,
    private readonly ports: Ports,
    @Inject(SETTINGS) settings: Settings,
  ) {
    this.defaultPlan = settings.defaultPlan;
  }

  /**
   * Creates a workspace with an API key with all scopes. A person who creates it is its owner. Only the first workspace, the operator's, may create
   * others, so a hosted team cannot create a second one itself.
   */
  async createFor(caller: Caller, name: string): Promise<NewWorkspace> {
    return this.transactions.run(async (tx) => {
      const creator = await this.workspaces.findById(caller.workspaceId, tx);
      if (creator?.isFirst !== true) {
        throw new ProblemException('forbidden', 'Only a key of the first workspace of this Hopback can create others.');
      }
      if (caller.accessEndsAt !== null) {
        throw new ProblemException(
          'forbidden',
          'A key that expires cannot create a workspace, which would outlast it.',
        );
      }
      const created = await this.createIn(tx, name, newApiKey(), { plan: { name: this.defaultPlan } });
      if (caller.userId !== null) {
        await this.ports.get(PEOPLE).addOwner(created.workspace._id, caller.userId, tx);
      }
      const event = { action: 'workspace.created', objectId: created.workspace._id, after: { name } };
      await this.audit.record(caller, event, tx);
      return created;
    });
  }

  /**
   * Creates the demo workspace of a person, or finds the one that the person has. Like `createFor`, only people who work in
   * the first workspace may create one, so a hosted team cannot fill the database. It has no API key and no limits.
   * @param addTo called in the same transaction with a new workspace.
   */
  async createDemoFor(
    caller: Caller & { userId: string },
    fields: Pick<Workspace, 'name' | 'currency'>,
    addTo: (id: WorkspaceId, tx: Transaction) => Promise<void>,
  ): Promise<Workspace> {
    const { userId } = caller;
    return this.transactions.run(async (tx) => {
      const known = await this.workspaces.findDemoOf(userId, tx);
      if (known !== undefined) return known;
      const current = await this.workspaces.findById(caller.workspaceId, tx);
      if (current?.isFirst !== true || !allows(caller.scopes, 'workspaces:write')) {
        throw new ProblemException('forbidden', NO_DEMO);
      }
      const workspace: Workspace = {
        ...fields,
        _id: trustedWorkspaceId(newId('wsp')),
        createdAt: new Date(),
        isDemo: true,
        demoOf: userId,
      };
      await this.workspaces.insert(workspace, tx);
      await this.ports.get(PEOPLE).addOwner(workspace._id, userId, tx);
      const event = { action: 'workspace.created', objectId: workspace._id, after: { ...fields, isDemo: true } };
      await this.audit.record(caller, event, tx);
      await addTo(workspace._id, tx);
      return workspace;
    });
  }

  /** The demo workspace of a person, unless its deletion has begun. */
  findDemoOf(userId: string): Promise<Workspace | undefined> {
    return this.workspaces.findDemoOf(userId);
  }

  /** Creates the first workspace on an empty database. `created` is false when it exists already. */
  async ensureFirst(name: string, apiKey: string = newApiKey()): Promise<NewWorkspace & { created: boolean }> {
    return this.transactions.run(async (tx) => {
      const workspace = await this.workspaces.findFirst(tx);
      if (workspace) return { workspace, apiKey, created: false };
      return { ...(await this.createIn(tx, name, apiKey, { isFirst: true })), created: true };
    });
  }

  /**
   * Serializes the transactions that change who may access a workspace.
   * @throws ProblemException 409 when it is being deleted.
   */
  async lockAccess(id: WorkspaceId, tx: Transaction): Promise<void> {
    if (await this.workspaces.lockAccess(id, tx)) return;
    throw new ProblemException('conflict', 'This workspace is being deleted.');
  }

  /** The first workspace. @throws Error on a database on which no start has ended yet. */
  async getFirst(tx?: Transaction): Promise<Workspace> {
    const first = await this.workspaces.findFirst(tx);
    if (first === undefined) throw new Error('there is no first workspace yet');
    return first;
  }

  /** The names of workspaces by their ids; without those that were deleted. */
  async namesOf(ids: readonly WorkspaceId[]): Promise<Map<WorkspaceId, string>> {
    return new Map([...(await this.findNamed(ids))].map(([id, { name }]) => [id, name]));
  }

  /** Workspaces by their ids; without those that were deleted. */
  async findNamed(ids: readonly WorkspaceId[]): Promise<Map<WorkspaceId, NamedWorkspace>> {
    const found = await this.workspaces.findByIds(ids);
    return new Map(found.map(({ _id, name, isDemo = false }) => [_id, { name, isDemo }]));
  }

  async hasFirst(): Promise<boolean> {
    return (await this.workspaces.findFirst()) !== undefined;
  }

  async isKnownKey(key: string): Promise<boolean> {
    return (await this.keyReadModel.findByHash(hashApiKey(key))) !== undefined;
  }

  private async createIn(
    tx: Transaction,
    name: string,
    apiKey: string,
    fields: Pick<Workspace, 'isFirst' | 'plan'> = {},
  ): Promise<NewWorkspace> {
    const workspace: Workspace = {
      _id: trustedWorkspaceId(newId('wsp')),
      name,
      createdAt: new Date(),
      ...fields,
    };
    await this.workspaces.insert(workspace, tx);
    const owner = { name: 'Owner', scopes: [ALL_SCOPES], expiresAt: null, key: apiKey };
    await this.apiKeys.insert(workspace._id, owner, tx);
    return { workspace, apiKey };
  }
}

const NO_DEMO =
  'Demo data is for people who may create workspaces: switch to the first workspace of this Hopback, or ask its owner.';
