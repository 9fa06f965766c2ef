import { Injectable } from '@nestjs/common';
import { ConversionsService } from '../../conversions/conversions.service.js';
import { type ChangedNetwork, ChangedNetworks } from '../../networks/cache/changed-networks.read-model.js';
import type { Network } from '../../networks/network.schema.js';
import { NetworksService } from '../../networks/networks.service.js';
import { groupBy } from '../../platform/collections/group-by.js';
import type { BackgroundJob, JobRun } from '../../platform/jobs/background-job.js';
import { JobRunner } from '../../platform/jobs/job-runner.service.js';
import { Metrics } from '../../platform/metrics/metrics.js';
import { PostbackMetrics } from '../postback-metrics.service.js';
import type { Within } from '../../platform/mongo/tenant.repository.js';
import type { WorkspaceId } from '../../platform/tenancy/workspace-id.js';
import type { Postback } from '../postback.schema.js';
import { PostbacksRepository } from '../postbacks.repository.js';
import { IncomingMoney, type IncomingTransaction } from '../process/incoming-money.service.js';
import { WAITING_MS } from '../rules/waiting.js';
import { isChargebackDue } from '../rules/chargeback-due.js';
import { isDue, isHeld, isSettled } from '../rules/rematch-due.js';
import { HeldNetworks } from '../mapping-changes/held-networks.read-model.js';
import { RerunProgress, type RerunOf } from '../mapping-changes/rerun-progress.service.js';
import { RematchRuns } from './rematch-runs.repository.js';
import { ReprocessPostback } from './reprocess-postback.service.js';
import { WaitingPostbacks } from './waiting-postbacks.read-model.js';

const LOOK_EVERY_MS = 1_000;
/** One query covers all money of this period, because most of it is never charged back. */
const CHARGEBACKS_EVERY_MS = 250;
const SWEEP_EVERY_MS = 60_000;
const COUNT_EVERY_MS = 60_000;
/** All changes are examined again this often, because clocks differ. */
const FOLLOW_ALL_EVERY_MS = 60_000;
/** A change is dated before its commit, and by another clock. */
const OVERLAP_MS = 30_000;
const BATCH = 50;
const MAX_SWEPT = 1_000;
const MAX_COUNTED = 100_000;

/**
 * Rematching: reprocesses waiting postbacks when what they lack has appeared. A changed mapping is applied within two seconds,
 * or after the time for an undo (../mapping-changes/), a chargeback as soon as its money arrives, a new link within a minute. Each process claims runs that are due. If it is
 * killed, another process claims them after the lease.
 */
@Injectable()
export class RematchJobs {
  /** Changes before this time are complete. */
  private followedUntil = 0;
  private followAllAt = 0;
  private sweptUntil = new Date(0);
  private chargedUntil = new Date(0);
  private waitingCount = 0;
  private readonly changesJob: BackgroundJob;

  constructor(
    private readonly anyNetwork: ChangedNetworks,
    private readonly runs: RematchRuns,
    private readonly anyWaiting: WaitingPostbacks,
    private readonly postbacks: PostbacksRepository,
    private readonly networks: NetworksService,
    private readonly conversions: ConversionsService,
    private readonly reprocessing: ReprocessPostback,
    private readonly incoming: IncomingMoney,
    private readonly held: HeldNetworks,
    private readonly progress: RerunProgress,
    private readonly counters: PostbackMetrics,
    metrics: Metrics,
    jobs: JobRunner,
  ) {
    this.changesJob = jobs.register({
      name: 'reprocess-changed-networks',
      everyMs: LOOK_EVERY_MS,
      run: (run) => this.followChanges(run),
    });
    jobs.register({
      name: 'reprocess-chargebacks',
      everyMs: CHARGEBACKS_EVERY_MS,
      run: () => this.reprocessChargebacks(),
    });
    jobs.register({ name: 'waiting-postbacks-count', everyMs: COUNT_EVERY_MS, run: () => this.countWaiting() });
    jobs.register({
      name: 'reprocess-sweep',
      everyMs: SWEEP_EVERY_MS,
      leaseMs: SWEEP_EVERY_MS,
      run: () => this.sweepAll(),
    });
    metrics.observe(
      'hopback_postbacks_waiting',
      'Waiting postbacks, which are reprocessed automatically',
      () => this.waitingCount,
    );
  }

  /** Called after a change of a network needs no longer wait. */
  wake(): void {
    this.changesJob.wake();
  }

  /** Reprocesses postbacks that became resolvable without a notification, and those that were missed. */
  async sweepAll(): Promise<void> {
    await this.sweepChargebacks();
    await this.sweepUnknownClicks();
  }

  private async countWaiting(): Promise<void> {
    this.waitingCount = await this.anyWaiting.count(MAX_COUNTED);
  }

  private async followChanges(run: JobRun): Promise<void> {
    const now = Date.now();
    if (now >= this.followAllAt) {
      this.followedUntil = 0;
      this.followAllAt = now + FOLLOW_ALL_EVERY_MS;
    }
    const since = Math.max(this.followedUntil - OVERLAP_MS, now - WAITING_MS);
    const changed = await this.anyNetwork.since(new Date(since));
    const runs = await this.runs.find(changed.map(({ _id }) => _id));
    const open = changed.filter((network) => !isSettled(network, runs.get(network._id)));
    const holds = await this.held.find(open.map(({ _id }) => _id));
    for (const network of open) {
      const { _id } = network;
      if (isHeld(network, holds.get(_id), now)) continue;
      if (isDue(network, runs.get(_id), now) && !run.isEnding) await this.runNetwork(network, run);
    }
    this.followedUntil = Math.min(now, ...open.map(({ dialectChangedAt }) => dialectChangedAt.getTime()));
  }

