import { describe, expect, it } from 'vitest';
import { isEmptyCell, isNoValue } from './no-value.js';

describe('K13 a cell', () => {
  it.each(['', 'NULL', 'null', '\\N', '(null)', '<null>', 'undefined', 'None', 'NaN', 'N/A', '#N/A', '-', '#REF!'])(
    'has no value: %j',
    (cell) => {
      expect(isEmptyCell(cell)).toBe(true);
    },
  );
  const LONG = 'x'.repeat(100_000);
  it.each(['0', 'nullable', 'n', '--x', 'no', 'false', 'null null', LONG])('says something', (cell) => {
    expect(isEmptyCell(cell)).toBe(false);
  });
});

describe('a word that programs write for a missing value', () => {
  it.each([
    'NULL',
    'undefined',
    'nil',
    'None',
    'NaN',
    'n/a',
    '(null)',
    '[null]',
    '<null>',
    '\\N',
    '#N/A',
    '-',
    '#REF!',
  ])('is no value in a report and in a cell: %s', (word) => {
    expect([isNoValue(word), isEmptyCell(word)]).toEqual([true, true]);
  });

  it.each(['false', 'Unknown', 'empty', 'not set', 'TBD', 'no name'])('is text in a cell of a link: %s', (word) => {
    expect([isNoValue(word), isEmptyCell(word)]).toEqual([true, false]);
  });
});
