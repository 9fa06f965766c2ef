import { describe, expect, it } from 'vitest';
import { gridValues, labelledPoints, logHeight } from './chart-scale';

describe('scales of charts', () => {
  it.each([
    [0, [0, 1, 2, 3]],
    [3, [0, 1, 2, 3]],
    [7, [0, 5, 10, 15]],
    [140, [0, 50, 100, 150]],
    [2_800, [0, 1_000, 2_000, 3_000]],
    [700, [0, 250, 500, 750]],
  ])('up to %i', (greatest, values) => expect(gridValues(greatest)).toEqual(values));

  it('reach the greatest value, in whole numbers', () => {
    for (let greatest = 1; greatest < 5_000; greatest += 7) {
      const values = gridValues(greatest);
      expect(values.at(-1)).toBeGreaterThanOrEqual(greatest);
      expect(values.every(Number.isInteger)).toBe(true);
    }
  });

  it('leave room between the texts of an axis', () => {
    expect(labelledPoints(24, 720, 60)).toEqual([0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22]);
    expect(labelledPoints(3, 720, 60)).toEqual([0, 1, 2]);
    expect(labelledPoints(30, 0, 60)).toEqual([0]);
  });

  it('make bars that grow with the logarithm', () => {
    const size = { least: 8, greatest: 100 };
    expect(logHeight(0, 100, size)).toBe(2);
    expect(logHeight(100, 100, size)).toBe(100);
    expect(logHeight(10, 100, size)).toBeGreaterThan(50);
  });
});
