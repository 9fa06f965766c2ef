import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  IsBoolean,
  IsIn,
  IsInt,
  IsObject,
  IsOptional,
  IsString,
  Length,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';
import { IsCurrency } from '../platform/http/validation/is-currency.decorator.js';
import { IsTimezone } from '../platform/http/validation/is-timezone.decorator.js';
import { Omittable } from '../platform/http/validation/omittable.decorator.js';
import { POSTBACKS_WHEN_DOWN, type PostbacksWhenDown } from './workspace.schema.js';

export class CreateWorkspaceRequest {
  /** Name of the workspace. */
  @IsString()
  @Length(1, 100)
  name: string;
}

export class WorkspaceCreatedResponse {
  /** @example "wsp_0V4rQ2pK3mXa81Qd7ZsT" */
  id: string;
  name: string;
  /** API key of the workspace's owner. It is shown only once. */
  apiKey: string;
}

export class RetentionRequest {
  /** Days that an entry stays in the postback log. */
  @ApiPropertyOptional({ type: 'integer', minimum: 1, maximum: 3650 })
  @Omittable()
  @IsInt()
  @Min(1)
  @Max(3650)
  postbackDays?: number;

  /** Days that a click is kept. `null`: for ever. Counters and conversions stay. */
  @ApiPropertyOptional({ type: 'integer', minimum: 1, maximum: 3650, nullable: true })
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(3650)
  clickDays?: number | null;

  /** Days that an entry stays in the audit log. */
  @ApiPropertyOptional({ type: 'integer', minimum: 1, maximum: 3650 })
  @Omittable()
  @IsInt()
  @Min(1)
  @Max(3650)
  auditDays?: number;
}

export class PrivacyRequest {
  /** Days that the address of a click is kept whole before it is truncated. 0: addresses are never kept. */
  @ApiPropertyOptional({ type: 'integer', minimum: 0, maximum: 3650 })
  @Omittable()
  @IsInt()
  @Min(0)
  @Max(3650)
  ipDays?: number;

  /** Whether clicks with `DNT: 1` or `Sec-GPC: 1` are stored without personal data. */
  @Omittable()
  @IsBoolean()
  honourDoNotTrack?: boolean;
}

/** Only the given fields change. */
export class UpdateWorkspaceRequest {
  /** Name of the workspace. */
  @Omittable()
  @IsString()
  @Length(1, 100)
  name?: string;

  /**
   * Currency of revenue, ISO 4217. Earlier conversions keep their currency.
   * @example "USD"
   */
  @Omittable()
  @IsCurrency()
  currency?: string;

  /**
   * IANA time zone of dates without a time in `from`, `to`, `startsAt` and `expiresAt`. Stored values stay unchanged.
   * @example "Asia/Kolkata"
   */
  @Omittable()
  @IsTimezone()
  timezone?: string;

  @ApiPropertyOptional({ type: RetentionRequest })
  @Omittable()
  @IsObject()
  @ValidateNested()
  @Type(() => RetentionRequest)
  retention?: RetentionRequest;

  @ApiPropertyOptional({ type: PrivacyRequest })
  @Omittable()
  @IsObject()
  @ValidateNested()
  @Type(() => PrivacyRequest)
  privacy?: PrivacyRequest;

  /** While MongoDB is away: `refuse` answers postbacks with 503, so networks retry; `spool` accepts them and applies them later. */
  @ApiPropertyOptional({ enum: POSTBACKS_WHEN_DOWN })
  @Omittable()
  @IsIn(POSTBACKS_WHEN_DOWN)
  postbacksWhenDown?: PostbacksWhenDown;
}

export class RetentionResponse {
  /** Days that an entry stays in the postback log. */
  postbackDays: number;
  /** Days that a click is kept. `null`: for ever. */
  @ApiProperty({ type: Number, nullable: true })
  clickDays: number | null;
  /** Days that an entry stays in the audit log. */
  auditDays: number;
}

export class PrivacyResponse {
  /** Days that the address of a click is kept whole before it is truncated. 0: addresses are never kept. */
  ipDays: number;
  /** Whether clicks with `DNT: 1` or `Sec-GPC: 1` are stored without personal data. */
  honourDoNotTrack: boolean;
}

export class UsageRow {
  /** Current number. `null` for a rate, which is not counted here. */
  @ApiProperty({ type: Number, nullable: true })
  used: number | null;
  /** Maximum number. `null`: no limit. */
  @ApiProperty({ type: Number, nullable: true })
  limit: number | null;
}

export class UsageResponse {
  /** Id of the workspace. */
  id: string;
  /** @example "unlimited" */
  plan: string;
  links: UsageRow;
  domains: UsageRow;
  networks: UsageRow;
  apiKeys: UsageRow;
  /** Per 30 days. */
  conversionImports: UsageRow;
  apiRequestsPerMinute: UsageRow;
}

export class WorkspaceResponse {
  /** @example "wsp_0V4rQ2pK3mXa81Qd7ZsT" */
  id: string;
  name: string;
  /**
   * Currency of revenue, ISO 4217.
   * @example "USD"
   */
  currency: string;
  /**
   * IANA time zone of dates without a time.
   * @example "UTC"
   */
  timezone: string;
  @ApiProperty({ type: RetentionResponse })
  retention: RetentionResponse;
  @ApiProperty({ type: PrivacyResponse })
  privacy: PrivacyResponse;
  @ApiProperty({ enum: POSTBACKS_WHEN_DOWN })
  postbacksWhenDown: PostbacksWhenDown;
}
