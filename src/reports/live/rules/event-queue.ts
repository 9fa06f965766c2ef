import { formatFrame, type LiveEvent } from './live-event.js';
import type { LiveEventType } from './live-event-types.js';

/** Events of each type that may wait. A flood of clicks leaves room for conversions. */
const MAX_WAITING_PER_TYPE = 25;
/** Waiting events of all types that one write takes. */
const PER_WRITE = 250;

type SkippedCounts = Partial<Record<LiveEventType, number>>;
type QueueItem =
  { event: LiveEvent } | { skipped: SkippedCounts; id: string } | { gapSince: string | null; id: string };

/**
 * The events that wait to be written to one listener, in their order. Events beyond the limit are not kept: their numbers are
 * sent at their position instead. The memory is bounded however slowly the listener reads.
 */
export class EventQueue {
  private items: QueueItem[] = [];
  private readonly waiting: Record<LiveEventType, number> = { click: 0, postback: 0, conversion: 0 };

  get isEmpty(): boolean {
    return this.items.length === 0;
  }

  /** Adds missed events, without a limit: the caller has limited them. */
  addMissed(events: readonly LiveEvent[]): void {
    for (const event of events) this.push(event);
  }

  /** Adds an event, or counts it as skipped when too many of its type wait. */
  add(event: LiveEvent): void {
    if (this.waiting[event.type] < MAX_WAITING_PER_TYPE) this.push(event);
    else this.skip(event);
  }

  /** Says that events may be missing. @param since the time of the last one before; `null`: unknown. @param id where it continues. */
  addGap(since: string | null, id: string): void {
    this.items.push({ gapSince: since, id });
  }

  /** Removes what the next write sends. */
  take(): QueueItem[] {
    const taken = this.items.splice(0, PER_WRITE);
    for (const item of taken) if ('event' in item) this.waiting[item.event.type]--;
    return taken;
  }

  private push(event: LiveEvent): void {
    this.waiting[event.type]++;
    this.items.push({ event });
  }

  private skip({ type, id }: LiveEvent): void {
    let last = this.items.at(-1);
    if (last === undefined || !('skipped' in last)) {
      last = { skipped: {}, id };
      this.items.push(last);
    }
    last.skipped[type] = (last.skipped[type] ?? 0) + 1;
    last.id = id;
  }
}

/** The text of what `take` returned. */
export function formatItems(items: readonly QueueItem[]): string {
  let text = '';
  for (const item of items) {
    if ('event' in item) text += item.event.frame;
    else if ('skipped' in item) text += formatFrame('skipped', item.id, item.skipped);
    else text += formatFrame('gap', item.id, { since: item.gapSince });
  }
  return text;
}
