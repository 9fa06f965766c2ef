import { expect, it } from 'vitest';
import { shares } from './shares';

it('divides by the weights; what is no weight has no share', () => {
  expect(shares(['70', '30'])).toEqual([70, 30]);
  expect(shares(['1', '1', '1'])).toEqual([33, 33, 33]);
  expect(shares(['3', 'x', '-1', ''])).toEqual([100, 0, 0, 0]);
  expect(shares(['0', '0'])).toEqual([0, 0]);
  expect(shares([])).toEqual([]);
});
