import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsObject, IsString, Length, MaxLength } from 'class-validator';
import { IsTime } from '../../platform/http/validation/is-time.decorator.js';
import { Omittable } from '../../platform/http/validation/omittable.decorator.js';
import {
  BROWSER_NAMES,
  type BrowserName,
  DEVICE_KINDS,
  type DeviceKind,
  OS_NAMES,
  type OsName,
} from '../../platform/vocabulary/device-names.js';
import { IsConditionValue } from './is-condition-value.decorator.js';
import { IsTextMap } from './is-text-map.decorator.js';

/** Facts about a visitor that take precedence over those of `ip` and `userAgent`. */
export class DescribedFacts {
  /**
   * Country code (ISO 3166-1 alpha-2), or `unknown`. Region and city of `ip` then do not count.
   * @example "MT"
   */
  @Omittable()
  @IsConditionValue('country')
  country?: string;

  /** Name of the region, or `unknown`. @example "England" */
  @Omittable()
  @IsString()
  @Length(1, 100)
  region?: string;

  /** Name of the city, or `unknown`. @example "London" */
  @Omittable()
  @IsString()
  @Length(1, 100)
  city?: string;

  /** Without `userAgent`, a visitor with a device, an operating system or a browser counts as a person. */
  @ApiPropertyOptional({ enum: DEVICE_KINDS })
  @Omittable()
  @IsIn(DEVICE_KINDS)
  device?: DeviceKind;

  @ApiPropertyOptional({ enum: OS_NAMES })
  @Omittable()
  @IsIn(OS_NAMES)
  os?: OsName;

  @ApiPropertyOptional({ enum: BROWSER_NAMES })
  @Omittable()
  @IsIn(BROWSER_NAMES)
  browser?: BrowserName;

  /** Preferred language. It replaces the header `accept-language`. @example "de-CH" */
  @Omittable()
  @IsConditionValue('language')
  language?: string;
}

/** The description of a visit. Fields that are left out count as not sent. */
export class SimulateRequest extends DescribedFacts {
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
