import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsArray, IsBoolean, IsIn, IsObject, IsOptional, IsString, Length } from 'class-validator';
import { IsRangeEnd, IsTime } from '../platform/http/validation/is-time.decorator.js';
import { Omittable } from '../platform/http/validation/omittable.decorator.js';
import { PageInfo } from '../platform/http/pagination.js';
import { type Robots, ROBOTS } from './domain.schema.js';

const URL_OPTIONS = { type: String, nullable: true, maxLength: 2048 } as const;
const JSON_OBJECT = { type: 'object', additionalProperties: true } as const;
const APPLE_FILE = {
  ...JSON_OBJECT,
  nullable: true,
  example: { applinks: { details: [{ appIDs: ['ABCDE12345.com.example.app'], components: [{ '/': '/*' }] }] } },
} as const;
const ASSET_LINKS = { type: 'array', items: JSON_OBJECT, nullable: true } as const;

/** The fields that can be set when a domain is added and later. */
export class DomainFields {
  @ApiPropertyOptional({
    type: String,
    nullable: true,
    maxLength: 200,
    description: 'A name for people to read; null: none.',
  })
  @IsOptional()
  @IsString()
  @Length(0, 200)
  title?: string | null;

  @ApiPropertyOptional({
    ...URL_OPTIONS,
    description: 'Where requests for the root of the domain are redirected to; null: they get a 404.',
  })
  @IsOptional()
  @IsString()
  @Length(1, 2048)
  rootUrl?: string | null;

  @ApiPropertyOptional({
    ...URL_OPTIONS,
    description: 'Where requests for unknown slugs are redirected to; null: they get a 404.',
  })
  @IsOptional()
  @IsString()
  @Length(1, 2048)
  notFoundUrl?: string | null;

  @ApiPropertyOptional({
    ...URL_OPTIONS,
    description: 'Where expired links without an expiredUrl of their own redirect to; null: they get a 410.',
  })
  @IsOptional()
  @IsString()
  @Length(1, 2048)
  expiredUrl?: string | null;

  @ApiPropertyOptional({
    type: Boolean,
    default: true,
    description:
      'False: `/Sale` and `/sale` are one link. It can be set to false while no slug of the domain has capital letters.',
  })
  @Omittable()
  @IsBoolean()
  caseSensitive?: boolean;

  @ApiPropertyOptional({
    enum: ROBOTS,
    default: 'noindex',
    description: 'Whether search engines may list what the domain serves.',
  })
  @Omittable()
  @IsIn(ROBOTS)
  robots?: Robots;

  @ApiPropertyOptional({
    ...APPLE_FILE,
    description:
      'The content of `/.well-known/apple-app-site-association`, by which apps of iOS and macOS open the links of this domain. ' +
      'It has `applinks`, `webcredentials` or `appclips`, and 128 KiB at most; null: requests for it get a 404.',
  })
  @IsOptional()
  @IsObject()
  appleAppSiteAssociation?: Record<string, unknown> | null;

  @ApiPropertyOptional({
    ...ASSET_LINKS,
    description:
      'The content of `/.well-known/assetlinks.json`, by which Android apps open the links of this domain: statements of ' +
      'Digital Asset Links, 128 KiB at most; null: requests for it get a 404.',
  })
  @IsOptional()
  @IsArray()
  assetLinks?: unknown[] | null;
}

export class CreateDomainRequest extends DomainFields {
  @ApiProperty({
    type: String,
    maxLength: 253,
    example: 'go.brand.com',
    description: 'The hostname alone, without scheme, port or path. Letters of any script are allowed.',
  })
  @IsString()
  @Length(1, 253)
  hostname: string;
}

export class UpdateDomainRequest extends DomainFields {
  @ApiPropertyOptional({
    type: Boolean,
    description: 'New links that name no domain are created on this one. A workspace has at most one primary domain.',
  })
  @Omittable()
  @IsBoolean()
  isPrimary?: boolean;

  @ApiPropertyOptional({
    type: Boolean,
    description: 'True: existing links are still served, but no new ones can be created.',
  })
  @Omittable()
  @IsBoolean()
  isArchived?: boolean;
}

export class DnsRecordResponse {
  @ApiProperty({ enum: ['TXT', 'CNAME', 'A', 'AAAA'] })
  type: 'TXT' | 'CNAME' | 'A' | 'AAAA';

  @ApiProperty({ type: String, example: '_hopback.go.brand.com' })
  name: string;

  @ApiProperty({ type: String, example: 'hopback-verify=4rQ2pK3mXa81Qd7ZsTb4rQ2pK3mXa81Q' })
  value: string;

  @ApiPropertyOptional({ type: String, description: 'A remark about this record.' })
  note?: string;
}

export class FoundRecord {
  @ApiProperty({ type: String })
  type: string;

  @ApiProperty({ type: String })
  name: string;

  @ApiProperty({ type: String })
  value: string;
}

