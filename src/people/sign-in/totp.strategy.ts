import { Injectable } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import type { FastifyRequest } from 'fastify';
import { Strategy } from 'passport-custom';
import { ProblemException } from '../../platform/http/problems/problem.js';
import type { Challenge } from '../challenges/challenge.schema.js';
import { Challenges } from '../challenges/challenges.service.js';
import { SecondFactorNotices } from '../second-factor/second-factor-notices.service.js';
import { SecondFactors } from '../second-factor/second-factors.service.js';
import type { User } from '../users/user.schema.js';
import { UsersRepository } from '../users/users.repository.js';
import { ChallengeCookies } from './challenge-cookies.service.js';
import { DeviceCookies } from './device-cookies.service.js';
import { tooManyAttempts } from './password.strategy.js';
import { SecondFactorThrottle } from './second-factor-throttle.service.js';

type CodeRequest = FastifyRequest<{ Body: { code: string } }>;

/** `{ "code" }` after the right password → the person. The code is of the authenticator app, or a recovery code. */
@Injectable()
export class TotpStrategy extends PassportStrategy(Strategy, 'totp') {
  constructor(
    private readonly challenges: Challenges,
    private readonly cookies: ChallengeCookies,
    private readonly factors: SecondFactors,
    private readonly users: UsersRepository,
    private readonly devices: DeviceCookies,
    private readonly throttle: SecondFactorThrottle,
    private readonly notices: SecondFactorNotices,
  ) {
    super();
  }

  /** @throws ProblemException 401 for a wrong code, or without the password before; 429 for too many codes. */
  async validate(request: CodeRequest): Promise<User> {
    const token = this.cookies.read(request, 'totp');
    const challenge = await this.challenges.find(token, 'totp');
    const user = challenge?.userId ? await this.users.findById(challenge.userId) : undefined;
    if (challenge === undefined || user === undefined) throw new ProblemException('unauthorized', BEGIN_AGAIN);
    const source = { userId: user._id, signInId: challenge._id, deviceId: this.deviceOf(request, user) };
    await this.admit(source);
    const used = await this.factors.use(user, request.body.code);
    if (used === undefined) throw new ProblemException('unauthorized', WRONG);
    await this.throttle.forgive(source);
    await this.complete(token);
    if (used === 'recovery-code') await this.notices.send(user, 'recovery-code-used', request);
    return user;
  }

  private async admit(source: Parameters<SecondFactorThrottle['count']>[0]): Promise<void> {
    const { isAdmitted, waitSeconds } = await this.throttle.count(source);
    if (isAdmitted) return;
    if (waitSeconds > 0) throw tooManyAttempts(waitSeconds);
    throw new ProblemException('unauthorized', BEGIN_AGAIN);
  }

  private deviceOf({ headers }: FastifyRequest, user: User): string | undefined {
    return this.devices.findDevice(headers.cookie ?? '', user.email, Date.now());
  }

  /** Of two requests with right codes, one completes the sign-in. */
  private async complete(token: string): Promise<Challenge> {
    const challenge = await this.challenges.take(token, 'totp');
    if (challenge !== undefined) return challenge;
    throw new ProblemException('unauthorized', BEGIN_AGAIN);
  }
}

const BEGIN_AGAIN = 'This sign-in has ended: begin again with your password.';
const WRONG = 'The code is wrong, or was used already. Wait for the next one, or use a recovery code.';
