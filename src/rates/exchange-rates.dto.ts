import { ApiProperty } from '@nestjs/swagger';
import { ArrayMaxSize, ArrayNotEmpty, Equals, ValidateBy } from 'class-validator';
import { Omittable } from '../platform/http/validation/omittable.decorator.js';
import { HoldsItems } from '../platform/http/validation/validation.js';
import type { SentRate } from './rules/check-rates.js';
import { DAY_MESSAGE, isDay } from './rules/rate-values.js';

/** Its fields are judged by `judgeRates`. */
export class RateRequest implements SentRate {
  /**
   * The day that the rate is of, in UTC.
   * @example "2026-11-20"
   */
  date: string;

  /**
   * ISO 4217 or another code of 2 to 10 capitals, such as USDT; not the base.
   * @example "USD"
   */
  currency: string;

  /**
   * Units of the currency for 1 of the base, as a decimal string.
   * @example "1.0824"
   */
  rate: string;
}

@HoldsItems()
export class ReplaceRatesRequest {
  /** What the rates are for 1 of; EUR is the only one. */
  @ApiProperty({ enum: ['EUR'] })
  @Equals('EUR')
  base: string;

  /** The rates of each day that is named replace all that were stored for it. */
  @ApiProperty({ type: [RateRequest], maxItems: 10_000 })
  @ArrayNotEmpty()
  @ArrayMaxSize(10_000)
  rates: unknown[];
}

export class RatesReplacedResponse {
  /** How many days were replaced. */
  days: number;
  /** How many rates they have. */
  rates: number;
  /** @example "2026-11-16" */
  firstDay: string;
  /** @example "2026-11-20" */
  lastDay: string;
}

export class RatesQuery {
  /**
   * The day to show the rates of; today (UTC) when it is left out.
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
   * Units of the currency for 1 of the base.
   * @example "1.0824"
   */
  rate: string;
  /** The day that the rate is of: the one asked for, or the latest before it, at most seven days back. */
  day: string;
}

export class RatesResponse {
  /** The day that was asked for. */
  date: string;
  base: string;
  /** `own`: what this workspace has loaded; `sample`: what comes with Hopback, for trying out; null when there is neither. */
  @ApiProperty({ enum: ['own', 'sample'], nullable: true })
  source: 'own' | 'sample' | null;
  /** By currency; empty when there are none for the day and the seven before it. */
  rates: RateResponse[];
  /** The days that this workspace has loaded rates for, newest first; the latest hundred. */
  loadedDays: string[];
}
