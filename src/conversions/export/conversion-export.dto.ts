import { IntersectionType } from '@nestjs/swagger';
import { CsvDownloadQuery } from '../../platform/csv/csv-download.dto.js';
import { ConversionFilterQuery } from '../conversions.dto.js';

/** The export takes the same filters as the list. */
export class ConversionExportQuery extends IntersectionType(ConversionFilterQuery, CsvDownloadQuery) {}
