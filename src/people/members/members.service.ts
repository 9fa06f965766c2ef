import { Injectable } from '@nestjs/common';
import { definedOnly } from '../../platform/collections/defined-only.js';
import type { Page, PageRequest } from '../../platform/http/pagination.js';
import { ProblemException } from '../../platform/http/problems/problem.js';
import { type Transaction, Transactions } from '../../platform/mongo/transactions.js';
import type { WorkspaceId } from '../../platform/tenancy/workspace-id.js';
import { ApiKeysService } from '../../workspaces/api-keys/api-keys.service.js';
import { AuditLog } from '../../workspaces/audit/audit-log.service.js';
import type { Author, Caller } from '../../workspaces/caller.js';
import { WorkspacesService } from '../../workspaces/workspaces.service.js';
import { InvitationsRepository } from '../invitations/invitations.repository.js';
import { changedRights, type GrantedRights, isRise, mayGrantRole, problemsOfRights } from '../rules/member-rules.js';
import { includesRole, type Role, ROLES } from '../rules/roles.js';
import { Sessions } from '../sessions/sessions.service.js';
import { UsersRepository } from '../users/users.repository.js';
import type { Member } from './member.schema.js';
import { MembersRepository } from './members.repository.js';

/** A member with the name and address of the person. */
export type NamedMember = Member & { name: string; email: string };

export type RightsChange = { [K in keyof GrantedRights]?: GrantedRights[K] | undefined };

// src/people/members: who belongs to a workspace, with which role. Start here; member-access.service.ts says what a member may
// do, ../rules/roles.ts and ../rules/member-rules.ts have the rules.

/** Changes and removes members. A workspace that has an owner keeps one. */
@Injectable()
export class Members {
  constructor(
    private readonly members: MembersRepository,
    private readonly invitations: InvitationsRepository,
    private readonly users: UsersRepository,
    private readonly sessions: Sessions,
    private readonly apiKeys: ApiKeysService,
    private readonly workspaces: WorkspacesService,
    private readonly transactions: Transactions,
    private readonly audit: AuditLog,
  ) {}

  async page(workspaceId: WorkspaceId, page: PageRequest): Promise<Page<NamedMember>> {
    const { rows, hasMore } = await this.members.page(workspaceId, {}, page);
    return { rows: await this.named(rows), hasMore };
  }

  async read(workspaceId: WorkspaceId, id: string): Promise<NamedMember> {
    return this.nameOf(await this.get(workspaceId, id));
  }

  /** The caller needs all rights of the member, before and after the change. */
  async update(caller: Caller, id: string, change: RightsChange): Promise<NamedMember> {
    const { workspaceId } = caller;
    const stored = await this.changeMembers(workspaceId, async (tx) => {
      const before = await this.get(workspaceId, id, tx);
      assertMayGrantRole(caller, before.role);
      const rights = changedRights(before, definedOnly(change));
      assertMayGrantRole(caller, rights.role);
      assertSensible(rights);
      const after = { ...before, ...rights };
      await this.store(caller, { before, after }, tx);
      await this.assertOwnerRemains(workspaceId, before, tx);
      return after;
    });
    return this.nameOf(stored);
  }

  /** Makes the member an owner, and the calling owner an admin, in one step. */
  async handOver(caller: Caller, id: string): Promise<NamedMember> {
    const { workspaceId, userId } = caller;
    const stored = await this.changeMembers(workspaceId, async (tx) => {
      const before = await this.get(workspaceId, id, tx);
      const isPerson = caller.actor.kind === 'person' && userId !== null;
      const own = isPerson ? await this.members.findOne(workspaceId, { userId }, tx) : undefined;
      if (own?.role !== 'owner') throw new ProblemException('forbidden', 'Only an owner can hand ownership over.');
      if (before._id === own._id) throw new ProblemException('conflict', 'You are an owner already.');
      const after: Member = { ...before, role: 'owner', hidesMoney: false, linkLimits: null };
      await this.store(caller, { before, after }, tx);
      await this.store(caller, { before: own, after: { ...own, role: 'admin' } }, tx);
      return after;
    });
    return this.nameOf(stored);
  }

  async remove(caller: Caller, id: string): Promise<void> {
    const { workspaceId } = caller;
    await this.changeMembers(workspaceId, async (tx) => {
      const member = await this.get(workspaceId, id, tx);
      assertMayGrantRole(caller, member.role);
      await this.delete(caller, member, tx);
    });
  }

  /** Ends the person's own membership. @param author the person. */
  async leave(author: Author, userId: string): Promise<void> {
    const { workspaceId } = author;
    await this.changeMembers(workspaceId, async (tx) => {
      const member = await this.members.findOne(workspaceId, { userId }, tx);
      if (member === undefined) throw ProblemException.notFound('member');
      await this.delete(author, member, tx);
    });
  }

