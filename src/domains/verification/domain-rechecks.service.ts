import { Injectable } from '@nestjs/common';
import type { JobRun } from '../../platform/jobs/background-job.js';
import { JobRunner } from '../../platform/jobs/job-runner.service.js';
import { DomainRecheckQueue } from './domain-recheck-queue.repository.js';
import { DomainVerification } from './domain-verification.service.js';

const CHECK_EVERY_MS = 60_000;
const CONCURRENCY = 5;
const MAX_PER_RUN = 2_000;

/**
 * Checks every verified domain once a day, so that a workspace loses a hostname that it has given up.
 * Each process claims the domains that are due.
 */
@Injectable()
export class DomainRechecks {
  constructor(
    private readonly queue: DomainRecheckQueue,
    private readonly verification: DomainVerification,
    jobs: JobRunner,
  ) {
    jobs.register({ name: 'domain-recheck', everyMs: CHECK_EVERY_MS, run: (run) => this.checkDue(run) });
  }

  private async checkDue(run: JobRun): Promise<void> {
    let left = MAX_PER_RUN;
    const work = async (): Promise<void> => {
      while (left-- > 0 && !run.isEnding) {
        const domain = await this.queue.claimNext();
        if (domain === undefined) return;
        await this.verification.recheck(domain);
      }
    };
    await Promise.all(Array.from({ length: CONCURRENCY }, work));
  }
}
