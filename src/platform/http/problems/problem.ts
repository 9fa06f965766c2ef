import { HttpException } from '@nestjs/common';

// Error answers as problem+json (RFC 9457). Start here: all codes and the exception. problem.filter.ts converts every error,
// explain-error.ts decides what the caller sees, client-error.ts answers what is not valid HTTP.

/** All codes of error answers. Clients rely on them; docs/errors.md documents them. */
export const PROBLEM_TITLES = {
  bad_request: 'The request could not be read',
  unauthorized: 'Not signed in, and no valid API key',
  forbidden: 'This is not allowed',
  sign_in_again: 'A recent sign-in is needed',
  quota_exceeded: 'The plan of this workspace does not allow more',
  not_found: 'Not found',
  not_checked: 'Not checked yet',
  method_not_allowed: 'Method not allowed',
  conflict: 'It conflicts with existing data',
  network_deleted: 'Its network was deleted',
  not_replayable: 'This request cannot be run again',
  undo_expired: 'It can no longer be undone',
  network_changed: 'The network was changed meanwhile',
  invalid_transition: 'A final status cannot change back',
  idempotency_conflict: 'This Idempotency-Key was used for another request',
  payload_too_large: 'The request is too large',
  request_timeout: 'The request came too slowly',
  headers_too_large: 'URL and headers are too large',
  unsupported_media_type: 'This content type is not supported',
  invalid: 'The input is not valid',
  too_many_requests: 'Too many requests',
  internal_error: 'Something went wrong on our side',
  unavailable: 'Not available at the moment',
} as const;
export type ProblemCode = keyof typeof PROBLEM_TITLES;

const STATUS: Record<ProblemCode, number> = {
  bad_request: 400,
  unauthorized: 401,
  forbidden: 403,
  sign_in_again: 403,
  quota_exceeded: 403,
  not_found: 404,
  not_checked: 404,
  method_not_allowed: 405,
  conflict: 409,
  network_deleted: 409,
  not_replayable: 409,
  undo_expired: 409,
  network_changed: 409,
  invalid_transition: 409,
  idempotency_conflict: 409,
  payload_too_large: 413,
  request_timeout: 408,
  headers_too_large: 431,
  unsupported_media_type: 415,
  invalid: 422,
  too_many_requests: 429,
  internal_error: 500,
  unavailable: 503,
};

/** A possible value of a field, and its effect. */
export interface FieldChoice {
  value: string;
  example: string;
}

/** One bad field of the input. */
export interface FieldProblem {
  /** The path of the field: `url`, `security.ips.0`. */
  path: string;
  /** The error for programs: `unknown_field`, `is_url`, `unknown_macro`. */
  code: string;
  /** The error for people, with what to do. */
  message: string;
  /** The possible values, when the input is ambiguous and the caller has to choose. */
  choices?: FieldChoice[] | undefined;
}

/** The body of every error answer (RFC 9457). */
export interface Problem {
  type: string;
  title: string;
  status: number;
  detail: string;
  code: ProblemCode;
  requestId: string;
  errors?: FieldProblem[];
}

/** An error that is sent to the caller. `detail` says what happened and what to do, in one or two sentences. */
export class ProblemException extends HttpException {
  constructor(
    readonly code: ProblemCode,
    readonly detail: string,
    readonly errors?: FieldProblem[],
    readonly headers: Record<string, string> = {},
  ) {
    super(detail, STATUS[code]);
  }

  static notFound(what: string): ProblemException {
    return new ProblemException('not_found', `There is no such ${what} in this workspace.`);
  }

  /** Well-formed input that is not valid; one entry for each bad field. */
  static invalid(...errors: FieldProblem[]): ProblemException {
    const [first] = errors;
    const detail =
      errors.length === 1 && first ? `${first.path}: ${first.message}` : `${errors.length} fields are not valid.`;
    return new ProblemException('invalid', detail, errors);
  }
}

export function toProblem(code: ProblemCode, detail: string, requestId: string, errors?: FieldProblem[]): Problem {
  return {
    type: `urn:hopback:problem:${code}`,
    title: PROBLEM_TITLES[code],
    status: STATUS[code],
    detail,
    code,
    requestId,
    ...(errors ? { errors } : {}),
  };
}

/** The code for an error of a library that only has an HTTP status. */
export function codeForStatus(status: number): ProblemCode {
  const code = (Object.keys(STATUS) as ProblemCode[]).find((candidate) => STATUS[candidate] === status);
  return code ?? (status >= 500 ? 'internal_error' : 'bad_request');
}
