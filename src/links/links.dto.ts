import { ApiProperty, ApiPropertyOptional, OmitType, PartialType } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsObject,
  IsOptional,
  IsString,
  Length,
  Matches,
  Max,
  MaxLength,
  Min,
  ValidateIf,
  ValidateNested,
} from 'class-validator';
import { IsParamName } from '../platform/http/validation/is-param-name.decorator.js';
import { Omittable } from '../platform/http/validation/omittable.decorator.js';
import { PageInfo } from '../platform/http/pagination.js';
import { LinkStatsResponse } from '../reports/link-stats.dto.js';
import { REDIRECT_STATUSES, type RedirectStatus } from './link.schema.js';
import { IsDestination, IsSlug } from './validators/links.validators.js';
import { RoutingFields } from './link-fields.dto.js';
import { RoutingFieldsResponse } from './link-response.js';
import { FORWARD_QUERY, type ForwardQuery } from './rules/destination/destination.js';
import { LINK_WARNING_CODES, type LinkWarning, type LinkWarningCode } from './rules/warnings/link-warning.js';

/** `utm_source` and so on; macros such as `{sub1}` may stand in the values. */
export class UtmRequest {
  /** @example "newsletter" */
  @IsOptional()
  @IsString()
  @Length(1, 200)
  source?: string | null;

  @IsOptional()
  @IsString()
  @Length(1, 200)
  medium?: string | null;

  @IsOptional()
  @IsString()
  @Length(1, 200)
  campaign?: string | null;

  @IsOptional()
  @IsString()
  @Length(1, 200)
  term?: string | null;

  @IsOptional()
  @IsString()
  @Length(1, 200)
  content?: string | null;
}

export class CreateLinkRequest extends RoutingFields {
  /**
   * Destination template: http(s), macros in `{…}`.
   * @example "https://shop.example/lp?source={sub1}"
   */
  @IsDestination()
  url: string;

  /** A verified domain of the workspace. Default: its first. */
  @Omittable()
  @IsString()
  @MaxLength(253)
  domain?: string;

  /**
   * Default: seven random characters without look-alikes.
   * @example "summer"
   */
  @Omittable()
  @IsSlug()
  slug?: string;

  /** Your own id; `ext_<externalId>` works wherever the link's id does. */
  @IsOptional()
  @IsString()
  @Matches(/^[\w.:-]{1,128}$/, { message: 'externalId has 1 to 128 letters, digits or any of _ . : -' })
  externalId?: string | null;

  @IsOptional()
  @IsString()
  @MaxLength(200)
  title?: string | null;

  @Omittable()
  @IsArray()
  @ArrayMaxSize(50)
  @IsString({ each: true })
  @Length(1, 50, { each: true })
  tags?: string[];

  @IsOptional()
  @IsString()
  @MaxLength(5000)
  notes?: string | null;

  @IsOptional()
  @IsString()
  @MaxLength(200)
  campaign?: string | null;

  /** Query parameter that carries the click id. Default: the network's, else `click_id`. `null`: it is not appended. */
  @ApiProperty({ type: String, nullable: true, required: false, example: 'click_id' })
  @ValidateIf((_, value) => value !== null && value !== undefined)
  @IsParamName()
  clickIdParam?: string | null;

  /** The visitor's query parameters: `fill` adds them where missing or empty, `override` lets them win, `none` drops them. */
  @ApiProperty({ enum: FORWARD_QUERY, default: 'fill', required: false })
  @Omittable()
  @IsIn(FORWARD_QUERY)
  forwardQuery?: ForwardQuery;

  @ApiProperty({ enum: REDIRECT_STATUSES, default: 302, required: false, type: Number })
  @Omittable()
  @IsIn(REDIRECT_STATUSES)
  redirectStatus?: RedirectStatus;

  /** The network that will post back for this link. At creation its click-id parameter becomes the link's. */
  @IsOptional()
  @IsString()
  @MaxLength(64)
  networkId?: string | null;

  /** People that the link leads on, at most; then it leads to `fallbackUrl`, else answers 410. Bots, prefetches and `HEAD` use none up. `null`: no limit. */
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(1_000_000_000)
  clickLimit?: number | null;

  /** Campaign parameters that are put into `url`, where you see them; each replaces the one that is there, `null` takes it out. */
  @ApiPropertyOptional({ type: UtmRequest, nullable: true })
  @IsOptional()
  @IsObject()
  @ValidateNested()
  @Type(() => UtmRequest)
  utm?: UtmRequest | null;

  /** A UTM template, whose values are put into `url` now, as if they stood in `utm`; what stands there goes before them. Not kept. */
  @IsOptional()
  @IsString()
  @MaxLength(64)
  utmTemplateId?: string | null;

  /** A paused link leads to `fallbackUrl`; without one it answers like a link that does not exist. */
  @Omittable()
  @IsBoolean()
  paused?: boolean;
}

/** Only what is given changes. */
export class UpdateLinkRequest extends PartialType(OmitType(CreateLinkRequest, ['domain'] as const), {
  skipNullProperties: false,
}) {
  /** With a new `slug`: the old one goes on leading to the link. Default: it is free again. */
  @Omittable()
  @IsBoolean()
  keepOldSlug?: boolean;
}

/** Of a link that is there only what is given changes. */
export class UpsertLinkRequest extends CreateLinkRequest {}

export class LinkWarningResponse implements LinkWarning {
  @ApiProperty({ enum: LINK_WARNING_CODES })
  code: LinkWarningCode;
  /** The field that it is about. @example "rules.0.url" */
  path: string;
  /** What will not work, and what to write instead. */
  message: string;
  /** A value for the field that would be right, as far as can be told. */
  @ApiPropertyOptional()
  suggestion?: string | undefined;
}

export class LinkResponse extends RoutingFieldsResponse {
  /** @example "lnk_0V4rQ2pK3mXa81Qd7ZsT" */
  id: string;
  /** @example "https://go.brand.com/summer" */
  shortUrl: string;
  url: string;
  /** @example "go.brand.com" */
  domain: string;
  slug: string;
  /** Slugs that it had before and that still lead to it. */
  formerSlugs: string[];
  externalId: string | null;
  title: string | null;
  tags: string[];
  notes: string | null;
  campaign: string | null;
  clickIdParam: string | null;
  @ApiProperty({ enum: FORWARD_QUERY })
  forwardQuery: ForwardQuery;
  @ApiProperty({ enum: REDIRECT_STATUSES, type: Number })
  redirectStatus: RedirectStatus;
  networkId: string | null;
  clickLimit: number | null;
  paused: boolean;
  /** Why the link will not do what it is for, as far as its fields tell: see docs/links.md. The link is made all the same. */
  @ApiProperty({ type: [LinkWarningResponse] })
  warnings: LinkWarningResponse[];
  createdAt: string;
  updatedAt: string;
  stats: LinkStatsResponse;
}

export class LinkListResponse {
  data: LinkResponse[];
  page: PageInfo;
}

export class AliasQuery {
  @IsString()
  @Length(1, 190)
  slug: string;
}

export class AliasResponse {
  slug: string;
  shortUrl: string;
}

export class AliasListResponse {
  data: AliasResponse[];
}
