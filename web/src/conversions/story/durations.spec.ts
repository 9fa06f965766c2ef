import { expect, it } from 'vitest';
import type { Conversion } from '../conversions-words';
import { durationPoints, statusSince } from './durations';

const entry = (at: string, status: Conversion['status']): Conversion['history'][number] => ({
  at,
  status,
  networkStatus: null,
  payout: null,
  origin: 'postback',
  postbackId: null,
  by: null,
  note: null,
});
const ftd = {
  clickedAt: '2026-11-25T20:00:00Z',
  convertedAt: '2026-11-25T20:27:00Z',
  eventType: 'ftd',
  status: 'approved',
  history: [entry('2026-11-25T20:27:00Z', 'pending'), entry('2026-11-26T20:00:00Z', 'approved')],
} as const satisfies Partial<Conversion>;

it('goes from the click by the registration to the settlement', () => {
  const registration = { eventType: 'registration', convertedAt: '2026-11-25T20:05:00Z' } as const;
  expect(durationPoints({ ...ftd, history: [...ftd.history] }, [registration])).toEqual([
    { kind: 'click', ms: 0 },
    { kind: 'event', eventType: 'registration', ms: 300_000 },
    { kind: 'event', eventType: 'ftd', ms: 1_620_000 },
    { kind: 'settled', status: 'approved', ms: 86_400_000 },
  ]);
});

it('ends with the event when that was settled at once, and open while it is pending', () => {
  const atOnce = { ...ftd, history: [entry(ftd.convertedAt, 'approved')] };
  expect(durationPoints(atOnce, []).at(-1)).toEqual({
    kind: 'event',
    eventType: 'ftd',
    status: 'approved',
    ms: 1_620_000,
  });
  const pending = { ...ftd, status: 'pending' as const, history: [entry(ftd.convertedAt, 'pending')] };
  expect(durationPoints(pending, []).at(-1)).toEqual({ kind: 'settled', status: 'pending', ms: 1_620_000 });
});

it('is empty without a click, and for a time before it', () => {
  expect(durationPoints({ ...ftd, history: [...ftd.history], clickedAt: null }, [])).toEqual([]);
  expect(durationPoints({ ...ftd, history: [...ftd.history], convertedAt: '2026-11-25T19:00:00Z' }, [])).toEqual([]);
});

it('knows since when the status holds, whatever amounts came after', () => {
  const history = [...ftd.history, entry('2026-11-27T00:00:00Z', 'approved')];
  expect(statusSince({ history, convertedAt: ftd.convertedAt })).toBe('2026-11-26T20:00:00Z');
  expect(statusSince({ history: [], convertedAt: ftd.convertedAt })).toBe(ftd.convertedAt);
});
