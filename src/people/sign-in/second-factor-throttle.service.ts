import { Injectable } from '@nestjs/common';
import { RateLimiterFactory } from '../../platform/rate-limit/rate-limiter-factory.service.js';
import type { SharedRateLimiter } from '../../platform/rate-limit/shared-rate-limiter.js';

/** Codes of one sign-in, after which it has to begin again with the password. */
const PER_SIGN_IN = 5;
/** The longest that a sign-in may wait for its code. */
const SIGN_IN_PERIOD_S = 60 * 60;
/** Codes of all unknown devices for one account, or of one known device. Three of a million codes are right at a time. */
const PER_DAY = 30;
const DAY_S = 24 * 60 * 60;

/** A sign-in whose password was right, and which waits for a code. */
export interface SecondFactorSource {
  userId: string;
  /** Names this sign-in. */
  signInId: string;
  /** `undefined`: this device is not known to the account. */
  deviceId: string | undefined;
}

export interface SecondFactorAttempt {
  /** Whether this code may be checked. */
  isAdmitted: boolean;
  /** Seconds until the account admits codes of this device again; 0: now, with a new sign-in if this one is over. */
  waitSeconds: number;
}

/**
 * Limits the codes of authenticator apps and recovery codes. Unknown devices share the daily limit of an account; each known
 * device has one of its own.
 */
@Injectable()
export class SecondFactorThrottle {
  private readonly ofSignIn: SharedRateLimiter;
  private readonly ofDay: SharedRateLimiter;

  constructor(limiters: RateLimiterFactory) {
    const limiter = (name: string, points: number, periodSeconds: number): SharedRateLimiter =>
      limiters.create({ name: `second-factor:${name}`, points, periodSeconds, remembersRefusals: false });
    this.ofSignIn = limiter('sign-in', PER_SIGN_IN, SIGN_IN_PERIOD_S);
    this.ofDay = limiter('day', PER_DAY, DAY_S);
  }

  /** Counts a code before it is checked. */
  async count(source: SecondFactorSource): Promise<SecondFactorAttempt> {
    const ofSignIn = await this.ofSignIn.consume(source.signInId);
    if (!ofSignIn.isAdmitted) return { isAdmitted: false, waitSeconds: 0 };
    const { isAdmitted, resetSeconds } = await this.ofDay.consume(dayKeyOf(source));
    return { isAdmitted, waitSeconds: isAdmitted ? 0 : resetSeconds };
  }

  /** To be called after the right code: it no longer counts for the day. */
  async forgive(source: SecondFactorSource): Promise<void> {
    await this.ofDay.current.reward(dayKeyOf(source), 1);
  }
}

function dayKeyOf({ userId, deviceId }: SecondFactorSource): string {
  return deviceId === undefined ? userId : `${userId}:${deviceId}`;
}
