import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareAmounts } from './money.js';
import { type MoneyContext, type MoneyReading, type MoneySource, readMoney } from './read-money.js';

const USD: MoneyContext = { defaultCurrency: 'USD' };
const numRuns = Number(process.env['PROPERTY_RUNS'] ?? 500);

const read = (amount: string, source: Partial<MoneySource> = {}, context: MoneyContext = USD): MoneyReading =>
  readMoney({ amount, ...source }, context);
/** The amount with its currency, or why there is none. */
const short = (reading: MoneyReading): string =>
  reading.kind === 'value'
    ? `${reading.amount} ${reading.currency}`
    : reading.kind === 'absent'
      ? 'absent'
      : reading.reason;
const codes = (reading: MoneyReading): string[] =>
  reading.kind === 'value' ? reading.notices.map(({ code }) => code) : [];
const isNamed = (reading: MoneyReading): boolean => reading.kind === 'value' && reading.isCurrencyNamed;

describe('K1 a currency beside the number', () => {
  it.each([
    ['50 EUR', '50 EUR'],
    ['€12.50', '12.5 EUR'],
    ['12,50 €', '12.5 EUR'],
    ['5000 JPY', '5000 JPY'],
    ['EUR50', '50 EUR'],
    ['50eur', '50 EUR'],
    ['usd 1,000.50', '1000.5 USD'],
    ['GBP-5', '-5 GBP'],
    ['(5.00 EUR)', '-5 EUR'],
    ['50 (EUR)', '50 EUR'],
    ['US$ 1,000.00', '1000 USD'],
    ['R$1.234,56', '1234.56 BRL'],
    ['A$5', '5 AUD'],
    ['5 руб.', '5 RUB'],
    ['5 zł', '5 PLN'],
    ['50 Kč', '50 CZK'],
    ['₹1,23,456.78', '123456.78 INR'],
    ['50 dollars', '50 USD'],
    ['12 ABC', '12 ABC'],
    ['0.5 BTC', '0.5 BTC'],
    ['€1.50 EUR', '1.5 EUR'],
    ['$5 CAD', '5 CAD'],
  ])('%s is %s', (text, money) => {
    expect(short(read(text))).toBe(money);
    expect(isNamed(read(text))).toBe(true);
  });

  it('that nothing says is the network’s', () => {
    expect(short(read('50'))).toBe('50 USD');
    expect(isNamed(read('50'))).toBe(false);
    expect(short(read('50', {}, {}))).toBe('invalid_currency');
  });

  it('whose sign several share is the network’s if it is one of them, else the usual one, with a notice', () => {
    expect(short(read('$50', {}, { defaultCurrency: 'CAD' }))).toBe('50 CAD');
    expect(codes(read('$50', {}, { defaultCurrency: 'CAD' }))).toEqual([]);
    expect(short(read('$50', {}, { defaultCurrency: 'EUR' }))).toBe('50 USD');
    expect(codes(read('$50', {}, { defaultCurrency: 'EUR' }))).toEqual(['currency_guessed']);
    expect(short(read('£5'))).toBe('5 GBP');
    expect(short(read('¥5', {}, { defaultCurrency: 'CNY' }))).toBe('5 CNY');
    expect(short(read('¥5'))).toBe('5 JPY');
    expect(short(read('50 kr'))).toBe('invalid_currency');
    expect(short(read('50 kr', {}, { defaultCurrency: 'SEK' }))).toBe('50 SEK');
  });

  it.each(['12abc', '12 pcs', '50%', '50 USD/lead', '5k', '#5', '~5', '5 or 6', '50 EURS!'])(
    '%s is no amount',
    (text) => {
      expect(short(read(text))).toBe('invalid_amount');
    },
  );

  it('is refused when two contradict each other, and both are named', () => {
    for (const reading of [
      read('50 EUR', { currency: 'USD' }),
      read('EUR 50 USD'),
      read('€50', { unit: 'USD' }),
      read('50', { unit: 'EUR', currency: 'USD' }),
    ]) {
      expect(reading).toMatchObject({ kind: 'unreadable', reason: 'invalid_currency' });
      expect(reading.kind === 'unreadable' && reading.hint).toMatch(/EUR.*USD|USD.*EUR/);
    }
    expect(read('$50', { currency: 'EUR' })).toMatchObject({ reason: 'invalid_currency' });
    expect(short(read('$50', { currency: 'AUD' }))).toBe('50 AUD');
  });

  it('may stand in the name of the column', () => {
    expect(short(read('50', { unit: 'EUR' }))).toBe('50 EUR');
    expect(short(read('50', { unit: '€' }))).toBe('50 EUR');
  });
});

