import { Injectable } from '@nestjs/common';
import type { Transaction } from '../../platform/mongo/transactions.js';
import { hashToken, newToken } from '../rules/tokens.js';
import type { Challenge, ChallengePurpose } from './challenge.schema.js';
import { ChallengesRepository } from './challenges.repository.js';

/** Lifetime of each challenge in minutes. */
const MINUTES: Readonly<Record<ChallengePurpose, number>> = {
  totp: 10,
  'passkey-sign-in': 10,
  'passkey-registration': 10,
  oidc: 10,
  'password-reset': 30,
  'email-change': 24 * 60,
};

export interface NewChallenge {
  purpose: ChallengePurpose;
  userId: string | null;
  data?: Record<string, string>;
}

/** Steps that a person has to complete once, within some minutes. Only the hashes of their tokens are stored. */
@Injectable()
export class Challenges {
  constructor(private readonly challenges: ChallengesRepository) {}

  /** @returns the token, for a cookie or a link. */
  async create({ purpose, userId, data = {} }: NewChallenge, tx?: Transaction): Promise<string> {
    const token = newToken();
    const expiresAt = new Date(Date.now() + MINUTES[purpose] * 60_000);
    await this.challenges.insert({ _id: hashToken(token), purpose, userId, data, expiresAt }, tx);
    return token;
  }

  /** The challenge, which stays valid. */
  find(token: string, purpose: ChallengePurpose): Promise<Challenge | undefined> {
    return this.challenges.find(hashToken(token), purpose);
  }

  /** The challenge, which is completed by that. Of several callers at once, one gets it. */
  take(token: string, purpose: ChallengePurpose, tx?: Transaction): Promise<Challenge | undefined> {
    return this.challenges.take(hashToken(token), purpose, tx);
  }

  /** Ends the challenges of a person. */
  async endAll(userId: string, purposes: readonly ChallengePurpose[], tx?: Transaction): Promise<void> {
    await this.challenges.deleteOf(userId, purposes, tx);
  }
}

export function minutesOf(purpose: ChallengePurpose): number {
  return MINUTES[purpose];
}
