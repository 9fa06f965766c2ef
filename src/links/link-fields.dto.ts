import { ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsObject,
  IsOptional,
  IsString,
  Length,
  MaxLength,
  ValidateNested,
} from 'class-validator';
import { IsCurrency } from '../platform/http/validation/is-currency.decorator.js';
import { IsTime } from '../platform/http/validation/is-time.decorator.js';
import { Omittable } from '../platform/http/validation/omittable.decorator.js';
import { IsAmount } from './validators/is-amount.decorator.js';
import { REFERRER_POLICIES, type ReferrerPolicy } from './link.schema.js';
import { IsDestination } from './validators/links.validators.js';
import { RotationDto, RuleDto, VariantDto } from './routing/routing.dto.js';
import { HasDistinctNames } from './routing/routing.validators.js';

export class CostRequest {
  /** Exact decimal. @example "0.05" */
  @IsAmount()
  amount: string;

  @IsCurrency()
  currency: string;
}

export class PreviewRequest {
  @IsOptional()
  @IsString()
  @Length(1, 200)
  title?: string | null;

  @IsOptional()
  @IsString()
  @Length(1, 500)
  description?: string | null;

  /** URL of an image. @example "https://brand.example/summer.jpg" */
  @IsOptional()
  @IsDestination()
  image?: string | null;
}

/** Applies to new passwords. With a hundred guesses a minute, a shorter one is found within hours. */
const MIN_PASSWORD_LENGTH = 6;

/** Schedule, rules and other conditions of a link. `null` clears a field. */
export class RoutingFields {
  /**
   * Before this time the link does not redirect to its destination. A date without a time is the beginning of that day in the workspace's time zone.
   * @example "2026-12-01T00:00:00Z"
   */
  @IsOptional()
  @IsTime()
  startsAt?: string | null;

  /**
   * From this time on the link redirects to `expiredUrl`, else `fallbackUrl`, else its domain's `expiredUrl`, else it answers 410. A date without a time is the
   * end of that day in the workspace's time zone.
   */
  @IsOptional()
  @IsTime()
  expiresAt?: string | null;

  @IsOptional()
  @IsDestination()
  expiredUrl?: string | null;

  /** Destination while the link is paused, not started, used up or expired. */
  @IsOptional()
  @IsDestination()
  fallbackUrl?: string | null;

  /** Ordered rules. The first rule whose conditions all match decides. */
  @ApiPropertyOptional({ type: [RuleDto] })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(50)
  @ValidateNested({ each: true })
  @Type(() => RuleDto)
  @HasDistinctNames()
  rules?: RuleDto[] | null;

  /** Weighted variants for visitors that no rule matches. `url` is used when every variant has reached its cap. */
  @ApiPropertyOptional({ type: [VariantDto] })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(20)
  @ValidateNested({ each: true })
  @Type(() => VariantDto)
  @HasDistinctNames()
  variants?: VariantDto[] | null;

  @ApiPropertyOptional({ type: RotationDto, nullable: true })
  @IsOptional()
  @IsObject()
  @ValidateNested()
  @Type(() => RotationDto)
  rotation?: RotationDto | null;

  /** Password that visitors must enter, at least 6 characters. Only a hash is stored. */
  @IsOptional()
  @IsString()
  @Length(MIN_PASSWORD_LENGTH, 128)
  password?: string | null;

  /** Content of the preview page (the short link and `+`), and of link previews in messengers. */
  @ApiPropertyOptional({ type: PreviewRequest, nullable: true })
  @IsOptional()
  @IsObject()
  @ValidateNested()
  @Type(() => PreviewRequest)
  preview?: PreviewRequest | null;

  /** True: search engines are asked not to list the link. `null`: the setting of its domain applies. */
  @IsOptional()
  @IsBoolean()
  noIndex?: boolean | null;

  /** The `Referrer-Policy` of the redirect: what the destination learns about the previous page of the visitor. `null`: no header is sent, and the browser's default applies. */
  @ApiPropertyOptional({ enum: REFERRER_POLICIES, nullable: true })
  @IsOptional()
  @IsIn(REFERRER_POLICIES)
  referrerPolicy?: ReferrerPolicy | null;

  /** True: the destination is shown in a frame under the short link's address, without a redirect. Only for http and https. */
  @ApiPropertyOptional({ default: false })
  @Omittable()
  @IsBoolean()
  cloak?: boolean;

  /** True: the link is left out of lists. It still redirects. */
  @Omittable()
  @IsBoolean()
  archived?: boolean;

  /** The traffic source of the link. */
  @IsOptional()
  @IsString()
  @MaxLength(100)
  sourceId?: string | null;

  /** Cost of one click. A click whose query has `cost=0.012` costs that instead, in this currency unless it names one. */
  @ApiPropertyOptional({ type: CostRequest, nullable: true })
  @IsOptional()
  @IsObject()
  @ValidateNested()
  @Type(() => CostRequest)
  cost?: CostRequest | null;
}
