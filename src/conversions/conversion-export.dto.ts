import { ConversionFilterQuery } from './conversions.dto.js';

/** What can be asked of the list can be exported. */
export class ConversionExportQuery extends ConversionFilterQuery {}
