import { setImmediate } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { ClickBulkWriter } from '../clicks/click-bulk-writer.repository.js';
import { ClickIdService } from '../clicks/click-id.service.js';
import type { BackgroundJob, JobRun } from '../platform/jobs/background-job.js';
import { JobRunner } from '../platform/jobs/job-runner.service.js';
import { LOGGER } from '../platform/logging/logger.js';
import { Transactions } from '../platform/mongo/transactions.js';
import { ProcessPostback } from '../postbacks/process/process-postback.service.js';
import type { DemoFill } from './demo-fill.schema.js';
import { DemoFills } from './demo-fills.repository.js';
import { type DemoObjects, DemoObjectsService } from './demo-objects.service.js';
import { clickSeed, toStoredClick } from './rules/stored-click.js';
import { type DemoClick, makeClicks } from './rules/make-clicks.js';
import { nextBatch } from './rules/postback-batches.js';
import { type DemoClickId, type DemoPostback, PostbackMaker } from './rules/make-postbacks.js';
import { toSpooled } from './rules/spooled-request.js';
import { ownerOf } from './owner-of.js';

const LOOK_EVERY_MS = 1_000;
const MAX_FAILURES = 5;
const CLICKS_AT_ONCE = 3_000;
/** The progress of postbacks is stored after this many. */
const POSTBACKS_BETWEEN_NOTES = 100;
/** A link that no Hopback has: numbers begin at 1. */
const NO_LINK = 0;

/** Thrown where another process has taken over, or the workspace is being deleted. */
class NotOurs extends Error {}

/**
 * Fills demo workspaces. Clicks are stored in bulk; postbacks go through the pipeline of real ones. Each step can be repeated:
 * ids are the same each time, and the progress is stored with what it counts.
 */
@Injectable()
export class DemoFiller {
  private readonly job: BackgroundJob;

  constructor(
    private readonly fills: DemoFills,
    private readonly objects: DemoObjectsService,
    private readonly clickIds: ClickIdService,
    private readonly writer: ClickBulkWriter,
    private readonly postbacks: ProcessPostback,
    private readonly transactions: Transactions,
    @Inject(LOGGER) private readonly logger: Logger,
    jobs: JobRunner,
  ) {
    this.job = jobs.register({ name: 'demo-filling', everyMs: LOOK_EVERY_MS, run: (run) => this.runAll(run) });
  }

  wake(): void {
    this.job.wake();
  }

  private async runAll(run: JobRun): Promise<void> {
    while (!run.isEnding) {
      const fill = await this.fills.claimNext();
      if (fill === undefined) return;
      await this.resume(fill, run);
    }
  }

  private async resume(fill: DemoFill, run: JobRun): Promise<void> {
    const { workspaceId } = fill;
    try {
      if (await this.fill(fill, run)) {
        await this.fills.release(fill._id, { $set: { state: 'ready' } });
        this.logger.info({ workspaceId }, 'demo workspace filled');
      } else {
        await this.fills.release(fill._id);
      }
    } catch (error) {
      if (error instanceof NotOurs || (await this.fills.find(workspaceId)) === undefined) return;
      const failures = fill.failures + 1;
      const state = failures >= MAX_FAILURES ? 'failed' : 'filling';
      await this.fills.release(fill._id, { $set: { failures, state } });
      throw error;
    }
  }

  /** @returns false when the process ends before all is stored. */
  private async fill(fill: DemoFill, run: JobRun): Promise<boolean> {
    const { workspaceId, userId, userName, until } = fill;
    const owner = ownerOf(
      workspaceId,
      { userId, name: userName },
      { ip: '127.0.0.1', requestId: `demo-${workspaceId}` },
    );
    const objects = await this.objects.ensure(owner, until);
    const postbacks = await this.plan(fill);
    if (!(await this.storeClicks(fill, objects, run))) return false;
    return this.sendPostbacks(fill, objects, postbacks, run);
  }

