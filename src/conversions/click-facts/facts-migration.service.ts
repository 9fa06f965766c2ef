import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { ClicksRepository } from '../../clicks/clicks.repository.js';
import { groupBy } from '../../platform/collections/group-by.js';
import type { JobRun } from '../../platform/jobs/background-job.js';
import { JobRunner } from '../../platform/jobs/job-runner.service.js';
import { LOGGER } from '../../platform/logging/logger.js';
import type { WorkspaceId } from '../../platform/tenancy/workspace-id.js';
import { ConversionsRepository } from '../conversions.repository.js';
import { type ConvertedClick, isComplete, readConvertedClicks } from './click-facts.js';
import { ConversionScanReadModel, type ScannedConversion } from './conversion-scan.read-model.js';
import { FactsMigrationStateRepository } from './facts-migration-state.repository.js';

const ASK_EVERY_MS = 60_000;
const BATCH = 500;
const AT_ONCE = 10;
/** The second pass is for instances of the earlier version that still run during the first one. */
const PASSES = 2;
const NEXT_PASS_AFTER_MS = 86_400_000;

/**
 * Completes the facts of conversions that an earlier version stored, from their clicks. Facts whose click is gone stay as they
 * are. One process at a time works through all conversions, twice in the life of a database. If it is killed, another process
 * resumes at the stored position.
 */
@Injectable()
export class FactsMigration {
  private isFinished = false;

  constructor(
    private readonly state: FactsMigrationStateRepository,
    private readonly scanned: ConversionScanReadModel,
    private readonly conversions: ConversionsRepository,
    private readonly clicks: ClicksRepository,
    @Inject(LOGGER) private readonly logger: Logger,
    jobs: JobRunner,
  ) {
    const job = jobs.register({
      name: 'conversion-facts-migration',
      everyMs: ASK_EVERY_MS,
      run: (run) => this.runDuePass(run),
    });
    job.wake();
  }

  private async runDuePass(run: JobRun): Promise<void> {
    if (this.isFinished) return;
    const pass = await this.state.claimDuePass();
    if (pass === undefined) {
      this.isFinished = await this.state.isFinished();
      return;
    }
    let completed = 0;
    for (let { after } = pass; ;) {
      const batch = await this.scanned.batch(after, BATCH);
      completed += await this.completeBatch(batch);
      if (batch.length < BATCH) break;
      after = batch.at(-1)?._id ?? after;
      if (!(await this.state.advance(after)) || run.isEnding) return;
    }
    const isLast = pass.passes + 1 >= PASSES;
    await this.state.endPass(isLast ? null : new Date(Date.now() + NEXT_PASS_AFTER_MS));
    if (completed > 0)
      this.logger.info({ completed }, 'conversions of earlier versions have all facts of their clicks');
  }

  private async completeBatch(batch: readonly ScannedConversion[]): Promise<number> {
    const isIncomplete = ({ clickId, facts, factsDue }: ScannedConversion) =>
      clickId !== null && factsDue === undefined && !isComplete(facts);
    let count = 0;
    for (const [workspaceId, ofWorkspace] of groupBy(batch.filter(isIncomplete), (one) => one.workspaceId)) {
      const clicksById = await readConvertedClicks(this.clicks, workspaceId, ofWorkspace);
      const found = ofWorkspace.filter(({ clickId }) => clicksById.has(clickId ?? ''));
      for (let i = 0; i < found.length; i += AT_ONCE) {
        await Promise.all(found.slice(i, i + AT_ONCE).map((one) => this.complete(workspaceId, one, clicksById)));
      }
      count += found.length;
    }
    return count;
  }

  /** A conversion without any facts may be of a prefetch, so it is left to click-facts.service.ts. */
  private async complete(
    workspaceId: WorkspaceId,
    { _id, clickId, facts }: ScannedConversion,
    clicksById: Map<string, ConvertedClick>,
  ): Promise<void> {
    const asSeen = { _id, clickId, 'facts.inApp': { $exists: false }, factsDue: { $exists: false } };
    const hasFacts = facts !== undefined && facts !== null;
    await this.conversions.updateOne(
      workspaceId,
      { ...asSeen, facts: hasFacts ? { $ne: null } : null },
      { $set: hasFacts ? { facts: clicksById.get(clickId ?? '')?.facts } : { factsDue: new Date() } },
    );
  }
}
