import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import type { Network } from '../../networks/network.schema.js';
import type { BackgroundJob, JobRun } from '../../platform/jobs/background-job.js';
import { JobRunner } from '../../platform/jobs/job-runner.service.js';
import { released } from '../../platform/jobs/lease.js';
import { LOGGER } from '../../platform/logging/logger.js';
import { isRefused } from '../../platform/mongo/mongo-errors.js';
import type { Within } from '../../platform/mongo/tenant.repository.js';
import { toQuery } from '../log/postback-filter.js';
import { PostbackPreviewer } from '../debugger/postback-previewer.service.js';
import { whyNotReplayable } from '../rules/replayable.js';
import type { Postback } from '../postback.schema.js';
import { PostbacksRepository } from '../postbacks.repository.js';
import { BulkReplayQueue } from './bulk-replay-queue.repository.js';
import type { BulkReplay } from './bulk-replay.schema.js';
import { BulkReplaysRepository } from './bulk-replays.repository.js';
import { ReprocessPostback } from './reprocess-postback.service.js';

const LOOK_EVERY_MS = 2_000;
const BATCH = 50;
/** After this many batches, the bulk replay that has waited the longest is next. */
const BATCHES_A_TURN = 20;
const SKIPPED = 'skipped';

/**
 * Runs bulk replays, oldest entries first. The position is stored after each batch. If this process is killed, another one
 * continues from there. A batch that is run twice changes nothing the second time.
 */
@Injectable()
export class BulkReplayRunner {
  private readonly job: BackgroundJob;

  constructor(
    private readonly queue: BulkReplayQueue,
    private readonly replays: BulkReplaysRepository,
    private readonly postbacks: PostbacksRepository,
    private readonly reprocessing: ReprocessPostback,
    private readonly previewer: PostbackPreviewer,
    @Inject(LOGGER) private readonly logger: Logger,
    jobs: JobRunner,
  ) {
    this.job = jobs.register({ name: 'bulk-replay', everyMs: LOOK_EVERY_MS, run: (run) => this.runAll(run) });
  }

  /** Called after a bulk replay was created. */
  wake(): void {
    this.job.wake();
  }

  private async runAll(run: JobRun): Promise<void> {
    while (!run.isEnding) {
      const replay = await this.queue.claimNext();
      if (replay === undefined) return;
      await this.runTurn(replay, run);
    }
  }

  private async runTurn(claimed: BulkReplay, run: JobRun): Promise<void> {
    let replay: BulkReplay | undefined = claimed;
    for (let batch = 1; replay?.state === 'running'; batch++) {
      // A process that ends releases it, so that another one can continue at once.
      replay = await this.runBatch(replay, () => batch === BATCHES_A_TURN || run.isEnding);
    }
  }

  /**
   * @param isLast called after the batch. If true, the lease is released, and replays that wait already come first.
   * @returns the stored replay; `undefined` if this process no longer holds it.
   */
  private async runBatch(replay: BulkReplay, isLast: () => boolean): Promise<BulkReplay | undefined> {
    const { workspaceId, filter, upTo, position } = replay;
    const query = { $and: [toQuery(filter, new Date()), { _id: { $lte: upTo } }] } as Within<Postback>;
    const entries = await this.postbacks.scan(workspaceId, query, { after: position, limit: BATCH });
    const networks = await this.reprocessing.networksOf(entries);
    const verdicts = await Promise.all(
      entries.map((entry) => this.runOne(networks.get(entry.networkId), entry, replay.dryRun)),
    );
    const isDone = entries.length < BATCH;
    const isGivenBack = isLast();
    const lease = isGivenBack ? released(Date.now()) : this.queue.lease();
    const mine = { _id: replay._id, state: 'running', holder: this.queue.holder } as const;
    const stored = await this.replays.updateOne(workspaceId, mine, {
      $set: {
        position: entries.at(-1)?._id ?? position,
        ...lease,
        updatedAt: new Date(),
        ...(isDone && { state: 'done' as const }),
      },
      $inc: { done: entries.length, ...countsOf(verdicts) },
    });
    return isGivenBack ? undefined : stored;
  }

  private async runOne(network: Network | undefined, entry: Postback, dryRun: boolean): Promise<string> {
    if (network === undefined || whyNotReplayable(entry) !== undefined) return SKIPPED;
    try {
      const { verdict } = dryRun
        ? await this.previewer.again(network, entry)
        : await this.reprocessing.reprocess(network, entry, 'bulk');
      return verdict;
    } catch (error) {
      if (!isRefused(error)) throw error;
      this.logger.warn(
        { err: error, postbackId: entry._id },
        'postback cannot be stored by the current mapping; it is skipped',
      );
      return SKIPPED;
    }
  }
}

function countsOf(verdicts: string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const verdict of verdicts) counts[`counts.${verdict}`] = (counts[`counts.${verdict}`] ?? 0) + 1;
  return counts;
}
