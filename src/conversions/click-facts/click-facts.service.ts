import { Injectable } from '@nestjs/common';
import { ClicksRepository } from '../../clicks/clicks.repository.js';
import { ConvertedPrefetches } from '../../clicks/converted-prefetches.service.js';
import { groupBy } from '../../platform/collections/group-by.js';
import type { JobRun } from '../../platform/jobs/background-job.js';
import { JobRunner } from '../../platform/jobs/job-runner.service.js';
import type { WorkspaceId } from '../../platform/tenancy/workspace-id.js';
import { type ConvertedClick, readConvertedClicks } from './click-facts.js';
import { ConversionsRepository } from '../conversions.repository.js';
import { type WaitingConversion, WaitingConversions } from './waiting-conversions.read-model.js';

const LOOK_EVERY_MS = 1_000;
const BATCH = 200;
const AT_ONCE = 10;

// src/conversions/click-facts: the facts that conversions copy from their clicks. click-facts.ts names and reads them.
// This file completes conversions whose click was stored later; facts-migration.service.ts those of earlier versions. Start
// here.

/**
 * Completes conversions that arrived before their click was stored, and conversions of prefetches. A prefetch that
 * converts becomes a human click before its conversion is completed. If the process is killed in between, both are
 * repeated. Several processes may do this at once: each writes the same values, and only where they are missing.
 *
 * No concurrent change is lost. MongoDB does not commit a transaction over a document that has changed since the
 * transaction began, and the transaction is repeated. A write here waits for a transaction that has written.
 */
@Injectable()
export class ClickFactsService {
  /** Where the scan of the older conversions continues. */
  private position: WaitingConversion | undefined;

  constructor(
    private readonly waiting: WaitingConversions,
    private readonly conversions: ConversionsRepository,
    private readonly clicks: ClicksRepository,
    private readonly prefetches: ConvertedPrefetches,
    jobs: JobRunner,
  ) {
    jobs.register({
      name: 'conversion-click-facts',
      everyMs: LOOK_EVERY_MS,
      run: (run) => this.completeAll(run),
    });
  }

  /**
   * Checks the newest conversions each time, and one batch of the others in turn; more only while it finds clicks.
   * Many conversions never find a click, such as imported ones of deleted clicks. They must not cause constant queries.
   */
  private async completeAll(run: JobRun): Promise<void> {
    let found: number;
    do {
      const newest = await this.waiting.newest(BATCH);
      found = await this.complete(newest);
      if (newest.length < BATCH) return;
    } while (found > 0 && !run.isEnding);
    do {
      const next = await this.waiting.oldest(BATCH, this.position);
      this.position = next.length < BATCH ? undefined : next.at(-1);
      found = await this.complete(next);
    } while (found > 0 && this.position !== undefined && !run.isEnding);
  }

  /** @returns how many of them no longer wait. */
  private async complete(waiting: WaitingConversion[]): Promise<number> {
    let count = 0;
    for (const [workspaceId, ofWorkspace] of groupBy(waiting, (one) => one.workspaceId)) {
      count += await this.completeIn(workspaceId, ofWorkspace);
    }
    return count;
  }

  private async completeIn(workspaceId: WorkspaceId, waiting: WaitingConversion[]): Promise<number> {
    const clicksById = await readConvertedClicks(this.clicks, workspaceId, waiting);
    await this.makeHuman(workspaceId, clicksById);
    const now = new Date();
    const due = waiting.filter(({ clickId, factsDue }) => clicksById.has(clickId ?? '') || factsDue < now);
    for (let i = 0; i < due.length; i += AT_ONCE) {
      await Promise.all(
        due.slice(i, i + AT_ONCE).map(({ _id, clickId }) => {
          const facts = clicksById.get(clickId ?? '')?.facts;
          const changes = { $unset: { factsDue: 1 as const }, ...(facts && { $set: { facts } }) };
          return this.conversions.updateOne(workspaceId, { _id, clickId, factsDue: { $exists: true } }, changes);
        }),
      );
    }
    return due.length;
  }

  private async makeHuman(workspaceId: WorkspaceId, clicks: ReadonlyMap<string, ConvertedClick>): Promise<void> {
    const prefetches = [...clicks].flatMap(([clickId, { isPrefetch }]) => (isPrefetch ? [clickId] : []));
    await this.prefetches.markHuman(workspaceId, prefetches);
  }
}
