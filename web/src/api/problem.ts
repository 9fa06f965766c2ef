/** One bad field of a request, as the API names it. */
export interface FieldProblem {
  path: string;
  code: string;
  message: string;
}

interface ProblemBody {
  code?: string;
  detail?: string;
  errors?: FieldProblem[];
  requestId?: string;
}

/** An error answer of the API (RFC 9457), or a request without an answer (status 0). */
export class ApiProblem extends Error {
  readonly code: string;
  /** One entry for each bad field. */
  readonly errors: readonly FieldProblem[];
  readonly requestId: string | undefined;

  constructor(
    readonly status: number,
    body: ProblemBody,
    /** How long to wait before the next request, in seconds, if the server says so. */
    readonly retryAfter?: number,
  ) {
    super(body.detail ?? 'Something went wrong on the server. Try again.');
    this.code = body.code ?? '';
    this.errors = body.errors ?? [];
    this.requestId = body.requestId;
  }

  /** Whether the same request may succeed later: no answer, too many requests, a fault of the server. */
  get isTemporary(): boolean {
    return this.status === 0 || this.status === 429 || this.status >= 500;
  }
}

/** The sentence to show for an error of any kind. */
export function messageOf(error: unknown): string {
  if (error instanceof ApiProblem) return error.message;
  return error instanceof Error ? error.message : String(error);
}

/**
 * The messages of an error by field, for a form: those whose field is in it, and one text for the rest.
 * @param names the fields of the form, as the API names them; `rules` also takes `rules.0.url`
 */
export function problemsByField(
  error: unknown,
  names: readonly string[],
): { fields: Record<string, string>; rest: string | null } {
  if (!(error instanceof ApiProblem) || error.errors.length === 0) return { fields: {}, rest: messageOf(error) };
  const fields: Record<string, string> = {};
  const rest: string[] = [];
  for (const { path, message } of error.errors) {
    const name = names.find((candidate) => path === candidate || path.startsWith(`${candidate}.`));
    if (name === undefined) rest.push(asSentence(message));
    else fields[name] = [fields[name], asSentence(message, name)].filter((text) => text !== undefined).join(' ');
  }
  return { fields, rest: rest.length > 0 ? rest.join(' ') : null };
}

/** `email must be an e-mail address` reads as a sentence beside its field. */
export function asSentence(message: string, name?: string): string {
  const isAboutField = name !== undefined && message.startsWith(`${name} `);
  const text = isAboutField ? `This ${message.slice(name.length + 1)}` : message;
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}${/[.!?]$/.test(text) ? '' : '.'}`;
}
