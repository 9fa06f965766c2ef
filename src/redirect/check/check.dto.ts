import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { CHECK_CODES, type CheckCode } from './compare-hops.js';

export class CheckHopResponse {
  url: string;
  /** 0 when there was no answer. */
  status: number;
  /** Milliseconds until the answer. */
  ms: number;
  /** The parameters that arrived there. */
  @ApiProperty({ type: 'object', additionalProperties: { type: 'string' } })
  params: Record<string, string>;
}

export class CheckProblemResponse {
  /** The place in `hops`, from 0. */
  hop: number;
  @ApiProperty({ enum: CHECK_CODES })
  code: CheckCode;
  @ApiPropertyOptional()
  param?: string;
  message: string;
}

export class CheckResponse {
  ok: boolean;
  @ApiProperty({ type: [CheckHopResponse] })
  hops: CheckHopResponse[];
  @ApiProperty({ type: [CheckProblemResponse] })
  problems: CheckProblemResponse[];
}
