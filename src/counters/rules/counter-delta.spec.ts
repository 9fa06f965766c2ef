import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { COUNTERS, type CounterDelta, isNoChange, negateDelta, sumDeltas } from './counter-delta.js';

const amounts = fc.dictionary(
  fc.constantFrom('EUR', 'USD'),
  fc.integer({ min: -1_000_000, max: 1_000_000 }).map((cents) => (cents / 100).toFixed(2)),
);
const delta: fc.Arbitrary<CounterDelta> = fc.record({
  counts: fc.dictionary(fc.constantFrom(...COUNTERS), fc.integer({ min: -100, max: 100 })),
  payouts: amounts,
  revenues: amounts,
});

describe('counter deltas', () => {
  it('cancel out exactly with their negation', () => {
    fc.assert(fc.property(fc.array(delta), (deltas) => isNoChange(sumDeltas([...deltas, ...deltas.map(negateDelta)]))));
  });

  it('add up the same in any order', () => {
    fc.assert(
      fc.property(fc.array(delta), (deltas) => {
        expect(sumDeltas([...deltas].reverse())).toEqual(sumDeltas(deltas));
      }),
    );
  });

  it('add money without a float: ten times 0.10 is 1', () => {
    const tenCents: CounterDelta = { counts: {}, payouts: { EUR: '0.10' }, revenues: {} };
    expect(sumDeltas(Array.from({ length: 10 }, () => tenCents)).payouts).toEqual({ EUR: '1' });
  });
});
