import { describe, expect, it } from 'vitest';
import { bucketsOf, bucketUnitOf } from './trend-buckets';

const now = new Date('2026-11-27T02:30:00Z');
const span = { from: '2026-11-27T00:00:00.000Z', to: '2026-11-28T00:00:00.000Z' };

describe('the pieces of a trend', () => {
  it('have a length that fits the period', () => {
    expect(bucketUnitOf({ from: '2026-11-27', to: '2026-11-27' })).toBe('hour');
    expect(bucketUnitOf({ from: '2026-11-01', to: '2026-11-30' })).toBe('day');
    expect(bucketUnitOf({ from: '2026-08-01', to: '2026-11-30' })).toBe('week');
    expect(bucketUnitOf({ from: '2020-01-01', to: '2026-11-30' })).toBe('month');
    expect(bucketUnitOf(null)).toBe('month');
  });

  it('are the hours up to now', () => {
    const hours = ['2026-11-27T00:00:00.000Z', '2026-11-27T01:00:00.000Z', '2026-11-27T02:00:00.000Z'];
    expect(bucketsOf('hour', null, span, [], now)).toEqual(hours);
    expect(bucketsOf('hour', null, span, [], new Date('2026-12-24T00:00:00Z'))).toHaveLength(24);
  });

  it('are days without gaps, and none of the future', () => {
    const range = { from: '2026-11-25', to: '2026-11-30' };
    expect(bucketsOf('day', range, span, [], now)).toEqual(['2026-11-25', '2026-11-26', '2026-11-27']);
    expect(bucketsOf('day', range, span, ['2026-11-28'], now)).toContain('2026-11-28'); // tomorrow in UTC, today in Tokyo
    expect(bucketsOf('day', { from: '2026-10-30', to: '2026-11-01' }, span, [], now)).toHaveLength(3);
  });

  it('are weeks and months from the first with facts', () => {
    expect(bucketsOf('week', null, span, ['2026-11-16', '2026-11-09'], now)).toEqual([
      '2026-11-09',
      '2026-11-16',
      '2026-11-23',
    ]);
    expect(bucketsOf('month', null, span, ['2026-09'], now)).toEqual(['2026-09', '2026-10', '2026-11']);
    expect(bucketsOf('month', null, span, ['2025-12'], now)).toHaveLength(12);
    expect(bucketsOf('month', null, span, [], now)).toEqual([]);
  });
});
