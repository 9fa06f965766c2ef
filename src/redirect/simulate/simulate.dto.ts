import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsObject, IsString, MaxLength } from 'class-validator';
import { IsTime } from '../../platform/http/validation/is-time.decorator.js';
import { Omittable } from '../../platform/http/validation/omittable.decorator.js';
import { IsTextMap } from './is-text-map.decorator.js';

/** A visitor, described. What is left out is as if it was not sent. */
export class SimulateRequest {
  /** @example "203.0.113.7" */
  @Omittable()
  @IsString()
  @MaxLength(64)
  ip?: string;

  @Omittable()
  @IsString()
  @MaxLength(1024)
  userAgent?: string;

  /** `accept-language`, `referer`, `cookie`, `sec-purpose`, `user-agent`; others decide nothing. */
  @ApiPropertyOptional({ type: 'object', additionalProperties: { type: 'string' } })
  @Omittable()
  @IsObject()
  @IsTextMap()
  headers?: Record<string, string>;

  /** Query parameters of the visit. */
  @ApiPropertyOptional({ type: 'object', additionalProperties: { type: 'string' } })
  @Omittable()
  @IsObject()
  @IsTextMap()
  query?: Record<string, string>;

  /**
   * What is asked for behind the host, as sent: a slip at its end and bytes that are not UTF-8 are read as in a visit. Default: the
   * link's own address. Parameters of `query` are added to it.
   * @example "/summer).?sub1=%CF%F0"
   */
  @Omittable()
  @IsString()
  @MaxLength(4096)
  path?: string;

  /** When the visit is. Default: now. */
  @Omittable()
  @IsTime()
  time?: string;
}

export class SimulateResponse {
  /** Where the visitor is sent (or, of a cloaked link, what is shown to them), with an example click id; `null` when nowhere. */
  location: string | null;
  /** The rule that decided; `~expired` and `~fallback` for where people go instead. */
  rule: string | null;
  variant: string | null;
  /**
   * Why nowhere: `suspended`, `not_begun`, `expired` or `used_up`; `not_found` where `path` does not lead to this link; `too_long`
   * where the destination of this visit would have more than 7,168 characters.
   */
  stop: string | null;
  /** Each step of the decision, in order. */
  why: string[];
  /** What is known of the visitor. */
  visitor: SimulatedVisitor;
}

export class SimulatedVisitor {
  country: string | null;
  region: string | null;
  city: string | null;
  asn: number | null;
  device: string;
  os: string | null;
  browser: string | null;
  inApp: string | null;
  language: string | null;
  referrer: string | null;
  visitor: 'new' | 'returning';
  bot: boolean;
}
