import { IntersectionType, OmitType } from '@nestjs/swagger';
import { CsvDownloadQuery } from '../../platform/csv/csv-download.dto.js';
import { PostbackListQuery } from './postback-log.dto.js';

/** The export has the same filters as the list. */
export class PostbackExportQuery extends IntersectionType(
  OmitType(PostbackListQuery, ['limit', 'cursor'] as const),
  CsvDownloadQuery,
) {}
