import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn } from 'class-validator';
import { Omittable } from '../http/validation/omittable.decorator.js';
import type { YesNo } from './csv-download.js';

/** Query parameters of all CSV downloads. */
export class CsvDownloadQuery {
  /** Whether the file begins with a byte order mark, which Excel needs to read UTF-8. Default: `true` where a browser downloads it. */
  @ApiPropertyOptional({ enum: ['true', 'false'] })
  @Omittable()
  @IsIn(['true', 'false'])
  bom?: YesNo;
}
