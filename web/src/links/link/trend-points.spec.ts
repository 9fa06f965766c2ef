import { expect, it } from 'vitest';
import { pointsOf, valuesOf } from './trend-points';

const now = new Date('2026-11-27T02:30:00Z');
const hour = (start: string, humanClicks: number, unfinished = false) => ({
  start: `2026-11-27T${start}:00:00.000Z`,
  humanClicks,
  ...(unfinished && { unfinished }),
});

it('hours that have not begun are left out, the running one is unfinished', () => {
  const trend = {
    interval: 'hour' as const,
    points: [hour('00', 4), hour('01', 7), hour('02', 3, true), hour('03', 0, true)],
  };
  const points = pointsOf(trend, 'Europe/Malta', now);
  expect(points.map(({ label, isUnfinished }) => [label, isUnfinished])).toEqual([
    ['01', false],
    ['02', false],
    ['03', true],
  ]);
  expect(points[0]?.title).toBe('Fri 27 Nov, 01:00 – 02:00');
  expect(valuesOf(trend, 'humanClicks', 3, now)).toEqual([4, 7, 3]);
});

it('days and months have their names', () => {
  const points = [{ start: '2025-11-01T00:00:00.000Z', humanClicks: 1 }];
  expect(pointsOf({ interval: 'month', points }, 'UTC', now)[0]).toMatchObject({
    label: 'Nov 2025',
    title: 'Nov 2025',
  });
  expect(pointsOf({ interval: 'day', points }, 'UTC', now)[0]?.label).toBe('1 Nov');
});
