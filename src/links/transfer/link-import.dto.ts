import { ApiProperty, ApiPropertyOptional, IntersectionType } from '@nestjs/swagger';
import { IsIn, IsString, Length, Matches, MaxLength, ValidateBy, type ValidationArguments } from 'class-validator';
import { CsvDownloadQuery } from '../../platform/csv/csv-download.dto.js';
import { PageInfo, PageQuery } from '../../platform/http/pagination.js';
import { IsFileCharset } from '../../platform/http/validation/is-file-charset.decorator.js';
import { Omittable } from '../../platform/http/validation/omittable.decorator.js';
import { FieldProblemResponse } from '../../platform/http/problems/problem.dto.js';
import { withCode } from '../../platform/http/validation/validation.js';
import { type ExportFormat, columnsProblem } from '../rules/transfer/export-columns.js';
import { IMPORT_STATUSES, type ImportStatus } from '../../imports/import-job.schema.js';
import { LinkFilterQuery } from '../list/link-list.dto.js';
import { readColumnChoice } from '../rules/transfer/import-columns.js';
import { IMPORT_SOURCES, type ImportSource } from '../rules/transfer/import-sources.js';

export const ON_CONFLICT = ['skip', 'update', 'rename'] as const;
export type OnConflict = (typeof ON_CONFLICT)[number];

export class LinkImportQuery {
  /** The product that the file is of. Default `auto`: told by its columns. */
  @ApiPropertyOptional({ enum: [...IMPORT_SOURCES, 'auto'], default: 'auto' })
  @Omittable()
  @IsIn([...IMPORT_SOURCES, 'auto'])
  source?: ImportSource | 'auto';

  /** `true`: says what would become of each row, and does nothing. */
  @ApiPropertyOptional({ enum: ['true', 'false'], default: 'false' })
  @Omittable()
  @IsIn(['true', 'false'])
  dryRun?: 'true' | 'false';

  /** The domain that all links go on. Default: each row's own where the workspace has it, else the domain for new links. */
  @Omittable()
  @IsString()
  @Length(1, 253)
  domain?: string;

  /** Domains of the file and those that stand for them here, before `domain`. @example "bit.ly=go.brand.com,old.link=brand.link" */
  @Omittable()
  @MaxLength(2_000)
  @Matches(/^[^=,\s]+=[^=,\s]+(?:,[^=,\s]+=[^=,\s]+)*$/, { message: 'domainMap is from=to, separated by commas' })
  domainMap?: string;

  /** For rows whose slug is taken, or that were imported before: the row is left out, changes that link, or gets another slug. */
  @ApiPropertyOptional({ enum: ON_CONFLICT, default: 'skip' })
  @Omittable()
  @IsIn(ON_CONFLICT)
  onConflict?: OnConflict;

  /** Columns that are called otherwise: field and column. `(none)` for a field that the file has no column for: `slug=(none)` gives random slugs. @example "slug=Back half,url=Target" */
  @Omittable()
  @IsColumnMapping()
  mapping?: string;

  /** The character set of the file. Default: its byte order mark, its content type, UTF-8. @example "windows-1251" */
  @Omittable()
  @IsFileCharset()
  charset?: string;
}

export const ROW_STATUSES = [
  'created',
  'updated',
  'exists',
  'would_create',
  'would_update',
  'skipped',
  'failed',
] as const;
export type RowStatus = (typeof ROW_STATUSES)[number];

export const SLUG_SOURCES = ['file', 'renamed', 'random', 'link'] as const;
export type SlugSource = (typeof SLUG_SOURCES)[number];

export class ImportWarningResponse {
  /** @example "slug_taken" */
  code: string;
  message: string;
  /** Of a warning of the link itself: the field, as in `warnings` of links. */
  @ApiPropertyOptional()
  path?: string | undefined;
  /** A value for that field which would be right. */
  @ApiPropertyOptional()
  suggestion?: string | undefined;
}

export class LinkImportRowResponse {
  /** From 1, without the row of column names. */
  row: number;
  /** Where it begins in the file. */
  line: number;
  /** `exists`: it was imported before, or its slug is taken; nothing was done. `skipped`: it is no link that should be imported. */
  @ApiProperty({ enum: ROW_STATUSES })
  status: RowStatus;
  /** Of the link that was made, changed or is there. */
  @ApiProperty({ type: String, nullable: true })
  linkId: string | null;
  @ApiProperty({ type: String, nullable: true })
  shortUrl: string | null;
  @ApiProperty({ type: String, nullable: true })
  domain: string | null;
  /** In a dry run `null` for a random one. */
  @ApiProperty({ type: String, nullable: true })
  slug: string | null;
  /** Where the slug is from: the `file`, `renamed` as that of the file was taken, `random`, or the `link` that is there. */
  @ApiProperty({ enum: SLUG_SOURCES, nullable: true })
  slugSource: SlugSource | null;
  /** Other slugs that lead to it too. */
  formerSlugs: string[];
  /** Where the link leads, or would. */
  @ApiProperty({ type: String, nullable: true })
  url: string | null;
  /** The errors of the row, by field. */
  @ApiProperty({ type: [FieldProblemResponse] })
  problems: FieldProblemResponse[];
  /** Warnings about the row: values that were dropped, changed or left out. */
  @ApiProperty({ type: [ImportWarningResponse] })
  warnings: ImportWarningResponse[];
}

