import { Inject, Injectable } from '@nestjs/common';
import type { PublicKeyCredentialCreationOptionsJSON } from '@simplewebauthn/server';
import type { Settings } from '../../platform/config/settings.js';
import { SETTINGS } from '../../platform/config/settings.token.js';
import { ProblemException } from '../../platform/http/problems/problem.js';
import { isDuplicateKey } from '../../platform/mongo/mongo-errors.js';
import { Transactions } from '../../platform/mongo/transactions.js';
import type { SignedIn } from '../../workspaces/caller.js';
import { Challenges } from '../challenges/challenges.service.js';
import { Me } from '../profile/me.service.js';
import type { Passkey, User } from '../users/user.schema.js';
import { UsersRepository } from '../users/users.repository.js';
import type { PasskeyRegistrationDto } from './passkeys.dto.js';
import { passkeyId } from './rules/passkey-id.js';
import { type AllowedWays, hasWayToSignIn } from '../rules/sign-in-ways.js';
import { WebAuthnService } from './webauthn.service.js';

const MAX_PASSKEYS = 20;

/** Options for an authenticator, and the token of their challenge. */
export interface BegunRegistration {
  options: PublicKeyCredentialCreationOptionsJSON;
  token: string;
}

// src/people/passkeys: passkeys of people and the sign-in with them. Start here; my-passkeys.controller.ts is the API of
// the signed-in person, passkey.strategy.ts the sign-in, webauthn.service.ts the only user of @simplewebauthn/server.

/** Adds, renames and removes the passkeys of a person. */
@Injectable()
export class Passkeys {
  private readonly allowed: AllowedWays;

  constructor(
    private readonly users: UsersRepository,
    private readonly me: Me,
    private readonly challenges: Challenges,
    private readonly webAuthn: WebAuthnService,
    private readonly transactions: Transactions,
    @Inject(SETTINGS) { hasPasswordLogin, oidc }: Settings,
  ) {
    this.allowed = { hasPasswordLogin, oidcIssuer: oidc?.issuer };
  }

  async listOf(userId: string): Promise<Passkey[]> {
    return (await this.me.get(userId)).passkeys ?? [];
  }

  /** @throws ProblemException 403 where passkeys are not possible, 409 when the person has too many. */
  async begin({ userId, sessionId }: SignedIn): Promise<BegunRegistration> {
    this.webAuthn.assertIsPossible();
    const user = await this.me.get(userId);
    assertHasRoom(user);
    const options = await this.webAuthn.createRegistrationOptions(user);
    const data = { challenge: options.challenge, sessionId };
    return { options, token: await this.challenges.create({ purpose: 'passkey-registration', userId, data }) };
  }

  /**
   * Completes a registration that this session has begun, once.
   * @throws ProblemException 409 for another or a used challenge, 422 for an answer that is not right.
   */
  async add(
    { userId, sessionId }: SignedIn,
    token: string,
    registration: PasskeyRegistrationDto,
    name: string,
  ): Promise<Passkey> {
    this.webAuthn.assertIsPossible();
    const challenge = await this.challenges.take(token, 'passkey-registration');
    const expected = challenge?.data['challenge'];
    if (expected === undefined || challenge?.userId !== userId || challenge.data['sessionId'] !== sessionId) {
      throw new ProblemException('conflict', ENDED);
    }
    const verified = await this.webAuthn.verifyRegistration(registration, expected);
    if (verified === undefined) throw ProblemException.invalid(WRONG_ANSWER);
    const passkey: Passkey = { ...verified, name: name.trim(), createdAt: new Date() };
    await this.store(userId, passkey);
    return passkey;
  }

  /** @throws ProblemException 404 for a passkey of others. */
  async rename(userId: string, id: string, name: string): Promise<Passkey> {
    const { _id } = findPasskey(await this.me.get(userId), id);
    const $set = { 'passkeys.$.name': name.trim() };
    const renamed = await this.users.updateOne(userId, { $set }, { condition: { 'passkeys._id': _id } });
    if (renamed === undefined) throw noSuchPasskey();
    return findPasskey(renamed, id);
  }

  /** @throws ProblemException 404 for a passkey of others, 409 for the last way to sign in. */
  async remove(userId: string, id: string): Promise<Passkey> {
    return this.transactions.run(async (tx) => {
      const user = await this.users.findById(userId, tx);
      if (user === undefined) throw noSuchPasskey();
      const passkey = findPasskey(user, id);
      const others = user.passkeys?.filter(({ _id }) => _id !== passkey._id);
      if (!hasWayToSignIn({ ...user, passkeys: others }, this.allowed))
        throw new ProblemException('conflict', LAST_WAY);
      await this.users.updateOne(userId, { $pull: { passkeys: { _id: passkey._id } } }, { tx });
      return passkey;
    });
  }

  /** One write checks the conditions again, so that two requests at once cannot exceed them. */
  private async store(userId: string, passkey: Passkey): Promise<void> {
    const condition = { [`passkeys.${MAX_PASSKEYS - 1}`]: { $exists: false }, 'passkeys._id': { $ne: passkey._id } };
    try {
      if (await this.users.updateOne(userId, { $push: { passkeys: passkey } }, { condition })) return;
    } catch (error) {
      if (isDuplicateKey(error)) throw new ProblemException('conflict', KNOWN);
      throw error;
    }
    assertHasRoom(await this.me.get(userId));
    throw new ProblemException('conflict', KNOWN);
  }
}

function findPasskey({ passkeys = [] }: User, id: string): Passkey {
  const found = passkeys.find(({ _id }) => passkeyId(_id) === id);
  if (found === undefined) throw noSuchPasskey();
  return found;
}

function assertHasRoom({ passkeys = [] }: User): void {
  if (passkeys.length < MAX_PASSKEYS) return;
  const detail = `You have ${passkeys.length} passkeys, the most that are possible: remove one first.`;
  throw new ProblemException('conflict', detail);
}

function noSuchPasskey(): ProblemException {
  return new ProblemException('not_found', 'You have no such passkey; it may have been removed.');
}

const ENDED = 'This registration was completed, or has ended: begin again.';
const KNOWN = 'This passkey is known already: use another authenticator.';
const LAST_WAY = 'This passkey is your only way to sign in: add another one or set a password first.';
const WRONG_ANSWER = {
  path: 'response',
  code: 'wrong_passkey',
  message: 'the authenticator has not answered these options: begin again on the address of this Hopback',
};
