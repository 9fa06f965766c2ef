import type { LiveListener } from './live-listener.js';

const TICK_MS = 50;
/**
 * At most 100 writes each second, for all listeners together. Each costs the server process, which also redirects, 0.2 to
 * 0.4 ms. With more than 25 busy listeners each one is written less often.
 */
const WRITES_PER_TICK = 5;
/** Minimum time between two writes to one listener. */
const PAUSE_MS = 250;

/** Writes to the listeners that have something to send, in turn, so that the work is spread evenly over time. */
export class WritePace {
  /** In the order in which they are written. */
  private readonly ready = new Set<LiveListener>();
  private timer: NodeJS.Timeout | undefined;

  /** @param readUntil gives the id until which all events were offered to listeners. */
  constructor(private readonly readUntil: () => string) {}

  add(listener: LiveListener): void {
    this.ready.add(listener);
    this.timer ??= setInterval(() => this.writeSome(), TICK_MS);
  }

  remove(listener: LiveListener): void {
    this.ready.delete(listener);
  }

  private writeSome(): void {
    const now = performance.now();
    let written = 0;
    for (const listener of this.ready) {
      if (now - listener.writtenAt < PAUSE_MS) continue;
      this.ready.delete(listener);
      if (listener.isReady) listener.write(this.readUntil(), now);
      if (++written >= WRITES_PER_TICK) break;
    }
    if (this.ready.size > 0) return;
    clearInterval(this.timer);
    this.timer = undefined;
  }
}
