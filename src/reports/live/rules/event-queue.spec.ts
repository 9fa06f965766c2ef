import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EventBuffer } from './event-buffer.js';
import { eventIdAfter, parseEventId, timeOfEventId } from './event-id.js';
import { EventQueue, formatItems } from './event-queue.js';
import type { LiveEvent } from './live-event.js';
import { LIVE_EVENT_TYPES, type LiveEventType } from './live-event-types.js';

const runs = Number(process.env['PROPERTY_RUNS'] ?? 500);
const PER_TYPE = 25;

function eventOf(number: number, type: LiveEventType): LiveEvent {
  const id = eventIdAfter({ seconds: 1_000, increment: number });
  const facets = { link: null, network: null, country: null, subs: {} };
  return { id, type, workspaceId: 'wsp', facets, objectId: `o${number}`, frame: 'x'.repeat(10) };
}

describe('the id of an event', () => {
  it('has the time of its change, and ids are ordered by it', () => {
    const time = fc.record({ seconds: fc.nat({ max: 2 ** 31 }), increment: fc.nat({ max: 2 ** 31 }) });
    fc.assert(
      fc.property(time, time, (a, b) => {
        expect(timeOfEventId(eventIdAfter(a))).toEqual(a);
        const order = Math.sign(a.seconds - b.seconds) || Math.sign(a.increment - b.increment);
        const [first, second] = [eventIdAfter(a), eventIdAfter(b)];
        expect(Math.sign(Number(first > second) - Number(first < second))).toBe(order);
      }),
      { numRuns: runs },
    );
  });

  it.each(['', 'x', '82', '82GG', `83${'0'.repeat(20)}`, `82${'F'.repeat(20)}`, `82${'0'.repeat(600)}`])(
    'is not "%s"',
    (text) => expect(parseEventId(text, 1_700_000_000_000)).toBeUndefined(),
  );

  it('comes after a resume token of the same time, and before one of a later time', () => {
    const token = '8263F5E1A0000000012B042C0100296E5A1004';
    expect(eventIdAfter({ seconds: 0x63f5e1a0, increment: 1 }) > token).toBe(true);
    expect(eventIdAfter({ seconds: 0x63f5e1a0, increment: 0 }) < token).toBe(true);
  });
});

describe('the buffer of events', () => {
  it('gives the events after an id, and none when some of them were dropped', () => {
    const buffer = new EventBuffer(eventOf(0, 'click').id, { events: 3, chars: 1_000 });
    const events = [1, 2, 3, 4, 5].map((number) => eventOf(number, 'click'));
    for (const event of events) buffer.add(event);
    expect(buffer.coveredAfter).toBe(events[1]?.id);
    expect(buffer.findAfter(events[0]?.id ?? '')).toBeUndefined();
    expect(buffer.findAfter(events[1]?.id ?? '')).toEqual(events.slice(2));
    expect(buffer.findAfter(events[3]?.id ?? '')).toEqual(events.slice(4));
    expect(buffer.findAfter(eventOf(9, 'click').id)).toEqual([]);
    buffer.forget(new Set(['o4']));
    expect(buffer.findAfter(events[1]?.id ?? '')).toEqual([events[2], events[4]]);
  });

  it('is bounded by characters too', () => {
    const buffer = new EventBuffer(eventOf(0, 'click').id, { events: 100, chars: 35 });
    for (let number = 1; number <= 50; number++) buffer.add(eventOf(number, 'click'));
    expect(buffer.findAfter(buffer.coveredAfter)).toHaveLength(3);
  });
});

describe('the queue of a listener', () => {
  it('leaves room for conversions in a flood of clicks, and says at its place how many it left out', () => {
    const queue = new EventQueue();
    for (let number = 1; number <= 40; number++) queue.add(eventOf(number, 'click'));
    queue.add(eventOf(41, 'conversion'));
    queue.add(eventOf(42, 'click'));
    const items = queue.take();
    expect(items.slice(PER_TYPE)).toEqual([
      { skipped: { click: 15 }, id: eventOf(40, 'click').id },
      { event: eventOf(41, 'conversion') },
      { skipped: { click: 1 }, id: eventOf(42, 'click').id },
    ]);
    expect(queue.isEmpty).toBe(true);
    queue.add(eventOf(43, 'click'));
    expect(queue.take()).toEqual([{ event: eventOf(43, 'click') }]);
  });

  it('writes frames', () => {
    const queue = new EventQueue();
    queue.addGap('2026-01-01T00:00:00.000Z', 'A');
    for (let number = 1; number <= 26; number++) queue.add({ ...eventOf(number, 'click'), frame: '.' });
    const { id } = eventOf(26, 'click');
    expect(formatItems(queue.take())).toBe(
      `id: A\nevent: gap\ndata: {"since":"2026-01-01T00:00:00.000Z"}\n\n${'.'.repeat(25)}id: ${id}\nevent: skipped\ndata: {"click":1}\n\n`,
    );
  });

  type Step = { kind: 'event'; type: LiveEventType } | { kind: 'write' } | { kind: 'reconnect'; isLost: boolean };
  const step: fc.Arbitrary<Step> = fc.oneof(
    {
      weight: 20,
      arbitrary: fc.record({ kind: fc.constant('event' as const), type: fc.constantFrom(...LIVE_EVENT_TYPES) }),
    },
    { weight: 2, arbitrary: fc.constant({ kind: 'write' as const }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('reconnect' as const), isLost: fc.boolean() }) },
  );

  it('gives each event at most once and in order, and accounts for each that is missing', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 400 }), fc.integer({ min: 1, max: 60 }), (steps, buffered) => {
        const start = eventOf(0, 'click').id;
        const buffer = new EventBuffer(start, { events: buffered, chars: 1_000_000 });
        let queue = new EventQueue();
        let lastId = start;
        const all: LiveEvent[] = [];
        const received: (LiveEvent | 'gap')[] = [];
        /** For each event that was sent, skipped, or lost in a gap: its id. */
        let accounted = start;
        const read = (): void => {
          for (const item of queue.take()) {
            const id = 'event' in item ? item.event.id : item.id;
            const missing = all.filter((event) => event.id > accounted && event.id <= id);
            if ('event' in item) expect(missing).toEqual([item.event]);
            else if ('skipped' in item) {
              const counts: Record<string, number> = {};
              for (const { type } of missing) counts[type] = (counts[type] ?? 0) + 1;
              expect(item.skipped).toEqual(counts);
            }
            received.push('event' in item ? item.event : 'gap');
            accounted = id;
            lastId = id;
          }
        };
        for (const one of steps) {
          if (one.kind === 'event') {
            const event = eventOf(all.length + 1, one.type);
            all.push(event);
            buffer.add(event);
            queue.add(event);
          } else if (one.kind === 'write') read();
          else {
            if (!one.isLost) read(); // what was written arrives; what waits is lost
            queue = new EventQueue();
            const missed = buffer.findAfter(lastId);
            if (missed === undefined) queue.addGap(null, all.at(-1)?.id ?? start);
            else queue.addMissed(missed);
          }
        }
        while (!queue.isEmpty) read();
        expect(accounted).toBe(all.at(-1)?.id ?? start);
        const ids = received.flatMap((one) => (one === 'gap' ? [] : one.id));
        expect(ids).toEqual([...new Set(ids)].sort());
      }),
      { numRuns: runs },
    );
  });
});
