import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import type { JobRun } from '../../platform/jobs/background-job.js';
import { JobRunner } from '../../platform/jobs/job-runner.service.js';
import { LOGGER } from '../../platform/logging/logger.js';
import { UrlPolicy } from '../../platform/urls/url-policy.service.js';
import { LinkCache } from '../cache/link-cache.service.js';
import { LinkUrlPolicy } from '../write/link-url-policy.service.js';
import { LinksRepository } from '../links.repository.js';
import { LinkScanReadModel, type ScannedLink } from './link-scan.read-model.js';
import { LinkScanStateRepository } from './link-scan-state.repository.js';

const CHECK_EVERY_MS = 1_000;
/** Period of asking MongoDB for a due scan while the rules do not change. */
const ASK_EVERY_MS = 60_000;
const SCAN_EVERY_MS = 24 * 3_600_000;
const BATCH = 1_000;

/**
 * Checks all links again daily, and when the blocklist or the allowed schemes have changed. A link to a forbidden
 * destination is suspended until its destination is allowed. One process at a time scans; another one resumes the scan
 * if that process is killed.
 */
@Injectable()
export class LinkScan {
  private doneVersion = '';
  private askedAt = 0;

  constructor(
    private readonly urlPolicy: UrlPolicy,
    private readonly linkUrlPolicy: LinkUrlPolicy,
    private readonly scanned: LinkScanReadModel,
    private readonly state: LinkScanStateRepository,
    private readonly links: LinksRepository,
    private readonly cache: LinkCache,
    @Inject(LOGGER) private readonly logger: Logger,
    jobs: JobRunner,
  ) {
    jobs.register({ name: 'link-scan', everyMs: CHECK_EVERY_MS, run: (run) => this.scanIfDue(run) });
  }

  private async scanIfDue(run: JobRun): Promise<void> {
    const now = Date.now();
    const { version } = this.urlPolicy;
    if (version === this.doneVersion && now - this.askedAt < ASK_EVERY_MS) return;
    this.askedAt = now;
    const after = await this.state.claimDueScan(version, new Date(now - SCAN_EVERY_MS));
    if (after !== undefined) await this.scan(version, after, run);
    this.doneVersion = version; // done here, or claimed by another process
  }

  private async scan(version: string, from: string, run: JobRun): Promise<void> {
    for (let after = from; !run.isEnding;) {
      const batch = await this.scanned.batch(after, BATCH);
      for (const link of batch) await this.checkAgain(link);
      after = batch.at(-1)?._id ?? after;
      const isDone = batch.length < BATCH;
      const isOurs = await this.state.advance({ version, after, finishedAt: isDone ? new Date() : null });
      if (isDone || !isOurs || version !== this.urlPolicy.version) return;
    }
  }

  private async checkAgain(seen: ScannedLink): Promise<void> {
    for (let link: ScannedLink | undefined = seen; link !== undefined;) {
      const { workspaceId, _id, updatedAt } = link;
      const now = new Date();
      const change = this.linkUrlPolicy.suspension(link, now);
      if (change.suspended === undefined) return;
      const isSuspended = change.suspended !== null;
      const asSeen = { _id, updatedAt, live: true };
      if (await this.links.updateOne(workspaceId, asSeen, { $set: { ...change, updatedAt: now } })) {
        this.logger.info({ linkId: _id, isSuspended }, isSuspended ? 'link suspended' : 'link no longer suspended');
        await this.cache.invalidate(link.hostname, ...link.slugKeys);
        return;
      }
      // The link was changed meanwhile, perhaps by a process that has not read the new blocklist yet.
      link = await this.links.findOne(workspaceId, { _id, live: true });
    }
  }
}
