import { Injectable } from '@nestjs/common';
import { definedOnly } from '../../platform/collections/defined-only.js';
import { type FieldProblem, ProblemException } from '../../platform/http/problems/problem.js';
import type { Page, PageRequest } from '../../platform/http/pagination.js';
import { newId } from '../../platform/ids/ids.js';
import type { QueryBounds } from '../../platform/mongo/tenant.repository.js';
import { type Transaction, Transactions } from '../../platform/mongo/transactions.js';
import { Ports } from '../../platform/ports/ports.service.js';
import type { WorkspaceId } from '../../platform/tenancy/workspace-id.js';
import { parseTime } from '../../platform/time/parse-time.js';
import type { ApiKey } from './api-key.schema.js';
import type { CreateApiKeyRequest, KeyOwner, UpdateApiKeyRequest } from './api-keys.dto.js';
import { ApiKeysRepository } from './api-keys.repository.js';
import { hashApiKey, newApiKey } from './api-key-format.js';
import { type AuditEvent, AuditLog } from '../audit/audit-log.service.js';
import type { Author, Caller } from '../caller.js';
import { assertMayGrant, assertNotStronger } from './grants.js';
import { Quotas } from '../plans/quotas.service.js';
import { ALL_SCOPES } from '../scopes.js';
import { WorkspaceSettingsService } from '../settings/workspace-settings.service.js';
import { PEOPLE } from '../workspaces.ports.js';
import { WorkspacesRepository } from '../workspaces.repository.js';

const HOUR_MS = 3_600_000;

/** A key that is not stored yet; without `key`, one is generated. */
export interface NewKey {
  name: string;
  scopes: string[];
  expiresAt: Date | null;
  /** The person that owns it. */
  userId?: string;
  key?: string;
}

export interface ShownKey {
  /** Shown once; only its hash is stored. */
  key: string;
  stored: ApiKey;
}

// src/workspaces/api-keys: API keys and the authentication of API requests. This file has the rules for creating and changing
// keys; grants.ts says what a key may grant. A request is authenticated by ../access/access.guard.ts and api-key.strategy.ts.

/** Rules for API keys. A workspace always has an owner, or a key with all scopes that does not expire. */
@Injectable()
export class ApiKeysService {
  constructor(
    private readonly keys: ApiKeysRepository,
    private readonly workspaces: WorkspacesRepository,
    private readonly transactions: Transactions,
    private readonly audit: AuditLog,
    private readonly quotas: Quotas,
    private readonly settings: WorkspaceSettingsService,
    private readonly ports: Ports,
  ) {}

  async create(caller: Caller, input: CreateApiKeyRequest): Promise<ShownKey> {
    const { name, scopes } = input;
    const expiresAt = (await this.readExpiry(caller.workspaceId, input.expiresAt)) ?? null;
    assertMayGrant(caller, { scopes, expiresAt });
    const userId = ownerOf(caller, input.belongsTo);
    const create = async (tx: Transaction): Promise<ShownKey> => {
      const fields = { name, scopes, expiresAt, ...(userId !== null && { userId }) };
      const created = await this.insert(caller.workspaceId, fields, tx);
      const after = auditable(created.stored);
      await this.audit.record(caller, { action: 'api-key.created', objectId: created.stored._id, after }, tx);
      return created;
    };
    return this.quotas.reserve(caller.workspaceId, 'apiKeys', () => this.changeKeys(caller.workspaceId, create));
  }

  /** Stores a key without checking permissions. */
  async insert(workspaceId: WorkspaceId, { key = newApiKey(), ...fields }: NewKey, tx: Transaction): Promise<ShownKey> {
    const secret = { hash: hashApiKey(key), last4: key.slice(-4) };
    const document = { _id: newId('key'), ...fields, ...secret, createdAt: new Date() };
    return { key, stored: await this.keys.insert(workspaceId, document, tx) };
  }

  /** The keys with this id, or with the text in their name. */
  search(workspaceId: WorkspaceId, text: string, bounds: QueryBounds): Promise<Pick<ApiKey, '_id' | 'name'>[]> {
    return this.keys.findContaining(workspaceId, ['name'], text, { fields: ['_id', 'name'] as const, ...bounds });
  }

  page(workspaceId: WorkspaceId, page: PageRequest): Promise<Page<ApiKey>> {
    return this.keys.page(workspaceId, {}, page);
  }

  async read(workspaceId: WorkspaceId, id: string, tx?: Transaction): Promise<ApiKey> {
    const key = await this.keys.findById(workspaceId, id, tx);
    if (!key) throw ProblemException.notFound('API key');
    return key;
  }

  /** The caller needs all scopes of the key, before and after the change. */
  async update(caller: Caller, id: string, input: UpdateApiKeyRequest): Promise<ApiKey> {
    const { workspaceId } = caller;
    const expiresAt = await this.readExpiry(workspaceId, input.expiresAt);
    const changes = definedOnly({ name: input.name, scopes: input.scopes, expiresAt });
    return this.changeKeys(workspaceId, async (tx) => {
      const before = await this.read(workspaceId, id, tx);
      assertMayChange(caller, before);
      assertNotStronger(caller, before);
      const after = { ...before, ...changes } as ApiKey;
      if (input.scopes !== undefined || expiresAt !== undefined) {
        assertMayGrant(caller, { scopes: after.scopes, expiresAt: after.expiresAt ?? null });
      }
      if (Object.keys(changes).length === 0) return before;
      const stored = await this.keys.updateById(workspaceId, id, { $set: changes }, tx);
      await this.assertOwnerKeyRemains(workspaceId, before, tx);
      const change = { action: 'api-key.updated', objectId: id, before: auditable(before), after: auditable(after) };
      await this.audit.record(caller, change, tx);
      return stored ?? after;
    });
  }

