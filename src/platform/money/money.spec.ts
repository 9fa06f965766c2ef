import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareAmounts, formatAmount, parseAmount, parseCurrency, parseMoneyText } from './money.js';

describe('parseAmount', () => {
  it.each([
    ['50', '50'],
    ['50.00', '50'],
    ['50,5', '50.5'],
    ['1,234.56', '1234.56'],
    ['1.234,56', '1234.56'],
    ['1,234,567', '1234567'],
    ['12,345', '12.345'],
    ['0,125', '0.125'],
    ['1.234', '1.234'],
    ['-12.5', '-12.5'],
    ['.5', '0.5'],
    [' 7 ', '7'],
    ['+5', '5'],
    ['-5', '-5'],
    ['−5', '-5'],
    ['-0', '0'],
    ['-0.00', '0'],
    ['(5.00)', '-5'],
    ['(1,234.50)', '-1234.5'],
    ['($5)', '-5'],
    ['1 234,56', '1234.56'],
    ['1\u00a0234,56', '1234.56'],
    ['1\u202f234\u202f567,5', '1234567.5'],
    ['1 234', '1234'],
    ["1'234.56", '1234.56'],
    ['1’234’567', '1234567'],
    ['€50', '50'],
    ['€ 50', '50'],
    ['50 €', '50'],
    ['50,00€', '50'],
    ['$1,000.00', '1000'],
    ['US$ 1,000.00', '1000'],
    ['R$1.234,56', '1234.56'],
    ['-€5', '-5'],
    ['€-5', '-5'],
    ['- €5', '-5'],
    ['50 EUR', '50'],
    ['EUR50', '50'],
    ['eur 1 234,56', '1234.56'],
    ['€1.50 EUR', '1.5'],
  ])('reads %s as %s', (text, amount) => {
    expect(parseAmount(text)).toBe(amount);
  });

  const noAmounts = [
    '',
    'abc',
    '{payout}',
    '1e5',
    '0x10',
    '1.2.3,4,5',
    '12,34.5',
    '--5',
    'NaN',
    '9'.repeat(16),
    '.',
    ',',
  ];
  const alsoNone = [
    '12 34',
    '1 234 56',
    "1'234 567",
    '1 234.567,8',
    '1,234 567',
    '5-',
    '(-5)',
    '(5',
    '5)',
    '()',
    '€',
    'EUR',
  ];
  const wrongMarks = [
    '50 XYZ',
    '50 EURO',
    'EUR 50 USD',
    '50%',
    '5/2',
    '-5-',
    '-€-5',
    '€€5',
    '5 5 €',
    `${' '.repeat(99)}5x`,
  ];
  it.each([...noAmounts, ...alsoNone, ...wrongMarks, '1\n234', '٣', '1\t234'])('refuses %j', (text) => {
    expect(parseAmount(text)).toBeUndefined();
  });

  it('never loses a cent', () => {
    fc.assert(
      fc.property(fc.integer({ min: -(10 ** 12), max: 10 ** 12 }), (cents) => {
        const sign = cents < 0 ? '-' : '';
        const abs = Math.abs(cents);
        const text = `${sign}${Math.floor(abs / 100)}.${String(abs % 100).padStart(2, '0')}`;
        const parsed = parseAmount(text);
        return parsed !== undefined && compareAmounts(parsed, text) === 0;
      }),
    );
  });
});

describe('an amount as people write it', () => {
  const cents = fc.integer({ min: 0, max: 10 ** 12 });
  const styles = fc.constantFrom<[group: string, decimal: string]>(
    ['', '.'],
    ['', ','],
    [',', '.'],
    ['.', ','],
    [' ', ','],
    ['\u00a0', ','],
    ['\u202f', '.'],
    ["'", '.'],
  );
  const frames = fc.constantFrom(
    (text: string) => ({ text, negative: false }),
    (text: string) => ({ text: `+${text}`, negative: false }),
    (text: string) => ({ text: `-${text}`, negative: true }),
    (text: string) => ({ text: `(${text})`, negative: true }),
    (text: string) => ({ text: `€ ${text}`, negative: false }),
    (text: string) => ({ text: `-$${text}`, negative: true }),
    (text: string) => ({ text: `${text} PLN`, negative: false }),
  );

  it('means the same in every style', () => {
    fc.assert(
      fc.property(cents, styles, frames, (value, [group, decimal], frame) => {
        const whole = String(Math.floor(value / 100));
        const fraction = String(value % 100).padStart(2, '0');
        const { text, negative } = frame(`${whole.replaceAll(/\B(?=(\d{3})+$)/g, group)}${decimal}${fraction}`);
        const parsed = parseAmount(text);
        expect(parsed, text).toBeDefined();
        expect(compareAmounts(parsed ?? '0', `${negative ? '-' : ''}${whole}.${fraction}`), text).toBe(0);
      }),
    );
  });

  it('is a plain decimal or nothing, whatever the text', () => {
    const alphabet = fc.constantFrom(..."0123456789.,+-−() '’€$EURUSD\u00a0x");
    fc.assert(
      fc.property(fc.array(alphabet, { maxLength: 20 }), (letters) => {
        expect(parseAmount(letters.join('')) ?? '0').toMatch(/^-?\d+(\.\d+)?$/);
      }),
    );
  });
});

describe('parseMoneyText', () => {
  it.each([
    ['50 EUR', { amount: '50', currency: 'EUR' }],
    ['usd 1,000.50', { amount: '1000.5', currency: 'USD' }],
    ['GBP-5', { amount: '-5', currency: 'GBP' }],
    ['(5.00 EUR)', { amount: '-5', currency: 'EUR' }],
    ['$5 CAD', { amount: '5', currency: 'CAD' }],
    ['$5', { amount: '5' }],
    ['€5', { amount: '5' }],
  ])('reads %s', (text, money) => {
    expect(parseMoneyText(text)).toEqual(money);
  });
});

describe('formatAmount', () => {
  it('shows two decimals, and more where there are more', () => {
    expect(formatAmount('50')).toBe('50.00');
    expect(formatAmount('0.125')).toBe('0.125');
  });
});

describe('parseCurrency', () => {
  it('knows ISO 4217 in any case, and nothing else', () => {
    expect(parseCurrency('eur')).toBe('EUR');
    expect(parseCurrency('EURO')).toBeUndefined();
    expect(parseCurrency('$')).toBeUndefined();
  });
});
