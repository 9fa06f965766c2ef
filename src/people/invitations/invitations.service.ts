import { Inject, Injectable } from '@nestjs/common';
import type { Settings } from '../../platform/config/settings.js';
import { SETTINGS } from '../../platform/config/settings.token.js';
import type { Page, PageRequest } from '../../platform/http/pagination.js';
import { ProblemException } from '../../platform/http/problems/problem.js';
import { newId } from '../../platform/ids/ids.js';
import { type Transaction, Transactions } from '../../platform/mongo/transactions.js';
import type { WorkspaceId } from '../../platform/tenancy/workspace-id.js';
import { AuditLog } from '../../workspaces/audit/audit-log.service.js';
import type { Caller } from '../../workspaces/caller.js';
import { WorkspacesService } from '../../workspaces/workspaces.service.js';
import { Mailer } from '../mail/mailer.service.js';
import { assertMayGrantRole, assertSensible } from '../members/members.service.js';
import { MembersRepository } from '../members/members.repository.js';
import { emailKey } from '../rules/email-address.js';
import type { GrantedRights } from '../rules/member-rules.js';
import { hashToken, newToken } from '../rules/tokens.js';
import { UsersRepository } from '../users/users.repository.js';
import type { Invitation } from './invitation.schema.js';
import { InvitationsRepository } from './invitations.repository.js';

const VALID_MS = 7 * 86_400_000;

export interface SentInvitation {
  invitation: Invitation;
  /** The link, where no mail was sent. */
  url: string | undefined;
}

// src/people/invitations: how people become members. This file sends and revokes; invitation-acceptance.service.ts accepts.

/** Sends, repeats and revokes invitations. */
@Injectable()
export class Invitations {
  private readonly publicUrl: string;

  constructor(
    private readonly invitations: InvitationsRepository,
    private readonly members: MembersRepository,
    private readonly users: UsersRepository,
    private readonly workspaces: WorkspacesService,
    private readonly mailer: Mailer,
    private readonly transactions: Transactions,
    private readonly audit: AuditLog,
    @Inject(SETTINGS) settings: Settings,
  ) {
    this.publicUrl = settings.publicUrl;
  }

  /** @throws ProblemException 409 for a member, or for an address that is invited already. */
  async create(caller: Caller, { email, ...rights }: GrantedRights & { email: string }): Promise<SentInvitation> {
    const { workspaceId } = caller;
    assertMayGrantRole(caller, rights.role);
    assertSensible(rights);
    const key = emailKey(email);
    return this.send(caller, async (tx, sending) => {
      await this.assertNoMember(workspaceId, key, tx);
      const earlier = await this.invitations.findOne(workspaceId, { emailKey: key }, tx);
      if (earlier !== undefined && earlier.expiresAt.getTime() > Date.now()) {
        throw new ProblemException(
          'conflict',
          `${email} is invited already: send that invitation again, or revoke it.`,
        );
      }
      if (earlier !== undefined) await this.invitations.deleteById(workspaceId, earlier._id, tx);
      const document = { _id: newId('inv'), email: email.trim(), emailKey: key, ...rights, ...sending };
      const by = { invitedBy: caller.actor, inviterId: caller.userId };
      const fields = { ...document, ...by, createdAt: sending.sentAt };
      const invitation = await this.invitations.insert(workspaceId, fields, tx);
      const after = auditable(invitation);
      await this.audit.record(caller, { action: 'invitation.created', objectId: invitation._id, after }, tx);
      return invitation;
    });
  }

  async resend(caller: Caller, id: string): Promise<SentInvitation> {
    const { workspaceId } = caller;
    return this.send(caller, async (tx, sending) => {
      const before = await this.get(caller, id, tx);
      const changed = { ...sending, invitedBy: caller.actor, inviterId: caller.userId };
      await this.invitations.updateById(workspaceId, id, { $set: changed }, tx);
      const states = { before: auditable(before), after: auditable({ ...before, ...changed }) };
      await this.audit.record(caller, { action: 'invitation.resent', objectId: id, ...states }, tx);
      return { ...before, ...changed };
    });
  }

  async revoke(caller: Caller, id: string): Promise<void> {
    await this.transactions.run(async (tx) => {
      const before = await this.get(caller, id, tx);
      await this.invitations.deleteById(caller.workspaceId, id, tx);
      const event = { action: 'invitation.revoked', objectId: id, before: auditable(before) };
      await this.audit.record(caller, event, tx);
    });
  }

  page(workspaceId: WorkspaceId, page: PageRequest): Promise<Page<Invitation>> {
    return this.invitations.page(workspaceId, {}, page);
  }

  /** Stores an invitation and its mail in one transaction. */
  private async send(
    caller: Caller,
    store: (tx: Transaction, sending: Sending) => Promise<Invitation>,
  ): Promise<SentInvitation> {
    const token = newToken();
    // In the fragment, so that no log has it.
    const link = `${this.publicUrl}/app/invitation#${token}`;
    return this.transactions.run(async (tx) => {
      await this.workspaces.lockAccess(caller.workspaceId, tx);
      const sentAt = new Date();
      const expiresAt = new Date(sentAt.getTime() + VALID_MS);
      const invitation = await store(tx, { tokenHash: hashToken(token), sentAt, expiresAt });
      const workspaceName = (await this.workspaces.namesOf([caller.workspaceId])).get(caller.workspaceId) ?? '';
      const values = {
        workspaceName,
        inviterName: caller.actor.name,
        role: invitation.role,
        link,
        validUntil: expiresAt,
      };
      const mail = { to: invitation.email, kind: 'invitation' as const, values, expiresAt };
      const { isSent } = await this.mailer.enqueue(mail, tx);
      return { invitation, url: isSent ? undefined : link };
    });
  }

  private async assertNoMember(workspaceId: WorkspaceId, key: string, tx: Transaction): Promise<void> {
    const user = await this.users.findByEmailKey(key, tx);
    const isMember = user && (await this.members.findOne(workspaceId, { userId: user._id }, tx));
    if (isMember) throw new ProblemException('conflict', `${user.email} is a member of this workspace already.`);
  }

  /** @throws ProblemException 403 when the invitation gives more rights than the caller has. */
  private async get(caller: Caller, id: string, tx: Transaction): Promise<Invitation> {
    const invitation = await this.invitations.findById(caller.workspaceId, id, tx);
    if (!invitation) throw ProblemException.notFound('invitation');
    assertMayGrantRole(caller, invitation.role);
    return invitation;
  }
}

type Sending = Pick<Invitation, 'tokenHash' | 'sentAt' | 'expiresAt'>;

/** The fields of an invitation for the audit log. */
function auditable({ email, role, hidesMoney, linkLimits, expiresAt }: Invitation): object {
  return { email, role, hidesMoney, linkLimits, expiresAt };
}
