import { IntersectionType, OmitType } from '@nestjs/swagger';
import { CsvDownloadQuery } from '../../platform/csv/csv-download.dto.js';
import { PostbackListQuery } from './postback-log.dto.js';

/** The filters of the list are those of the export. */
export class PostbackExportQuery extends IntersectionType(
  OmitType(PostbackListQuery, ['limit', 'cursor'] as const),
  CsvDownloadQuery,
) {}
