import { IsOptional, IsString, MaxLength } from 'class-validator';
import { CsvDownloadQuery } from '../../platform/csv/csv-download.dto.js';
import { IsRangeEnd, IsTime } from '../../platform/http/validation/is-time.decorator.js';

export class ClickExportQuery extends CsvDownloadQuery {
  /** Clicks of this link only. */
  @IsOptional()
  @IsString()
  @MaxLength(64)
  linkId?: string;

  /** Clicks at or after this time. A date without a time is the beginning of that day in the workspace's time zone. */
  @IsOptional()
  @IsTime()
  from?: string;

  /** Clicks before this time. A date without a time includes that day, in the workspace's time zone. */
  @IsOptional()
  @IsRangeEnd('from')
  to?: string;
}
