import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CsvCell, csvRow, harmless, withoutGuard } from './csv.js';
import { CsvReader } from './csv-reader.js';

const RUNS = Number(process.env['PROPERTY_RUNS'] ?? 500);
const parse = (text: string): string[][] => {
  const reader = new CsvReader();
  return [...reader.push(text), ...reader.end()].map(({ fields }) => fields);
};
/** Text in which quotes, separators, line ends and signs are frequent. */
const nasty = fc
  .array(fc.oneof(fc.constantFrom(...'=+-@＝＋－＠\t\r\n";,\'ab1. '), fc.string({ unit: 'grapheme', maxLength: 2 })), {
    maxLength: 12,
  })
  .map((letters) => letters.join(''));

describe('a row of CSV', () => {
  it.each<[CsvCell[], string]>([
    [['a', 'b'], 'a,b\r\n'],
    [['a,b', 'say "hi"', 'two\nlines'], '"a,b","say ""hi""","two\nlines"\r\n'],
    [[null, undefined, ''], ',,\r\n'],
    [[''], '""\r\n'],
    [[1, -1.5, true], '1,-1.5,true\r\n'],
    [['-5.00', '5', '-0.001'], '-5.00,5,-0.001\r\n'],
    [['=1+1', '+1', '-1+1', '@SUM(A1)'], "'=1+1,'+1,'-1+1,'@SUM(A1)\r\n"],
    [['\t=1', '\r=1'], '"\'\t\'=1","\'\r\'=1"\r\n'],
    [["-2+3+cmd|' /C calc'!A0"], "'-2+3+cmd|' /C calc'!A0\r\n"],
    [['a;=1', 'Mozilla; x'], '"a;\'=1","Mozilla; x"\r\n'],
    [['＝1'], "'＝1\r\n"],
    [['a;＝1'], '"a;\'＝1"\r\n'],
    [['a\t＋1'], '"a\t\'＋1"\r\n'],
  ])('%j', (cells, text) => {
    expect(csvRow(cells)).toBe(text);
  });

  it('comes back as it was through a reader, but for what was made harmless', () => {
    fc.assert(
      fc.property(fc.array(fc.array(nasty, { minLength: 1, maxLength: 5 }), { minLength: 1, maxLength: 5 }), (rows) => {
        // The header line tells the reader what separates.
        const text = csvRow(['a', 'b', 'c']) + rows.map((cells) => csvRow(cells)).join('');
        expect(parse(text).slice(1)).toEqual(rows.map((cells) => cells.map(harmless)));
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    ['=1', "'=1"],
    ["'=1", "''=1"],
    ["''=1", "'''=1"],
    ["'hello", "'hello"],
    ['-5', '-5'],
    ["'-5", "''-5"],
    ['a;=1', "a;'=1"],
    ["a;'=1", "a;''=1"],
    ['https://a.example/?x=1;=2', "https://a.example/?x=1;'=2"],
    ["a\n'@b", "a\n''@b"],
  ])('K13 what is made harmless is told from what was so before: %j', (text, cell) => {
    expect(harmless(text)).toBe(cell);
    expect(withoutGuard(cell)).toBe(text);
  });

  it('K13 takes the guard off again, whatever the text', () => {
    const letters = fc.array(fc.constantFrom(...'\'=+-@\t\r\n";,a1 .＝＋－＠'), { maxLength: 12 });
    fc.assert(
      fc.property(
        fc.oneof(
          nasty,
          letters.map((all) => all.join('')),
        ),
        (text) => {
          expect(withoutGuard(harmless(text))).toBe(text);
        },
      ),
      { numRuns: RUNS },
    );
  });

  it.each(['＝', '＋', '－', '＠', '=', '+', '-', '@'])(
    'S30 no cell begins with %s, whatever separates cells',
    (sign) => {
      for (const before of ['', ';', '\t', 'a;', 'a\t', 'a; "', 'a\n', 'a\r\n']) {
        const text = `${before}${sign}SUM(A1)`;
        for (const cell of harmless(text).split(/[;\t\r\n]/))
          expect(cell.replace(/^["\s]+/, '')).not.toMatch(/^[=+\-@＝＋－＠]/);
        expect(withoutGuard(harmless(text))).toBe(text);
      }
    },
  );

  it('K13 leaves text alone that no export made harmless', () => {
    expect(withoutGuard("a;=1;'=2")).toBe("a;=1;'=2");
    expect(withoutGuard("it's;fine")).toBe("it's;fine");
  });

  it('K13 quotes text that would be read as nothing', () => {
    expect(csvRow(['null', 'NULL', '\\N', null, '-', 'none', 'nullable'])).toBe(
      '"null","NULL","\\N",,\'-,"none",nullable\r\n',
    );
  });

  it('takes no longer for text that is all line ends, quotes or separators', () => {
    for (const letter of ['\n', ';', '"', ' ', '\n"']) {
      expect(withoutGuard(harmless(letter.repeat(500_000))).length).toBeGreaterThan(499_998);
    }
  });

  it('has no cell that begins like a formula, whatever separates cells where it is opened', () => {
    fc.assert(
      fc.property(fc.array(nasty, { minLength: 1, maxLength: 4 }), (cells) => {
        const starts = [
          ...cells.map(harmless),
          ...csvRow(cells)
            .split(/[;\t\r\n]/)
            .slice(1),
        ];
        for (const start of starts) {
          const text = start.replace(/^["\s]+/, '');
          if (!/^-?\d+(\.\d+)?$/.test(start)) expect(text).not.toMatch(/^[=+\-@＝＋－＠]/);
        }
      }),
      { numRuns: 500 },
    );
  });
});
