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

/** What can be set when a domain is added as well as later. */
export class DomainFields {
  @ApiPropertyOptional({ type: String, nullable: true, maxLength: 200, description: 'For people; null for none.' })
  @IsOptional()
  @IsString()
  @Length(0, 200)
  title?: string | null;

  @ApiPropertyOptional({ ...URL_OPTIONS, description: 'Where the bare domain leads; null: a 404.' })
  @IsOptional()
  @IsString()
  @Length(1, 2048)
  rootUrl?: string | null;

  @ApiPropertyOptional({ ...URL_OPTIONS, description: 'Where a slug that no link has leads; null: a 404.' })
  @IsOptional()
  @IsString()
  @Length(1, 2048)
  notFoundUrl?: string | null;

  @ApiPropertyOptional({
    ...URL_OPTIONS,
    description: 'Where a link that has expired leads if it says nothing itself; null: a 410.',
  })
  @IsOptional()
  @IsString()
  @Length(1, 2048)
  expiredUrl?: string | null;

  @ApiPropertyOptional({
    type: Boolean,
    default: true,
    description: 'False: `/Sale` and `/sale` are one link. Can be turned off while no slug of the domain has capitals.',
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
      'What stands at `/.well-known/apple-app-site-association`, so that apps of iOS and macOS open the links of this domain: ' +
      'with `applinks`, `webcredentials` or `appclips`, 128 KiB at most; null: a 404.',
  })
  @IsOptional()
  @IsObject()
  appleAppSiteAssociation?: Record<string, unknown> | null;

  @ApiPropertyOptional({
    ...ASSET_LINKS,
    description:
      'What stands at `/.well-known/assetlinks.json`, so that Android apps open the links of this domain: statements of ' +
      'Digital Asset Links, 128 KiB at most; null: a 404.',
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
    description: 'The name alone; letters of any script.',
  })
  @IsString()
  @Length(1, 253)
  hostname: string;
}

export class UpdateDomainRequest extends DomainFields {
  @ApiPropertyOptional({ type: Boolean, description: 'Where new links go that name no domain; one in a workspace.' })
  @Omittable()
  @IsBoolean()
  isPrimary?: boolean;

  @ApiPropertyOptional({ type: Boolean, description: 'Its links go on, and it gets no new ones.' })
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

  @ApiPropertyOptional({ type: String, description: 'What else there is to know about it.' })
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

  @ApiProperty({ type: String, description: 'What was found, and what to set.' })
  message: string;

  @ApiProperty({ type: FoundRecord, description: 'The record to set.' })
  record: FoundRecord;

  @ApiProperty({ type: [String], description: 'The values that stand there now.' })
  found: string[];
}

/** A domain as it stands in a list: without its files for apps. */
export class ListedDomainResponse {
  @ApiProperty({ type: String, example: 'dom_0V4rQ2pK3mXa81Qd7ZsT' })
  id: string;

  @ApiProperty({ type: String, example: 'go.brand.com' })
  hostname: string;

  @ApiProperty({ type: String, description: 'The hostname as people read it, where that differs from punycode.' })
  displayName: string;

  @ApiProperty({ enum: ['pending', 'verified'], description: 'Until it is verified it serves nothing.' })
  status: 'pending' | 'verified';

  @ApiProperty({ type: [DnsRecordResponse], description: 'The DNS records to set.' })
  dns: DnsRecordResponse[];

  @ApiProperty({ type: [CheckFindingResponse], description: 'What stood in the way when DNS was last looked at.' })
  problems: CheckFindingResponse[];

  @ApiProperty({ type: [CheckFindingResponse], description: 'What may be wrong besides, and is no obstacle.' })
  warnings: CheckFindingResponse[];

  @ApiProperty({ type: String, nullable: true, description: 'When DNS was last looked at.' })
  checkedAt: string | null;

  @ApiProperty({ type: String, nullable: true })
  verifiedAt: string | null;

  @ApiProperty({ type: String, nullable: true, description: 'When it stopped being verified, as its proof was gone.' })
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
    description: 'Days (UTC) before this time; a date without a time is the last day. Default: now.',
    example: '2026-02-01',
  })
  @IsOptional()
  @IsRangeEnd('from')
  to?: string;
}

export class OrphanNumbers {
  @ApiProperty({ type: Number, description: 'Visits of the bare domain.' })
  root: number;

  @ApiProperty({ type: Number, description: 'The same by bots.' })
  rootBots: number;

  @ApiProperty({ type: Number, description: 'Visits of slugs that no link has.' })
  notFound: number;

  @ApiProperty({ type: Number, description: 'The same by bots.' })
  notFoundBots: number;
}

export class OrphanDayResponse extends OrphanNumbers {
  @ApiProperty({ type: String, example: '2026-01-31' })
  day: string;
}

export class OrphanSlugResponse {
  @ApiProperty({ type: String })
  slug: string;

  @ApiProperty({ type: Number, description: 'At least so many visits by people.' })
  hits: number;
}

export class OrphansResponse {
  @ApiProperty({ type: [OrphanDayResponse], description: 'The days that had any, oldest first.' })
  days: OrphanDayResponse[];

  @ApiProperty({ type: OrphanNumbers })
  totals: OrphanNumbers;

  @ApiProperty({ type: [OrphanSlugResponse], description: 'The slugs that people asked for most, 100 at most.' })
  slugs: OrphanSlugResponse[];
}
