import { ApiProperty, ApiPropertyOptional, OmitType } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsBoolean, IsOptional, IsObject, ValidateNested } from 'class-validator';
import { Omittable } from '../../platform/http/validation/omittable.decorator.js';
import { PostbackListQuery } from '../log/postback-log.dto.js';
import { BULK_REPLAY_STATES, type BulkReplayState } from './bulk-replay.schema.js';

export class BulkReplayFilter extends OmitType(PostbackListQuery, ['limit', 'cursor', 'waiting'] as const) {
  /** Only requests that are reprocessed automatically. */
  @IsOptional()
  @IsBoolean()
  waiting?: boolean;
}

export class CreateBulkReplayRequest {
  /** The filters of the list of requests. They may find at most 100,000 requests. `{}`: all requests. */
  @IsObject()
  @ValidateNested()
  @Type(() => BulkReplayFilter)
  filter: BulkReplayFilter;

  /** Only count the verdicts; nothing is stored. Default: false. */
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
  /** Number of requests to run. */
  total: number;
  done: number;
  /** Verdict → number of requests with it in this run. `skipped`: requests that cannot be run again. */
  @ApiProperty({
    type: 'object',
    additionalProperties: { type: 'integer' },
    example: { accepted: 14, duplicate: 2, rejected: 1 },
  })
  counts: Record<string, number>;
  createdAt: string;
  updatedAt: string;
}
