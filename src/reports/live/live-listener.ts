import type { ServerResponse } from 'node:http';
import type { LiveSubscription } from './live-subscription.js';
import { EventQueue, formatItems } from './rules/event-queue.js';
import { matchesFilter } from './rules/event-filter.js';
import type { LiveEvent } from './rules/live-event.js';

/** Browsers reconnect after this time. */
const RETRY_MS = 2_000;
/** Clients then reconnect. No stream outlives what was checked at its beginning by more. */
const MAX_LIFE_MS = 86_400_000;

export interface ListenerBeginning {
  events: readonly LiveEvent[];
  position: string;
  gap: { since: string | null; id: string } | undefined;
}

/** One open stream: what waits for it, and its connection to a server process. */
export class LiveListener {
  /** When something was written last, by `performance.now()`. */
  writtenAt = -Infinity;
  /** Events until this id are not sent. */
  position = '';
  private readonly queue = new EventQueue();
  isStarted = false;
  private isBlocked = false;
  private isHeartBeatDue = false;
  private readonly timers: NodeJS.Timeout[] = [];

  /** @param wake is called when there is something to write. */
  constructor(
    readonly subscription: LiveSubscription,
    private readonly response: ServerResponse,
    private readonly wake: (listener: LiveListener) => void,
  ) {}

  /** Sends the head of the answer. */
  open(heartBeatMs: number): void {
    this.response.writeHead(200, { 'content-type': 'text/event-stream' });
    this.response.write(`retry: ${RETRY_MS}\n\n`);
    this.response.on('drain', () => {
      this.isBlocked = false;
      this.wakeIfDue();
    });
    this.timers.push(
      setInterval(() => {
        this.isHeartBeatDue = true;
        this.wakeIfDue();
      }, heartBeatMs),
    );
    const { endsAt } = this.subscription;
    const leftMs = endsAt === null ? MAX_LIFE_MS : Math.min(MAX_LIFE_MS, endsAt - Date.now());
    this.timers.push(setTimeout(() => this.end(), Math.max(0, leftMs)));
  }

  /** From now on events are sent; first the gap, then these. @param beginning position: the id until which they reach. */
  start({ events, position, gap }: ListenerBeginning): void {
    this.isStarted = true;
    if (gap !== undefined) this.queue.addGap(gap.since, gap.id);
    this.queue.addMissed(events);
    this.moveTo(position);
    // The first heart-beat tells the client its position, so that it misses nothing even when it reconnects before an event.
    this.isHeartBeatDue = true;
    this.wakeIfDue();
  }

  /** Says that events may be missing. @param since the time of the last one that was sent; `null`: unknown. */
  addGap(since: string | null, position: string): void {
    this.moveTo(position);
    this.queue.addGap(since, position);
    this.wakeIfDue();
  }

  offer(event: LiveEvent): void {
    if (!this.isStarted || event.id <= this.position || !this.wants(event)) return;
    this.queue.add(event);
    this.wakeIfDue();
  }

  /** Writes what is due. @param readUntil all events until this id were offered. */
  write(readUntil: string, now: number): void {
    let text = formatItems(this.queue.take());
    if (this.isHeartBeatDue && this.queue.isEmpty && text === '') {
      this.moveTo(readUntil);
      text = `: heart-beat\nid: ${this.position}\n\n`;
    }
    this.isHeartBeatDue = false;
    this.writtenAt = now;
    if (text === '') return;
    this.isBlocked = !this.response.write(text);
    if (!this.queue.isEmpty) this.wakeIfDue();
  }

  /** Whether it can take a write. */
  get isReady(): boolean {
    return !this.isBlocked && this.isStarted;
  }

  end(): void {
    // A client that does not read would keep the connection open.
    if (this.isBlocked || !this.response.headersSent) this.response.destroy();
    else this.response.end();
  }

  /** Called when the connection has ended. */
  release(): void {
    for (const timer of this.timers) clearTimeout(timer);
  }

  wants(event: LiveEvent): boolean {
    const { workspaceId, types, filter } = this.subscription;
    return event.workspaceId === workspaceId && types.includes(event.type) && matchesFilter(filter, event);
  }

  private wakeIfDue(): void {
    if (this.isReady && (this.isHeartBeatDue || !this.queue.isEmpty)) this.wake(this);
  }

  private moveTo(position: string): void {
    if (position > this.position) this.position = position;
  }
}
