import { describe, expect, it } from 'vitest';
import { columnCount, isSeparatorLine, isTotalRow, repeatedHeader, surplusCells, surplusHint } from './csv-table.js';

describe('K13 a row', () => {
  it.each([
    ['an unquoted comma', ['u', 's', 'Hello', ' world'], 3, [' world']],
    ['two of them', ['u', 's', 'a', 'b', 'c'], 3, ['b', 'c']],
    ['trailing separators', ['u', 's', 't', '', ' '], 3, []],
    ['a hole before what is left over', ['u', 's', 't', '', 'x'], 3, ['x']],
    ['fewer cells', ['u'], 3, []],
  ])('with %s', (_, fields, columns, surplus) => {
    expect(surplusCells(fields, columns)).toEqual(surplus);
  });

  it('says which cells are left over, and what to do', () => {
    expect(surplusHint(['C1', 'sale', '12', '50', 'EUR'], 4)).toBe(
      'The row has 5 cells for 4 columns; left over: "EUR". A value with a separator in it must stand in quotes: "1,234.56".',
    );
    const long = surplusHint(['a', ...Array.from({ length: 100 }, () => 'x'.repeat(1_000))], 1);
    expect(long.length).toBeLessThan(500);
    expect(long).toContain('and 95 more');
  });

  it('has as many columns as have names', () => {
    expect(columnCount(['url', 'slug', '', ' '])).toBe(2);
    expect(columnCount(['', 'url'])).toBe(2);
    expect(columnCount([])).toBe(0);
  });

  it.each([
    ['the same', ['url', 'slug', 't'], 'same'],
    ['other case and a mark', ['\ufeffURL', ' Slug', 't'], 'same'],
    ['trailing separators', ['url', 'slug', 't', '', ''], 'same'],
    ['another order', ['slug', 'url', 't'], 'other'],
    ['another column', ['url', 'slug', 'x'], 'other'],
    ['one column less', ['url', 'slug'], 'other'],
    ['values', ['https://a.example/', 'slug', 'x'], undefined],
    ['one value that is a name', ['url', '', ''], undefined],
    ['nothing', ['', '', ''], undefined],
  ])('of column names again: %s', (_, fields, answer) => {
    expect(repeatedHeader(['url', 'slug', 't'], fields)).toBe(answer);
  });

  it('of a separator line', () => {
    expect(isSeparatorLine(['sep=', ''])).toBe(true);
    expect(isSeparatorLine(['sep=;'])).toBe(true);
    expect(isSeparatorLine(['sep=', 'x'])).toBe(false);
  });

  it.each([
    [['Total', '', '', '123'], true],
    [['', 'TOTALS:', '1,234.50 €'], true],
    [['Grand total', '5', '-'], true],
    [['Итого', '5'], true],
    [['Total', 'summer'], false],
    [['https://total.example/', '5'], false],
    [['Totally', '5'], false],
    [[], false],
  ])('of sums: %j', (fields, answer) => {
    expect(isTotalRow(fields)).toBe(answer);
  });
});