  /** Creates a new secret. The old one stays valid for the overlap; a still older one ends now. */
  async rotate(caller: Caller, id: string, overlapHours: number): Promise<ShownKey> {
    const { workspaceId } = caller;
    const key = newApiKey();
    return this.changeKeys(workspaceId, async (tx) => {
      const before = await this.read(workspaceId, id, tx);
      assertMayChange(caller, before);
      assertMayGrant(caller, { scopes: before.scopes, expiresAt: before.expiresAt ?? null });
      const secret = { hash: hashApiKey(key), last4: key.slice(-4) };
      const old = {
        oldHash: before.hash,
        oldLast4: before.last4,
        oldValidUntil: new Date(Date.now() + overlapHours * HOUR_MS),
      };
      await this.keys.updateById(workspaceId, id, { $set: { ...secret, ...old } }, tx);
      const stored = { ...before, ...secret, ...old };
      const change = { action: 'api-key.rotated', objectId: id, before: auditable(before), after: auditable(stored) };
      await this.audit.record(caller, change, tx);
      return { key, stored };
    });
  }

  async revoke(caller: Caller, id: string): Promise<void> {
    const { workspaceId } = caller;
    await this.changeKeys(workspaceId, async (tx) => {
      const before = await this.read(workspaceId, id, tx);
      assertNotStronger(caller, before);
      await this.keys.deleteMany(workspaceId, { _id: id }, tx);
      await this.assertOwnerKeyRemains(workspaceId, before, tx);
      const change = { action: 'api-key.revoked', objectId: id, before: auditable(before) };
      await this.audit.record(caller, change, tx);
    });
  }

  /** Ends all keys of a person. Runs in the transaction that ends the membership. */
  async revokeOfPerson(author: Author, userId: string, tx: Transaction): Promise<void> {
    const { workspaceId } = author;
    const keys = await this.keys.findMany(workspaceId, { userId }, tx);
    await this.keys.deleteMany(workspaceId, { userId }, tx);
    const toEvent = (key: ApiKey): AuditEvent => ({
      action: 'api-key.revoked',
      objectId: key._id,
      before: auditable(key),
    });
    await this.audit.recordAll(author, keys.map(toEvent), tx);
  }

  /** Parses the expiry of a request. `undefined` when it was not given. */
  private async readExpiry(
    workspaceId: WorkspaceId,
    text: string | null | undefined,
  ): Promise<Date | null | undefined> {
    if (text === undefined || text === null) return text;
    const { to } = await this.settings.resolveRange(workspaceId, { to: text });
    const time = parseTime(to ?? '');
    if (time === undefined || time.getTime() <= Date.now()) throw ProblemException.invalid(IN_PAST);
    return time;
  }

  /** Runs a transaction that changes keys. Such transactions of a workspace are serialized. */
  private changeKeys<T>(workspaceId: WorkspaceId, work: (tx: Transaction) => Promise<T>): Promise<T> {
    return this.transactions.run(async (tx) => {
      if (!(await this.workspaces.lockAccess(workspaceId, tx))) {
        throw new ProblemException('conflict', 'This workspace is being deleted.');
      }
      return work(tx);
    });
  }

  private async assertOwnerKeyRemains(workspaceId: WorkspaceId, before: ApiKey, tx: Transaction): Promise<void> {
    if (!before.scopes.includes(ALL_SCOPES) || before.expiresAt || before.userId !== undefined) return;
    if (await this.keys.findOne(workspaceId, { scopes: ALL_SCOPES, expiresAt: null, userId: null }, tx)) return;
    if (await this.ports.get(PEOPLE).hasOwner(workspaceId, tx)) return;
    throw new ProblemException(
      'conflict',
      'This is the last key with all scopes that does not expire, and no person is an owner. Create another key first.',
    );
  }
}

/**
 * The owner of a new key; `null` for a key of the workspace.
 * @throws ProblemException 403 when a restricted person asks for a key of the workspace, which would have no restrictions; 422 when
 * a key of the workspace asks for a key of a person.
 */
function ownerOf({ userId, restrictions }: Caller, belongsTo: KeyOwner | undefined): string | null {
  const isRestricted = restrictions.hidesMoney || restrictions.linkLimits !== null;
  if (belongsTo === 'workspace' && isRestricted) {
    throw new ProblemException('forbidden', 'A key of the workspace would not have your restrictions.');
  }
  if (belongsTo === 'person' && userId === null) throw ProblemException.invalid(NO_PERSON);
  return belongsTo === 'workspace' ? null : userId;
}

/**
 * A key acts as its owner, so other people can neither get its secret nor give it rights. Revoking it is not affected.
 * @throws ProblemException 403 for a key of another person.
 */
function assertMayChange({ userId }: Caller, { userId: ownerId }: ApiKey): void {
  if (ownerId === undefined || ownerId === userId) return;
  throw new ProblemException('forbidden', 'This key belongs to another person. You can only revoke it.');
}

/** The fields of a key for the audit log, without secrets and hashes. */
function auditable({ name, scopes, userId, expiresAt, last4, oldLast4, oldValidUntil }: ApiKey): object {
  const optional = definedOnly({ userId, oldLast4, oldValidUntil });
  return { name, scopes, expiresAt: expiresAt ?? null, last4, ...optional };
}

const NO_PERSON: FieldProblem = {
  path: 'belongsTo',
  code: 'no_person',
  message: 'a key of the workspace belongs to no person, so it can only create keys of the workspace',
};

const IN_PAST: FieldProblem = {
  path: 'expiresAt',
  code: 'in_past',
  message: 'it must be in the future; to end a key now, delete it',
};
