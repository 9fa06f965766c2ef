import type { CharsetChoice } from './charset.js';

export type CsvProblem =
  | 'field_too_long'
  | 'record_too_long'
  | 'too_many_fields'
  | 'unclosed_quote'
  | 'stray_quote'
  | 'not_utf8'
  | 'wrong_charset'
  | 'unclear_charset'
  | 'not_text';

const MESSAGES: Record<CsvProblem, string> = {
  field_too_long: 'a field is longer than allowed; perhaps a quote is not closed',
  record_too_long: 'the record is longer than allowed; perhaps a quote is not closed',
  too_many_fields: 'there are more fields than allowed',
  unclosed_quote: 'a quoted field that begins here is never closed',
  stray_quote: 'after a quoted field there must be a separator or the end of the line; a quote within it is written ""',
  not_utf8: 'the text is not UTF-8, and nothing says what it is',
  wrong_charset: 'the text is not in the character set that was named',
  unclear_charset: 'the text is valid UTF-8, but its network has another character set',
  not_text: 'this is no CSV text',
};

export interface CsvErrorDetails {
  /** A message that replaces the usual one. */
  message?: string;
  /** Possible character sets of the text. */
  choices?: CharsetChoice[];
}

/** The text is not valid CSV. Reading ends here, because the rest cannot be trusted either. */
export class CsvError extends Error {
  readonly choices: CharsetChoice[] | undefined;

  constructor(
    readonly code: CsvProblem,
    readonly line: number,
    { message = MESSAGES[code], choices }: CsvErrorDetails = {},
  ) {
    super(`line ${line}: ${message}${offer(choices)}`);
    this.name = 'CsvError';
    this.choices = choices;
  }
}

/** Maximum number of character sets in a message; `choices` has all of them. */
const MAX_OFFERED = 5;

function offer(choices: readonly CharsetChoice[] = []): string {
  if (choices.length === 0) return '';
  const list = choices
    .slice(0, MAX_OFFERED)
    .map(({ value, example }) => `${value} reads "${example}"`)
    .join(', ');
  return `; name it with ?charset=: ${list}`;
}
