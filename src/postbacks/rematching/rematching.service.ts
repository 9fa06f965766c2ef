import { Injectable } from '@nestjs/common';
import { type ChangedNetwork, ChangedNetworks } from '../../networks/changed-networks.read-model.js';
import type { JobRun } from '../../platform/jobs/background-job.js';
import { JobRunner } from '../../platform/jobs/job-runner.service.js';
import { Metrics } from '../../platform/metrics/metrics.js';
import type { WorkspaceId } from '../../platform/tenancy/workspace-id.js';
import { PostbackLog } from '../postback-log.service.js';
import { isDue, isSettled } from './due.js';
import { RematchRuns } from './rematch-runs.repository.js';
import { type Incoming, Rematcher } from './rematcher.service.js';
import { WAITING_MS } from '../waiting.js';
import { WaitingPostbacks } from './waiting.read-model.js';

const LOOK_EVERY_MS = 1_000;
/** One query for all that came in meanwhile: most money is never taken back. */
const TAKE_BACK_EVERY_MS = 250;
const SWEEP_EVERY_MS = 60_000;
const COUNT_EVERY_MS = 60_000;
/** Clocks differ, so all changes are looked at once more this often. */
const FOLLOW_ALL_EVERY_MS = 60_000;
/** A change is dated before it is committed, and by another clock. */
const OVERLAP_MS = 30_000;
const MAX_SWEPT = 1_000;
const MAX_COUNTED = 100_000;

/**
 * Reprocesses waiting postbacks when what they lack has appeared: a mapping within a second or two, money that was charged
 * back before it came at once, links within a minute. Each process claims runs that are due. When it is killed, another one
 * claims them after the lease.
 */
@Injectable()
export class Rematching {
  /** Changes before this time are done. */
  private followedUntil = 0;
  private followAllAt = 0;
  private sweptUntil = new Date(0);
  private chargedUntil = new Date(0);
  private waiting = 0;
  private incoming = new Map<WorkspaceId, Incoming[]>();

  constructor(
    private readonly anyNetwork: ChangedNetworks,
    private readonly runs: RematchRuns,
    private readonly anyWaiting: WaitingPostbacks,
    private readonly rematcher: Rematcher,
    log: PostbackLog,
    jobs: JobRunner,
    metrics: Metrics,
  ) {
    log.onIncoming((workspaceId, incoming) => {
      this.incoming.set(workspaceId, [...(this.incoming.get(workspaceId) ?? []), ...incoming]);
    });
    jobs.register({
      name: 'reprocess-changed-networks',
      everyMs: LOOK_EVERY_MS,
      run: (run) => this.followChanges(run),
    });
    jobs.register({ name: 'reprocess-chargebacks', everyMs: TAKE_BACK_EVERY_MS, run: () => this.takeBack() });
    jobs.register({ name: 'waiting-postbacks-count', everyMs: COUNT_EVERY_MS, run: () => this.countWaiting() });
    jobs.register({
      name: 'reprocess-sweep',
      everyMs: SWEEP_EVERY_MS,
      leaseMs: SWEEP_EVERY_MS,
      run: () => this.sweepAll(),
    });
    metrics.observe('hopback_postbacks_waiting', 'Postbacks that are tried again by themselves', () => this.waiting);
  }

  /** Reprocesses what became possible without an event, and what was missed. */
  async sweepAll(): Promise<void> {
    await this.sweepChargebacks();
    await this.sweepUnknownClicks();
  }

  private async countWaiting(): Promise<void> {
    this.waiting = await this.anyWaiting.count(MAX_COUNTED);
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
    for (const network of open) {
      if (isDue(network, runs.get(network._id), now) && !run.isEnding) await this.runNetwork(network, run);
    }
    this.followedUntil = Math.min(now, ...open.map(({ dialectChangedAt }) => dialectChangedAt.getTime()));
  }

  private async runNetwork({ _id, workspaceId, dialectChangedAt }: ChangedNetwork, run: JobRun): Promise<void> {
    if (!(await this.runs.takeNetwork(_id))) return;
    const doneAt = new Date();
    const goOn = async (): Promise<boolean> => !run.isEnding && this.runs.takeNetwork(_id);
    const isDone = await this.rematcher.network(workspaceId, _id, goOn);
    await this.runs.releaseNetwork(_id, isDone ? { doneFor: dialectChangedAt, doneAt } : {});
  }

  /** A part of them each time, from the start again when all were looked at. */
  private async sweepUnknownClicks(): Promise<void> {
    const since = new Date(Math.max(this.sweptUntil.getTime(), Date.now()));
    const entries = await this.anyWaiting.forReason('unknown_click', since, MAX_SWEPT);
    this.sweptUntil = entries.length < MAX_SWEPT ? new Date(0) : (entries.at(-1)?.waitsUntil ?? new Date(0));
    await this.rematcher.entries(entries);
  }

  private async sweepChargebacks(): Promise<void> {
    const since = new Date(Math.max(this.chargedUntil.getTime(), Date.now() - WAITING_MS));
    const entries = await this.anyWaiting.chargebacks(since, MAX_SWEPT);
    this.chargedUntil = entries.length < MAX_SWEPT ? new Date(0) : (entries.at(-1)?.receivedAt ?? new Date(0));
    await this.rematcher.chargebacks(entries);
  }

  /** Runs after the postback is answered; what fails is left to the sweep. */
  private async takeBack(): Promise<void> {
    const due = this.incoming;
    this.incoming = new Map();
    for (const [workspaceId, incoming] of due) await this.rematcher.takeBack(workspaceId, incoming);
  }
}
