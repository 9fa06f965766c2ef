import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Ports } from '../../platform/ports/ports.service.js';
import type { WorkspaceId } from '../../platform/tenancy/workspace-id.js';
import type { MemberAccess, SignedIn } from '../../workspaces/caller.js';
import { PEOPLE, type People } from '../../workspaces/workspaces.ports.js';
import type { Transaction } from '../../platform/mongo/transactions.js';
import { accessOf, MemberAccessService } from '../members/member-access.service.js';
import { UsersRepository } from '../users/users.repository.js';
import { SessionCookie } from './session-cookie.service.js';
import { Sessions } from './sessions.service.js';

/** Finds the person behind a request, for the guard of all routes. */
@Injectable()
export class SessionAccess implements People {
  constructor(
    private readonly sessions: Sessions,
    private readonly cookie: SessionCookie,
    private readonly access: MemberAccessService,
    private readonly users: UsersRepository,
    ports: Ports,
  ) {
    ports.provide(PEOPLE, this);
  }

  async findSignedIn(request: FastifyRequest): Promise<SignedIn | undefined> {
    const token = this.cookie.read(request);
    const session = token === undefined ? undefined : await this.sessions.find(token);
    if (token === undefined || session === undefined) return undefined;
    const { userId, currentWorkspaceId, _id: sessionId, authenticatedAt } = session;
    const [user, member] = await Promise.all([
      this.users.findById(userId),
      this.access.findCurrent(userId, currentWorkspaceId),
    ]);
    if (user === undefined) return undefined;
    const workspace = member === undefined ? null : { id: member.workspaceId, ...accessOf(member, user.name) };
    return { userId, name: user.name, sessionId, token, authenticatedAt, workspace };
  }

  findAccess(workspaceId: WorkspaceId, userId: string): Promise<MemberAccess | undefined> {
    return this.access.find(workspaceId, userId);
  }

  hasOwner(workspaceId: WorkspaceId, tx: Transaction): Promise<boolean> {
    return this.access.hasOwner(workspaceId, tx);
  }

  async addOwner(workspaceId: WorkspaceId, userId: string, tx: Transaction): Promise<void> {
    await this.access.add(workspaceId, { userId, role: 'owner' }, tx);
  }
}
