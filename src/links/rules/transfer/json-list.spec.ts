import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EventLoopYielder } from '../../../platform/concurrency/event-loop-yielder.js';
import { readCsvRows, readJsonRows } from './import-rows.js';
import { JsonList } from './json-list.js';

const RUNS = Number(process.env['PROPERTY_RUNS'] ?? 500);
const LIMITS = { maxRows: 10_000, maxValues: 500_000, maxRowChars: 262_144, maxDepth: 64 };

/** The rows of a text, or what is wrong with it. */
async function rowsOf(text: string): Promise<unknown> {
  const list = new JsonList(text, LIMITS, new EventLoopYielder());
  const found = await list.find();
  return typeof found === 'string' ? found : found.map((span) => list.parseRow(span));
}

async function* chunksOf(text: string): AsyncGenerator<Buffer> {
  for (let from = 0; from < text.length; from += 65_536) yield Buffer.from(text.slice(from, from + 65_536));
}

describe('the rows of a JSON text', () => {
  it('are those that JSON.parse finds', async () => {
    const rows = fc.array(fc.oneof(fc.object({ withNullPrototype: false }), fc.jsonValue()), { maxLength: 5 });
    const spaces = fc.constantFrom(undefined, 1, '\t');
    const property = fc.asyncProperty(rows, spaces, fc.nat(3), async (list, indent, shape) => {
      const plain = JSON.parse(JSON.stringify(list)) as unknown[];
      const wrapped = [
        plain,
        { links: plain },
        { x: '"links":[', shortUrls: { data: plain } },
        { n: [{}], data: plain },
      ];
      expect(await rowsOf(JSON.stringify(wrapped[shape], undefined, indent))).toEqual(plain);
    });
    await fc.assert(property, { numRuns: RUNS });
  });

  it('are never found in a text that is cut off', async () => {
    const text = JSON.stringify({ links: [{ a: '\\"]}', b: [1, { c: null }] }, { a: 2 }] });
    for (let length = 0; length < text.length; length++) {
      expect(await rowsOf(text.slice(0, length))).toBeTypeOf('string');
    }
  });

  it.each([
    ['[1 2]', 'no_json'],
    ['[1,,2]', 'no_json'],
    ['[}', 'no_json'],
    ['{"links" [1]}', 'no_json'],
    ['{"links":[1],}', 'no_json'],
    ['{links:[1]}', 'no_json'],
    ['', 'no_json'],
    ['1', 'no_json'],
    ['{"a":[1]}', 'no_list'],
    ['{"a":1}\n{"a":2}\n', [{ a: 1 }, { a: 2 }]],
    ['{"links":{"link_1":{"a":1},"link_2":{"a":2}}}', [{ a: 1 }, { a: 2 }]],
    ['[]', []],
    [' [ {} , [ ] ] ', [{}, []]],
  ])('%s: %j', async (text, expected) => {
    expect(await rowsOf(text)).toEqual(expected);
  });
});

describe('S2 a file that would take up memory and time', () => {
  it.each([
    ['a million empty rows', `[${'{},'.repeat(1_000_000)}{}]`, 'too_many_values'],
    ['ten thousand rows and one', `[${'{},'.repeat(10_000)}{}]`, 'too_many_rows'],
    ['as many lines', '{}\n'.repeat(10_001), 'too_many_rows'],
    ['a million objects in one row', `[{"a":[${'{},'.repeat(1_000_000)}{}]}]`, 'too_many_values'],
    ['lists in lists', `${'['.repeat(4_000_000)}`, 'nested_too_deep'],
    ['objects in objects', `[${'{"a":'.repeat(100)}1${'}'.repeat(100)}]`, 'nested_too_deep'],
    ['a row of 300,000 characters', `[{"a":"${'x'.repeat(300_000)}"}]`, 'row_too_long'],
    ['a line of as many', `{"a":1}\n{"a":"${'x'.repeat(300_000)}"}`, 'row_too_long'],
    ['a row of 600 values', `[{${Array.from({ length: 600 }, (_, i) => `"a${i}":1`).join(',')}}]`, 'too_many_values'],
    ['more than 8 MiB', `["${'x'.repeat(8 * 1024 * 1024)}"]`, 'too_long'],
    ['nothing but quotes', '"'.repeat(1_000_001), 'malformed_file'],
    ['nothing but backslashes', `["${'\\'.repeat(1_000_000)}`, 'malformed_file'],
  ])('S2 is refused: %s', async (_, text, code) => {
    await expect(readJsonRows(chunksOf(text))).rejects.toMatchObject({ code });
  });

  it('S2 is refused as CSV, too', async () => {
    const columns = Array.from({ length: 450 }, (_, i) => `c${i}`).join(',');
    const row = `${Array.from({ length: 450 }, () => 'x').join(',')}\n`;
    const text = `${columns}\n${row.repeat(1_200)}`;
    await expect(readCsvRows(chunksOf(text))).rejects.toMatchObject({ code: 'too_many_values' });
  });

  it('S2 lets others go on meanwhile', async () => {
    let turns = 0;
    const timer = setInterval(() => turns++, 1);
    const row = `{"url":"https://shop.example/","title":"${'x'.repeat(700)}"}`;
    const { rows } = await readJsonRows(chunksOf(`[${Array(10_000).fill(row).join(',')}]`));
    clearInterval(timer);
    expect(rows).toHaveLength(10_000);
    expect(turns).toBeGreaterThan(2);
  });
});
