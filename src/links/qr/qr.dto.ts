import { ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsIn, IsInt, IsOptional, IsString, Length, Matches, Max, MaxLength, Min } from 'class-validator';
import { QR_LEVELS, type QrLevel } from './qr-svg.js';

const FORMATS = ['svg', 'png'] as const;
const COLOR = /^#?(?:[0-9a-f]{3}|[0-9a-f]{6})$/i;
const COLOR_MESSAGE = '$property must be a color such as 1b1b1f or #1b1b1f';

/** Appearance of the code. */
export class QrQuery {
  @ApiPropertyOptional({ enum: FORMATS, default: 'svg' })
  @IsOptional()
  @IsIn(FORMATS)
  format: (typeof FORMATS)[number] = 'svg';

  /** Width in pixels, at least two for each module. The minimum depends on the content; the error names it. */
  @ApiPropertyOptional({ type: Number, minimum: 64, maximum: 2_048, default: 512 })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(64)
  @Max(2_048)
  size: number = 512;

  /** Width of the empty border in modules. The standard asks for 4. */
  @ApiPropertyOptional({ type: Number, minimum: 0, maximum: 16, default: 4 })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(0)
  @Max(16)
  margin: number = 4;

  /** Error correction: share of the code that may be lost. L: 7 %, M: 15 %, Q: 25 %, H: 30 %. With a logo always H. */
  @ApiPropertyOptional({ enum: QR_LEVELS, default: 'M' })
  @IsOptional()
  @IsIn(QR_LEVELS)
  level: QrLevel = 'M';

  /** @example "1b1b1f" */
  @ApiPropertyOptional({ type: String, default: '000000' })
  @IsOptional()
  @Matches(COLOR, { message: COLOR_MESSAGE })
  color: string = '000000';

  /** @example "ffffff" */
  @ApiPropertyOptional({ type: String, default: 'ffffff' })
  @IsOptional()
  @Matches(COLOR, { message: COLOR_MESSAGE })
  background: string = 'ffffff';

  /** Appended to the short link as `?source=`, to distinguish these clicks. @example "flyer" */
  @IsOptional()
  @IsString()
  @Length(1, 64)
  source?: string;
}

/** The same with a logo in the middle. */
export class QrWithLogoRequest extends QrQuery {
  /** A `data:` URL of a PNG or JPEG image in base64, at most 200 KiB and 1024 × 1024 pixels. */
  @IsOptional()
  @IsString()
  @MaxLength(300_000)
  logo?: string;
}
