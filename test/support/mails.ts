import type { Logger } from 'pino';
import { vi } from 'vitest';
import type { Mail } from '../../src/people/mail/mail.schema.js';
import { type EnqueuedMail, Mailer } from '../../src/people/mail/mailer.service.js';
import type { MailValues } from '../../src/people/mail/templates/render-mail.js';
import { LOGGER } from '../../src/platform/logging/logger.js';
import { eventually } from './eventually.js';
import type { TestApp } from './test-app.js';

export const MAIL_FROM = 'Brand & Söhne <links@brand.example>';
export const DAY_MS = 86_400_000;
let number = 0;
/** An address that no other test uses. */
export const someAddress = (): string => `person-${++number}@people.example`;

export const mailsOf = (app: TestApp) => app.connection.collection<Mail>('mails');
export const storedTo = (app: TestApp, to: string): Promise<Mail | null> => mailsOf(app).findOne({ to });
/** The mail once it is no longer waiting. */
export const finished = async (app: TestApp, to: string): Promise<Mail> =>
  (await eventually(
    () => storedTo(app, to),
    (mail) => mail !== null && mail.state !== 'waiting',
  )) as Mail;
/** The mail once this many attempts have failed and the next one waits. */
export const failedTimes = async (app: TestApp, to: string, failures: number): Promise<Mail> =>
  (await eventually(
    () => storedTo(app, to),
    (mail) => mail?.failures === failures,
  )) as Mail;

/** Ends the pause of a mail. */
export async function makeDue(app: TestApp, to: string): Promise<void> {
  await mailsOf(app).updateOne({ to, state: 'waiting' }, { $set: { dueAt: new Date() } });
  await app.job('mail-sending').runNow();
}

type Invitation = Partial<MailValues['invitation']> & { token?: string };

export function invite(
  app: TestApp,
  to: string,
  { token = 'token-4711-0815', ...more }: Invitation = {},
  expiresAt?: Date,
): Promise<EnqueuedMail> {
  const mailer = app.app.get(Mailer);
  const values = {
    workspaceName: 'Brand',
    inviterName: 'Ann',
    role: 'editor',
    link: mailer.createLink(`/app/invitation#${token}`),
    validUntil: new Date(Date.now() + DAY_MS),
    ...more,
  };
  return mailer.enqueue({ kind: 'invitation', to, values, ...(expiresAt && { expiresAt }) });
}

/** Lines of a level, as `text {fields}`. */
export function linesOf(app: TestApp, level: 'error' | 'warn' | 'info'): () => string[] {
  const spy = vi.spyOn(app.app.get<Logger>(LOGGER), level);
  return () => spy.mock.calls.map((call: unknown[]) => JSON.stringify(call));
}

/** Waits for a line, because it is written after the result is stored. */
export const lineWith = async (lines: () => string[], text: string): Promise<string> =>
  (await eventually(
    () => lines().find((line) => line.includes(text)),
    (line) => line !== undefined,
  )) as string;
