import { setTimeout as sleep } from 'node:timers/promises';
import type { OutageLog } from '../../platform/logging/outage-log.js';
import { HistoryLost } from '../reader/report-feed.repository.js';
import type { LiveChange, LiveChanges } from './live-changes.repository.js';
import { EventBuffer } from './rules/event-buffer.js';

const POLL_MS = 100;
const RETRY_MS = 1_000;
const BUFFER = { events: 20_000, chars: 16_000_000 };

export interface FollowerEvents {
  apply(change: LiveChange): void;
  /** Changes before this position were not read, and cannot be. */
  lose(position: string): void;
}

/** Reads MongoDB's changes from the first listener to the last, and keeps the latest events. */
export class ChangeFollower {
  buffer: EventBuffer;
  /** All changes until this id were applied. */
  readUntil: string;
  /** Where it begins when MongoDB has no history since `beginId`: a new server. */
  private fallbackId: string | undefined;
  private readonly stopped = new AbortController();
  private readonly running: Promise<void>;

  constructor(
    private readonly changes: LiveChanges,
    private readonly failures: OutageLog,
    { beginId, nowId }: { beginId: string; nowId: string },
    private readonly on: FollowerEvents,
  ) {
    this.readUntil = beginId;
    this.fallbackId = nowId;
    this.buffer = new EventBuffer(beginId, BUFFER);
    this.running = this.run();
  }

  async stop(): Promise<void> {
    this.stopped.abort();
    await this.running;
  }

  private async run(): Promise<void> {
    while (!this.stopped.signal.aborted) {
      try {
        await this.read();
      } catch (error) {
        if (error instanceof HistoryLost) await this.beginNow().catch(() => undefined);
        else this.failures.noteFailure(error, { retryInMs: RETRY_MS });
        await this.pause(error instanceof HistoryLost ? POLL_MS : RETRY_MS);
      }
    }
  }

  private async read(): Promise<void> {
    const stream = this.changes.watchAfter(this.readUntil);
    try {
      while (!this.stopped.signal.aborted) {
        const changes = await stream.next();
        this.applyAll(changes);
        this.readUntil = stream.readUntil;
        this.fallbackId = undefined;
        this.failures.noteSuccess();
        if (stream.isAtEnd) await this.pause(POLL_MS);
      }
    } finally {
      await stream.close();
    }
  }

  private applyAll(changes: readonly LiveChange[]): void {
    const erased = new Set<string>();
    for (const change of changes) {
      if (change.kind === 'event') this.buffer.add(change.event);
      else if (change.kind === 'erased') erased.add(change.clickId);
      this.on.apply(change);
    }
    if (erased.size > 0) this.buffer.forget(erased);
  }

  /** The history of changes does not reach back to the position. */
  private async beginNow(): Promise<void> {
    const position = this.fallbackId ?? (await this.changes.findCurrentId());
    this.fallbackId = undefined;
    this.readUntil = position;
    this.buffer = new EventBuffer(position, BUFFER);
    this.on.lose(position);
  }

  private async pause(ms: number): Promise<void> {
    await sleep(ms, undefined, { signal: this.stopped.signal }).catch(() => undefined);
  }
}
