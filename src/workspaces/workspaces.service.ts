import { Injectable } from '@nestjs/common';
import { newId } from '../platform/ids/ids.js';
import { type Transaction, Transactions } from '../platform/mongo/transactions.js';
import { trustedWorkspaceId, type WorkspaceId } from '../platform/tenancy/workspace-id.js';
import { hashApiKey, newApiKey } from './api-key-format.js';
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
    private readonly transactions: Transactions,
  ) {}

  /** A workspace with an owner and an API key that may do everything in it. */
  async create(name: string, apiKey: string = newApiKey()): Promise<NewWorkspace> {
    return this.transactions.run((tx) => this.createIn(tx, name, apiKey));
  }

  findFirst(): Promise<Workspace | undefined> {
    return this.workspaces.findFirst();
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

  private async createIn(tx: Transaction, name: string, apiKey: string): Promise<NewWorkspace> {
    const workspace: Workspace = {
      _id: trustedWorkspaceId(newId('wsp')),
      name,
      members: [{ userId: newId('usr'), role: 'owner' }],
      createdAt: new Date(),
    };
    await this.workspaces.insert(workspace, tx);
    await this.createKey(workspace._id, { name: 'Owner', scopes: [ALL_SCOPES], key: apiKey }, tx);
    return { workspace, apiKey };
  }
}
