import { ApiProperty, PickType } from '@nestjs/swagger';
import { IMPORT_FIELDS, type ConversionField } from '../rules/import/column-mapping.js';
import { COLUMN_REASONS, type ColumnReason } from '../rules/import/preview-columns.js';
import { CreateImportQuery } from './imports.dto.js';

export class ImportPreviewQuery extends PickType(CreateImportQuery, ['networkId', 'charset'] as const) {}

export class PreviewColumnResponse {
  /** From 1. `#3` in the `mapping` of an import is the third column. */
  position: number;
  name: string;
  /** Up to three different values, cut to 100 characters. */
  @ApiProperty({ type: [String] })
  samples: string[];
  /** The field that an import without a `mapping` would read the column as; for `click_ids`, one with it. */
  @ApiProperty({ enum: IMPORT_FIELDS, nullable: true })
  suggestedField: ConversionField | null;
  /**
   * `network_mapping`: the mapping of the network has its name. `known_name`: the common vocabulary has it. `click_ids`: its
   * values are click ids. `other_column`: another column is read as the same field. `unknown_name`: nothing is known.
   */
  @ApiProperty({ enum: COLUMN_REASONS })
  reason: ColumnReason;
}

export class ImportPreviewResponse {
  /** @example ";" */
  delimiter: string;
  /** @example "utf-8" */
  charset: string;
  /** The line with the names of the columns, from 1. */
  headerLine: number;
  columns: PreviewColumnResponse[];
  /** Rows in the part that was read. */
  rowsSeen: number;
  /** False when only the first 65,536 bytes were read. */
  isWhole: boolean;
}
