import { IntersectionType } from '@nestjs/swagger';
import { CsvDownloadQuery } from '../../platform/csv/csv-download.dto.js';
import { ConversionFilterQuery } from '../conversions.dto.js';

/** What can be asked of the list can be exported. */
export class ConversionExportQuery extends IntersectionType(ConversionFilterQuery, CsvDownloadQuery) {}
