import { describe, expect, it } from 'vitest';
import { parsePeriodSearch, rangeOf, shiftRange } from './period';

const now = new Date('2026-11-27T23:30:00Z'); // the 28th in Malta
const zone = 'Europe/Malta';

describe('periods', () => {
  it('are days of the zone', () => {
    expect(rangeOf({}, 'today', zone, now)).toEqual({ from: '2026-11-28', to: '2026-11-28' });
    expect(rangeOf({ period: '7d' }, 'today', zone, now)).toEqual({ from: '2026-11-22', to: '2026-11-28' });
    expect(rangeOf({ period: 'month' }, 'today', zone, now)).toEqual({ from: '2026-11-01', to: '2026-11-28' });
    expect(rangeOf({ period: 'all' }, 'today', zone, now)).toBeNull();
  });

  it('move by their length, but not into the future', () => {
    const week = { from: '2026-11-22', to: '2026-11-28' };
    expect(shiftRange(week, -1, zone, now)).toEqual({ from: '2026-11-15', to: '2026-11-21' });
    expect(shiftRange(week, 1, zone, now)).toBeNull();
    expect(shiftRange(null, -1, zone, now)).toBeNull();
  });

  it('are read from the URL, which may hold anything', () => {
    expect(parsePeriodSearch({ period: '30d', from: 'x' })).toEqual({ period: '30d' });
    expect(parsePeriodSearch({ from: '2026-11-01', to: '2026-11-02' })).toEqual({
      from: '2026-11-01',
      to: '2026-11-02',
    });
    expect(parsePeriodSearch({ from: '2026-11-03', to: '2026-11-02' })).toEqual({});
    expect(parsePeriodSearch({ period: 'ever', from: 7, to: '2026-13-99' })).toEqual({});
  });
});
