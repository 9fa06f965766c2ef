import fc from 'fast-check';
import { expect, it } from 'vitest';
import { subtractAmounts } from './decimal';

it.each([
  ['77.50', '0.12', '77.38'],
  ['0.1', '0.2', '-0.1'],
  ['-5', '2.50', '-7.50'],
  ['1', '1.000', '0.000'],
  ['-0.50', '-0.75', '0.25'],
])('%s − %s is %s', (a, b, difference) => expect(subtractAmounts(a, b)).toBe(difference));

it('is exact for amounts of any size', () => {
  fc.assert(
    fc.property(
      fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }),
      fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }),
      (a, b) => {
        expect(BigInt(subtractAmounts(`${a}`, `${b}`))).toBe(a - b);
      },
    ),
  );
});
