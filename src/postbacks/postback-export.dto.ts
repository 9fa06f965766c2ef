import { IntersectionType, OmitType } from '@nestjs/swagger';
import { CsvDownloadQuery } from '../platform/csv/csv-download.dto.js';
import { PostbackListQuery } from './postbacks.dto.js';

/** What can be asked of the list can be exported. */
export class PostbackExportQuery extends IntersectionType(
  OmitType(PostbackListQuery, ['limit', 'cursor'] as const),
  CsvDownloadQuery,
) {}
