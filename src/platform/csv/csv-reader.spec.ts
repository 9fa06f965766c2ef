import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CsvError } from './csv-error.js';
import { type CsvLimits, type CsvOptions, CsvReader, type CsvRecord } from './csv-reader.js';

const RUNS = Number(process.env['PROPERTY_RUNS'] ?? 500);
const read = (pieces: (string | Uint8Array)[], limits?: Partial<CsvLimits>, options?: CsvOptions): CsvRecord[] => {
  const reader = new CsvReader(limits, options);
  const records = pieces.flatMap((piece) => reader.push(piece));
  return [...records, ...reader.end()];
};
const fieldsOf = (text: string, options?: CsvOptions): string[][] =>
  read([text], undefined, options).map(({ fields }) => fields);
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

  it.each<[string, string, string[][]]>([
    ['sep=;', 'sep=;\na,b;c\n1,5;2', [['a,b', 'c'], ['1,5', '2']]], // prettier-ignore
    ['SEP=, after a byte order mark', '\ufeffSEP=,\r\na;b,c\r\n1;5,2', [['a;b', 'c'], ['1;5', '2']]], // prettier-ignore
    ['sep=\\t in letters', 'sep=\\t\na,b\tc\n', [['a,b', 'c']]],
    ['sep= and a tab', 'sep=\t\na,b\tc\n', [['a,b', 'c']]],
    ['sep=tab', 'sep=tab\na,b\tc\n', [['a,b', 'c']]],
    ['sep=| in quotes', '"sep=|"\na,b|c\n', [['a,b', 'c']]],
    ['sep=^', 'sep=^\na,b^c\n', [['a,b', 'c']]],
    ['sep=; that was saved with its cells', 'sep=;;;\na,b;c;d\n', [['a,b', 'c', 'd']]],
    ['sep=; below blank lines', '\n\nsep=;\na,b;c', [['a,b', 'c']]],
    ['sep=; alone', 'sep=;', []],
    ['vertical bars', 'a|b\n1,5|2', [['a', 'b'], ['1,5', '2']]], // prettier-ignore
    ['a quote that begins a cell of a tab file', 'a\tb\nx\t"Sale\ny\t5"', [['a', 'b'], ['x', '"Sale'], ['y', '5"']]], // prettier-ignore
    ['quotes around a cell of a tab file', 'a\tb\n"Sale"\t"B" side', [['a', 'b'], ['"Sale"', '"B" side']]], // prettier-ignore
    ['quotes in a tab file that a spreadsheet doubled', 'a\tb\n"say ""hi"""\t""', [['a', 'b'], ['say "hi"', '']]], // prettier-ignore
    ['a tab file that is quoted throughout', '"a"\t"b"\n"x\ty"\t"1\n2"', [['a', 'b'], ['x\ty', '1\n2']]], // prettier-ignore
    ['a quote in the column names of a tab file', '5" disk\tb\n1\t2\n', [['5" disk', 'b'], ['1', '2']]], // prettier-ignore
    ['spaces behind a quoted field', '"a" ,"b"  \n1,2', [['a', 'b'], ['1', '2']]], // prettier-ignore
    ['spaces before a quoted field', 'a, "b" ,c\n1,  "2, 3",x y', [['a', 'b', 'c'], ['1', '2, 3', 'x y']]], // prettier-ignore
    ['a tab file with quotes around all values', 'a\tb\n"x"\t"y z"\n"x"\ty', [['a', 'b'], ['x', 'y z'], ['"x"', 'y']]], // prettier-ignore
    ['U+FEFF within a text', 'a,b\n\ufeffx,y\ufeffz', [['a', 'b'], ['\ufeffx', 'y\ufeffz']]], // prettier-ignore
    ['trailing separators', 'a,b,,\n1,2,,\n', [['a', 'b', '', ''], ['1', '2', '', '']]], // prettier-ignore
  ])('K13 reads %s', (_, text, records) => {
    expect(fieldsOf(text)).toEqual(records);
    expect(read([...text]).map(({ fields }) => fields)).toEqual(records);
  });

  it('K13 says which fields were quoted', () => {
    expect(read(['a,b,c\n"1",2,"NULL"\nx,y,z']).map(({ quoted }) => quoted)).toEqual([undefined, [0, 2], undefined]);
  });

  describe('K13 with column names that are known', () => {
    const known = new Set(['url', 'slug', 'title']);
    const headerScore = (fields: string[]): number => fields.filter((field) => known.has(field)).length;
    it.each<[string, string, string[], number]>([
      ['titles above them', 'Report of May\nMade: 1.5.2026;;\n\nurl;slug\nx;y', ['url', 'slug'], 4],
      ['many other separators in them', 'url;a,b,c,d;slug\nx;y;z', ['url', 'a,b,c,d', 'slug'], 1],
      ['titles above them and a named separator', 'sep=;\nReport\nurl;slug\nx;y', ['url', 'slug'], 3],
      ['one of them only', 'url\nhttps://a.example/?a;b;c', ['url'], 1],
      ['words of theirs in a title', 'my slug, the url\nurl,slug\n', ['url', 'slug'], 2],
    ])('finds them with %s', (_, text, header, line) => {
      for (const pieces of [[text], [...text]]) {
        const [first] = read(pieces, undefined, { headerScore });
        expect(first).toMatchObject({ fields: header, line });
      }
    });

    it('takes the first row where none is found', () => {
      expect(fieldsOf('a;b\n1;2', { headerScore })).toEqual([['a', 'b'], ['1', '2']]); // prettier-ignore
      const many = `a;b\n${'1;2\n'.repeat(50)}`;
      expect(read([many], undefined, { headerScore })).toHaveLength(51);
    });

    it('says which lines it passed over', () => {
      const reader = new CsvReader({}, { headerScore });
      reader.push('Report\n\nMay;\nurl;slug\n');
      expect(reader.titles).toEqual([
        { line: 1, text: 'Report' },
        { line: 3, text: 'May;' },
      ]);
    });
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

  describe('K7 the bytes of a file', () => {
    const text = 'click_id,note\r\nC1,Депозит\r\n';
    const toCp1251 = (char: string): number => (char > '\u0400' ? char.charCodeAt(0) - 0x350 : char.charCodeAt(0));
    const cp1251 = Buffer.from([...text].map(toCp1251));
    const utf16 = (isBig: boolean): Buffer => {
      const little = Buffer.from(`\ufeff${text}`, 'utf16le');
      return isBig ? little.swap16() : little;
    };
    const rows = [['click_id', 'note'], ['C1', 'Депозит']]; // prettier-ignore

    it.each<[string, Buffer, CsvOptions]>([
      ['UTF-8', Buffer.from(text), {}],
      ['UTF-8 with a mark', Buffer.from(`\ufeff${text}`), {}],
      ['UTF-16LE with a mark', utf16(false), {}],
      ['UTF-16BE with a mark', utf16(true), {}],
      ['a named character set', cp1251, { charset: { named: 'windows-1251' } }],
      ['the usual character set', cp1251, { charset: { usual: 'windows-1251' } }],
      ['a mark before a named one', Buffer.from(`\ufeff${text}`), { charset: { named: 'windows-1251' } }],
      ['a mark before the usual one', utf16(false), { charset: { usual: 'windows-1251' } }],
      ['a named one before the usual one', Buffer.from(text), { charset: { named: 'utf-8', usual: 'windows-1251' } }],
    ])('are read: %s', (_, bytes, options) => {
      expect(read([bytes], undefined, options).map(({ fields }) => fields)).toEqual(rows);
      const single = Array.from({ length: bytes.length }, (__, i) => bytes.subarray(i, i + 1));
      expect(read(single, undefined, options).map(({ fields }) => fields)).toEqual(rows);
    });

    const failureOf = (bytes: Uint8Array, options?: CsvOptions): CsvError => {
      try {
        read([bytes], undefined, options);
      } catch (error) {
        if (error instanceof CsvError) return error;
      }
      throw new Error('it was read');
    };

    it('offer what they could be, with the first cell that differs', () => {
      const error = failureOf(cp1251);
      expect(error).toMatchObject({ code: 'not_utf8', line: 2 });
      expect(error.choices?.[0]).toEqual({ value: 'windows-1251', example: 'Депозит' });
      expect(error.choices?.map(({ value }) => value)).toContain('windows-1252');
      expect(error.message).toContain('?charset=');
      expect(error.message).toContain('windows-1251 reads "Депозит"');
    });

    it.each([
      ['windows-1252', [0x43, 0x61, 0x66, 0xe9], 'Café'],
      ['koi8-r', [0xe4, 0xc5, 0xd0, 0xcf, 0xda, 0xc9, 0xd4], 'Депозит'],
      ['shift_jis', [0x93, 0xfc, 0x8b, 0xe0, 0x82, 0xb5, 0x82, 0xbd], '入金した'],
    ])('could be %s', (value, bytes, example) => {
      const all = Buffer.concat([Buffer.from('a,b\n1,'), Buffer.from(bytes), Buffer.from(',x\n')]);
      expect(failureOf(all).choices).toContainEqual({ value, example });
    });

    it('name none where nothing fits', () => {
      expect(failureOf(Buffer.from([0x61, 0x2c, 0x81, 0x8d, 0xff, 0xff, 0x00, 0x80])).code).toBe('not_utf8');
    });

    it('are not what was named', () => {
      expect(failureOf(cp1251, { charset: { named: 'utf-8' } })).toMatchObject({ code: 'not_utf8' });
      const bad = Buffer.from([0x61, 0x2c, 0xff, 0xff, 0x0a]);
      expect(failureOf(bad, { charset: { named: 'shift_jis' } })).toMatchObject({
        code: 'wrong_charset',
        message: expect.stringContaining('not shift_jis'),
      });
    });

    it('that are UTF-8 are not read as what is usual without a word', () => {
      const error = failureOf(Buffer.from(text), { charset: { usual: 'windows-1251' } });
      expect(error).toMatchObject({ code: 'unclear_charset', line: 2 });
      expect(error.choices?.map(({ value }) => value)).toEqual(['utf-8', 'windows-1251']);
      expect(error.choices?.[0]?.example).toBe('Депозит');
    });

    it.each([
      ['UTF-16LE without a mark', Buffer.from('a,b\n1,2', 'utf16le'), /utf-16le reads "a,b"/],
      ['UTF-16BE without a mark', Buffer.from('a,b\n1,2', 'utf16le').swap16(), /utf-16be reads "a,b"/],
      ['a workbook', Buffer.from('PK\u0003\u0004rest'), /Excel workbook/],
      ['gzip', Buffer.from([0x1f, 0x8b, 8, 0]), /gzip/],
      ['a PDF', Buffer.from('%PDF-1.7'), /PDF/],
    ])('that are %s are named', (_, bytes, message) => {
      expect(failureOf(bytes).message).toMatch(message);
    });

    it('are no cause of an exception of another kind', () => {
      const bytes = fc.uint8Array({ maxLength: 60 });
      const charset = fc.record({
        named: fc.constantFrom(undefined, 'windows-1251', 'shift_jis', 'utf-16le'),
        usual: fc.constantFrom(undefined, 'windows-1251', 'gb18030'),
      });
      const nothingNamed = { named: undefined, usual: undefined };
      fc.assert(
        fc.property(bytes, charset, fc.nat({ max: 60 }), (all, names, cut) => {
          const outcome = (pieces: Uint8Array[]): unknown => {
            try {
              return read(pieces, undefined, { charset: names });
            } catch (error) {
              expect(error).toBeInstanceOf(CsvError);
              return (error as CsvError).code;
            }
          };
          const whole = outcome([all]);
          expect(outcome([all.subarray(0, cut), all.subarray(cut)])).toEqual(whole);
        }),
        { numRuns: RUNS, examples: [[Uint8Array.of(1, 1, 1, 1, 0), nothingNamed, 4]] },
      );
    });
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
