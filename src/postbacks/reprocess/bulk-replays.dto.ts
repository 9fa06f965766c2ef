import { ApiProperty, ApiPropertyOptional, OmitType } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsBoolean, IsOptional, IsObject, ValidateNested } from 'class-validator';
import { Omittable } from '../../platform/http/validation/omittable.decorator.js';
import { PostbackListQuery } from '../log/postback-log.dto.js';
import { BULK_REPLAY_STATES, type BulkReplayState } from './bulk-replay.schema.js';

export class BulkReplayFilter extends OmitType(PostbackListQuery, ['limit', 'cursor', 'waiting'] as const) {
  /** Only what is tried again by itself. */
  @IsOptional()
  @IsBoolean()
  waiting?: boolean;
}

export class CreateBulkReplayRequest {
  /** Which requests, as in the list of them; at most 100,000. `{}`: all of them. */
  @IsObject()
  @ValidateNested()
  @Type(() => BulkReplayFilter)
  filter: BulkReplayFilter;

  /** Only count what would become of them. Default: false. */
  @ApiPropertyOptional({ type: Boolean })
  @Omittable()
  @IsBoolean()
  dryRun?: boolean;
}

export class BulkReplayResponse {
  /** @example "rpl_0V4rQ2pK3mXa81Qd7ZsT" */
  id: string;
  @ApiProperty({ enum: BULK_REPLAY_STATES })
  state: BulkReplayState;
  dryRun: boolean;
  filter: BulkReplayFilter;
  /** How many requests there were to run. */
  total: number;
  done: number;
  /** Verdict → how many had it this time; `skipped`: they cannot be run again. */
  @ApiProperty({
    type: 'object',
    additionalProperties: { type: 'integer' },
    example: { accepted: 14, duplicate: 2, rejected: 1 },
  })
  counts: Record<string, number>;
  createdAt: string;
  updatedAt: string;
}
