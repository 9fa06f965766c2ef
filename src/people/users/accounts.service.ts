import { Inject, Injectable } from '@nestjs/common';
import type { Settings } from '../../platform/config/settings.js';
import { SETTINGS } from '../../platform/config/settings.token.js';
import { ProblemException } from '../../platform/http/problems/problem.js';
import { newId } from '../../platform/ids/ids.js';
import type { Transaction } from '../../platform/mongo/transactions.js';
import { AccountPasswords } from '../passwords/account-passwords.service.js';
import { PasswordPolicy } from '../passwords/password-policy.service.js';
import { emailKey } from '../rules/email-address.js';
import type { OidcIdentity, User } from './user.schema.js';
import { UsersRepository } from './users.repository.js';

/** A new person. Without a password for people who sign in by OpenID Connect. */
export interface NewPerson {
  email: string;
  name: string;
  passwordHash?: string | undefined;
  identity?: OidcIdentity | undefined;
}

// src/people/users: the people themselves. Start here; user.schema.ts lists their ways to sign in.

/** Creates people and checks new passwords. */
@Injectable()
export class Accounts {
  private readonly hasPasswordLogin: boolean;

  constructor(
    private readonly users: UsersRepository,
    private readonly passwords: AccountPasswords,
    private readonly policy: PasswordPolicy,
    @Inject(SETTINGS) settings: Settings,
  ) {
    this.hasPasswordLogin = settings.hasPasswordLogin;
  }

  /**
   * Checks and hashes a new password.
   * @throws ProblemException 422 with all problems of the password, 403 when passwords are switched off.
   */
  async hashPassword(password: string, owner: Pick<User, 'email' | 'name'>): Promise<string> {
    if (!this.hasPasswordLogin) throw new ProblemException('forbidden', PASSWORDS_OFF);
    const problems = await this.policy.findProblems(password, owner);
    if (problems.length > 0) {
      throw ProblemException.invalid(...problems.map((problem) => ({ path: 'password', ...problem })));
    }
    return this.passwords.hash(password);
  }

  /** @throws the duplicate-key error when the address has an account. */
  async create({ email, name, passwordHash, identity }: NewPerson, tx: Transaction): Promise<User> {
    const user: User = {
      _id: newId('usr'),
      email: email.trim(),
      emailKey: emailKey(email),
      name: name.trim(),
      createdAt: new Date(),
      ...(passwordHash !== undefined && { passwordHash }),
      ...(identity !== undefined && { identities: [identity] }),
    };
    await this.users.insert(user, tx);
    return user;
  }
}

export const PASSWORDS_OFF =
  'Passwords are switched off on this server (PASSWORD_LOGIN=off): sign in with your provider.';
