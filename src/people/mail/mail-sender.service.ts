import { setTimeout as sleep } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import type { Counter } from 'prom-client';
import type { BackgroundJob, JobRun } from '../../platform/jobs/background-job.js';
import { JobRunner } from '../../platform/jobs/job-runner.service.js';
import { LOGGER } from '../../platform/logging/logger.js';
import { OutageLog } from '../../platform/logging/outage-log.js';
import { Metrics } from '../../platform/metrics/metrics.js';
import { type ClaimedMail, MailQueue } from './mail-queue.repository.js';
import { MailTransport } from './mail-transport.service.js';
import { describeFailure, isMailRefused, isServerFailure, nextAttempt, type SendFailure } from './rules/retry-mail.js';
import { MAIL_TEMPLATES } from './templates/render-mail.js';

const LOOK_EVERY_MS = 1_000;
const MAX_AT_ONCE = 4;
/** How long the end of the process waits for mails under way, before and after it breaks them off. */
const FINISH_MS = 3_000;
const STORE_MS = 2_000;
const STORE_AGAIN_AFTER_MS = 1_000;

const OUTCOMES = ['sent', 'retried', 'failed', 'expired'] as const;
type Outcome = (typeof OUTCOMES)[number];

const OUTAGE = {
  begins: 'mail server cannot be used; mails wait and will be tried again. Check SMTP_URL if this continues',
  ends: 'mail server can be used again',
} as const;

/**
 * Sends the mails of the queue in the background, a few at once. A mail that fails is tried again with growing pauses. Each
 * mail is claimed by one process; a killed process leaves the mails that it was sending to the next claim.
 */
@Injectable()
export class MailSender {
  private readonly job: BackgroundJob;
  private readonly mails: Counter<'outcome'>;
  private readonly outage: OutageLog;
  private readonly underWay = new Set<Promise<void>>();
  private readonly ending = new AbortController();

  constructor(
    private readonly queue: MailQueue,
    private readonly transport: MailTransport,
    @Inject(LOGGER) private readonly logger: Logger,
    metrics: Metrics,
    jobs: JobRunner,
  ) {
    this.mails = metrics.counter('hopback_mails_total', 'Mails by what became of an attempt to send them', ['outcome']);
    for (const outcome of OUTCOMES) this.mails.inc({ outcome }, 0);
    this.outage = new OutageLog(logger, OUTAGE);
    this.job = jobs.register({
      name: 'mail-sending',
      everyMs: LOOK_EVERY_MS,
      run: (run) => this.startDue(run),
      atShutdown: () => this.finishUnderWay(),
      shutdownPatienceMs: FINISH_MS + STORE_MS,
    });
  }

  /** Looks for due mails now. */
  wake(): void {
    this.job.wake();
  }

  /** Starts mails and does not wait for them: one that hangs must not delay others. */
  private async startDue(run: JobRun): Promise<void> {
    // Without a mail server, mails of earlier settings still lose their content when they expire.
    const isExpired = !this.transport.isConfigured;
    while (!run.isEnding && this.underWay.size < MAX_AT_ONCE) {
      const mail = await this.queue.claimNext({ isExpired });
      if (mail === undefined) return;
      const work = this.process(mail)
        .catch((error: unknown) =>
          this.logger.warn(logFields(mail, { err: error }), 'result of a mail could not be stored'),
        )
        .finally(() => {
          this.underWay.delete(work);
          this.job.wake();
        });
      this.underWay.add(work);
    }
  }

  private async finishUnderWay(): Promise<void> {
    setTimeout(() => this.ending.abort(), FINISH_MS).unref();
    await Promise.all(this.underWay);
  }

  private async process(mail: ClaimedMail): Promise<void> {
    if (mail.expiresAt <= new Date()) return this.expire(mail);
    try {
      await this.transport.send(mail, this.ending.signal);
    } catch (error) {
      return this.ending.signal.aborted ? this.release(mail) : this.handleFailure(mail, error as SendFailure);
    }
    this.outage.noteSuccess();
    await this.finish(mail, 'sent', null);
    this.logger.debug(logFields(mail), 'mail sent');
  }

  private async handleFailure(mail: ClaimedMail, failure: SendFailure): Promise<void> {
    const error = describeFailure(failure, [...this.transport.secrets, ...linksOf(mail)]);
    const failures = mail.failures + 1;
    const dueAt = nextAttempt(failures, new Date(), mail.expiresAt);
    if (isServerFailure(failure)) this.outage.noteFailure(new Error(error), logFields(mail));
    else this.outage.noteSuccess();
    if (isMailRefused(failure) || dueAt === undefined) {
      await this.finish(mail, 'failed', error);
      const text = isMailRefused(failure)
        ? 'mail refused by the mail server; check the address, then send it again'
        : 'mail given up after its last attempt; check SMTP_URL, then send it again';
      this.logger.error(logFields(mail, { failures, reason: error }), text);
      return;
    }
    await this.store(mail, () => this.queue.postpone(mail, { dueAt, failures, error }));
    this.mails.inc({ outcome: 'retried' });
    this.logger.info(logFields(mail, { failures, reason: error, dueAt }), 'mail not accepted yet; will be tried again');
  }

  private async expire(mail: ClaimedMail): Promise<void> {
    await this.finish(mail, 'expired', mail.error);
    this.logger.warn(logFields(mail, { reason: mail.error }), 'mail not sent in time; it must be requested again');
  }

  /** For a mail that was broken off by the end of the process. */
  private async release(mail: ClaimedMail): Promise<void> {
    const { failures, error } = mail;
    await this.queue.postpone(mail, { dueAt: new Date(), failures, error });
  }

  private async finish(mail: ClaimedMail, outcome: Exclude<Outcome, 'retried'>, error: string | null): Promise<void> {
    const failures = mail.failures + (outcome === 'failed' ? 1 : 0);
    await this.store(mail, () => this.queue.finish(mail, { state: outcome, failures, error }));
    this.mails.inc({ outcome });
  }

  /** Stores a result, also after a short outage of MongoDB: a result that is lost means that the mail is sent again. */
  private async store(mail: ClaimedMail, write: () => Promise<boolean>): Promise<void> {
    for (;;) {
      try {
        await write();
        return;
      } catch (error) {
        const isTooLate = this.ending.signal.aborted || Date.now() + STORE_AGAIN_AFTER_MS > mail.dueAt.getTime();
        if (isTooLate) throw error;
        await sleep(STORE_AGAIN_AFTER_MS);
      }
    }
  }
}

function logFields({ _id, kind, to }: ClaimedMail, more: Record<string, unknown> = {}): Record<string, unknown> {
  return { mailId: _id, mail: MAIL_TEMPLATES[kind].name, to, ...more };
}

/** The secret link, and its secret part. */
function linksOf({ content: { link } }: ClaimedMail): string[] {
  return link === null ? [] : [link, link.slice(link.indexOf('#') + 1)];
}
