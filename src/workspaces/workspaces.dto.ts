import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsIn, IsInt, IsObject, IsString, Length, Max, Min, ValidateNested } from 'class-validator';
import { IsCurrency } from '../platform/http/is-currency.decorator.js';
import { Omittable } from '../platform/http/omittable.decorator.js';
import { POSTBACKS_WHEN_DOWN, type PostbacksWhenDown } from './workspace.schema.js';

export class CreateWorkspaceRequest {
  /** What the team calls it. */
  @IsString()
  @Length(1, 100)
  name: string;
}

export class WorkspaceCreatedResponse {
  /** @example "wsp_0V4rQ2pK3mXa81Qd7ZsT" */
  id: string;
  name: string;
  /** Key of the workspace's owner. Shown this once. */
  apiKey: string;
}

export class RetentionRequest {
  /** Days that a request of a network stays in the postback log. */
  @ApiPropertyOptional({ type: 'integer', minimum: 1, maximum: 3650 })
  @Omittable()
  @IsInt()
  @Min(1)
  @Max(3650)
  postbackDays?: number;
}

/** Only what is given changes. */
export class UpdateWorkspaceRequest {
  /** What the team calls it. */
  @Omittable()
  @IsString()
  @Length(1, 100)
  name?: string;

  /**
   * What revenue is counted in, ISO 4217. Conversions that were counted before keep theirs.
   * @example "USD"
   */
  @Omittable()
  @IsCurrency()
  currency?: string;

  @ApiPropertyOptional({ type: RetentionRequest })
  @Omittable()
  @IsObject()
  @ValidateNested()
  @Type(() => RetentionRequest)
  retention?: RetentionRequest;

  /** While MongoDB is away: `refuse` answers postbacks with 503, and networks try again; `spool` takes them and applies them later. */
  @ApiPropertyOptional({ enum: POSTBACKS_WHEN_DOWN })
  @Omittable()
  @IsIn(POSTBACKS_WHEN_DOWN)
  postbacksWhenDown?: PostbacksWhenDown;
}

export class RetentionResponse {
  /** Days that a request of a network stays in the postback log. */
  postbackDays: number;
}

export class WorkspaceResponse {
  /** @example "wsp_0V4rQ2pK3mXa81Qd7ZsT" */
  id: string;
  name: string;
  /**
   * What revenue is counted in, ISO 4217.
   * @example "USD"
   */
  currency: string;
  @ApiProperty({ type: RetentionResponse })
  retention: RetentionResponse;
  @ApiProperty({ enum: POSTBACKS_WHEN_DOWN })
  postbacksWhenDown: PostbacksWhenDown;
}
