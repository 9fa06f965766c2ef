import { setTimeout as sleep } from 'node:timers/promises';
import type { ChangeFollower } from './change-follower.js';
import type { LiveChanges } from './live-changes.repository.js';
import type { LiveListener } from './live-listener.js';
import type { LiveEvent } from './rules/live-event.js';
import { timeOfEventId } from './rules/event-id.js';

/** Events of a workspace that are read again for one listener. */
const MAX_EVENTS = 2_000;
const MAX_TIME_MS = 2_000;
/** Reading more than that is work for the lists of the API. */
const MAX_AGE_SECONDS = 300;
/** Each holds a cursor of MongoDB. */
const CONCURRENT = 2;
const PAUSE_MS = 20;

interface ReadEvents {
  events: LiveEvent[];
  /** All events until this id were read. */
  until: string;
}

/** Finds what a listener missed before the oldest buffered event, by reading MongoDB's changes again. */
export class MissedEvents {
  private running = 0;

  constructor(private readonly changes: LiveChanges) {}

  /** The events until the beginning of the buffer, or a little further. `undefined` when that is too much, or not possible. */
  async read(listener: LiveListener, follower: ChangeFollower, afterId: string): Promise<ReadEvents | undefined> {
    const age = Date.now() / 1_000 - timeOfEventId(afterId).seconds;
    if (this.running >= CONCURRENT || age > MAX_AGE_SECONDS) return undefined;
    this.running++;
    const stream = this.changes.watchAfter(afterId, listener.subscription.workspaceId);
    try {
      const events: LiveEvent[] = [];
      const end = performance.now() + MAX_TIME_MS;
      while (!stream.hasReached(follower.buffer.coveredAfter)) {
        const changes = await stream.next();
        for (const change of changes) {
          if (change.kind === 'event' && listener.wants(change.event)) events.push(change.event);
        }
        if (stream.isAtEnd) await sleep(PAUSE_MS);
        if (events.length > MAX_EVENTS || performance.now() > end) return undefined;
      }
      const { coveredAfter } = follower.buffer;
      const until = stream.readUntil > coveredAfter ? stream.readUntil : coveredAfter;
      const clickIds = events.flatMap(({ type, objectId }) => (type === 'click' ? objectId : []));
      const erased = await this.changes.findErased(clickIds);
      const kept = events.filter(({ objectId }) => !erased.has(objectId));
      return { events: kept, until };
    } catch {
      return undefined; // the history of changes does not reach back, or MongoDB is away
    } finally {
      this.running--;
      await stream.close().catch(() => undefined);
    }
  }
}
