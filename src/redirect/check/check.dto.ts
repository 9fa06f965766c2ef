import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { CHECK_CODES, type CheckCode } from './compare-hops.js';

export class CheckHopResponse {
  url: string;
  /** 0 when there was no answer. */
  status: number;
  /** Time until the answer, in milliseconds. */
  ms: number;
  /** The query parameters of this URL. */
  @ApiProperty({ type: 'object', additionalProperties: { type: 'string' } })
  params: Record<string, string>;
}

export class CheckProblemResponse {
  /** Index in `hops`, from 0. */
  hop: number;
  @ApiProperty({ enum: CHECK_CODES })
  code: CheckCode;
  @ApiPropertyOptional()
  param?: string;
  message: string;
}

export class WithoutAppendedResponse {
  /** The destination without the click id and the visitor's parameters that the link appends. */
  url: string;
  /** 0 when there was no answer. */
  status: number;
  /** Whether the status was below 400. */
  ok: boolean;
}

export class CheckResponse {
  /** When the check ended. */
  checkedAt: string;
  ok: boolean;
  @ApiProperty({ type: [CheckHopResponse] })
  hops: CheckHopResponse[];
  @ApiProperty({ type: [CheckProblemResponse] })
  problems: CheckProblemResponse[];
  /**
   * The answer to the first URL without appended parameters. `null` unless the destination is signed or refuses the visit. If
   * only this request succeeds, `problems` has `appended_refused`.
   */
  @ApiProperty({ type: WithoutAppendedResponse, nullable: true })
  withoutAppended: WithoutAppendedResponse | null;
}
