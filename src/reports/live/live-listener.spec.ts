import { EventEmitter } from 'node:events';
import type { ServerResponse } from 'node:http';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { LiveListener } from './live-listener.js';
import type { LiveSubscription } from './live-subscription.js';
import { eventIdAfter } from './rules/event-id.js';
import type { LiveEvent } from './rules/live-event.js';
import { WritePace } from './write-pace.js';

const HEART_BEAT_MS = 15_000;
const START = idOf(0);

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function idOf(number: number): string {
  return eventIdAfter({ seconds: 1_000, increment: number });
}

/** A connection whose client reads, or does not. */
class FakeResponse extends EventEmitter {
  isRead = true;
  headersSent = false;
  destroyed = false;
  writableEnded = false;
  readonly written: string[] = [];

  writeHead(): void {
    this.headersSent = true;
  }

  write(text: string): boolean {
    this.written.push(text);
    return this.isRead;
  }

  end(): void {
    this.writableEnded = true;
  }

  destroy(): void {
    this.destroyed = true;
  }
}

function eventOf(number: number, workspaceId = 'wsp_1'): LiveEvent {
  const facets = { link: null, network: null, country: null, subs: {} };
  return { id: idOf(number), type: 'click', workspaceId, facets, objectId: `o${number}`, frame: `<${number}>` };
}

function listenerOf(pace: WritePace, endsAt: number | null = null): { listener: LiveListener; response: FakeResponse } {
  const subscription: LiveSubscription = {
    workspaceId: 'wsp_1',
    accessIds: ['key_1'],
    types: ['click'],
    filter: { values: [] },
    lastEventId: undefined,
    endsAt,
  };
  const response = new FakeResponse();
  const listener = new LiveListener(subscription, response as unknown as ServerResponse, (ready) => pace.add(ready));
  listener.open(HEART_BEAT_MS);
  listener.start({ events: [], position: START, gap: undefined });
  vi.advanceTimersByTime(300);
  return { listener, response };
}

describe('a listener', () => {
  it('gets nothing while it does not read, and then the number of what it missed', () => {
    const { listener, response } = listenerOf(new WritePace(() => START));
    const count = response.written.length;
    response.isRead = false;
    for (let number = 1; number <= 100; number++) listener.offer(eventOf(number));
    vi.advanceTimersByTime(1_000);
    expect(response.written.length).toBe(count + 1);
    for (let number = 101; number <= 100_000; number++) listener.offer(eventOf(number));
    vi.advanceTimersByTime(60_000);
    expect(response.written.length).toBe(count + 1);
    response.isRead = true;
    response.emit('drain');
    vi.advanceTimersByTime(1_000);
    const [first, second] = response.written.slice(count);
    expect(first).toMatch(/^(<\d+>){25}id: \w+\nevent: skipped\ndata: \{"click":75\}\n\n$/);
    expect(second).toMatch(/^<101>(<\d+>){24}id: \w+\nevent: skipped\ndata: \{"click":99875\}\n\n$/);
  });

  it('gets events of its workspace alone, and none twice', () => {
    const { listener, response } = listenerOf(new WritePace(() => START));
    const count = response.written.length;
    listener.offer(eventOf(1, 'wsp_2'));
    listener.start({ events: [eventOf(2)], position: idOf(4), gap: undefined });
    for (const number of [3, 4, 5]) listener.offer(eventOf(number));
    vi.advanceTimersByTime(1_000);
    expect(response.written.slice(count).join('')).toBe('<2><5>');
  });

  it('gets a heart-beat with the position after a quiet time', () => {
    let readUntil = START;
    const { response } = listenerOf(new WritePace(() => readUntil));
    readUntil = idOf(77);
    vi.advanceTimersByTime(HEART_BEAT_MS);
    expect(response.written.at(-1)).toBe(`: heart-beat\nid: ${idOf(77)}\n\n`);
  });

  it('is ended when its key expires', () => {
    const { response } = listenerOf(new WritePace(() => START), Date.now() + 5_000);
    vi.advanceTimersByTime(4_000);
    expect(response.writableEnded).toBe(false);
    vi.advanceTimersByTime(1_000);
    expect(response.writableEnded).toBe(true);
  });

  it('is destroyed instead when it does not read', () => {
    const { listener, response } = listenerOf(new WritePace(() => START));
    response.isRead = false;
    listener.offer(eventOf(1));
    vi.advanceTimersByTime(300);
    listener.end();
    expect(response.destroyed).toBe(true);
  });
});

describe('the pace of writes', () => {
  it('is at most 100 a second over all listeners, each in its turn', () => {
    const pace = new WritePace(() => START);
    const all = Array.from({ length: 400 }, () => listenerOf(pace));
    vi.advanceTimersByTime(5_000);
    const before = all.map(({ response }) => response.written.length);
    const sum = (): number =>
      all.reduce((total, { response }, i) => total + response.written.length - (before[i] ?? 0), 0);
    let number = 1;
    for (let ms = 0; ms < 4_000; ms += 100) {
      for (const { listener } of all) listener.offer(eventOf(number));
      number++;
      vi.advanceTimersByTime(100);
    }
    expect(sum()).toBeLessThanOrEqual(400);
    expect(sum()).toBeGreaterThan(350);
    const each = all.map(({ response }, i) => response.written.length - (before[i] ?? 0));
    expect(Math.max(...each) - Math.min(...each)).toBeLessThanOrEqual(1);
  });
});