  /**
   * Gives a member the role that the OpenID provider names. Restrictions that it cannot have end.
   * @param author the person.
   * @returns `undefined` for a person who is no member. @throws ProblemException 409 for the last owner.
   */
  async assignRole(author: Author, userId: string, role: Role): Promise<Member | undefined> {
    const { workspaceId } = author;
    const known = await this.members.findOne(workspaceId, { userId });
    if (known === undefined || known.role === role) return known;
    return this.changeMembers(workspaceId, async (tx) => {
      const before = await this.members.findOne(workspaceId, { userId }, tx);
      if (before === undefined || before.role === role) return before;
      const after = { ...before, ...changedRights(before, { role }) };
      await this.store(author, { before, after }, tx, { roleFrom: 'oidc' });
      await this.assertOwnerRemains(workspaceId, before, tx);
      return after;
    });
  }

  /** Ends a membership with its API keys. @throws ProblemException 409 for the last owner, unless that is allowed. */
  async delete(author: Author, member: Member, tx: Transaction, { isLastAllowed = false } = {}): Promise<void> {
    const { workspaceId, _id: id, userId, role } = member;
    await this.members.deleteById(workspaceId, id, tx);
    if (!isLastAllowed) await this.assertOwnerRemains(workspaceId, member, tx);
    await this.apiKeys.revokeOfPerson(author, userId, tx);
    await this.invitations.deleteMany(workspaceId, { inviterId: userId }, tx);
    await this.audit.record(author, { action: 'member.removed', objectId: id, before: { userId, role } }, tx);
  }

  private async store(
    author: Author,
    { before, after }: { before: Member; after: Member },
    tx: Transaction,
    notes: object = {},
  ): Promise<void> {
    const { workspaceId } = author;
    const { role, hidesMoney, linkLimits } = after;
    await this.members.updateById(workspaceId, before._id, { $set: { role, hidesMoney, linkLimits } }, tx);
    // A rise of rights needs a new token, and only a sign-in can give one to the browsers of another person.
    if (isRise(before, after)) await this.sessions.endAll(before.userId, tx);
    if (!includesRole(role, before.role)) {
      const stronger = ROLES.filter((other) => !includesRole(role, other));
      await this.invitations.deleteMany(workspaceId, { inviterId: before.userId, role: { $in: stronger } }, tx);
    }
    const change = {
      action: 'member.updated',
      objectId: before._id,
      before: auditable(before),
      after: { ...auditable(after), ...notes },
    };
    await this.audit.record(author, change, tx);
  }

  private async get(workspaceId: WorkspaceId, id: string, tx?: Transaction): Promise<Member> {
    const member = await this.members.findById(workspaceId, id, tx);
    if (!member) throw ProblemException.notFound('member');
    return member;
  }

  /** Runs a transaction that changes members. Such transactions of a workspace are serialized. */
  private changeMembers<T>(workspaceId: WorkspaceId, work: (tx: Transaction) => Promise<T>): Promise<T> {
    return this.transactions.run(async (tx) => {
      await this.workspaces.lockAccess(workspaceId, tx);
      return work(tx);
    });
  }

  private async assertOwnerRemains(workspaceId: WorkspaceId, before: Member, tx: Transaction): Promise<void> {
    if (before.role !== 'owner' || (await this.members.findOne(workspaceId, { role: 'owner' }, tx))) return;
    throw new ProblemException('conflict', 'This is the last owner. Make another member an owner first.');
  }

  private async nameOf(member: Member): Promise<NamedMember> {
    const [named] = await this.named([member]);
    return named ?? { ...member, name: '', email: '' };
  }

  private async named(members: readonly Member[]): Promise<NamedMember[]> {
    const users = await this.users.findByIds(members.map(({ userId }) => userId));
    const byId = new Map(users.map((user) => [user._id, user]));
    return members.map((member) => {
      const { name = '', email = '' } = byId.get(member.userId) ?? {};
      return { ...member, name, email };
    });
  }
}

/** @throws ProblemException 403 for a role with rights that the caller does not have. */
export function assertMayGrantRole({ scopes }: Pick<Caller, 'scopes'>, role: Role): void {
  if (mayGrantRole(scopes, role)) return;
  throw new ProblemException(
    'forbidden',
    `You have fewer rights than an ${role}, so you cannot give or take that role.`,
  );
}

/** @throws ProblemException 422 for restrictions that the role cannot have. */
export function assertSensible(rights: GrantedRights): void {
  const problems = problemsOfRights(rights);
  if (problems.length === 0) return;
  throw ProblemException.invalid(
    ...problems.map(({ field, message }) => ({ path: field, code: 'not_for_role', message })),
  );
}

function auditable({ userId, role, hidesMoney, linkLimits }: Member): object {
  return { userId, role, hidesMoney, linkLimits };
}
