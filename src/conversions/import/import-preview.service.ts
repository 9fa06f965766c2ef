import { Injectable } from '@nestjs/common';
import { ClickIdService } from '../../clicks/click-id.service.js';
import { FileDialects } from './file-dialects.service.js';
import { CsvError } from '../../platform/csv/csv-error.js';
import { CsvReader, type CsvRecord } from '../../platform/csv/csv-reader.js';
import { isSeparatorLine } from '../../platform/csv/csv-table.js';
import { fileProblem, type UploadedFile } from '../../platform/http/bodies/csv-upload.js';
import { ProblemException } from '../../platform/http/problems/problem.js';
import type { WorkspaceId } from '../../platform/tenancy/workspace-id.js';
import { previewColumns } from '../rules/import/preview-columns.js';
import { CSV_LIMITS, conversionHeaderScore } from './conversion-file.js';
import type { ImportPreviewResponse } from './import-preview.dto.js';

/** Bytes that are read; the rest of a body is ignored. */
const MAX_BYTES = 65_536;

interface PreviewOptions {
  networkId: string | null;
  charset: string | undefined;
}

/** Shows how the beginning of a file would be read, and stores nothing. */
@Injectable()
export class ImportPreview {
  constructor(
    private readonly dialects: FileDialects,
    private readonly clickIds: ClickIdService,
  ) {}

  /** @throws ProblemException 422 when the text is no CSV, or its character set is unclear. */
  async read(
    workspaceId: WorkspaceId,
    { networkId, charset }: PreviewOptions,
    file: UploadedFile,
  ): Promise<ImportPreviewResponse> {
    const { dialect } = await this.dialects.of(workspaceId, networkId);
    const { bytes, isWhole } = await firstBytes(file);
    const csv = new CsvReader(CSV_LIMITS, {
      charset: { named: charset, usual: dialect.mapping.charset },
      headerScore: (fields) => conversionHeaderScore(fields, dialect),
    });
    const [header, ...rows] = recordsOf(csv, bytes, isWhole);
    if (header === undefined) throw ProblemException.invalid(EMPTY);
    const values = rows.map(({ fields }) => fields).filter((fields) => !isSeparatorLine(fields));
    const isClickId = (value: string): boolean => this.clickIds.read(value).ok;
    return {
      delimiter: csv.delimiter,
      charset: csv.charset,
      headerLine: header.line,
      columns: previewColumns(header.fields, values, dialect, isClickId),
      rowsSeen: values.length,
      isWhole,
    };
  }
}

async function firstBytes({ body }: UploadedFile): Promise<{ bytes: Buffer; isWhole: boolean }> {
  const pieces: Buffer[] = [];
  let length = 0;
  for await (const piece of body) {
    pieces.push(piece);
    length += piece.length;
    if (length >= MAX_BYTES) break;
  }
  // A file of exactly this size was probably cut by the sender.
  return { bytes: Buffer.concat(pieces).subarray(0, MAX_BYTES), isWhole: length < MAX_BYTES };
}

/** The complete records. The last one of a cut text may lack its end. */
function recordsOf(csv: CsvReader, bytes: Buffer, isWhole: boolean): CsvRecord[] {
  try {
    const records = csv.push(bytes);
    return isWhole || records.length === 0 ? [...records, ...csv.end()] : records;
  } catch (error) {
    throw error instanceof CsvError ? ProblemException.invalid(fileProblem(error, 'body')) : error;
  }
}

const EMPTY = { path: 'body', code: 'empty', message: 'the file has no rows' };