  private async runNetwork({ _id, workspaceId, dialectChangedAt }: ChangedNetwork, run: JobRun): Promise<void> {
    if (!(await this.runs.takeNetwork(_id))) return;
    const doneAt = new Date();
    const mayContinue = async (): Promise<boolean> => !run.isEnding && this.runs.takeNetwork(_id);
    const isDone = await this.rematchNetwork({ workspaceId, networkId: _id, dialectChangedAt }, mayContinue);
    await this.runs.releaseNetwork(_id, isDone ? { doneFor: dialectChangedAt, doneAt } : {});
  }

  /**
   * Reprocesses all entries that wait for this network, oldest first.
   * @param mayContinue called before each further batch.
   * @returns true if all were reprocessed.
   */
  private async rematchNetwork(of: RerunOf, mayContinue: () => Promise<boolean>): Promise<boolean> {
    const { workspaceId, networkId, dialectChangedAt } = of;
    const isFollowed = await this.progress.begin(of);
    const network = await this.networks.find(workspaceId, networkId);
    if (network === undefined) return true;
    // It was changed again, maybe by a change that can be undone: that one has its own run.
    if (network.dialectChangedAt.getTime() !== dialectChangedAt.getTime()) return false;
    const waiting = { networkId, waitsUntil: { $gt: new Date() } } as Within<Postback>;
    for (let after = ''; ;) {
      const entries = await this.postbacks.scan(workspaceId, waiting, { after, limit: BATCH });
      const verdicts = await Promise.all(entries.map((entry) => this.rematch(network, entry)));
      if (isFollowed && entries.length > 0) await this.progress.add(of, verdicts);
      if (entries.length < BATCH) break;
      after = entries.at(-1)?._id ?? after;
      if (!(await mayContinue())) return false;
    }
    if (isFollowed) await this.progress.end(of);
    return true;
  }

  /** Each sweep examines a part of them, and starts again after the last part. */
  private async sweepUnknownClicks(): Promise<void> {
    const since = new Date(Math.max(this.sweptUntil.getTime(), Date.now()));
    const entries = await this.anyWaiting.forReason('unknown_click', since, MAX_SWEPT);
    this.sweptUntil = entries.length < MAX_SWEPT ? new Date(0) : (entries.at(-1)?.waitsUntil ?? new Date(0));
    await this.rematchAll(entries);
  }

  private async sweepChargebacks(): Promise<void> {
    const since = new Date(Math.max(this.chargedUntil.getTime(), Date.now() - WAITING_MS));
    const entries = await this.anyWaiting.chargebacks(since, MAX_SWEPT);
    this.chargedUntil = entries.length < MAX_SWEPT ? new Date(0) : (entries.at(-1)?.receivedAt ?? new Date(0));
    await this.rematchChargebacks(entries);
  }

  /** Runs after the postbacks with the money were answered. The sweep retries failures. */
  private async reprocessChargebacks(): Promise<void> {
    for (const [workspaceId, incoming] of this.incoming.takeAll()) await this.chargeBack(workspaceId, incoming);
  }

  /** Reprocesses chargebacks that arrived before their money. */
  private async chargeBack(workspaceId: WorkspaceId, incoming: readonly IncomingTransaction[]): Promise<void> {
    const filter = {
      networkId: { $in: [...new Set(incoming.map(({ networkId }) => networkId))] },
      waitsForTxid: { $in: [...new Set(incoming.map(({ txid }) => txid))] },
      receivedAt: { $gt: new Date(Date.now() - WAITING_MS) },
    } as Within<Postback>;
    const chargebacks = await this.postbacks.findMany(workspaceId, filter);
    if (chargebacks.length > 0) await this.rematchChargebacks(chargebacks);
  }

  /** Reprocesses chargebacks whose money has arrived and is not taken back yet. */
  private async rematchChargebacks(chargebacks: readonly Postback[]): Promise<void> {
    const due: Postback[] = [];
    const networks = await this.reprocessing.networksOf(chargebacks);
    for (const [workspaceId, own] of groupBy(chargebacks, (one) => one.workspaceId)) {
      const transactions = own.map(({ networkId, waitsForTxid = '' }) => ({ networkId, txid: waitsForTxid }));
      const money = await this.conversions.findByTransactions(workspaceId, transactions);
      const byTransaction = groupBy(money, ({ networkId, txid }) => `${networkId} ${txid}`);
      for (const chargeback of own) {
        const known = byTransaction.get(`${chargeback.networkId} ${chargeback.waitsForTxid}`) ?? [];
        const scope = networks.get(chargeback.networkId)?.transactions ?? 'click';
        if (isChargebackDue(chargeback, known, scope)) due.push(chargeback);
      }
    }
    await this.rematchAll(due);
  }

  /** Entries of any workspaces. Unchanged results are not stored. */
  private async rematchAll(entries: readonly Postback[]): Promise<void> {
    const networks = await this.reprocessing.networksOf(entries);
    const holds = await this.held.find([...networks.keys()]);
    const now = Date.now();
    for (let i = 0; i < entries.length; i += BATCH) {
      const batch = entries.slice(i, i + BATCH);
      await Promise.all(
        batch.map(async (entry) => {
          const network = networks.get(entry.networkId);
          // A change that may be undone is not applied to them yet; the next sweep takes them.
          if (network && !isHeld(network, holds.get(network._id), now)) await this.rematch(network, entry);
        }),
      );
    }
  }

  private async rematch(network: Network, entry: Postback): Promise<string> {
    const { isStored, verdict } = await this.reprocessing.reprocess(network, entry, 'rematch');
    if (isStored) this.counters.rematched.inc({ verdict });
    return verdict;
  }
}
