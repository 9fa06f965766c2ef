import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import type { Settings } from '../../platform/config/settings.js';
import { SETTINGS } from '../../platform/config/settings.token.js';
import { ProblemException } from '../../platform/http/problems/problem.js';
import { LOGGER } from '../../platform/logging/logger.js';
import { type Transaction, Transactions } from '../../platform/mongo/transactions.js';
import type { WorkspaceId } from '../../platform/tenancy/workspace-id.js';
import { AuditLog } from '../../workspaces/audit/audit-log.service.js';
import type { Author } from '../../workspaces/caller.js';
import { WorkspacesService } from '../../workspaces/workspaces.service.js';
import type { Invitation } from '../invitations/invitation.schema.js';
import { InvitationAcceptance } from '../invitations/invitation-acceptance.service.js';
import { InvitationTokensReadModel } from '../invitations/invitation-tokens.read-model.js';
import { MemberAccessService } from '../members/member-access.service.js';
import { Members } from '../members/members.service.js';
import { MembershipsReadModel } from '../members/memberships.read-model.js';
import { emailKey } from '../rules/email-address.js';
import type { OidcPerson } from '../rules/oidc-claims.js';
import { OidcFailure } from '../rules/oidc-failure.js';
import { Accounts } from '../users/accounts.service.js';
import type { User } from '../users/user.schema.js';
import { UsersRepository } from '../users/users.repository.js';

/** The origin of a sign-in, for the audit log. */
export interface OidcRequestOrigin {
  ip: string;
  requestId: string;
}

export interface OidcAccount {
  user: User;
  /** Whether this sign-in has linked the provider to an account that existed before. */
  isNewlyLinked: boolean;
  /** The workspace that the invitation was for. */
  workspaceId: WorkspaceId | undefined;
}

/**
 * Finds or creates the account of a person at the OpenID provider.
 *
 * An account is found by issuer and subject. The first time, it is found by the address that the provider has verified: the
 * operator chose the provider, and so trusts it with the addresses of the people. The person is told by mail. There are
 * three exceptions. An account with an authenticator app is not linked while its password works, because its owner wants
 * more than a mailbox to be asked for. An account with another identity of this provider is not linked, because the address
 * may have gone to another person. An account without a workspace needs an invitation, because it was removed from its own.
 *
 * A new account needs an invitation, or OIDC_AUTO_JOIN. A new account accepts all invitations of its address. An account
 * that exists accepts the one that the sign-in began with, or all if it has no workspace.
 */