describe('K1 a currency in a field of its own', () => {
  it.each([
    ['eur', '50 EUR', []],
    ['€', '50 EUR', []],
    ['Euro', '50 EUR', ['currency_translated']],
    ['840', '50 USD', ['currency_translated']],
    ['978', '50 EUR', ['currency_translated']],
    ['RUR', '50 RUB', ['currency_translated']],
    ['USDT', '50 USDT', ['currency_unknown']],
    ['btc', '50 BTC', ['currency_unknown']],
    ['BYR', '50 BYR', ['currency_unknown']],
    ['DEM', '50 DEM', ['currency_unknown']],
    ['null', '50 USD', []],
    ['N/A', '50 USD', []],
    ['12', 'invalid_currency', []],
    ['US Dollars and cents', 'invalid_currency', []],
  ])('%s is %s', (currency, money, notices) => {
    expect(short(read('50', { currency }))).toBe(money);
    expect(codes(read('50', { currency }))).toEqual(notices);
  });

  it('is what the network’s own words say', () => {
    const context = { ...USD, currencies: { usdt: 'USD', 'у.е.': 'EUR', kr: 'NOK' } };
    expect(short(read('50', { currency: 'USDT' }, context))).toBe('50 USD');
    expect(short(read('50 USDT', {}, context))).toBe('50 USD');
    expect(short(read('50 у.е.', {}, context))).toBe('50 EUR');
    expect(short(read('50 kr', {}, context))).toBe('50 NOK');
  });
});

describe('K3 no money', () => {
  it.each(['', ' ', 'null', 'undefined', '-', '—', 'N/A', 'n/a', 'NaN', 'none', '#N/A', '(not set)', 'false'])(
    '%j is absent',
    (text) => {
      expect(short(read(text))).toBe('absent');
    },
  );
});

describe('K6 numbers as people write them', () => {
  it.each([
    ['50', '50'],
    ['50.00', '50'],
    ['50,5', '50.5'],
    ['1,234.56', '1234.56'],
    ['1.234,56', '1234.56'],
    ['1,234,567', '1234567'],
    ['1.234.567', '1234567'],
    ['0,125', '0.125'],
    ['1234,567', '1234.567'],
    ['12.600000000000001', '12.6'],
    ['0.1234567890123456', '0.123456789012'],
    ['1.5E2', '150'],
    ['1,5e+2', '150'],
    ['5e-1', '0.5'],
    ['-12.5', '-12.5'],
    ['−5.4', '-5.4'],
    ['5.4-', '-5.4'],
    ['(5.40)', '-5.4'],
    ['($5)', '-5'],
    ['-0.00', '0'],
    ['+5', '5'],
    ['.5', '0.5'],
    ['50,-', '50'],
    ['50.--', '50'],
    ['50.', '50'],
    ['1,23,456.78', '123456.78'],
    ['12,34,567', '1234567'],
    ['٣٤٫٥', '34.5'],
    ['१२३', '123'],
    ['１２３．５', '123.5'],
    ['"50"', '50'],
    ['="50"', '50'],
    ["'50", '50'],
    ['“50”', '50'],
    ['1 234,56', '1234.56'],
    ['1\u00a0234,56', '1234.56'],
    ['1\u202f234\u202f567,5', '1234567.5'],
    ["1'234.56", '1234.56'],
    ['1’234’567', '1234567'],
    ['1_000', '1000'],
    ['\u202a50\u202c', '50'],
  ])('reads %s as %s', (text, amount) => {
    expect(short(read(text))).toBe(`${amount} USD`);
  });

  it.each(
    [
      [
        'abc',
        '0x10',
        '1.2.3,4,5',
        '12,34.5',
        '--5',
        '9'.repeat(16),
        '1e40',
        '12 34',
        '1 234 56',
        "1'234 567",
        'Infinity',
      ],
      [
        '1 234.567,8',
        '1,234 567',
        '(-5)',
        '(5',
        '5)',
        '€',
        'EUR',
        '-5-',
        '-€-5',
        '5 5 €',
        '1\n234',
        '1\t234',
        '50.00.',
      ],
      ['2026-01-01', '5/2', '5 - 6', `${' '.repeat(99)}5x`, '१२a३'],
    ].flat(),
  )('refuses %j', (text) => {
    expect(short(read(text))).toBe('invalid_amount');
  });

  it('takes a lone mark before three digits for a decimal one, and says both readings', () => {
    const reading = read('1,234');
    expect(short(reading)).toBe('1.234 USD');
    expect(reading.kind === 'value' && reading.notices[0]?.text).toMatch(/read as 1\.234, not as 1234/);
    expect(codes(read('1.234', { isNumber: true }))).toEqual([]);
    expect(codes(read('0.234'))).toEqual([]);
  });

  it('never does in currencies that are used without minor units', () => {
    expect(short(read('1.234 JPY'))).toBe('1234 JPY');
    expect(short(read('1,234', {}, { defaultCurrency: 'IDR' }))).toBe('1234 IDR');
    expect(short(read('12.50 HUF'))).toBe('12.5 HUF');
  });

  it('lets the other rows of a file decide', () => {
    expect(short(read('1.234', {}, { ...USD, decimalMark: ',' }))).toBe('1234 USD');
    expect(short(read('1.234', {}, { ...USD, decimalMark: '.' }))).toBe('1.234 USD');
    expect(codes(read('1.234', {}, { ...USD, decimalMark: ',' }))).toEqual([]);
  });
});

