import { Injectable } from '@nestjs/common';
import { ProblemException } from '../../platform/http/problems/problem.js';
import { type Transaction, Transactions } from '../../platform/mongo/transactions.js';
import { RateLimiterFactory } from '../../platform/rate-limit/rate-limiter-factory.service.js';
import type { SharedRateLimiter } from '../../platform/rate-limit/shared-rate-limiter.js';
import { trustedWorkspaceId, type WorkspaceId } from '../../platform/tenancy/workspace-id.js';
import type { SignedIn } from '../../workspaces/caller.js';
import { type NamedWorkspace, WorkspacesService } from '../../workspaces/workspaces.service.js';
import { Challenges, minutesOf } from '../challenges/challenges.service.js';
import { Mailer } from '../mail/mailer.service.js';
import type { Member } from '../members/member.schema.js';
import { MembershipsReadModel } from '../members/memberships.read-model.js';
import { emailKey } from '../rules/email-address.js';
import { Sessions } from '../sessions/sessions.service.js';
import type { User } from '../users/user.schema.js';
import { UsersRepository } from '../users/users.repository.js';

/** Changes of the address that a person may ask for in an hour. */
const EMAIL_CHANGES = 5;

const DELETED: NamedWorkspace = { name: '', isDemo: false };

/** A person with all memberships. */
export interface Profile {
  user: User;
  memberships: (Member & { workspace: NamedWorkspace })[];
}

// src/people/profile: what signed-in people see and change of themselves. Start here; the routes are in me.controller.ts,
// my-sessions.controller.ts, my-second-factor.controller.ts.

/** Reads and changes the signed-in person. */
@Injectable()
export class Me {
  private readonly emailChanges: SharedRateLimiter;

  constructor(
    private readonly users: UsersRepository,
    private readonly memberships: MembershipsReadModel,
    private readonly workspaces: WorkspacesService,
    private readonly sessions: Sessions,
    private readonly challenges: Challenges,
    private readonly mailer: Mailer,
    private readonly transactions: Transactions,
    limiters: RateLimiterFactory,
  ) {
    this.emailChanges = limiters.create({ name: 'email-change', points: EMAIL_CHANGES, periodSeconds: 3_600 });
  }

  async read(userId: string): Promise<Profile> {
    const [user, all] = await Promise.all([this.get(userId), this.memberships.listOf(userId)]);
    const named = await this.workspaces.findNamed(all.map(({ workspaceId }) => workspaceId));
    return {
      user,
      memberships: all.map((member) => ({ ...member, workspace: named.get(member.workspaceId) ?? DELETED })),
    };
  }

  /** @throws ProblemException 401 when the person was deleted meanwhile. */
  async get(userId: string): Promise<User> {
    const user = await this.users.findById(userId);
    if (user === undefined) throw new ProblemException('unauthorized', 'Your account was deleted.');
    return user;
  }

  async rename(userId: string, name: string): Promise<void> {
    await this.users.updateOne(userId, { $set: { name: name.trim() } });
  }

  /** @returns the new token of the session. @throws ProblemException 404 for a workspace of others. */
  async selectWorkspace({ userId, sessionId }: SignedIn, id: string): Promise<string> {
    const workspaceId: WorkspaceId = trustedWorkspaceId(id);
    const all = await this.memberships.listOf(userId);
    if (!all.some((member) => member.workspaceId === workspaceId)) {
      throw new ProblemException('not_found', 'You are not a member of such a workspace.');
    }
    const token = await this.sessions.renew(sessionId, { currentWorkspaceId: workspaceId });
    if (token === undefined) throw new ProblemException('unauthorized', 'Your session has ended: sign in again.');
    return token;
  }

  /**
   * Sends a link to the new address. The answer does not tell whether it has an account.
   * @throws ProblemException 429 after five mails in an hour: they go to addresses that may be of others.
   */
  async requestEmailChange({ userId }: SignedIn, email: string): Promise<void> {
    const { isAdmitted, resetSeconds } = await this.emailChanges.consume(userId);
    if (!isAdmitted) {
      const detail = `You have asked for too many changes: try again in ${resetSeconds} seconds.`;
      throw new ProblemException('too_many_requests', detail, undefined, { 'retry-after': String(resetSeconds) });
    }
    const user = await this.get(userId);
    await this.transactions.run(async (tx) => {
      await this.challenges.endAll(userId, ['email-change'], tx);
      const data = { email: email.trim() };
      const token = await this.challenges.create({ purpose: 'email-change', userId, data }, tx);
      const owner = await this.users.findByEmailKey(emailKey(email), tx);
      if (owner !== undefined && owner._id !== user._id) return;
      const link = this.mailer.createLink(`/app/email#${token}`);
      const expiresAt = new Date(Date.now() + minutesOf('email-change') * 60_000);
      const values = { link, validUntil: expiresAt };
      await this.mailer.enqueue({ kind: 'emailChangeConfirm', to: email, values, expiresAt }, tx);
    });
  }

  /**
   * Changes the address by the link that was sent to the new one, once. Sessions stay; links to reset the password end.
   * @returns the addresses before and after.
   * @throws ProblemException 404 for a link that was used or has ended, 409 for an address that has an account by now.
   */
  async confirmEmailChange(token: string): Promise<{ before: string; after: string }> {
    return this.transactions.run(async (tx) => {
      const challenge = await this.challenges.take(token, 'email-change', tx);
      const { userId } = challenge ?? {};
      const email = challenge?.data['email'];
      if (!userId || email === undefined) throw new ProblemException('not_found', ENDED);
      const before = await this.users.findById(userId, tx);
      if (before === undefined) throw new ProblemException('not_found', ENDED);
      await this.storeEmail(before, email, tx);
      const values = { at: new Date(), newAddress: email };
      await this.mailer.enqueue({ kind: 'emailChanged', to: before.email, values }, tx);
      return { before: before.email, after: email };
    });
  }

  private async storeEmail({ _id: userId }: User, email: string, tx: Transaction): Promise<void> {
    const owner = await this.users.findByEmailKey(emailKey(email), tx);
    if (owner !== undefined && owner._id !== userId) {
      throw new ProblemException('conflict', `${email} has another account.`);
    }
    await this.users.updateOne(userId, { $set: { email, emailKey: emailKey(email) } }, { tx });
    await this.challenges.endAll(userId, ['password-reset'], tx);
  }
}

const ENDED = 'This link was used, or has ended: change the address again.';
