import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isNumberDimension, isTextDimension, isTimeDimension, REPORT_DIMENSIONS } from './dimensions.js';
import { formatFilterValue, readFilter, splitUnescaped } from './read-filter.js';

const RUNS = Number(process.env['PROPERTY_RUNS'] ?? 500);
const hostile = fc.oneof(
  fc.string({ unit: 'binary', minLength: 1, maxLength: 12 }),
  fc.string({ unit: fc.constantFrom('\\', ',', '-', '~', '(', ')', 'n', 'o', 'e', ':'), minLength: 1, maxLength: 12 }),
  fc.constantFrom('(none)', '-', '~', '\\', ',', '-~', '~-x', "'; DROP TABLE clicks; --"),
);
const texts = REPORT_DIMENSIONS.filter((one) => !isNumberDimension(one) && !isTimeDimension(one));
const values = fc.array(fc.oneof({ weight: 5, arbitrary: hostile }, { weight: 1, arbitrary: fc.constant(null) }), {
  minLength: 1,
  maxLength: 5,
});

function read(dimension: (typeof REPORT_DIMENSIONS)[number], text: string): unknown {
  const reading = readFilter(dimension, text);
  return reading.ok ? reading.filter : reading.problem.code;
}

describe('readFilter', () => {
  it('reads the values that formatFilterValue wrote, whatever they are', () => {
    fc.assert(
      fc.property(fc.constantFrom(...texts), values, fc.boolean(), (dimension, wanted, isExcluding) => {
        const text = `${isExcluding ? '-' : ''}${wanted.map(formatFilterValue).join(',')}`;
        expect(read(dimension, text)).toEqual({ dimension, isExcluding, mode: 'equals', values: wanted });
      }),
      { numRuns: RUNS },
    );
  });

  it('reads parts of texts in the same way', () => {
    fc.assert(
      fc.property(fc.array(hostile, { minLength: 1, maxLength: 3 }), (wanted) => {
        const text = `~${wanted.map(formatFilterValue).join(',')}`;
        expect(read('sub1', text)).toEqual({ dimension: 'sub1', isExcluding: false, mode: 'contains', values: wanted });
      }),
      { numRuns: RUNS },
    );
  });

  it('answers to any text with a filter or a problem that names the dimension', () => {
    fc.assert(
      fc.property(fc.constantFrom(...REPORT_DIMENSIONS), fc.string({ unit: 'binary' }), (dimension, text) => {
        const reading = readFilter(dimension, text);
        if (reading.ok) expect(reading.filter.values.length).toBeGreaterThan(0);
        else
          expect(reading.problem).toMatchObject({
            path: dimension,
            message: expect.stringContaining(dimension) as string,
          });
      }),
      { numRuns: RUNS },
    );
  });

  it.each([
    ['country', 'DE', false, 'equals', ['DE']],
    ['country', 'DE,AT', false, 'equals', ['DE', 'AT']],
    ['country', '-DE,AT', true, 'equals', ['DE', 'AT']],
    ['campaign', '~sale', false, 'contains', ['sale']],
    ['campaign', '-~sale', true, 'contains', ['sale']],
    ['sub1', '(none)', false, 'equals', [null]],
    ['sub1', String.raw`\(none)`, false, 'equals', ['(none)']],
    ['sub1', 'a,(none)', false, 'equals', ['a', null]],
    ['sub1', String.raw`\-a,b\,c`, false, 'equals', ['-a', 'b,c']],
    ['asn', '3320,4200000000', false, 'equals', [3_320, 4_200_000_000]],
    ['weekday', '1', false, 'equals', [1]],
    ['hourOfDay', '-0,23', true, 'equals', [0, 23]],
    ['day', '1970-01-05', false, 'equals', [4]],
    ['month', '1971-02', false, 'equals', [1_971 * 12 + 1]],
  ] as const)('reads %s=%s', (dimension, text, isExcluding, mode, wanted) => {
    expect(read(dimension, text)).toEqual({ dimension, isExcluding, mode, values: wanted });
  });

  it.each([
    ['country', '', 'invalid_value'],
    ['country', '-', 'invalid_value'],
    ['country', 'DE,,AT', 'invalid_value'],
    ['campaign', '~', 'invalid_value'],
    ['campaign', '~(none)', 'invalid_value'],
    ['asn', 'AS3320', 'invalid_value'],
    ['weekday', '8', 'invalid_value'],
    ['hourOfDay', '24', 'invalid_value'],
    ['day', '2026-02-30', 'invalid_value'],
    ['hour', '2026-02-03', 'invalid_value'],
    ['month', '2026-13', 'invalid_value'],
    ['country', Array(201).fill('x').join(','), 'too_many'],
    ...REPORT_DIMENSIONS.filter((one) => !isTextDimension(one)).map((one) => [one, '~1', 'not_text'] as const),
  ] as const)('refuses %s=%s', (dimension, text, code) => {
    expect(read(dimension, text)).toBe(code);
  });
});

describe('splitUnescaped', () => {
  it('splits what was joined with commas', () => {
    fc.assert(
      fc.property(fc.array(hostile, { maxLength: 4 }), (parts) => {
        const escaped = parts.map(formatFilterValue);
        expect(splitUnescaped(escaped.join(','))).toEqual(escaped);
      }),
      { numRuns: RUNS },
    );
  });
});
