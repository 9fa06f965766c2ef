import { IsOptional, IsString, MaxLength } from 'class-validator';
import { CsvDownloadQuery } from '../platform/csv/csv-download.dto.js';
import { IsTime } from '../platform/http/is-time.decorator.js';

export class ClickExportQuery extends CsvDownloadQuery {
  /** Clicks of this link only. */
  @IsOptional()
  @IsString()
  @MaxLength(64)
  linkId?: string;

  /** Clicked at or after. */
  @IsOptional()
  @IsTime()
  from?: string;

  /** Clicked before. */
  @IsOptional()
  @IsTime()
  to?: string;
}
