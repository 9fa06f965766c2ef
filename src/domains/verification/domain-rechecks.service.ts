import { Injectable } from '@nestjs/common';
import type { JobRun } from '../../platform/jobs/background-job.js';
import { JobRunner } from '../../platform/jobs/job-runner.service.js';
import { DomainRecheckQueue } from './domain-recheck-queue.repository.js';
import { DomainVerification } from './domain-verification.service.js';

const LOOK_EVERY_MS = 60_000;
const AT_ONCE = 5;
const MAX_A_LOOK = 2_000;

/**
 * Checks every verified domain once a day: a workspace that has let its hostname go must not keep it. Each process claims
 * domains that are due, which makes them not due for the others.
 */
@Injectable()
export class DomainRechecks {
  constructor(
    private readonly queue: DomainRecheckQueue,
    private readonly verification: DomainVerification,
    jobs: JobRunner,
  ) {
    jobs.register({ name: 'domain-recheck', everyMs: LOOK_EVERY_MS, run: (run) => this.checkDue(run) });
  }

  /** Checks the domains that are due, a few at a time. */
  private async checkDue(run: JobRun): Promise<void> {
    let left = MAX_A_LOOK;
    const work = async (): Promise<void> => {
      while (left-- > 0 && !run.isEnding) {
        const domain = await this.queue.claimNext();
        if (domain === undefined) return;
        await this.verification.recheck(domain);
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
  }
}
