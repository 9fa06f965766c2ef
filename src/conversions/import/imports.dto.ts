import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional, IsString, Matches, MaxLength, ValidateBy } from 'class-validator';
import { CsvDownloadQuery } from '../../platform/csv/csv-download.dto.js';
import { IsFileCharset } from '../../platform/http/validation/is-file-charset.decorator.js';
import { Omittable } from '../../platform/http/validation/omittable.decorator.js';
import { PageInfo, PageQuery } from '../../platform/http/pagination.js';
import type { Notice } from '../../platform/vocabulary/notice.js';
import { ROW_REJECT_REASONS, type RowRejectReason } from '../../platform/vocabulary/reject-reasons.js';
import { NetworkMappingResponse } from '../../networks/networks.dto.js';
import { IMPORT_STATUSES, type ImportStatus } from '../../imports/import-job.schema.js';
import { IMPORT_FIELDS, type ConversionField, parseColumnMapping } from '../rules/import/column-mapping.js';
import { ROW_VERDICTS, type RowVerdict } from './row-result.js';

const MAX_MAPPING_CHARS = 4_000;

export class CreateImportQuery {
  /** Only say what would become of each row. Default: false. */
  @ApiPropertyOptional({ enum: ['true', 'false'] })
  @IsOptional()
  @IsIn(['true', 'false'])
  dryRun?: 'true' | 'false';

  /** The network that the file comes from: its own words and defaults count, and what it posts back is the same. */
  @IsOptional()
  @IsString()
  @MaxLength(64)
  networkId?: string;

  /** The character set of the file. Default: its byte order mark, its content type, its network's `mapping.charset`, UTF-8. @example "windows-1251" */
  @Omittable()
  @IsFileCharset()
  charset?: string;

  /**
   * Columns whose names say something else: field and column, or `#3` for the third column. The field is read from that
   * column alone, and the column as nothing else. `(none)`: no column is read as the field.
   * @example "click_id=Sub 1,payout=Amount,txid=#4,note=(none)"
   */
  @Omittable()
  @IsImportMapping()
  mapping?: string;
}

export class ImportRowsQuery extends PageQuery {
  @ApiPropertyOptional({ enum: ROW_VERDICTS })
  @IsOptional()
  @IsIn(ROW_VERDICTS)
  verdict?: RowVerdict;

  @ApiPropertyOptional({ description: '`page.nextCursor` of the page before.', type: String })
  @IsOptional()
  @Matches(/^\d{1,6}$/, { message: 'cursor must be the nextCursor of an earlier page' })
  declare cursor?: string;
}

export class ImportRowsCsvQuery extends CsvDownloadQuery {
  @ApiPropertyOptional({ enum: ROW_VERDICTS })
  @IsOptional()
  @IsIn(ROW_VERDICTS)
  verdict?: RowVerdict;
}

export class ImportRowResponse {
  /** From 1, the header row not counted. */
  row: number;
  /** Where it begins in the file, from 1. */
  line: number;
  @ApiProperty({ enum: ROW_VERDICTS })
  verdict: RowVerdict;
  @ApiProperty({ enum: ROW_REJECT_REASONS, nullable: true })
  reason: RowRejectReason | null;
  /** The action that helps. */
  hint: string | null;
  /** Null for what was rejected, and for what a dry run would make. */
  conversionId: string | null;
}

export class ImportRowListResponse {
  data: ImportRowResponse[];
  page: PageInfo;
}

export class ImportCountsResponse {
  accepted: number;
  updated: number;
  duplicate: number;
  rejected: number;
}

export class ImportNoticeResponse implements Notice {
  /** @example "line_skipped" */
  code: string;
  text: string;
}

export class ConversionWarningResponse extends ImportNoticeResponse {
  rows: number;
}

export class ImportSuggestionResponse {
  mapping: NetworkMappingResponse;
}

export class ImportColumnResponse {
  /** From 1. */
  position: number;
  name: string;
  /** Null: the column is not read. */
  @ApiProperty({ enum: IMPORT_FIELDS, nullable: true })
  field: ConversionField | null;
}

export class ImportResponse {
  /** @example "imp_0V4rQ2pK3mXa81Qd7ZsT" */
  id: string;
  /** `running` is also what waits for another import of this workspace to end. */
  @ApiProperty({ enum: IMPORT_STATUSES })
  status: ImportStatus;
  dryRun: boolean;
  networkId: string | null;
  /** How many rows the file has. */
  rows: number;
  /** How many of them have their verdict. */
  done: number;
  counts: ImportCountsResponse;
  /** Columns that nothing is known about. */
  ignoredColumns: string[];
  /** The field that each column is read as, with the `mapping` of the request; empty while the file comes. */
  columns: ImportColumnResponse[];
  /** Lines of the file that are not rows and were skipped: titles, column names that come again. */
  @ApiProperty({ type: [ImportNoticeResponse] })
  notices: ImportNoticeResponse[];
  /** Values of accepted rows that were dropped, guessed or left open: each kind with its first text and the number of rows. */
  @ApiProperty({ type: [ConversionWarningResponse] })
  warnings: ConversionWarningResponse[];
  /** The fields for a PATCH of its network by which more of the file could be read; null without a network. */
  @ApiProperty({ type: ImportSuggestionResponse, nullable: true })
  suggestion: ImportSuggestionResponse | null;
  /** The first 20 rows that were rejected. */
  problems: ImportRowResponse[];
  /** Why it failed. */
  error: string | null;
  createdAt: string;
  updatedAt: string;
}

export class ImportListResponse {
  data: ImportResponse[];
  page: PageInfo;
}

/** A function declaration, as decorators above use it. */
function IsImportMapping(): PropertyDecorator {
  const problemOf = (value: unknown): string | undefined => {
    if (typeof value !== 'string') return 'mapping is field=column, separated by commas';
    if (value.length > MAX_MAPPING_CHARS) return `mapping has at most ${MAX_MAPPING_CHARS} characters`;
    const mapping = parseColumnMapping(value);
    return typeof mapping === 'string' ? mapping : undefined;
  };
  return ValidateBy({
    name: 'mapping',
    validator: {
      validate: (value) => problemOf(value) === undefined,
      defaultMessage: (args) => problemOf(args?.value) ?? 'mapping is field=column, separated by commas',
    },
  });
}
