import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addMoney, addNumbers, divideAmount, noNumbers, readNumbers } from './link-numbers';

const eur = (amount: string) => ({ amount, currency: 'EUR' });

describe('numbers of links', () => {
  it('are read from a row of a report, hidden money stays hidden', () => {
    const numbers = readNumbers({ humanClicks: 4, ftds: 1, revenue: eur('1.50'), cost: null });
    expect(numbers).toMatchObject({ humanClicks: 4, ftds: 1, registrations: 0, revenue: eur('1.50'), cost: null });
    expect(noNumbers(numbers)).toMatchObject({ humanClicks: 0, revenue: eur('0.00'), cost: null });
  });

  it('are added exactly', () => {
    const rows = ['0.10', '0.20', '-1.005'].map((amount) => readNumbers({ humanClicks: 2, revenue: eur(amount) }));
    expect(addNumbers(rows)).toMatchObject({ humanClicks: 6, revenue: eur('-0.705'), profit: null });
    expect(addNumbers([])).toBeUndefined();
  });

  it('amounts are added without loss', () => {
    const amounts = fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n });
    fc.assert(
      fc.property(amounts, amounts, (a, b) => {
        expect(addMoney(eur(`${a}.00`), eur(`${b}.0`))).toEqual(eur(`${a + b}.00`));
      }),
    );
  });

  it.each([
    ['10.00', 3, '3.333'],
    ['20.00', 3, '6.667'],
    ['-20.00', 3, '-6.667'],
    ['0.0005', 1, '0.001'],
    ['0.00', 5, '0.000'],
    ['5', 4, '1.250'],
  ])('%s for %i clicks is %s each', (amount, count, quotient) => expect(divideAmount(amount, count)).toBe(quotient));

  it('nothing for no clicks has no quotient', () => expect(divideAmount('0.00', 0)).toBeNull());
});
