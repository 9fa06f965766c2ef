import { Injectable } from '@nestjs/common';
import { newId } from '../../platform/ids/ids.js';
import type { Transaction } from '../../platform/mongo/transactions.js';
import type { WorkspaceId } from '../../platform/tenancy/workspace-id.js';
import type { MemberAccess } from '../../workspaces/caller.js';
import { scopesOfRole, withoutMoney } from '../rules/roles.js';
import { UsersRepository } from '../users/users.repository.js';
import type { Member } from './member.schema.js';
import { MembersRepository } from './members.repository.js';
import { MembershipsReadModel } from './memberships.read-model.js';

/** The rights of members. They are read for each request, so a change works at once on every instance. */
@Injectable()
export class MemberAccessService {
  constructor(
    private readonly members: MembersRepository,
    private readonly memberships: MembershipsReadModel,
    private readonly users: UsersRepository,
  ) {}

  async find(workspaceId: WorkspaceId, userId: string): Promise<MemberAccess | undefined> {
    const [member, user] = await Promise.all([
      this.members.findOne(workspaceId, { userId }),
      this.users.findById(userId),
    ]);
    return member && user && accessOf(member, user.name);
  }

  /** The membership in a workspace; for `null`, the person's first one. */
  async findCurrent(userId: string, workspaceId: WorkspaceId | null): Promise<Member | undefined> {
    if (workspaceId !== null) return this.members.findOne(workspaceId, { userId });
    return (await this.memberships.listOf(userId))[0];
  }

  async isMember(workspaceId: WorkspaceId, userId: string, tx: Transaction): Promise<boolean> {
    return (await this.members.findOne(workspaceId, { userId }, tx)) !== undefined;
  }

  async hasOwner(workspaceId: WorkspaceId, tx?: Transaction): Promise<boolean> {
    return (await this.members.findOne(workspaceId, { role: 'owner' }, tx)) !== undefined;
  }

  async add(
    workspaceId: WorkspaceId,
    member: Pick<Member, 'userId' | 'role'> & Partial<Pick<Member, 'hidesMoney' | 'linkLimits'>>,
    tx: Transaction,
  ): Promise<Member> {
    const fields = { hidesMoney: false, linkLimits: null, ...member, _id: newId('mem'), createdAt: new Date() };
    return this.members.insert(workspaceId, fields, tx);
  }
}

/** @param name of the person. */
export function accessOf({ _id: memberId, role, hidesMoney, linkLimits }: Member, name: string): MemberAccess {
  const scopes = [...scopesOfRole(role)];
  return {
    memberId,
    name,
    scopes: hidesMoney ? withoutMoney(scopes) : scopes,
    restrictions: { hidesMoney, linkLimits },
  };
}
