import { Injectable } from '@nestjs/common';
import { ProblemException } from '../../platform/http/problems/problem.js';
import { type Transaction, Transactions } from '../../platform/mongo/transactions.js';
import { AuditLog } from '../../workspaces/audit/audit-log.service.js';
import type { WorkspaceId } from '../../platform/tenancy/workspace-id.js';
import { WorkspacesService } from '../../workspaces/workspaces.service.js';
import { MemberAccessService } from '../members/member-access.service.js';
import { hashToken } from '../rules/tokens.js';
import { Accounts } from '../users/accounts.service.js';
import type { User } from '../users/user.schema.js';
import { UsersRepository } from '../users/users.repository.js';
import type { Invitation } from './invitation.schema.js';
import { InvitationTokensReadModel } from './invitation-tokens.read-model.js';
import { InvitationsRepository } from './invitations.repository.js';

/** The view of an invitation for the holder of its link. */
export interface ShownInvitation {
  invitation: Invitation;
  workspaceName: string;
  /** Whether the address has an account, which has to sign in. */
  hasAccount: boolean;
}

/** The answer to an invitation. Name and password are for a new account. */
export interface InvitationAnswer {
  token: string;
  name?: string | undefined;
  password?: string | undefined;
  /** The signed-in person; absent: a new one. */
  userId?: string | undefined;
  ip: string;
  requestId: string;
}

/** Makes the holder of an invitation's link a member. Only a person with the invited address can accept. */
@Injectable()
export class InvitationAcceptance {
  constructor(
    private readonly tokens: InvitationTokensReadModel,
    private readonly invitations: InvitationsRepository,
    private readonly access: MemberAccessService,
    private readonly accounts: Accounts,
    private readonly users: UsersRepository,
    private readonly workspaces: WorkspacesService,
    private readonly transactions: Transactions,
    private readonly audit: AuditLog,
  ) {}

  /** @throws ProblemException 404 for a link that has ended. */
  async show(token: string): Promise<ShownInvitation> {
    const invitation = await this.get(token);
    const { workspaceId } = invitation;
    const [user, names] = await Promise.all([
      this.users.findByEmailKey(invitation.emailKey),
      this.workspaces.namesOf([workspaceId]),
    ]);
    return { invitation, workspaceName: names.get(workspaceId) ?? '', hasAccount: user !== undefined };
  }

  /**
   * @returns the person, with the workspace that they belong to now.
   * @throws ProblemException 404 for a link that has ended, 403 for another person's address, 409 `sign_in_first` for an
   * address that has an account, 422 for a bad password.
   */
  async accept(acceptance: InvitationAnswer): Promise<{ user: User; workspaceId: WorkspaceId }> {
    const { token, password, name, userId } = acceptance;
    const { email } = await this.get(token);
    const passwordHash =
      userId === undefined && password !== undefined && name !== undefined
        ? await this.accounts.hashPassword(password, { email, name })
        : undefined;
    return this.transactions.run(async (tx) => {
      const invitation = await this.get(token, tx);
      const { workspaceId } = invitation;
      await this.workspaces.lockAccess(workspaceId, tx);
      const user = await this.findOrCreate(invitation, { name, passwordHash, userId }, tx);
      await this.join(user, invitation, acceptance, tx);
      return { user, workspaceId };
    });
  }

  /** Adds the member, and ends the invitation. */
  async join(
    user: User,
    invitation: Invitation,
    { ip, requestId }: Pick<InvitationAnswer, 'ip' | 'requestId'>,
    tx: Transaction,
  ): Promise<void> {
    const { _id: invitationId, workspaceId, role, hidesMoney, linkLimits } = invitation;
    await this.invitations.deleteById(workspaceId, invitationId, tx);
    if (await this.access.isMember(workspaceId, user._id, tx)) return;
    const member = await this.access.add(workspaceId, { userId: user._id, role, hidesMoney, linkLimits }, tx);
    const author = { workspaceId, actor: { kind: 'person' as const, id: user._id, name: user.name }, ip, requestId };
    const after = { userId: user._id, role, hidesMoney, linkLimits, invitationId };
    await this.audit.record(author, { action: 'member.joined', objectId: member._id, after }, tx);
  }

  private async findOrCreate(
    { email, emailKey }: Invitation,
    {
      name,
      passwordHash,
      userId,
    }: { name: string | undefined; passwordHash: string | undefined; userId: string | undefined },
    tx: Transaction,
  ): Promise<User> {
    const owner = await this.users.findByEmailKey(emailKey, tx);
    if (userId !== undefined) {
      if (owner?._id === userId) return owner;
      const detail = `This invitation is for ${email}. Sign out, or change your address to it first.`;
      throw new ProblemException('forbidden', detail);
    }
    if (owner !== undefined)
      throw new ProblemException('conflict', `${email} has an account: sign in, and open the link again.`);
    if (passwordHash !== undefined && name !== undefined)
      return this.accounts.create({ email, name, passwordHash }, tx);
    throw ProblemException.invalid(
      ...(name === undefined ? [{ path: 'name', code: 'required', message: 'give your name' }] : []),
      ...(passwordHash === undefined ? [{ path: 'password', code: 'required', message: 'choose a password' }] : []),
    );
  }

  private async get(token: string, tx?: Transaction): Promise<Invitation> {
    const invitation = await this.tokens.findValid(hashToken(token), tx);
    if (invitation !== undefined) return invitation;
    throw new ProblemException(
      'not_found',
      'This invitation was accepted, was revoked, or has expired: ask for a new one.',
    );
  }
}
