import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsIn, IsObject, IsString, Length, MaxLength, ValidateNested } from 'class-validator';
import { IsIdentity } from './is-identity.decorator.js';
import { MoneyRequest } from '../../platform/money/money.dto.js';
import { IsTime } from '../../platform/http/validation/is-time.decorator.js';
import { Omittable } from '../../platform/http/validation/omittable.decorator.js';
import {
  CONVERSION_STATUSES,
  type ConversionStatus,
  EVENT_TYPES,
  type EventType,
} from '../../platform/vocabulary/conversion-words.js';

export const MAX_NOTE = 500;
export const MAX_NAME = 200;

export class CreateConversionRequest {
  /** The click that it belongs to. May be absent only for a `revshare` that names its link instead. */
  @Omittable()
  @IsString()
  @Length(1, MAX_NAME)
  clickId?: string;

  /** For `revshare` that is the link's as a whole. */
  @Omittable()
  @IsString()
  @Length(1, 64)
  linkId?: string;

  @ApiProperty({ enum: EVENT_TYPES })
  @IsIn(EVENT_TYPES)
  eventType: EventType;

  /** Default: `approved`. */
  @ApiPropertyOptional({ enum: CONVERSION_STATUSES })
  @Omittable()
  @IsIn(CONVERSION_STATUSES)
  status?: ConversionStatus;

  /** Negative only for `revshare`. */
  @Omittable()
  @IsObject()
  @ValidateNested()
  @Type(() => MoneyRequest)
  payout?: MoneyRequest;

  /** Tells it apart from other conversions of the same click and event type. */
  @Omittable()
  @IsString()
  @Length(1, MAX_NAME)
  @IsIdentity()
  txid?: string;

  /** The network that it came from; it is then the same as what that network posts back. */
  @Omittable()
  @IsString()
  @MaxLength(64)
  networkId?: string;

  /** The network's name for the player. */
  @Omittable()
  @IsString()
  @Length(1, MAX_NAME)
  @IsIdentity()
  playerId?: string;

  /** Not in the future. Default: now. */
  @Omittable()
  @IsTime()
  convertedAt?: string;

  /** Kept in the history. */
  @Omittable()
  @IsString()
  @Length(1, MAX_NOTE)
  note?: string;
}

export class UpdateConversionRequest {
  /** An approved or rejected conversion does not become `pending` again. */
  @ApiPropertyOptional({ enum: CONVERSION_STATUSES })
  @Omittable()
  @IsIn(CONVERSION_STATUSES)
  status?: ConversionStatus;

  /** Negative only for `revshare`. */
  @Omittable()
  @IsObject()
  @ValidateNested()
  @Type(() => MoneyRequest)
  payout?: MoneyRequest;

  /** Why; kept in the history. */
  @Omittable()
  @IsString()
  @Length(1, MAX_NOTE)
  note?: string;
}

export class UndoConversionRequest {
  /** Why; kept in the history. */
  @Omittable()
  @IsString()
  @Length(1, MAX_NOTE)
  note?: string;
}
