import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CsvError } from './csv-error.js';
import { type CsvLimits, type CsvOptions, CsvReader, type CsvRecord } from './csv-reader.js';

const read = (pieces: (string | Uint8Array)[], limits?: Partial<CsvLimits>): CsvRecord[] => {
  const reader = new CsvReader(limits);
  const records = pieces.flatMap((piece) => reader.push(piece));
  return [...records, ...reader.end()];
};
const fieldsOf = (text: string): string[][] => read([text]).map(({ fields }) => fields);
const problemOf = (act: () => unknown): { code: string; line: number } => {
  try {
    act();
  } catch (error) {
    if (error instanceof CsvError) return { code: error.code, line: error.line };
    throw error;
  }
  throw new Error('there was no problem');
};

describe('the CSV reader', () => {
  it.each<[string, string, string[][]]>([
    ['nothing', '', []],
    ['a line without an end', 'a,b', [['a', 'b']]],
    ['CRLF', 'a,b\r\nc,d\r\n', [['a', 'b'], ['c', 'd']]], // prettier-ignore
    ['LF', 'a,b\nc,d\n', [['a', 'b'], ['c', 'd']]], // prettier-ignore
    ['CR', 'a,b\rc,d\r', [['a', 'b'], ['c', 'd']]], // prettier-ignore
    ['blank lines', '\n\r\na,b\n\n\nc,d\n\n', [['a', 'b'], ['c', 'd']]], // prettier-ignore
    ['a byte order mark', '\ufeffa,b', [['a', 'b']]],
    ['a byte order mark before a quote', '\ufeff"a",b', [['a', 'b']]],
    ['semicolons', 'a;b\n1,5;2', [['a', 'b'], ['1,5', '2']]], // prettier-ignore
    ['tabs', 'a\tb\n1,5\t2', [['a', 'b'], ['1,5', '2']]], // prettier-ignore
    ['separators in quotes do not count', '"a,b,c";d\n1;2', [['a,b,c', 'd'], ['1', '2']]], // prettier-ignore
    ['empty fields', 'a,b,c\n,,\n"",,', [['a', 'b', 'c'], ['', '', ''], ['', '', '']]], // prettier-ignore
    ['quotes in quotes', 'a,b\n"say ""hi""",""""', [['a', 'b'], ['say "hi"', '"']]], // prettier-ignore
    ['line ends in quotes', 'a,b\n"1\r\n2\n3",x', [['a', 'b'], ['1\r\n2\n3', 'x']]], // prettier-ignore
    ['a quote within a plain field', 'a,b\n5" disk,x', [['a', 'b'], ['5" disk', 'x']]], // prettier-ignore
    ['one empty quoted field', 'a\n""\nb', [['a'], [''], ['b']]],
    ['spaces as they are', 'a , b\n', [['a ', ' b']]],
  ])('reads %s', (_, text, records) => {
    expect(fieldsOf(text)).toEqual(records);
  });

  it('says on which line each record begins', () => {
    const lines = read(['\na,b\r\n"x\r\ny\nz",1\r\n\r\nlast,2']).map(({ line }) => line);
    expect(lines).toEqual([2, 3, 7]);
  });

  it.each<[string, string, Partial<CsvLimits>, { code: string; line: number }]>([
    ['text after a quoted field', 'a,b\n"x"y,z', {}, { code: 'stray_quote', line: 2 }],
    ['a quote that is never closed', 'a,b\n1,2\n"x,y\n\n', {}, { code: 'unclosed_quote', line: 3 }],
    ['a long field', `a,b\nx,${'y'.repeat(11)}`, { maxFieldChars: 10 }, { code: 'field_too_long', line: 2 }],
    ['a long record', 'a,b\nx,yyyy\nxxx,yyyy', { maxRecordChars: 6 }, { code: 'record_too_long', line: 3 }],
    ['many fields', 'a,b\n1,2,3', { maxFields: 2 }, { code: 'too_many_fields', line: 2 }],
  ])('refuses %s', (_, text, limits, problem) => {
    expect(problemOf(() => read([text], limits))).toEqual(problem);
    expect(problemOf(() => read([...text], limits))).toEqual(problem);
  });

  it('refuses what is not UTF-8', () => {
    expect(problemOf(() => read([Buffer.from('a,b\n1,2\n'), Buffer.from([0xe9, 0x2c])]))).toEqual({
      code: 'not_utf8',
      line: 3,
    });
    expect(problemOf(() => read([Buffer.from('a,b\n'), Buffer.from([0xc3])])).code).toBe('not_utf8');
  });

  it('takes no longer for a text of blank lines', () => {
    const blank = '\r\n'.repeat(500_000);
    expect(read([`${blank}a,b\n${blank}`, '1,2'])).toEqual([
      { line: 500_001, fields: ['a', 'b'] },
      { line: 1_000_002, fields: ['1', '2'] },
    ]);
  });

  it('keeps no more than its limits of a text that never ends', () => {
    const limits = { maxFieldChars: 1_000, maxRecordChars: 1_000 };
    for (const start of ['a', '"a', 'a,b\n', 'a,b\n"']) {
      const reader = new CsvReader(limits);
      const endless = (): void => {
        reader.push(start);
        for (let i = 0; i < 3_000; i++) reader.push('x');
      };
      expect(problemOf(endless).code).toMatch(/too_long/);
    }
  });

  const field = fc.array(fc.constantFrom('a', 'é', '😀', ',', ';', '\t', '"', '\n', '\r', ' ', ''), { maxLength: 6 });
  const rows = fc.array(fc.array(field, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 6 });
  const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;

  it('reads the same wherever the bytes are cut', () => {
    const styles = fc.record({
      separator: fc.constantFrom(',', ';', '\t'),
      end: fc.constantFrom('\n', '\r\n', '\r'),
      mark: fc.boolean(),
      cuts: fc.array(fc.nat({ max: 200 }), { maxLength: 30 }),
    });
    fc.assert(
      fc.property(rows, styles, (data, { separator, end, mark, cuts }) => {
        const header = ['h1', 'h2', 'h3'];
        const body = data.map((row) => row.map((letters) => letters.join('')));
        const lines = [header, ...body].map((row) => row.map(quoted).join(separator) + end);
        const bytes = Buffer.from((mark ? '\ufeff' : '') + lines.join(''));
        const at = [...new Set([0, ...cuts.map((cut) => Math.min(cut, bytes.length)), bytes.length])].sort(
          (a, b) => a - b,
        );
        const pieces = at.slice(1).map((to, i) => bytes.subarray(at[i], to));
        const records = read(pieces);
        expect(records.map(({ fields }) => fields)).toEqual([header, ...body]);
        expect(records).toEqual(read([bytes]));
      }),
      { numRuns: 500 },
    );
  });

  it('ends with records or with a CsvError, whatever the text', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('a', ',', ';', '"', '\n', '\r', '\ufeff', ' '), { maxLength: 40 }),
        (letters) => {
          const text = letters.join('');
          const outcome = (pieces: string[]): unknown => {
            try {
              return read(pieces);
            } catch (error) {
              expect(error).toBeInstanceOf(CsvError);
              return (error as CsvError).message;
            }
          };
          expect(outcome([...text])).toEqual(outcome([text]));
        },
      ),
      { numRuns: 1_000 },
    );
  });
});
