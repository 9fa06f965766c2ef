import { ApiProperty } from '@nestjs/swagger';
import { type FieldProblem, type Problem, PROBLEM_TITLES, type ProblemCode } from './problem.js';

export class FieldProblemResponse implements FieldProblem {
  /** @example "url" */
  path: string;
  /** @example "unknown_macro" */
  code: string;
  message: string;
}

/** The body of every error answer (RFC 9457). */
export class ProblemResponse implements Problem {
  /** @example "urn:hopback:problem:invalid" */
  type: string;
  title: string;
  status: number;
  /** What happened and what to do. */
  detail: string;
  @ApiProperty({ enum: Object.keys(PROBLEM_TITLES) })
  code: ProblemCode;
  requestId: string;
  /** Every bad field of the input. */
  @ApiProperty({ type: [FieldProblemResponse], required: false })
  errors?: FieldProblemResponse[];
}
