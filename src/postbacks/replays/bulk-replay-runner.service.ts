import { randomUUID } from 'node:crypto';
import { type BeforeApplicationShutdown, Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import type { Logger } from 'pino';
import type { Network } from '../../networks/network.schema.js';
import { NetworksService } from '../../networks/networks.service.js';
import { Ticker } from '../../platform/concurrency/ticker.js';
import { LOGGER } from '../../platform/logging/logger.js';
import { isRefused } from '../../platform/mongo/mongo-errors.js';
import type { Within } from '../../platform/mongo/tenant.repository.js';
import { toQuery } from '../debugger/postback-filter.js';
import { PostbackPreviewer } from '../debugger/postback-previewer.service.js';
import { whyNotReplayable } from '../debugger/replayable.js';
import type { Postback } from '../postback.schema.js';
import { PostbackReceiver } from '../postback-receiver.service.js';
import { PostbacksRepository } from '../postbacks.repository.js';
import { BulkReplayReadModel } from './bulk-replay.read-model.js';
import type { BulkReplay } from './bulk-replay.schema.js';
import { BulkReplaysRepository } from './bulk-replays.repository.js';

const LOOK_EVERY_MS = 2_000;
const LEASE_MS = 15_000;
const BATCH = 50;
/** So many batches are run until the order that has waited longest has its turn. */
const BATCHES_A_TURN = 20;
const SKIPPED = 'skipped';

/**
 * Works off the orders to run entries again, oldest entries first. Where it has come to is stored after each batch: should
 * this process die, another goes on from there, and the batch that is run twice changes nothing the second time.
 */
@Injectable()
export class BulkReplayRunner implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly holder = randomUUID();
  private readonly ticker = new Ticker(
    LOOK_EVERY_MS,
    () => this.work(),
    (error) => this.logger.warn({ err: error }, 'a bulk replay was interrupted; it is gone on with'),
  );

  constructor(
    private readonly anyReplay: BulkReplayReadModel,
    private readonly replays: BulkReplaysRepository,
    private readonly postbacks: PostbacksRepository,
    private readonly networks: NetworksService,
    private readonly receiver: PostbackReceiver,
    private readonly previewer: PostbackPreviewer,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  onApplicationBootstrap(): void {
    this.ticker.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.ticker.stop();
  }

  /** There is something to do. */
  wake(): void {
    this.ticker.now();
  }

  private async work(): Promise<void> {
    while (!this.ticker.isEnding) {
      const replay = await this.anyReplay.claim(this.holder, LEASE_MS);
      if (replay === undefined) return;
      await this.run(replay);
    }
  }

  private async run(claimed: BulkReplay): Promise<void> {
    let replay: BulkReplay | undefined = claimed;
    for (let batch = 1; replay?.state === 'running'; batch++) {
      replay = await this.runBatch(replay, batch === BATCHES_A_TURN);
    }
  }

  /**
   * @param isLast it is given back then, behind those that wait already.
   * @returns the order as it is then; `undefined` when it is not ours any more.
   */
  private async runBatch(replay: BulkReplay, isLast: boolean): Promise<BulkReplay | undefined> {
    const { workspaceId, filter, upTo, position } = replay;
    const query = { $and: [toQuery(filter, new Date()), { _id: { $lte: upTo } }] } as Within<Postback>;
    const entries = await this.postbacks.scan(workspaceId, query, { after: position, limit: BATCH });
    const networks = await this.networksOf(entries);
    const verdicts = await Promise.all(
      entries.map((entry) => this.runOne(networks.get(entry.networkId), entry, replay.dryRun)),
    );
    const isDone = entries.length < BATCH;
    // An instance that ends gives it back, so that another need not wait.
    const isGivenBack = isLast || this.ticker.isEnding;
    // Behind the others, but before this moment: only then can it be taken at once where there are no others.
    const leaseUntil = new Date(isGivenBack ? Date.now() - 1 : Date.now() + LEASE_MS);
    const mine = { _id: replay._id, state: 'running', holder: this.holder } as const;
    const stored = await this.replays.updateOne(workspaceId, mine, {
      $set: {
        position: entries.at(-1)?._id ?? position,
        leaseUntil,
        updatedAt: new Date(),
        ...(isDone && { state: 'done' as const }),
        ...(isGivenBack && { holder: null }),
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
        : await this.receiver.replay(network, entry);
      return verdict;
    } catch (error) {
      if (!isRefused(error)) throw error;
      this.logger.warn({ err: error, postbackId: entry._id }, 'a postback can not be stored as it is read today');
      return SKIPPED;
    }
  }

  private async networksOf(entries: Postback[]): Promise<Map<string, Network>> {
    const networks = new Map<string, Network>();
    for (const { workspaceId, networkId } of entries) {
      if (networks.has(networkId)) continue;
      const network = await this.networks.find(workspaceId, networkId);
      if (network) networks.set(networkId, network);
    }
    return networks;
  }
}

function countsOf(verdicts: string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const verdict of verdicts) counts[`counts.${verdict}`] = (counts[`counts.${verdict}`] ?? 0) + 1;
  return counts;
}
