import { Inject, Injectable } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import type { FastifyRequest } from 'fastify';
import { Strategy } from 'passport-local';
import type { Settings } from '../../platform/config/settings.js';
import { SETTINGS } from '../../platform/config/settings.token.js';
import { ProblemException } from '../../platform/http/problems/problem.js';
import { AccountPasswords } from '../passwords/account-passwords.service.js';
import { emailKey } from '../rules/email-address.js';
import { PASSWORDS_OFF } from '../users/accounts.service.js';
import type { User } from '../users/user.schema.js';
import { UsersRepository } from '../users/users.repository.js';
import { DeviceCookies } from './device-cookies.service.js';
import { SignInThrottle } from './sign-in-throttle.service.js';

/** `{ "email", "password" }` → the person. Answer and time are the same for unknown accounts and wrong passwords. */
@Injectable()
export class PasswordStrategy extends PassportStrategy(Strategy, 'password') {
  constructor(
    private readonly users: UsersRepository,
    private readonly passwords: AccountPasswords,
    private readonly devices: DeviceCookies,
    private readonly throttle: SignInThrottle,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {
    super({ usernameField: 'email', session: false, passReqToCallback: true });
  }

  /** @throws ProblemException 401 for wrong credentials, 429 for too many attempts. */
  async validate(request: FastifyRequest, email: string, password: string): Promise<User> {
    if (!this.settings.hasPasswordLogin) throw new ProblemException('forbidden', PASSWORDS_OFF);
    const deviceId = this.devices.findDevice(request.headers.cookie ?? '', email, Date.now());
    const source = { email, deviceId, address: request.ip };
    const { waitSeconds, lane } = await this.throttle.count(source);
    if (waitSeconds > 0) throw tooManyAttempts(waitSeconds);
    const user = await this.users.findByEmailKey(emailKey(email));
    const isRight = await this.passwords.verify(user?.passwordHash, password, lane);
    if (user?.passwordHash === undefined || !isRight) throw new ProblemException('unauthorized', WRONG);
    await this.throttle.forgive(source);
    if (await this.passwords.needsRehash(user.passwordHash)) await this.rehash(user, password);
    return user;
  }

  private async rehash({ _id, passwordHash }: User, password: string): Promise<void> {
    const $set = { passwordHash: await this.passwords.hash(password) };
    await this.users.updateOne(_id, { $set }, { condition: { passwordHash: passwordHash ?? null } });
  }
}

/** The answer to too many wrong passwords or codes. It is the same for unknown accounts. */
export function tooManyAttempts(waitSeconds: number): ProblemException {
  const detail = `Too many attempts: try again in ${waitSeconds} seconds, or reset your password.`;
  return new ProblemException('too_many_requests', detail, undefined, { 'retry-after': String(waitSeconds) });
}

const WRONG = 'The e-mail address or the password is wrong.';