export class CheckFindingResponse {
  @ApiProperty({
    type: String,
    description: '`txt_missing`, `txt_mismatch`, `txt_wrong_name`, `dns_unreachable`, `not_pointing_here`',
  })
  code: string;

  @ApiProperty({ type: String, description: 'A sentence for people: what was found, and what to set.' })
  message: string;

  @ApiProperty({ type: FoundRecord, description: 'The record to set.' })
  record: FoundRecord;

  @ApiProperty({ type: [String], description: 'The values that DNS has now.' })
  found: string[];
}

/** A domain in a list: without its files for apps. */
export class ListedDomainResponse {
  @ApiProperty({ type: String, example: 'dom_0V4rQ2pK3mXa81Qd7ZsT' })
  id: string;

  @ApiProperty({ type: String, example: 'go.brand.com' })
  hostname: string;

  @ApiProperty({
    type: String,
    description: 'The hostname in Unicode. Equal to `hostname` for names without punycode.',
  })
  displayName: string;

  @ApiProperty({ enum: ['pending', 'verified'], description: 'A domain serves links only while it is verified.' })
  status: 'pending' | 'verified';

  @ApiProperty({ type: [DnsRecordResponse], description: 'The DNS records to set.' })
  dns: DnsRecordResponse[];

  @ApiProperty({
    type: [CheckFindingResponse],
    description: 'Findings of the last DNS check that prevented verification.',
  })
  problems: CheckFindingResponse[];

  @ApiProperty({
    type: [CheckFindingResponse],
    description: 'Findings of the last DNS check that do not prevent verification.',
  })
  warnings: CheckFindingResponse[];

  @ApiProperty({ type: String, nullable: true, description: 'Time of the last DNS check.' })
  checkedAt: string | null;

  @ApiProperty({ type: String, nullable: true })
  verifiedAt: string | null;

  @ApiProperty({
    type: String,
    nullable: true,
    description: 'Time at which it stopped being verified because its proof was missing.',
  })
  lostAt: string | null;

  @ApiProperty({ type: Boolean })
  isPrimary: boolean;

  @ApiProperty({ type: Boolean })
  isArchived: boolean;

  @ApiProperty({ type: String, nullable: true })
  title: string | null;

  @ApiProperty({ type: String, nullable: true })
  rootUrl: string | null;

  @ApiProperty({ type: String, nullable: true })
  notFoundUrl: string | null;

  @ApiProperty({ type: String, nullable: true })
  expiredUrl: string | null;

  @ApiProperty({ type: Boolean })
  caseSensitive: boolean;

  @ApiProperty({ enum: ROBOTS })
  robots: Robots;

  @ApiProperty({ type: String })
  createdAt: string;

  @ApiProperty({ type: String })
  updatedAt: string;
}

export class DomainResponse extends ListedDomainResponse {
  @ApiProperty({ ...APPLE_FILE })
  appleAppSiteAssociation: Record<string, unknown> | null;

  @ApiProperty({ ...ASSET_LINKS })
  assetLinks: unknown[] | null;
}

export class DomainListResponse {
  @ApiProperty({ type: [ListedDomainResponse] })
  data: ListedDomainResponse[];

  @ApiProperty({ type: PageInfo })
  page: PageInfo;
}

export class OrphansQuery {
  @ApiPropertyOptional({ type: String, description: 'First day (UTC); default: 30 days ago.', example: '2026-01-01' })
  @IsOptional()
  @IsTime()
  from?: string;

  @ApiPropertyOptional({
    type: String,
    description: 'End of the range (UTC). A date without a time includes that day. Default: now.',
    example: '2026-02-01',
  })
  @IsOptional()
  @IsRangeEnd('from')
  to?: string;
}

export class OrphanNumbers {
  @ApiProperty({ type: Number, description: 'Human visits of the root of the domain.' })
  root: number;

  @ApiProperty({ type: Number, description: 'Bot visits of the root of the domain.' })
  rootBots: number;

  @ApiProperty({ type: Number, description: 'Human visits of slugs that no link has.' })
  notFound: number;

  @ApiProperty({ type: Number, description: 'Bot visits of slugs that no link has.' })
  notFoundBots: number;
}

export class OrphanDayResponse extends OrphanNumbers {
  @ApiProperty({ type: String, example: '2026-01-31' })
  day: string;
}

export class OrphanSlugResponse {
  @ApiProperty({ type: String })
  slug: string;

  @ApiProperty({ type: Number, description: 'Human visits: a lower bound.' })
  hits: number;
}

export class OrphansResponse {
  @ApiProperty({ type: [OrphanDayResponse], description: 'The days with unmatched visits, oldest first.' })
  days: OrphanDayResponse[];

  @ApiProperty({ type: OrphanNumbers })
  totals: OrphanNumbers;

  @ApiProperty({ type: [OrphanSlugResponse], description: 'The slugs that people requested most, at most 100.' })
  slugs: OrphanSlugResponse[];
}
