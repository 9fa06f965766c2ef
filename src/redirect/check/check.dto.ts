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

export class WithoutAppendedResponse {
  /** The destination without the click id and the visitor's parameters that the link appends. */
  url: string;
  /** 0 when there was no answer. */
  status: number;
  /** Whether it was answered with a status below 400. */
  ok: boolean;
}

export class CheckResponse {
  ok: boolean;
  @ApiProperty({ type: [CheckHopResponse] })
  hops: CheckHopResponse[];
  @ApiProperty({ type: [CheckProblemResponse] })
  problems: CheckProblemResponse[];
  /**
   * The answer to the first URL with nothing appended. It is asked for where the destination is signed or refuses the visit; else `null`.
   * Where it works alone, `problems` has `appended_refused`.
   */
  @ApiProperty({ type: WithoutAppendedResponse, nullable: true })
  withoutAppended: WithoutAppendedResponse | null;
}
