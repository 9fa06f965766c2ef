import { Injectable } from '@nestjs/common';
import { addressBlock } from '../../platform/net/address-block.js';
import { RateLimiterFactory } from '../../platform/rate-limit/rate-limiter-factory.service.js';
import type { SharedRateLimiter } from '../../platform/rate-limit/shared-rate-limiter.js';

const PER_HOUR = 10;

/** Limits the reports that an address may send. */
@Injectable()
export class ReportLimit {
  private readonly limiter: SharedRateLimiter;

  constructor(limiters: RateLimiterFactory) {
    this.limiter = limiters.create({ name: 'report', points: PER_HOUR, periodSeconds: 3_600 });
  }

  /** Counts a report. @returns the seconds to wait; 0 when it is admitted. */
  async take(address: string): Promise<number> {
    const { isAdmitted, resetSeconds } = await this.limiter.consume(addressBlock(address));
    return isAdmitted ? 0 : resetSeconds;
  }
}
