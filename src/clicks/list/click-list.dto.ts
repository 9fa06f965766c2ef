import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsString, Length, Matches, MaxLength } from 'class-validator';
import { PageInfo, PageQuery } from '../../platform/http/pagination.js';
import { IsRangeEnd, IsTime } from '../../platform/http/validation/is-time.decorator.js';
import { Omittable } from '../../platform/http/validation/omittable.decorator.js';
import { DEVICE_KINDS, type DeviceKind } from '../../platform/vocabulary/device-names.js';
import { ClickResponse } from '../clicks.dto.js';

/** Filters of the list of clicks. All given filters must match. Filters other than link and time need `linkId` or `from`. */
export class ClickListQuery extends PageQuery {
  /** Clicks of this link only. */
  @Omittable()
  @IsString()
  @MaxLength(64)
  linkId?: string;

  /** Clicks at or after this time. A date without a time is the beginning of that day in the workspace's time zone. */
  @Omittable()
  @IsTime()
  from?: string;

  /** Clicks before this time. A date without a time includes that day, in the workspace's time zone. */
  @Omittable()
  @IsRangeEnd('from')
  to?: string;

  /** Country code. @example "MT" */
  @Omittable()
  @Matches(/^[A-Za-z]{2}$/, { message: 'country must be a country code of two letters such as DE' })
  country?: string;

  @ApiPropertyOptional({ enum: DEVICE_KINDS })
  @Omittable()
  @IsIn(DEVICE_KINDS)
  device?: DeviceKind;

  /** `true`: only clicks of bots; `false`: only clicks of people. */
  @ApiPropertyOptional({ enum: ['true', 'false'] })
  @Omittable()
  @IsIn(['true', 'false'])
  bot?: 'true' | 'false';

  /** Clicks with exactly this sub id; likewise for `sub2` to `sub10`. */
  @Omittable()
  @IsString()
  @Length(1, 500)
  sub1?: string;

  @Omittable()
  @IsString()
  @Length(1, 500)
  sub2?: string;

  @Omittable()
  @IsString()
  @Length(1, 500)
  sub3?: string;

  @Omittable()
  @IsString()
  @Length(1, 500)
  sub4?: string;

  @Omittable()
  @IsString()
  @Length(1, 500)
  sub5?: string;

  @Omittable()
  @IsString()
  @Length(1, 500)
  sub6?: string;

  @Omittable()
  @IsString()
  @Length(1, 500)
  sub7?: string;

  @Omittable()
  @IsString()
  @Length(1, 500)
  sub8?: string;

  @Omittable()
  @IsString()
  @Length(1, 500)
  sub9?: string;

  @Omittable()
  @IsString()
  @Length(1, 500)
  sub10?: string;
}

export class ClickListResponse {
  @ApiProperty({ type: [ClickResponse] })
  data: ClickResponse[];
  page: PageInfo;
}
