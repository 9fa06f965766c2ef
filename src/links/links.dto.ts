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
import { LinkStatsResponse } from '../counters/link-stats.dto.js';
import { REDIRECT_STATUSES, type RedirectStatus } from './link.schema.js';
import { IsDestination, IsSlug } from './validators/links.validators.js';
import { RoutingFields } from './link-fields.dto.js';
import { RoutingFieldsResponse } from './link-response.js';
import { FORWARD_QUERY, type ForwardQuery } from './rules/destination/destination.js';
import { LINK_WARNING_CODES, type LinkWarning, type LinkWarningCode } from './rules/warnings/link-warning.js';

/** Campaign parameters: `utm_source` and so on. Values may contain macros such as `{sub1}`. */
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
   * Default: seven random characters, without characters that look alike.
   * @example "summer"
   */
  @Omittable()
  @IsSlug()
  slug?: string;

  /** Your id for the link. `ext_<externalId>` works wherever the link's id does. */
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

  /** The visitor's query parameters: `fill` adds them where missing or empty, `override` lets them replace others, `none` drops them. */
  @ApiProperty({ enum: FORWARD_QUERY, default: 'fill', required: false })
  @Omittable()
  @IsIn(FORWARD_QUERY)
  forwardQuery?: ForwardQuery;

  @ApiProperty({ enum: REDIRECT_STATUSES, default: 302, required: false, type: Number })
  @Omittable()
  @IsIn(REDIRECT_STATUSES)
  redirectStatus?: RedirectStatus;

  /** The network that sends postbacks for this link. A new link takes over its click id parameter. */
  @IsOptional()
  @IsString()
  @MaxLength(64)
  networkId?: string | null;

  /** Maximum number of human clicks. After that the link redirects to `fallbackUrl`, else answers 410. Bots, prefetches and HEAD requests do not count. `null`: no limit. */
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(1_000_000_000)
  clickLimit?: number | null;

  /** Campaign parameters that are written into `url`. Each replaces an existing one; `null` removes it. */
  @ApiPropertyOptional({ type: UtmRequest, nullable: true })
  @IsOptional()
  @IsObject()
  @ValidateNested()
  @Type(() => UtmRequest)
  utm?: UtmRequest | null;

  /** A UTM template whose values are written into `url` now. Values in `utm` take precedence. The id is not stored. */
  @IsOptional()
  @IsString()
  @MaxLength(64)
  utmTemplateId?: string | null;

  /** True: the link redirects to `fallbackUrl`; without one it answers like a link that does not exist. */
  @Omittable()
  @IsBoolean()
  paused?: boolean;
}

/** Only the given fields change. */
export class UpdateLinkRequest extends PartialType(OmitType(CreateLinkRequest, ['domain'] as const), {
  skipNullProperties: false,
}) {
  /** With a new `slug`: true keeps the old one as an address of the link. Default: the old one can be used again. */
  @Omittable()
  @IsBoolean()
  keepOldSlug?: boolean;
}

/** Of an existing link, only the given fields change. */
export class UpsertLinkRequest extends CreateLinkRequest {}

/** The fields of a link while a person fills them in. */
export class DraftLinkFields extends PartialType(CreateLinkRequest, { skipNullProperties: false }) {
  /** Only with `linkId`; see `PATCH /api/v1/links/{id}`. */
  @Omittable()
  @IsBoolean()
  keepOldSlug?: boolean;
}

export class LinkWarningResponse implements LinkWarning {
  @ApiProperty({ enum: LINK_WARNING_CODES })
  code: LinkWarningCode;
  /** The field of the warning. @example "rules.0.url" */
  path: string;
  /** The problem, and the text to write instead. */
  message: string;
  /** A suggested value for the field. */
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
  /** Earlier slugs that still lead to the link. */
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
  /** Problems of the link that its fields show; see docs/links.md. Warnings do not prevent creating the link. */
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
