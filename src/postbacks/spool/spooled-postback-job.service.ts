import { type BeforeApplicationShutdown, Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import type { BackgroundJob, JobRun } from '../../platform/jobs/background-job.js';
import { JobRunner } from '../../platform/jobs/job-runner.service.js';
import { LOGGER } from '../../platform/logging/logger.js';
import { Metrics } from '../../platform/metrics/metrics.js';
import { MongoHealth } from '../../platform/mongo/mongo-health.service.js';
import { ProcessPostback } from '../process/process-postback.service.js';
import { fateOf } from './fate-of-error.js';
import { PostbackDrainer } from './postback-drainer.js';
import { PostbackSpool } from './postback-spool.service.js';

const LOOK_EVERY_MS = 1_000;
/** Longer than applying a request can take, so the spool is not closed during it. */
const SHUTDOWN_PATIENCE_MS = 20_000;

/** Applies spooled postbacks when MongoDB is back. */
@Injectable()
export class SpooledPostbackJob implements BeforeApplicationShutdown {
  private readonly drainer: PostbackDrainer;
  private readonly job: BackgroundJob;

  constructor(
    @Inject(LOGGER) logger: Logger,
    private readonly spool: PostbackSpool,
    private readonly mongo: MongoHealth,
    postbacks: ProcessPostback,
    metrics: Metrics,
    jobs: JobRunner,
  ) {
    const { quarantine } = spool;
    const apply = postbacks.processSpooled.bind(postbacks);
    this.drainer = new PostbackDrainer({ apply, fateOf, quarantine, logger });
    this.job = jobs.register({
      name: 'postback-spool',
      everyMs: LOOK_EVERY_MS,
      run: (run) => this.applyWaiting(run),
      shutdownPatienceMs: SHUTDOWN_PATIENCE_MS,
    });
    metrics.observeCounter(
      'hopback_postbacks_quarantined_total',
      'Spooled postbacks in quarantine, because they can never be applied',
      () => this.drainer.figures.quarantined,
    );
    metrics.observeCounter(
      'hopback_postbacks_lost_total',
      'Spooled postbacks that could neither be applied nor quarantined; the log has their ids',
      () => this.drainer.figures.lost,
    );
  }

  /** Applies waiting postbacks now. */
  applyNow(): Promise<void> {
    return this.job.runNow();
  }

  /** All requests were answered before this (see Serving.close). */
  async beforeApplicationShutdown(): Promise<void> {
    await this.job.stop();
    await this.spool.close();
  }

  private async applyWaiting({ signal }: JobRun): Promise<void> {
    const { drainer, spool } = this;
    if (spool.folders.length === 0 || !this.mongo.isAnswering) return;
    const stop = (): void => drainer.stop();
    signal.addEventListener('abort', stop);
    await drainer.drain(spool.folders).finally(() => signal.removeEventListener('abort', stop));
  }
}
