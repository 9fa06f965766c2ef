import { Injectable } from '@nestjs/common';
import { ProblemException } from '../../platform/http/problems/problem.js';
import { type Transaction, Transactions } from '../../platform/mongo/transactions.js';
import { Challenges, minutesOf } from '../challenges/challenges.service.js';
import { Mailer } from '../mail/mailer.service.js';
import type { ClientDescription } from '../people.ports.js';
import { emailKey } from '../rules/email-address.js';
import { Sessions } from '../sessions/sessions.service.js';
import { Accounts } from '../users/accounts.service.js';
import type { User } from '../users/user.schema.js';
import { UsersRepository } from '../users/users.repository.js';

/** The browser that asks, as mails name it. */
export type AskingClient = Pick<ClientDescription, 'device'> & { ip: string };

// src/people/passwords: passwords of people. Start here: changing and resetting. account-passwords.service.ts hashes and checks,
// password-policy.service.ts says which passwords are refused.

/** Changes and resets passwords. Each change ends links to reset it, and tells the person by mail. */
@Injectable()
export class PasswordChanges {
  constructor(
    private readonly users: UsersRepository,
    private readonly accounts: Accounts,
    private readonly challenges: Challenges,
    private readonly sessions: Sessions,
    private readonly mailer: Mailer,
    private readonly transactions: Transactions,
  ) {}

  /** Sends a link to the address if it has an account. */
  async sendReset(email: string, { device, ip }: AskingClient): Promise<void> {
    const user = await this.users.findByEmailKey(emailKey(email));
    if (user === undefined) return;
    await this.transactions.run(async (tx) => {
      const token = await this.challenges.create({ purpose: 'password-reset', userId: user._id }, tx);
      const validMinutes = minutesOf('password-reset');
      const link = this.mailer.createLink(`/app/reset#${token}`);
      const values = { link, validMinutes, device, ip };
      const expiresAt = new Date(Date.now() + validMinutes * 60_000);
      await this.mailer.enqueue({ kind: 'passwordReset', to: user.email, values, expiresAt }, tx);
    });
  }

  /**
   * Sets a new password by a link, once, and ends all sessions.
   * @throws ProblemException 404 for a link that was used or has ended; 422 for a bad password, which does not use it.
   */
  async reset(token: string, password: string, client: AskingClient): Promise<User> {
    const challenge = await this.challenges.find(token, 'password-reset');
    const user = challenge?.userId ? await this.users.findById(challenge.userId) : undefined;
    if (user === undefined) throw new ProblemException('not_found', ENDED);
    const passwordHash = await this.accounts.hashPassword(password, user);
    await this.transactions.run(async (tx) => {
      if ((await this.challenges.take(token, 'password-reset', tx)) === undefined) {
        throw new ProblemException('not_found', ENDED);
      }
      await this.store(user, passwordHash, client, tx);
      await this.sessions.endAll(user._id, tx);
    });
    return user;
  }

  /** Sets a new password in a session, and ends all others. */
  async change(user: User, password: string, sessionId: string, client: AskingClient): Promise<void> {
    const passwordHash = await this.accounts.hashPassword(password, user);
    await this.transactions.run(async (tx) => {
      await this.store(user, passwordHash, client, tx);
      await this.sessions.endOthers(user._id, sessionId, tx);
    });
  }

  private async store(user: User, passwordHash: string, { device, ip }: AskingClient, tx: Transaction): Promise<void> {
    await this.users.updateOne(user._id, { $set: { passwordHash } }, { tx });
    await this.challenges.endAll(user._id, ['password-reset', 'totp'], tx);
    const values = { at: new Date(), device, ip, link: this.mailer.createLink('/app/sign-in#forgot') };
    await this.mailer.enqueue({ kind: 'passwordChanged', to: user.email, values }, tx);
  }
}

const ENDED = 'This link was used, or has ended: ask for a new one.';
