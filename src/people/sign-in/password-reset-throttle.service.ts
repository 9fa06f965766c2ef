import { Injectable } from '@nestjs/common';
import { addressBlock } from '../../platform/net/address-block.js';
import { RateLimiterFactory } from '../../platform/rate-limit/rate-limiter-factory.service.js';
import type { SharedRateLimiter } from '../../platform/rate-limit/shared-rate-limiter.js';
import { accountKeyOf } from '../rules/email-address.js';

const PER_ACCOUNT = 3;
const PER_ADDRESS = 20;
const PERIOD_S = 60 * 60;

export interface ResetRequest {
  /** Above 0: to be answered 429. */
  waitSeconds: number;
  /** Whether a mail may be sent. If not, the answer is the same. */
  maySend: boolean;
}

/** Limits mails for forgotten passwords: by address openly, by account silently. */
@Injectable()
export class PasswordResetThrottle {
  private readonly ofAccount: SharedRateLimiter;
  private readonly ofAddress: SharedRateLimiter;

  constructor(limiters: RateLimiterFactory) {
    const limiter = (name: string, points: number): SharedRateLimiter =>
      limiters.create({ name: `password-reset:${name}`, points, periodSeconds: PERIOD_S });
    this.ofAccount = limiter('account', PER_ACCOUNT);
    this.ofAddress = limiter('address', PER_ADDRESS);
  }

  /** Counts a request. Accounts that do not exist are counted as well. */
  async count(email: string, address: string): Promise<ResetRequest> {
    const ofAddress = await this.ofAddress.consume(addressBlock(address));
    if (!ofAddress.isAdmitted) return { waitSeconds: ofAddress.resetSeconds, maySend: false };
    const ofAccount = await this.ofAccount.consume(accountKeyOf(email));
    return { waitSeconds: 0, maySend: ofAccount.isAdmitted };
  }
}