export class LinkImportCounts implements Record<RowStatus, number> {
  created: number;
  updated: number;
  exists: number;
  would_create: number;
  would_update: number;
  skipped: number;
  failed: number;
}

export class LinkImportResponse {
  @ApiProperty({ enum: IMPORT_SOURCES })
  source: ImportSource;
  dryRun: boolean;
  counts: LinkImportCounts;
  /** Columns that nothing is known about. */
  ignoredColumns: string[];
  /** Warnings about the file as a whole. */
  @ApiProperty({ type: [ImportWarningResponse] })
  warnings: ImportWarningResponse[];
  /** In the order of the file. */
  @ApiProperty({ type: [LinkImportRowResponse] })
  results: LinkImportRowResponse[];
}

export class LinkImportJobResponse {
  /** @example "imp_0V4rQ2pK3mXa81Qd7ZsT" */
  id: string;
  /** `running` also means that it waits for another import of this workspace. */
  @ApiProperty({ enum: IMPORT_STATUSES })
  status: ImportStatus;
  dryRun: boolean;
  /** Null until the file is read. */
  @ApiProperty({ enum: IMPORT_SOURCES, nullable: true })
  source: ImportSource | null;
  /** Number of rows in the file. */
  rows: number;
  /** Number of rows with a result. */
  done: number;
  counts: LinkImportCounts;
  /** Unknown columns. */
  ignoredColumns: string[];
  /** Warnings about the file as a whole. */
  @ApiProperty({ type: [ImportWarningResponse] })
  warnings: ImportWarningResponse[];
  /** The first 20 rows that failed. */
  @ApiProperty({ type: [LinkImportRowResponse] })
  problems: LinkImportRowResponse[];
  /** Why the import failed. */
  error: string | null;
  createdAt: string;
  updatedAt: string;
}

export class LinkImportJobListResponse {
  data: LinkImportJobResponse[];
  page: PageInfo;
}

export class LinkImportRowsQuery extends PageQuery {
  @ApiPropertyOptional({ enum: ROW_STATUSES })
  @Omittable()
  @IsIn(ROW_STATUSES)
  status?: RowStatus;

  @ApiPropertyOptional({ description: '`page.nextCursor` of the page before.', type: String })
  @Omittable()
  @Matches(/^\d{1,6}$/, { message: 'cursor must be the nextCursor of an earlier page' })
  declare cursor?: string;
}

export class LinkImportRowsCsvQuery extends CsvDownloadQuery {
  @ApiPropertyOptional({ enum: ROW_STATUSES })
  @Omittable()
  @IsIn(ROW_STATUSES)
  status?: RowStatus;
}

export class LinkImportRowListResponse {
  data: LinkImportRowResponse[];
  page: PageInfo;
}

export class LinkExportQuery extends IntersectionType(LinkFilterQuery, CsvDownloadQuery) {
  @ApiPropertyOptional({ enum: ['csv', 'json'], default: 'csv' })
  @Omittable()
  @IsIn(['csv', 'json'])
  format?: ExportFormat;

  /** Which columns, in that order; in JSON: which fields of the links. Default: all. @example "slug,url,clicks" */
  @ApiPropertyOptional({ type: String })
  @Omittable()
  @IsColumnChoice()
  columns?: string;
}

function IsColumnMapping(): PropertyDecorator {
  const problemOf = (value: unknown): string | undefined => {
    const choice = typeof value === 'string' && value.length <= 2_000 ? readColumnChoice(value) : 'mapping is too long';
    return typeof choice === 'string' ? choice : undefined;
  };
  return ValidateBy({
    name: 'mapping',
    validator: {
      validate: (value) => problemOf(value) === undefined,
      defaultMessage: (args) => problemOf(args?.value) ?? 'mapping is field=column, separated by commas',
    },
  });
}

/** Names of columns of the format that is asked for. */
function IsColumnChoice(): PropertyDecorator {
  const problemOf = ({ value, object }: ValidationArguments): ReturnType<typeof columnsProblem> =>
    columnsProblem(value, (object as LinkExportQuery).format === 'json' ? 'json' : 'csv');
  return ValidateBy({
    name: 'columns',
    validator: {
      validate: (_, args) => args !== undefined && problemOf(args) === undefined,
      defaultMessage: (args) => {
        const problem = args && problemOf(args);
        return problem ? withCode(problem.code, problem.message) : 'columns are names separated by commas';
      },
    },
  });
}
