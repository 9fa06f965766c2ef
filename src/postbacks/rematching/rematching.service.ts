import { randomUUID } from 'node:crypto';
import { type BeforeApplicationShutdown, Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import type { Logger } from 'pino';
import { type ChangedNetwork, ChangedNetworks } from '../../networks/changed-networks.read-model.js';
import { Ticker } from '../../platform/concurrency/ticker.js';
import { LOGGER } from '../../platform/logging/logger.js';
import { Metrics } from '../../platform/metrics/metrics.js';
import type { WorkspaceId } from '../../platform/tenancy/workspace-id.js';
import { PostbackLog } from '../postback-log.service.js';
import { isDue, isSettled } from './due.js';
import { RematchRuns } from './rematch-runs.read-model.js';
import { type Incoming, Rematcher } from './rematcher.service.js';
import { WAITING_MS } from '../waiting.js';
import { WaitingPostbacks } from './waiting.read-model.js';

const LOOK_EVERY_MS = 1_000;
/** One look for all that came in meanwhile: most money is never taken back. */
const TAKE_BACK_EVERY_MS = 250;
const SWEEP_EVERY_MS = 60_000;
const LEASE_MS = 30_000;
const SWEEP = 'sweep';
/** A change is dated before it is committed, and by another clock. */
const OVERLAP_MS = 30_000;
const MAX_SWEPT = 1_000;
const MAX_COUNTED = 100_000;

/**
 * Sees to it that what waits is tried again when what it lacks has appeared: a mapping within a second or two, money that was
 * charged back before it came at once, links within a minute. Each process looks for what is due; whoever takes it has
 * it for a while, and should he die, another takes it up.
 */
@Injectable()
export class Rematching implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly holder = randomUUID();
  private readonly changes = new Ticker(LOOK_EVERY_MS, () => this.followChanges(), this.complain('networks'));
  private readonly takesBack = new Ticker(TAKE_BACK_EVERY_MS, () => this.takeBack(), this.complain('chargebacks'));
  private readonly sweeps = new Ticker(SWEEP_EVERY_MS, () => this.sweep(), this.complain('what waits'));
  /** Changes of before then are dealt with. */
  private followedUntil = 0;
  private sweptUntil = new Date(0);
  private chargedUntil = new Date(0);
  private waiting = 0;
  private incoming = new Map<WorkspaceId, Incoming[]>();

  constructor(
    private readonly anyNetwork: ChangedNetworks,
    private readonly runs: RematchRuns,
    private readonly anyWaiting: WaitingPostbacks,
    private readonly rematcher: Rematcher,
    private readonly log: PostbackLog,
    @Inject(LOGGER) private readonly logger: Logger,
    metrics: Metrics,
  ) {
    metrics.observe('hopback_postbacks_waiting', 'Postbacks that are tried again by themselves', () => this.waiting);
  }

  onApplicationBootstrap(): void {
    this.log.onIncoming((workspaceId, incoming) => {
      this.incoming.set(workspaceId, [...(this.incoming.get(workspaceId) ?? []), ...incoming]);
    });
    this.changes.start();
    this.takesBack.start();
    this.sweeps.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await Promise.all([this.changes.stop(), this.takesBack.stop(), this.sweeps.stop()]);
  }

  /** What nobody tells of. */
  async lookAfterAll(): Promise<void> {
    await this.sweepChargebacks();
    await this.sweepUnknownClicks();
  }

  /** One process at a time. */
  private async sweep(): Promise<void> {
    this.followedUntil = 0; // once more all that may have been missed, as clocks differ
    this.waiting = await this.anyWaiting.count(MAX_COUNTED);
    if (!(await this.runs.take(SWEEP, this.holder, SWEEP_EVERY_MS))) return;
    await this.lookAfterAll();
    await this.runs.release(SWEEP, this.holder, {}, SWEEP_EVERY_MS / 2);
  }

  private async followChanges(): Promise<void> {
    const now = Date.now();
    const since = Math.max(this.followedUntil - OVERLAP_MS, now - WAITING_MS);
    const changed = await this.anyNetwork.since(new Date(since));
    const runs = await this.runs.find(changed.map(({ _id }) => _id));
    const open = changed.filter((network) => !isSettled(network, runs.get(network._id)));
    for (const network of open) {
      if (isDue(network, runs.get(network._id), now) && !this.changes.isEnding) await this.runNetwork(network);
    }
    this.followedUntil = Math.min(now, ...open.map(({ dialectChangedAt }) => dialectChangedAt.getTime()));
  }

  private async runNetwork({ _id, workspaceId, dialectChangedAt }: ChangedNetwork): Promise<void> {
    if (!(await this.runs.take(_id, this.holder, LEASE_MS))) return;
    const doneAt = new Date();
    const goOn = async (): Promise<boolean> => !this.changes.isEnding && this.runs.take(_id, this.holder, LEASE_MS);
    const isDone = await this.rematcher.network(workspaceId, _id, goOn);
    await this.runs.release(_id, this.holder, isDone ? { doneFor: dialectChangedAt, doneAt } : {});
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

  /** After the answer was given: should it fail, the sweep sees to it. */
  private async takeBack(): Promise<void> {
    const due = this.incoming;
    this.incoming = new Map();
    for (const [workspaceId, incoming] of due) await this.rematcher.takeBack(workspaceId, incoming);
  }

  private complain(what: string): (error: unknown) => void {
    return (error) => this.logger.warn({ err: error }, `${what} could not be looked after; it is tried again`);
  }
}
