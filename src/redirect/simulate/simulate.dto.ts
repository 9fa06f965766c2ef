import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsObject, IsString, MaxLength } from 'class-validator';
import { IsTime } from '../../platform/http/validation/is-time.decorator.js';
import { Omittable } from '../../platform/http/validation/omittable.decorator.js';
import { IsTextMap } from './is-text-map.decorator.js';

/** The description of a visit. Fields that are left out count as not sent. */
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

  /** `accept-language`, `referer`, `cookie`, `sec-purpose` and `user-agent`. Other headers have no effect. */
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
   * Path and query of the visit, as sent. Slips and bytes that are not UTF-8 are read as in a real visit. Default: the link's own
   * path. Parameters of `query` are added.
   * @example "/summer).?sub1=%CF%F0"
   */
  @Omittable()
  @IsString()
  @MaxLength(4096)
  path?: string;

  /** Time of the visit. Default: now. */
  @Omittable()
  @IsTime()
  time?: string;
}

export class SimulateResponse {
  /** The destination, with an example click id. For a cloaked link, the URL in the frame. `null` when there is none. */
  location: string | null;
  /** The rule that decided. `~expired` and `~fallback`: the URL for an expired or closed link was used. */
  rule: string | null;
  variant: string | null;
  /**
   * The reason why the visit is not redirected: `suspended`, `not_begun`, `expired` or `used_up`. `not_found`: `path` does not
   * belong to this link. `too_long`: the destination of this visit would have more than 7,168 characters.
   */
  stop: string | null;
  /** Each step of the decision, in order. */
  why: string[];
  /** The facts about the visitor. */
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
