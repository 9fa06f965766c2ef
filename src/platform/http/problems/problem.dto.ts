import { ApiProperty } from '@nestjs/swagger';
import { type FieldChoice, type FieldProblem, type Problem, PROBLEM_TITLES, type ProblemCode } from './problem.js';

export class FieldChoiceResponse implements FieldChoice {
  /** @example "windows-1251" */
  value: string;
  /** The text or meaning of the input with this value. @example "Депозит" */
  example: string;
}

export class FieldProblemResponse implements FieldProblem {
  /** @example "url" */
  path: string;
  /** @example "unknown_macro" */
  code: string;
  message: string;
  /** The possible values, when the input is ambiguous and the caller has to choose. */
  @ApiProperty({ type: [FieldChoiceResponse], required: false })
  choices?: FieldChoiceResponse[];
}

/** The body of every error answer (RFC 9457). */
export class ProblemResponse implements Problem {
  /** @example "urn:hopback:problem:invalid" */
  type: string;
  title: string;
  status: number;
  /** A sentence that says what happened and what to do. */
  detail: string;
  @ApiProperty({ enum: Object.keys(PROBLEM_TITLES) })
  code: ProblemCode;
  requestId: string;
  /** Every bad field of the input. */
  @ApiProperty({ type: [FieldProblemResponse], required: false })
  errors?: FieldProblemResponse[];
}
