import { Injectable } from '@nestjs/common';
import { ProblemException } from '../../platform/http/problems/problem.js';
import { type Transaction, Transactions } from '../../platform/mongo/transactions.js';
import { Ports } from '../../platform/ports/ports.service.js';
import { DELETED_PERSON, ERASED_IP, PersonTraces } from '../../workspaces/audit/person-traces.repository.js';
import { PERSON_ERASURE_STEPS } from '../../workspaces/workspaces.ports.js';
import { WorkspacesService } from '../../workspaces/workspaces.service.js';
import { ChallengesRepository } from '../challenges/challenges.repository.js';
import { CHALLENGE_PURPOSES } from '../challenges/challenge.schema.js';
import { Mailer } from '../mail/mailer.service.js';
import type { Member } from '../members/member.schema.js';
import { MembersRepository } from '../members/members.repository.js';
import { Members } from '../members/members.service.js';
import { MembershipsReadModel } from '../members/memberships.read-model.js';
import { emailKey } from '../rules/email-address.js';
import { Sessions } from '../sessions/sessions.service.js';
import type { User } from '../users/user.schema.js';
import { UsersRepository } from '../users/users.repository.js';

// src/people/privacy: the rights of people about their own data (GDPR, articles 15, 17 and 20). Start here.

/** Exports and deletes a person. */
@Injectable()
export class PersonPrivacy {
  constructor(
    private readonly users: UsersRepository,
    private readonly members: Members,
    private readonly membersRepository: MembersRepository,
    private readonly memberships: MembershipsReadModel,
    private readonly sessions: Sessions,
    private readonly challenges: ChallengesRepository,
    private readonly workspaces: WorkspacesService,
    private readonly traces: PersonTraces,
    private readonly mailer: Mailer,
    private readonly transactions: Transactions,
    private readonly ports: Ports,
  ) {}

  /** All that is stored about the person, without secrets, in lines of JSON. The last line proves that nothing is missing. */
  async *export(user: User): AsyncGenerator<string> {
    const counts: Record<string, number> = {};
    const line = (section: string, data: object): string => {
      counts[section] = (counts[section] ?? 0) + 1;
      return `${JSON.stringify({ section, data })}\n`;
    };
    yield line('account', accountOf(user));
    for (const session of await this.sessions.listOf(user._id)) {
      const { tokenHash: _, ...shown } = session;
      yield line('sessions', shown);
    }
    for (const membership of await this.memberships.listOf(user._id)) yield line('memberships', membership);
    for await (const entry of this.traces.list(user._id)) yield line('changes', entry);
    yield `${JSON.stringify({ section: 'end', counts })}\n`;
  }

  /**
   * Deletes the person with all memberships, keys and sessions. The audit logs keep the changes, without name and address.
   * @param confirm must be the person's e-mail address.
   * @throws ProblemException 409 for the last owner of a workspace with other members.
   */
  async delete(user: User, confirm: string, { requestId }: { requestId: string }): Promise<void> {
    if (emailKey(confirm) !== user.emailKey) throw ProblemException.invalid(OTHER_ADDRESS);
    const all = await this.memberships.listOf(user._id);
    for (const member of all) await this.assertNotNeeded(member);
    // Before the account is gone, so that the person can repeat it after a kill; and after it, for the last entries.
    await this.anonymise(user);
    await this.transactions.run(async (tx) => {
      for (const member of await this.memberships.listOf(user._id, tx)) {
        await this.workspaces.lockAccess(member.workspaceId, tx);
        await this.endMembership(user, member, requestId, tx);
      }
      await this.sessions.endAll(user._id, tx);
      await this.challenges.deleteOf(user._id, CHALLENGE_PURPOSES, tx);
      await this.mailer.deleteAllTo(user.email, tx);
      await this.users.deleteById(user._id, tx);
    });
    await this.anonymise(user);
  }

  private async endMembership({ _id }: User, member: Member, requestId: string, tx: Transaction): Promise<void> {
    const actor = { kind: 'person' as const, id: _id, name: DELETED_PERSON };
    await this.members.delete({ workspaceId: member.workspaceId, actor, ip: ERASED_IP, requestId }, member, tx, {
      isLastAllowed: true,
    });
  }

  /** A workspace with other members keeps an owner. One without is left to its API keys, and to a new first owner. */
  private async assertNotNeeded({ workspaceId, role, userId }: Member): Promise<void> {
    if (role !== 'owner') return;
    const others = await this.membersRepository.findMany(workspaceId, { userId: { $ne: userId } });
    if (others.length === 0 || others.some((other) => other.role === 'owner')) return;
    const name = (await this.workspaces.namesOf([workspaceId])).get(workspaceId) ?? workspaceId;
    const detail = `You are the last owner of "${name}", which has other members: hand it over first.`;
    throw new ProblemException('conflict', detail);
  }

  private async anonymise({ _id, email }: User): Promise<void> {
    await this.traces.anonymise(_id, email);
    for (const step of this.ports.list(PERSON_ERASURE_STEPS)) await step(_id);
  }
}

/** The account without secrets. */
function accountOf(user: User): object {
  const { passwordHash, totp, unconfirmedTotp: _, recoveryCodes, passkeys = [], ...account } = user;
  return {
    ...account,
    hasPassword: passwordHash !== undefined,
    totpSince: totp?.confirmedAt ?? null,
    recoveryCodesLeft: recoveryCodes?.length ?? 0,
    passkeys: passkeys.map(({ publicKey: __, ...passkey }) => passkey),
  };
}

const OTHER_ADDRESS = {
  path: 'confirm',
  code: 'other_address',
  message: 'give your e-mail address to confirm the deletion',
};