describe('whatever comes', () => {
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
    (text: string) => ({ text, isNegative: false, currency: 'USD' }),
    (text: string) => ({ text: `+${text}`, isNegative: false, currency: 'USD' }),
    (text: string) => ({ text: `-${text}`, isNegative: true, currency: 'USD' }),
    (text: string) => ({ text: `${text}-`, isNegative: true, currency: 'USD' }),
    (text: string) => ({ text: `(${text})`, isNegative: true, currency: 'USD' }),
    (text: string) => ({ text: `€ ${text}`, isNegative: false, currency: 'EUR' }),
    (text: string) => ({ text: `-$${text}`, isNegative: true, currency: 'USD' }),
    (text: string) => ({ text: `${text} PLN`, isNegative: false, currency: 'PLN' }),
    (text: string) => ({ text: `="${text}"`, isNegative: false, currency: 'USD' }),
  );

  it('an amount means the same in every style, to the cent', () => {
    fc.assert(
      fc.property(cents, styles, frames, (value, [group, decimal], frame) => {
        const whole = String(Math.floor(value / 100));
        const fraction = String(value % 100).padStart(2, '0');
        const { text, isNegative, currency } = frame(
          `${whole.replaceAll(/\B(?=(\d{3})+$)/g, group)}${decimal}${fraction}`,
        );
        const reading = read(text);
        if (reading.kind !== 'value') throw new Error(`${text}: ${short(reading)}`);
        expect(compareAmounts(reading.amount, `${isNegative ? '-' : ''}${whole}.${fraction}`), text).toBe(0);
        expect(reading.currency, text).toBe(currency);
      }),
      { numRuns },
    );
  });

  it('what was read is read again as the same', () => {
    fc.assert(
      fc.property(cents, fc.constantFrom('EUR', 'USD', 'PLN', 'USDT'), (value, currency) => {
        const first = read(`${value}.5 ${currency}`);
        if (first.kind !== 'value') return;
        expect(read(`${first.amount} ${first.currency}`)).toEqual(first);
      }),
      { numRuns },
    );
  });

  it('nothing throws, and an amount is a plain decimal', () => {
    const alphabet = fc.constantFrom(..."0123456789.,+-−() '’€$¥EURUSDkr\u00a0xeE٣३%\n");
    const text = fc.oneof(
      fc.array(alphabet, { maxLength: 20 }).map((letters) => letters.join('')),
      fc.string({ unit: 'binary', maxLength: 80 }),
    );
    fc.assert(
      fc.property(text, fc.option(text), (amount, currency) => {
        const reading = read(amount, { currency: currency ?? undefined });
        if (reading.kind === 'value') {
          expect(reading.amount).toMatch(/^-?\d{1,15}(\.\d{1,12})?$/);
          expect(reading.currency).toMatch(/^[A-Z]{2,10}$/);
        } else if (reading.kind === 'unreadable') expect(reading.hint).toMatch(/\.$/);
      }),
      { numRuns },
    );
  });
});
