import { describe, expect, it } from 'vitest';
import { trafficSource } from './traffic-source.js';

const pairs = (query: string) => [...new URLSearchParams(query)].map(([name, value]) => ({ name, value }));

describe('the traffic source of a click', () => {
  it.each([
    ['source=fb', 'fb'],
    ['utm_source=google', 'google'],
    ['utm_source=google&source=fb', 'fb'],
    ['source=&utm_source=google', 'google'],
    ['source=&source=second', 'second'],
    ['source=first&source=second', 'first'],
    ['Source=fb&sub1=x', undefined],
    ['utm_source=', undefined],
    ['', undefined],
  ])('of ?%s is %s', (query, expected) => {
    expect(trafficSource(pairs(query))).toBe(expected);
  });

  it('is unknown without a stored query', () => {
    expect(trafficSource(undefined)).toBeUndefined();
  });
});
