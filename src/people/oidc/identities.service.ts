import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { Settings } from '../../platform/config/settings.js';
import { SETTINGS } from '../../platform/config/settings.token.js';
import { ProblemException } from '../../platform/http/problems/problem.js';
import { Transactions } from '../../platform/mongo/transactions.js';
import type { OidcPerson } from '../rules/oidc-claims.js';
import { OidcFailure } from '../rules/oidc-failure.js';
import { hasWayToSignIn } from '../rules/sign-in-ways.js';
import type { OidcIdentity, User } from '../users/user.schema.js';
import { UsersRepository } from '../users/users.repository.js';

/** Links and unlinks accounts at the OpenID provider for signed-in people. */
@Injectable()
export class Identities {
  constructor(
    private readonly users: UsersRepository,
    private readonly transactions: Transactions,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  async listOf(userId: string): Promise<OidcIdentity[]> {
    return (await this.users.findById(userId))?.identities ?? [];
  }

  /**
   * @returns whether it was not linked before.
   * @throws OidcFailure `identity_taken` when it is linked to another person, `other_identity` when this person has another
   * one of the provider.
   */
  async add(userId: string, { issuer, subject }: OidcPerson): Promise<boolean> {
    return this.transactions.run(async (tx) => {
      const owner = await this.users.findByIdentity(issuer, subject, tx);
      if (owner?._id === userId) return false;
      if (owner !== undefined) throw new OidcFailure('identity_taken');
      const condition = { 'identities.issuer': { $ne: issuer } };
      const update = { $push: { identities: { issuer, subject } } };
      if (await this.users.updateOne(userId, update, { condition, tx })) return true;
      throw new OidcFailure('other_identity');
    });
  }

  /** @throws ProblemException 404 for an identity of others, 409 for the last way to sign in. */
  async remove(userId: string, id: string): Promise<User> {
    return this.transactions.run(async (tx) => {
      const user = await this.users.findById(userId, tx);
      const identity = user?.identities?.find((one) => identityId(one) === id);
      if (user === undefined || identity === undefined) throw new ProblemException('not_found', UNKNOWN);
      const { issuer, subject } = identity;
      const others = user.identities?.filter((one) => one !== identity) ?? [];
      const allowed = {
        hasPasswordLogin: this.settings.hasPasswordLogin,
        oidcIssuer: this.settings.oidc?.issuer,
      };
      if (!hasWayToSignIn({ ...user, identities: others }, allowed)) throw new ProblemException('conflict', LAST_WAY);
      await this.users.updateOne(userId, { $pull: { identities: { issuer, subject } } }, { tx });
      return user;
    });
  }
}

/** The id of an identity in the API. Issuers and subjects are too long for a path. */
export function identityId({ issuer, subject }: OidcIdentity): string {
  const digest = createHash('sha256')
    .update(JSON.stringify([issuer, subject]))
    .digest('base64url');
  return `idn_${digest.slice(0, 22)}`;
}

const UNKNOWN = 'You have no such identity; it may have been removed.';
const LAST_WAY = 'This is your only way to sign in: add a passkey or set a password first.';
