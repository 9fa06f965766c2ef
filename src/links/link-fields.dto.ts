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

  /** An image's address. @example "https://brand.example/summer.jpg" */
  @IsOptional()
  @IsDestination()
  image?: string | null;
}

/** Of new passwords. A hundred guesses a minute find a shorter one within hours. Older ones go on working. */
const MIN_PASSWORD_LENGTH = 6;

/** Who is led on when and where to. `null` clears a field. */
export class RoutingFields {
  /**
   * Before that the link does not lead to its destination. A date without a time is the beginning of that day in the workspace's time zone.
   * @example "2026-12-01T00:00:00Z"
   */
  @IsOptional()
  @IsTime()
  startsAt?: string | null;

  /**
   * From then on it leads to `expiredUrl`, else `fallbackUrl`, else its domain's `expiredUrl`, else answers 410. A date without a time is the
   * end of that day in the workspace's time zone.
   */
  @IsOptional()
  @IsTime()
  expiresAt?: string | null;

  @IsOptional()
  @IsDestination()
  expiredUrl?: string | null;

  /** Where people go while the link is paused, not begun, used up or expired. */
  @IsOptional()
  @IsDestination()
  fallbackUrl?: string | null;

  /** Ordered; the first whose conditions all hold decides. */
  @ApiPropertyOptional({ type: [RuleDto] })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(50)
  @ValidateNested({ each: true })
  @Type(() => RuleDto)
  @HasDistinctNames()
  rules?: RuleDto[] | null;

  /** Whom no rule takes is shared out among these; `url` is for whom none has room. */
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

  /** Visitors must know it; at least 6 characters. It is kept as a hash only. */
  @IsOptional()
  @IsString()
  @Length(MIN_PASSWORD_LENGTH, 128)
  password?: string | null;

  /** What the preview page (the short link and `+`) shows, and what those are told who fetch previews. */
  @ApiPropertyOptional({ type: PreviewRequest, nullable: true })
  @IsOptional()
  @IsObject()
  @ValidateNested()
  @Type(() => PreviewRequest)
  preview?: PreviewRequest | null;

  /** Whether search engines are asked to leave it out. `null`: as its domain says. */
  @IsOptional()
  @IsBoolean()
  noIndex?: boolean | null;

  /** The `Referrer-Policy` of the redirect: what the destination is told of the page that people came from. `null`: none is sent, and the browser's own holds. */
  @ApiPropertyOptional({ enum: REFERRER_POLICIES, nullable: true })
  @IsOptional()
  @IsIn(REFERRER_POLICIES)
  referrerPolicy?: ReferrerPolicy | null;

  /** The destination is shown in a frame under the short link's own address, instead of redirecting there. http and https only. */
  @ApiPropertyOptional({ default: false })
  @Omittable()
  @IsBoolean()
  cloak?: boolean;

  /** Kept out of lists. It still leads people on. */
  @Omittable()
  @IsBoolean()
  archived?: boolean;

  /** Where its traffic is bought or comes from. */
  @IsOptional()
  @IsString()
  @MaxLength(100)
  sourceId?: string | null;

  /** What one click costs. */
  @ApiPropertyOptional({ type: CostRequest, nullable: true })
  @IsOptional()
  @IsObject()
  @ValidateNested()
  @Type(() => CostRequest)
  cost?: CostRequest | null;
}
