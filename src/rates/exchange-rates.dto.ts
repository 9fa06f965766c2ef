import { ApiProperty } from '@nestjs/swagger';
import { ArrayMaxSize, ArrayNotEmpty, Equals, ValidateBy } from 'class-validator';
import { Omittable } from '../platform/http/validation/omittable.decorator.js';
import { HoldsItems } from '../platform/http/validation/validation.js';
import type { SentRate } from './rules/check-rates.js';
import { DAY_MESSAGE, isDay } from './rules/rate-values.js';

/** Its fields are checked by `findRateProblems`. */
export class RateRequest implements SentRate {
  /**
   * Day of the rate, in UTC.
   * @example "2026-11-20"
   */
  date: string;

  /**
   * ISO 4217 code, or another code of 2 to 10 capital letters such as USDT; not the base.
   * @example "USD"
   */
  currency: string;

  /**
   * Units of the currency for 1 unit of the base, as a decimal string.
   * @example "1.0824"
   */
  rate: string;
}

@HoldsItems()
export class ReplaceRatesRequest {
  /** Base currency of the rates; only EUR. */
  @ApiProperty({ enum: ['EUR'] })
  @Equals('EUR')
  base: string;

  /** For each named day, these rates replace all stored rates of that day. */
  @ApiProperty({ type: [RateRequest], maxItems: 10_000 })
  @ArrayNotEmpty()
  @ArrayMaxSize(10_000)
  rates: unknown[];
}

export class RatesReplacedResponse {
  /** Number of replaced days. */
  days: number;
  /** Number of rates on these days. */
  rates: number;
  /** @example "2026-11-16" */
  firstDay: string;
  /** @example "2026-11-20" */
  lastDay: string;
}

export class RatesQuery {
  /**
   * Day whose rates are shown. Default: today (UTC).
   * @example "2026-11-20"
   */
  @Omittable()
  @ValidateBy({ name: 'isDay', validator: { validate: isDay, defaultMessage: () => DAY_MESSAGE } })
  date?: string;
}

export class RateResponse {
  /** @example "USD" */
  currency: string;
  /**
   * Units of the currency for 1 unit of the base.
   * @example "1.0824"
   */
  rate: string;
  /** Day of the rate: the requested day, or the latest day with a rate before it, at most seven days back. */
  day: string;
}

export class RatesResponse {
  /** The requested day. */
  date: string;
  base: string;
  /** `own`: loaded by this workspace. `sample`: sample rates of Hopback, for trying it out. Null when there are no rates. */
  @ApiProperty({ enum: ['own', 'sample'], nullable: true })
  source: 'own' | 'sample' | null;
  /** Sorted by currency; empty when the day and the seven days before it have none. */
  rates: RateResponse[];
  /** Days with rates that this workspace has loaded, newest first, at most a hundred. */
  loadedDays: string[];
}