  /** Makes everything once to know its amount, and returns the postbacks. It yields to requests, as it takes a while. */
  private async plan({ _id, until }: DemoFill): Promise<DemoPostback[]> {
    const maker = new PostbackMaker(SEED, until);
    let clicks = 0;
    for (const hour of makeClicks(SEED, until)) {
      for (const click of hour) maker.add(click);
      clicks += hour.length;
      await setImmediate();
    }
    const postbacks = maker.all();
    await this.extend(_id, { total: clicks + postbacks.length });
    return postbacks;
  }

  private async storeClicks(fill: DemoFill, objects: DemoObjects, run: JobRun): Promise<boolean> {
    let batch: DemoClick[] = [];
    let stored = fill.clicks;
    const store = async (): Promise<void> => {
      await this.storeBatch({ ...fill, clicks: stored }, objects, batch);
      stored += batch.length;
      batch = [];
    };
    for (const hour of makeClicks(SEED, fill.until)) {
      batch.push(...hour.filter(({ number }) => number >= stored));
      if (batch.length >= CLICKS_AT_ONCE) await store();
      if (run.isEnding) return false;
      await setImmediate();
    }
    if (batch.length > 0) await store();
    return true;
  }

  /** Stores clicks; then one transaction counts them and notes the progress. */
  private async storeBatch(fill: DemoFill, objects: DemoObjects, batch: readonly DemoClick[]): Promise<void> {
    const { workspaceId } = fill;
    const clicks = batch.map((click) => {
      const clickId = this.clickIdOf(fill, objects, click);
      return toStoredClick(click, { workspaceId, clickId, linkId: objects.links[click.link]?._id ?? '' });
    });
    const stored = await this.writer.insert(clicks);
    await this.transactions.run(async (tx) => {
      if (!(await this.fills.countClicks(fill, batch.length, tx))) throw new NotOurs();
      await this.writer.count(stored, tx);
    });
  }

  private async sendPostbacks(
    fill: DemoFill,
    objects: DemoObjects,
    postbacks: readonly DemoPostback[],
    run: JobRun,
  ): Promise<boolean> {
    let done = fill.postbacks;
    let noted = done;
    while (done < postbacks.length) {
      if (run.isEnding) return false;
      const batch = nextBatch(postbacks, done);
      await Promise.all(batch.map((postback, i) => this.send(fill, objects, postback, done + i)));
      done += batch.length;
      if (done - noted < POSTBACKS_BETWEEN_NOTES && done < postbacks.length) continue;
      await this.extend(fill._id, { postbacks: done, failures: 0 });
      noted = done;
    }
    return true;
  }

  private send(fill: DemoFill, objects: DemoObjects, postback: DemoPostback, number: number): Promise<void> {
    const text = this.textOf(fill, objects, postback.clickId);
    const network = objects.networks[postback.network];
    return this.postbacks.processSpooled(toSpooled(postback, { number, network, text }));
  }

  private textOf(fill: DemoFill, objects: DemoObjects, clickId: DemoClickId): string {
    switch (clickId.kind) {
      case 'click':
        return this.clickIdOf(fill, objects, clickId.click);
      case 'forged': {
        const id = this.clickIdOf(fill, objects, clickId.click);
        return `${id.slice(0, -1)}${id.endsWith('0') ? '1' : '0'}`;
      }
      case 'test':
        return this.clickIds.mintTest(objects.links[clickId.link]?.number ?? NO_LINK);
      case 'unknown':
        return this.clickIds.mint(NO_LINK, fill.until.getTime());
      case 'text':
        return clickId.text;
    }
  }

  private clickIdOf({ workspaceId }: DemoFill, { links }: Pick<DemoObjects, 'links'>, click: DemoClick): string {
    const number = links[click.link]?.number ?? NO_LINK;
    return this.clickIds.mintSeeded(number, click.at.getTime(), clickSeed(workspaceId, click.number));
  }

  private async extend(id: string, fields: Partial<DemoFill>): Promise<void> {
    if (!(await this.fills.extend(id, { $set: fields }))) throw new NotOurs();
  }
}

/** The same in every demo workspace, so that all show the same story. */
const SEED = 'hopback';
