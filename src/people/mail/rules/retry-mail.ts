import { toOneLine } from '../templates/mail-text.js';

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;

/** The pauses between the attempts to send a mail. After the last one, the mail has failed. */
export const RETRY_PAUSES_MS: readonly number[] = [
  10 * SECOND_MS,
  MINUTE_MS,
  5 * MINUTE_MS,
  30 * MINUTE_MS,
  2 * HOUR_MS,
  6 * HOUR_MS,
];

/** Commands by which a server answers about the receiver or the mail. Its other answers concern the connection. */
const OF_THE_MAIL: ReadonlySet<string> = new Set(['RCPT TO', 'DATA']);
/** Answers to any command that ask for a sign-in or TLS: the settings are wrong, not the mail. */
const OF_THE_SETTINGS: ReadonlySet<number> = new Set([503, 530, 534, 535, 538]);

/** The reason of a failed attempt, with the fields of nodemailer's errors. */
export interface SendFailure {
  message: string;
  /** Such as `ECONNECTION`, `ETLS`, `EAUTH` or `EENVELOPE`. */
  code?: string | undefined;
  /** The answer of the server: 4xx for now, 5xx for good. */
  responseCode?: number | undefined;
  /** The command that was answered, such as `RCPT TO`. */
  command?: string | undefined;
}

/** Whether a repeat cannot succeed, because the server has refused the receiver or the content for good. */
export function isMailRefused({ code, responseCode, command = '' }: SendFailure): boolean {
  if (responseCode === undefined) return code === 'EENVELOPE';
  return responseCode >= 500 && OF_THE_MAIL.has(command) && !OF_THE_SETTINGS.has(responseCode);
}

/** Whether the mail server could not be used at all, so that every other mail fails as well. */
export function isServerFailure({ code, responseCode, command = '' }: SendFailure): boolean {
  return responseCode === undefined ? code !== 'EENVELOPE' : !OF_THE_MAIL.has(command);
}

/**
 * When to send the mail again; its end at the latest, when it is removed from the queue.
 * @param failures attempts that have failed, with the last one.
 * @returns `undefined` after the last attempt.
 */
export function nextAttempt(failures: number, now: Date, expiresAt: Date): Date | undefined {
  const pauseMs = RETRY_PAUSES_MS[failures - 1];
  return pauseMs === undefined ? undefined : new Date(Math.min(now.getTime() + pauseMs, expiresAt.getTime()));
}

const MAX_ERROR_CHARS = 500;

/** The reason of a failure as it is stored and logged: one line without these secrets, which servers may repeat. */
export function describeFailure({ message, code }: SendFailure, secrets: readonly string[]): string {
  let text = message;
  for (const secret of secrets) if (secret !== '') text = text.replaceAll(secret, '***');
  text = toOneLine(text);
  const named = code === undefined || text.includes(code) ? text : `${text} (${code})`;
  return named.slice(0, MAX_ERROR_CHARS);
}
