import { ApiProperty, ApiPropertyOptional, OmitType } from '@nestjs/swagger';
import { Transform, Type } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsIn, IsInt, IsString, Length, Matches, Max, MaxLength, Min } from 'class-validator';
import { IsRangeEnd, IsTime } from '../../platform/http/validation/is-time.decorator.js';
import { Omittable } from '../../platform/http/validation/omittable.decorator.js';
import type { PageRequest } from '../../platform/http/pagination.js';

const YES_NO = ['true', 'false'] as const;
type YesNo = (typeof YES_NO)[number];

export const SORTS = ['createdAt', 'updatedAt', 'title', 'clicks'] as const;
export type Sort = (typeof SORTS)[number];
export type Order = 'asc' | 'desc';

/** A parameter that is given once is a list of one. */
const asList = ({ value }: { value: unknown }): unknown =>
  Array.isArray(value) || value === undefined ? value : [value];

/** Filters of a list of links. All given filters must match. */
export class LinkFilterQuery {
  /** Words that must all occur in slug, title, destination, notes or externalId. Case does not matter. */
  @Omittable()
  @IsString()
  @Length(1, 100)
  search?: string;

  /** One of these links, up to 100: a list of links that are known by their ids. Can be repeated. */
  @ApiPropertyOptional({ type: [String] })
  @Omittable()
  @Transform(asList)
  @IsArray()
  @ArrayMaxSize(100)
  @IsString({ each: true })
  @MaxLength(64, { each: true })
  id?: string[];

  /** Links with this tag. Can be repeated; see `tagMode`. */
  @ApiPropertyOptional({ type: [String] })
  @Omittable()
  @Transform(asList)
  @IsArray()
  @ArrayMaxSize(20)
  @IsString({ each: true })
  @MaxLength(50, { each: true })
  tag?: string[];

  /** With several tags: a link must have `any` or `all` of them. Default: any. */
  @ApiPropertyOptional({ enum: ['any', 'all'], default: 'any' })
  @Omittable()
  @IsIn(['any', 'all'])
  tagMode?: 'any' | 'all';

  @Omittable()
  @IsString()
  @MaxLength(200)
  campaign?: string;

  /** @example "go.brand.com" */
  @Omittable()
  @IsString()
  @MaxLength(253)
  domain?: string;

  @Omittable()
  @IsString()
  @MaxLength(64)
  networkId?: string;

  @Omittable()
  @IsString()
  @MaxLength(100)
  sourceId?: string;

  /** `false` (default): only links that are not archived; `true`: only archived ones; `all`: both. */
  @ApiPropertyOptional({ enum: [...YES_NO, 'all'], default: 'false' })
  @Omittable()
  @IsIn([...YES_NO, 'all'])
  archived?: YesNo | 'all';

  @ApiPropertyOptional({ enum: YES_NO })
  @Omittable()
  @IsIn(YES_NO)
  paused?: YesNo;

  @ApiPropertyOptional({ enum: YES_NO })
  @Omittable()
  @IsIn(YES_NO)
  expired?: YesNo;

  @ApiPropertyOptional({ enum: YES_NO })
  @Omittable()
  @IsIn(YES_NO)
  suspended?: YesNo;

  /** Links that have rules or variants (`true`), or neither (`false`). */
  @ApiPropertyOptional({ enum: YES_NO })
  @Omittable()
  @IsIn(YES_NO)
  hasRules?: YesNo;

  /** Created at or after this time. A date without a time is the beginning of that day in the workspace's time zone. */
  @Omittable()
  @IsTime()
  createdFrom?: string;

  /** Created before this time. A date without a time includes that day, in the workspace's time zone. */
  @Omittable()
  @IsRangeEnd('createdFrom')
  createdTo?: string;
}

export class LinkListQuery extends LinkFilterQuery implements PageRequest {
  @ApiPropertyOptional({ enum: SORTS, default: 'createdAt' })
  @Omittable()
  @IsIn(SORTS)
  sort?: Sort;

  /** Default: `asc` for titles, else `desc`. */
  @ApiPropertyOptional({ enum: ['asc', 'desc'] })
  @Omittable()
  @IsIn(['asc', 'desc'])
  order?: Order;

  @ApiPropertyOptional({ description: 'Rows per page.', minimum: 1, maximum: 100, default: 50, type: Number })
  @Omittable()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(100)
  limit: number = 50;

  @ApiPropertyOptional({ description: '`page.nextCursor` of the previous page.', type: String })
  @Omittable()
  @Matches(/^[\w-]{1,2048}$/, { message: 'cursor must be the nextCursor of an earlier page' })
  cursor?: string;
}

export const COUNT_BY = ['tag', 'domain', 'campaign'] as const;
export type CountBy = (typeof COUNT_BY)[number];

export class LinkCountQuery extends LinkFilterQuery {
  /** Counts links for each tag, domain or campaign. Without it, only the total. */
  @ApiPropertyOptional({ enum: COUNT_BY })
  @Omittable()
  @IsIn(COUNT_BY)
  groupBy?: CountBy;
}

export class LinkCountGroup {
  /** The tag, domain or campaign; `null`: links without one. */
  @ApiProperty({ type: String, nullable: true })
  value: string | null;
  links: number;
}

export class LinkCountResponse {
  /** Number of all matching links. */
  total: number;
  /** Groups with most links first, at most 1,000. A link with several tags counts for each. */
  @ApiPropertyOptional({ type: [LinkCountGroup] })
  groups?: LinkCountGroup[];
}

/** The filters of a list, without those for the states that are counted. */
export class LinkStatesQuery extends OmitType(LinkFilterQuery, [
  'archived',
  'paused',
  'expired',
  'suspended',
] as const) {}

/** Numbers of links by state. A link that is paused and expired counts in both. */
export class LinkStatesResponse {
  /** Links that are not archived, as in the list without further filters. */
  all: number;
  /** Those of `all` that are neither paused, expired nor suspended. */
  live: number;
  /** Those of `all` that are paused. */
  paused: number;
  /** Archived links, which are not in `all`. */
  archived: number;
  /** Those of `all` whose `expiresAt` has passed. */
  expired: number;
  /** Those of `all` that are suspended. */
  suspended: number;
}

export class TagResponse {
  tag: string;
  links: number;
}

export class TagListResponse {
  data: TagResponse[];
}
