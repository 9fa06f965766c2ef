import { Injectable } from '@nestjs/common';
import { newId } from '../platform/ids/ids.js';
import { type Transaction, Transactions } from '../platform/mongo/transactions.js';
import { trustedWorkspaceId, type WorkspaceId } from '../platform/tenancy/workspace-id.js';
import { hashApiKey, newApiKey } from './api-key-format.js';
import { ApiKeyReadModel } from './api-key.read-model.js';
import { ApiKeysRepository } from './api-keys.repository.js';
import { ALL_SCOPES } from './scopes.js';
import type { ApiKey } from './api-key.schema.js';
import type { Workspace } from './workspace.schema.js';
import { WorkspacesRepository } from './workspaces.repository.js';

export interface NewWorkspace {
  workspace: Workspace;
  /** Shown once; only its hash is stored. */
  apiKey: string;
}

@Injectable()
export class WorkspacesService {
  constructor(
    private readonly workspaces: WorkspacesRepository,
    private readonly apiKeys: ApiKeysRepository,
    private readonly anyKey: ApiKeyReadModel,
    private readonly transactions: Transactions,
  ) {}

  /** A workspace with an owner and an API key that may do everything in it. */
  async create(name: string, apiKey: string = newApiKey()): Promise<NewWorkspace> {
    return this.transactions.run((tx) => this.createIn(tx, name, apiKey));
  }

  /** The first workspace of an empty database; `created` is false when there was one already. */
  async ensureFirst(name: string, apiKey: string = newApiKey()): Promise<NewWorkspace & { created: boolean }> {
    return this.transactions.run(async (tx) => {
      const workspace = await this.workspaces.findFirst(tx);
      if (workspace) return { workspace, apiKey, created: false };
      return { ...(await this.createIn(tx, name, apiKey, { isFirst: true })), created: true };
    });
  }

  async hasFirst(): Promise<boolean> {
    return (await this.workspaces.findFirst()) !== undefined;
  }

  async isKnownKey(key: string): Promise<boolean> {
    return (await this.anyKey.findByHash(hashApiKey(key))) !== undefined;
  }

  async createKey(
    workspaceId: WorkspaceId,
    input: { name: string; scopes: string[]; key?: string },
    tx?: Transaction,
  ): Promise<{ key: string; stored: ApiKey }> {
    const key = input.key ?? newApiKey();
    const stored = await this.apiKeys.insert(
      workspaceId,
      {
        _id: newId('key'),
        name: input.name,
        hash: hashApiKey(key),
        last4: key.slice(-4),
        scopes: input.scopes,
        createdAt: new Date(),
      },
      tx,
    );
    return { key, stored };
  }

  private async createIn(
    tx: Transaction,
    name: string,
    apiKey: string,
    mark: Pick<Workspace, 'isFirst'> = {},
  ): Promise<NewWorkspace> {
    const workspace: Workspace = {
      _id: trustedWorkspaceId(newId('wsp')),
      name,
      members: [{ userId: newId('usr'), role: 'owner' }],
      createdAt: new Date(),
      ...mark,
    };
    await this.workspaces.insert(workspace, tx);
    await this.createKey(workspace._id, { name: 'Owner', scopes: [ALL_SCOPES], key: apiKey }, tx);
    return { workspace, apiKey };
  }
}