@Injectable()
export class OidcAccounts {
  constructor(
    private readonly users: UsersRepository,
    private readonly accounts: Accounts,
    private readonly invitations: InvitationTokensReadModel,
    private readonly acceptance: InvitationAcceptance,
    private readonly access: MemberAccessService,
    private readonly memberships: MembershipsReadModel,
    private readonly members: Members,
    private readonly workspaces: WorkspacesService,
    private readonly transactions: Transactions,
    private readonly audit: AuditLog,
    @Inject(SETTINGS) private readonly settings: Settings,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** @throws OidcFailure */
  async findOrCreate(
    person: OidcPerson,
    invitationHash: string | undefined,
    origin: OidcRequestOrigin,
  ): Promise<OidcAccount> {
    const account = await this.transactions.run(async (tx) => {
      const known = await this.findKnown(person, tx);
      const user = known ?? (await this.link(person, tx));
      const invitations = await this.invitationsFor(person, user, invitationHash, tx);
      const isNewlyLinked = known === undefined && user !== undefined;
      if (isNewlyLinked) await this.assertBelongs(user, invitations, tx);
      const admitted = user ?? (await this.create(person, invitations, origin, tx));
      for (const invitation of invitations) {
        await this.workspaces.lockAccess(invitation.workspaceId, tx);
        await this.acceptance.join(admitted, invitation, origin, tx);
      }
      const chosen = invitations.find(({ tokenHash }) => tokenHash === invitationHash);
      return { user: admitted, isNewlyLinked, workspaceId: chosen?.workspaceId };
    });
    await this.applyRole(account.user, person, origin);
    return account;
  }

  private findKnown({ issuer, subject }: OidcPerson, tx: Transaction): Promise<User | undefined> {
    return this.users.findByIdentity(issuer, subject, tx);
  }

  /** Links the account with the verified address. @returns `undefined` when no account has it. */
  private async link({ issuer, subject, verifiedEmail }: OidcPerson, tx: Transaction): Promise<User | undefined> {
    if (verifiedEmail === undefined) throw new OidcFailure('email_not_verified');
    const user = await this.users.findByEmailKey(emailKey(verifiedEmail), tx);
    if (user === undefined) return undefined;
    if (user.totp && user.passwordHash !== undefined && this.settings.hasPasswordLogin) {
      throw new OidcFailure('link_first');
    }
    if (user.identities?.some((identity) => identity.issuer === issuer)) throw new OidcFailure('other_identity');
    return this.users.updateOne(user._id, { $push: { identities: { issuer, subject } } }, { tx });
  }

  /** The invitations that this sign-in accepts. */
  private async invitationsFor(
    { verifiedEmail }: OidcPerson,
    user: User | undefined,
    invitationHash: string | undefined,
    tx: Transaction,
  ): Promise<Invitation[]> {
    const key = verifiedEmail === undefined ? undefined : emailKey(verifiedEmail);
    const chosen = invitationHash === undefined ? undefined : await this.invitations.findValid(invitationHash, tx);
    // Only a person with the invited address can accept, so both the provider and the account must have it.
    const isForPerson = chosen?.emailKey === key && (user === undefined || user.emailKey === key);
    if (chosen !== undefined && !isForPerson) throw new OidcFailure('wrong_address');
    if (key === undefined || (user !== undefined && user.emailKey !== key)) return [];
    const isWithoutWorkspace = user === undefined || (await this.memberships.listOf(user._id, tx)).length === 0;
    if (isWithoutWorkspace) return this.invitations.listOfAddress(key, tx);
    return chosen === undefined ? [] : [chosen];
  }

  private async assertBelongs(user: User, invitations: readonly Invitation[], tx: Transaction): Promise<void> {
    if (invitations.length > 0 || (await this.memberships.listOf(user._id, tx)).length > 0) return;
    throw new OidcFailure('not_invited');
  }

  /** Creates an account for the invitations, or else as a member of the first workspace. */
  private async create(
    { issuer, subject, verifiedEmail, name, role }: OidcPerson,
    invitations: readonly Invitation[],
    origin: OidcRequestOrigin,
    tx: Transaction,
  ): Promise<User> {
    const joinRole = this.settings.oidc?.autoJoinRole;
    if (verifiedEmail === undefined) throw new OidcFailure('email_not_verified');
    if (invitations.length === 0 && joinRole === undefined) throw new OidcFailure('not_invited');
    const fields = { email: verifiedEmail, name: name ?? verifiedEmail.slice(0, verifiedEmail.lastIndexOf('@')) };
    const user = await this.accounts.create({ ...fields, identity: { issuer, subject } }, tx);
    if (invitations.length > 0 || joinRole === undefined) return user;
    const { _id: workspaceId } = await this.workspaces.getFirst(tx);
    await this.workspaces.lockAccess(workspaceId, tx);
    const granted = { userId: user._id, role: role ?? joinRole };
    const member = await this.access.add(workspaceId, granted, tx);
    const event = { action: 'member.joined', objectId: member._id, after: { ...granted, roleFrom: 'oidc' } };
    await this.audit.record(authorOf(workspaceId, user, origin), event, tx);
    return user;
  }

  /**
   * Applies the role claim to the membership of the first workspace. A claim without a known role changes nothing: it is
   * more often a mistake in the provider's settings than an order. The last owner stays owner.
   */
  private async applyRole(user: User, { role }: OidcPerson, origin: OidcRequestOrigin): Promise<void> {
    if (role === undefined) return;
    const { _id: workspaceId } = await this.workspaces.getFirst();
    try {
      await this.members.assignRole(authorOf(workspaceId, user, origin), user._id, role);
    } catch (error) {
      if (!(error instanceof ProblemException)) throw error;
      this.logger.warn({ userId: user._id, role, reason: error.detail }, 'role claim not applied; the old role stays');
    }
  }
}

function authorOf(workspaceId: WorkspaceId, { _id: id, name }: User, origin: OidcRequestOrigin): Author {
  return { workspaceId, actor: { kind: 'person', id, name }, ...origin };
}
