import { Inject, Injectable } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import type { FastifyRequest } from 'fastify';
import { Strategy } from 'passport-custom';
import type { Logger } from 'pino';
import { ProblemException } from '../../platform/http/problems/problem.js';
import { LOGGER } from '../../platform/logging/logger.js';
import { Challenges } from '../challenges/challenges.service.js';
import { ChallengeCookies } from '../sign-in/challenge-cookies.service.js';
import type { Passkey, User } from '../users/user.schema.js';
import { UsersRepository } from '../users/users.repository.js';
import type { PasskeySignInRequest } from './passkeys.dto.js';
import { passkeyId } from './rules/passkey-id.js';
import { type VerifiedAssertion, WebAuthnService } from './webauthn.service.js';

type PasskeyRequest = FastifyRequest<{ Body: PasskeySignInRequest }>;

/** A person who has used a passkey. */
export interface PasskeyOwner {
  user: User;
  /** Whether the passkey is two factors by itself: the device, and a PIN, a finger or a face. */
  isUserVerified: boolean;
}

/** The answer of an authenticator → the person. It is the same for unknown passkeys and wrong signatures. */
@Injectable()
export class PasskeyStrategy extends PassportStrategy(Strategy, 'passkey') {
  constructor(
    private readonly challenges: Challenges,
    private readonly cookies: ChallengeCookies,
    private readonly users: UsersRepository,
    private readonly webAuthn: WebAuthnService,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    super();
  }

  /** @throws ProblemException 401 for an answer that is not right, or whose challenge was used or has ended. */
  async validate(request: PasskeyRequest): Promise<PasskeyOwner> {
    const { body } = request;
    // Taken first: each challenge allows one attempt.
    const challenge = await this.challenges.take(this.cookies.read(request, 'passkey-sign-in'), 'passkey-sign-in');
    const expected = challenge?.data['challenge'];
    if (expected === undefined) throw new ProblemException('unauthorized', BEGIN_AGAIN);
    const user = await this.users.findByPasskey(body.id);
    const passkey = user?.passkeys?.find(({ _id }) => _id === body.id);
    if (user === undefined || passkey === undefined || !isMadeFor(user, body)) {
      throw new ProblemException('unauthorized', REFUSED);
    }
    const assertion = await this.webAuthn.verifyAssertion(body, passkey, expected);
    if (assertion === undefined) throw new ProblemException('unauthorized', REFUSED);
    await this.recordUse(user, passkey, assertion);
    return { user, isUserVerified: assertion.isUserVerified };
  }

  /** One write demands a lower counter, so that of a passkey and its copy only one succeeds with a count. */
  private async recordUse(
    { _id: userId }: User,
    { _id }: Passkey,
    { counter, isBackedUp }: VerifiedAssertion,
  ): Promise<void> {
    const $set = {
      'passkeys.$.counter': counter,
      'passkeys.$.isBackedUp': isBackedUp,
      'passkeys.$.lastUsedAt': new Date(),
    };
    // Authenticators without a counter always send 0.
    const condition = { passkeys: { $elemMatch: { _id, counter: counter === 0 ? 0 : { $lt: counter } } } };
    if (await this.users.updateOne(userId, { $set }, { condition })) return;
    this.logger.warn({ userId, passkey: passkeyId(_id), counter }, 'counter of a passkey went back; sign-in refused');
    throw new ProblemException('unauthorized', COUNTER_WENT_BACK);
  }
}

/** Authenticators store the owner of a passkey. Source: https://www.w3.org/TR/webauthn-3/#sctn-verifying-assertion, step 6. */
function isMadeFor({ _id }: User, { response: { userHandle } }: PasskeySignInRequest): boolean {
  return userHandle === Buffer.from(_id).toString('base64url');
}

const BEGIN_AGAIN = 'This sign-in was completed, or has ended: begin again.';
const REFUSED = 'This passkey does not sign in here: it was removed, or it answered something else.';
const COUNTER_WENT_BACK =
  'The counter of this passkey went back, so it may be a copy: sign in otherwise, remove it and add a new one.';
