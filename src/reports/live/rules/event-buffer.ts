import type { LiveEvent } from './live-event.js';

export interface BufferLimits {
  events: number;
  /** Characters of frames. */
  chars: number;
}

/** The latest events of all workspaces, in their order. It knows from which id on it has all of them. */
export class EventBuffer {
  private events: LiveEvent[] = [];
  /** Events before this index were dropped. They are removed from the array in batches. */
  private first = 0;
  private chars = 0;

  /** @param beginId all events after this id are added. */
  constructor(
    private beginId: string,
    private readonly limits: BufferLimits,
  ) {}

  /** The buffer has all events after this id. */
  get coveredAfter(): string {
    return this.beginId;
  }

  /** @param event comes after all that were added before. */
  add(event: LiveEvent): void {
    this.events.push(event);
    this.chars += event.frame.length;
    while (this.events.length - this.first > this.limits.events || this.chars > this.limits.chars) this.dropFirst();
  }

  /** The events after an id; `undefined` when some of them were dropped. */
  findAfter(id: string): LiveEvent[] | undefined {
    if (id < this.beginId) return undefined;
    let [low, high] = [this.first, this.events.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.events[middle] as LiveEvent).id > id) high = middle;
      else low = middle + 1;
    }
    return this.events.slice(low);
  }

  /** Removes events of erased clicks. */
  forget(objectIds: ReadonlySet<string>): void {
    this.events = this.events.slice(this.first).filter(({ objectId }) => !objectIds.has(objectId));
    this.first = 0;
    this.chars = this.events.reduce((sum, { frame }) => sum + frame.length, 0);
  }

  private dropFirst(): void {
    const dropped = this.events[this.first++] as LiveEvent;
    this.chars -= dropped.frame.length;
    this.beginId = dropped.id;
    if (this.first <= this.limits.events) return;
    this.events = this.events.slice(this.first);
    this.first = 0;
  }
}
