import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LogEntry } from '../process/log-entry.js';
import { RefusedBytes, shortened, entrySizeBytes } from './refused-bytes.js';

const HOUR_MS = 3_600_000;
const entry = (query: string, body: string): LogEntry =>
  ({
    query,
    body,
    hint: 'why',
    headers: [
      { name: 'content-type', value: 'application/json' },
      { name: 'cookie', value: '***' },
    ],
    waitsUntil: new Date(0),
  }) as LogEntry;

describe('S6 bytes of refused requests', () => {
  it('are never more than twice the bound within an hour, for each network by itself', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ bytes: fc.integer({ min: 1, max: 400 }), after: fc.nat(HOUR_MS / 20) }), {
          maxLength: 60,
        }),
        (requests) => {
          const budget = new RefusedBytes(1_000);
          const taken: { at: number; bytes: number }[] = [];
          let now = 0;
          for (const { bytes, after } of requests) {
            now += after;
            if (budget.take('net_1', bytes, now)) taken.push({ at: now, bytes });
          }
          for (const { at } of taken) {
            const within = taken.filter((one) => one.at >= at && one.at < at + HOUR_MS);
            expect(within.reduce((sum, { bytes }) => sum + bytes, 0)).toBeLessThanOrEqual(2_001);
          }
          expect(budget.take('net_2', 1_000, now)).toBe(true);
        },
      ),
    );
  });

  it('a short request is kept whole, but for its headers, and still waits', () => {
    const short = entry('click_id=x&event=new', '');
    expect(shortened(short)).toEqual({ ...short, headers: [{ name: 'content-type', value: 'application/json' }] });
  });

  it('a long one keeps its beginning, waits no more and cannot be run again', () => {
    const kept = shortened(entry('a'.repeat(3_000), 'b'.repeat(60_000)));
    expect(kept).toMatchObject({ query: 'a'.repeat(1_000), body: 'b'.repeat(1_000), isIncomplete: true });
    expect(kept).not.toHaveProperty('waitsUntil');
    expect(kept.hint).toMatch(/^why More than 16 MiB/);
    expect(entrySizeBytes(kept)).toBeLessThan(2_500);
  });
});
