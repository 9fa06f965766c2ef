import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { columnNames, ignoredColumns } from './import-columns.js';
import { mapRow, type LinkRowContext, tagsCell } from './import-mapping.js';
import { ImportFileError, type LinkRow, readCsvRows, readJsonRows } from './import-rows.js';
import { detectSource, type ImportSource, plainName } from './import-sources.js';

const SAMPLES = `${import.meta.dirname}/../../../../test/support/link-exports`;
async function* chunks(bytes: Buffer): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += 7) yield bytes.subarray(at, at + 7);
}
const read = (name: string) => {
  const bytes = readFileSync(`${SAMPLES}/${name}`);
  return name.endsWith('.csv') ? readCsvRows(chunks(bytes)) : readJsonRows(chunks(bytes));
};
const mapAll = async (name: string) => {
  const { columns, plainNames, rows } = await read(name);
  const source = detectSource(new Set(columns.map(plainName)));
  const context = contextOf(source, plainNames);
  return { source, columns, context, rows: rows.map((row) => mapRow(row, context, 0)) };
};
const contextOf = (source: ImportSource, plain: ReadonlySet<string>): LinkRowContext => ({
  source,
  names: columnNames(source, plain, new Map()),
  namesIds: source === 'csv' && plain.has('externalid'),
});

describe('a file of another product', () => {
  it.each<[name: string, source: string, first: Record<string, unknown>, domain: string | undefined]>([
    ['bitly.csv', 'bitly', { url: 'https://shop.example/spring?utm_source=mail', slug: '3xYzAbC', title: 'Spring, sale', tags: ['mail', 'eu'], archived: false, externalId: 'bitly:bit.ly:3xYzAbC' }, 'bit.ly'], // prettier-ignore
    ['bitly.json', 'bitly', { url: 'https://shop.example/spring', slug: '3xYzAbC', title: 'Spring', tags: ['mail'], archived: false, externalId: 'bitly:bit.ly:3xYzAbC' }, 'bit.ly'], // prettier-ignore
    ['dub.csv', 'dub', { url: 'https://shop.example/launch', slug: 'launch', title: 'Launch', tags: ['fb', 'eu'], externalId: 'dub:dub.sh:launch' }, 'dub.sh'], // prettier-ignore
    ['dub.json', 'dub', { url: 'https://shop.example/launch', slug: 'launch', title: 'Launch', notes: 'By Anna', tags: ['fb'], archived: false, cloak: true, expiresAt: '2030-01-01T00:00:00.000Z', expiredUrl: 'https://shop.example/over', externalId: '123456' }, 'dub.sh'], // prettier-ignore
    ['rebrandly.csv', 'rebrandly', { url: 'https://shop.example/shoes', slug: 'shoes', title: 'Shoes', tags: ['autumn'], externalId: 'rebrandly:8a7f6b5c' }, 'rebrand.ly'], // prettier-ignore
    ['shortio.csv', 'shortio', { url: 'https://shop.example/promo', slug: 'promo', title: 'Promo', tags: ['a', 'b'], clickLimit: 100, archived: false, cloak: true, expiresAt: '2030-01-01T00:00:00.000Z', expiredUrl: 'https://shop.example/over', externalId: 'shortio:lnk_2Ab_cd' }, 'short.example'], // prettier-ignore
    ['kutt.json', 'kutt', { url: 'https://shop.example/kutt', slug: 'abc123', notes: 'My link', expiresAt: '2030-01-01T00:00:00.000Z', externalId: 'kutt:5f3f0f3e-1111-4222-8333-444455556666' }, 'kutt.example'], // prettier-ignore
    ['yourls.json', 'yourls', { url: 'https://shop.example/yourls', slug: 'ozh', title: 'YOURLS', externalId: 'yourls:sho.example:ozh' }, 'sho.example'], // prettier-ignore
    ['yourls.csv', 'yourls', { url: 'https://shop.example/yourls', slug: 'ozh', title: 'YOURLS', externalId: 'yourls:ozh' }, undefined], // prettier-ignore
    ['shlink.csv', 'shlink', { url: 'https://shop.example/shlink', slug: 'shl1', title: 'Shlink', tags: ['one', 'two'], externalId: 'shlink:s.test.example:shl1' }, 's.test.example'], // prettier-ignore
    ['shlink.json', 'shlink', { url: 'https://shop.example/shlink', slug: 'shl1', title: 'Shlink', tags: ['one', 'two'], startsAt: '2024-01-01T00:00:00.000Z', clickLimit: 100, externalId: 'shlink:s.test.example:shl1' }, 's.test.example'], // prettier-ignore
  ])('%s is known by its columns and read', async (name, source, first, domain) => {
    const mapped = await mapAll(name);
    expect(mapped.source).toBe(source);
    expect(mapped.rows[0]).toMatchObject({ fields: first, domain, problems: [], warnings: [] });
    expect(Object.keys(mapped.rows[0]?.fields ?? {}).sort()).toEqual(Object.keys(first).sort());
  });

  it('given by the user names what is not understood', async () => {
    const { source, columns, context, rows } = await mapAll('own.csv');
    expect(source).toBe('csv');
    expect(ignoredColumns(columns, context.names, source)).toEqual(['color']);
    expect(ignoredColumns(['cost', 'stats'], context.names, source)).toEqual(['stats']);
    expect(rows[0]?.fields).toMatchObject({
      title: 'Eins; zwei',
      tags: ['a', 'b'],
      cost: { amount: '0.05', currency: 'EUR' },
      expiresAt: '2030-01-01',
    });
    expect(rows[4]?.problems).toMatchObject([{ path: 'expiresAt', code: 'is_time' }]);
  });
});

describe('rows', () => {
  const row = (values: Record<string, string>): LinkRow => ({
    line: 1,
    values: new Map(Object.entries(values)),
    parts: new Map(),
  });

  it('get the same externalId each time, and another for another row', () => {
    const idOf = (values: Record<string, string>, nth = 0): unknown =>
      mapRow(row(values), contextOf('csv', new Set()), nth).fields['externalId'];
    expect(idOf({ url: 'https://a.example/' })).toBe(idOf({ url: 'https://a.example/' }));
    expect(idOf({ url: 'https://a.example/' }, 1)).not.toBe(idOf({ url: 'https://a.example/' }));
    expect(idOf({ url: 'u', slug: 'été' })).toMatch(/^csv:[\w-]{32}$/);
    expect(idOf({ url: 'u', slug: 'x'.repeat(190) })).toMatch(/^csv:[\w-]{32}$/);
    expect(idOf({ url: 'u', slug: 'a', externalid: 'mine' })).toBe('mine');
  });

  it('have the tags that a cell was made of', () => {
    const tag = fc.stringMatching(/^[\w ,;|[\]"ü]{1,12}$/).filter((text) => text.trim() !== '');
    fc.assert(
      fc.property(fc.uniqueArray(tag, { minLength: 1, maxLength: 5 }), (tags) => {
        const cell = tagsCell(tags).trim();
        const context = contextOf('csv', new Set());
        expect(mapRow(row({ url: 'u', tags: cell }), context, 0).fields['tags']).toEqual(tags);
      }),
    );
  });

  it.each([
    ['no JSON', 'malformed_file', readJsonRows, '{'],
    ['no list', 'no_rows', readJsonRows, '{"a":1}'],
    ['no text', 'no_rows', readCsvRows, ''],
    ['an open quote', 'malformed_file', readCsvRows, 'url\n"a'],
    ['too many rows', 'too_many_rows', readCsvRows, `url\n${'a\n'.repeat(10_001)}`],
    ['too long a list', 'too_many_rows', readJsonRows, JSON.stringify(Array.from({ length: 10_001 }, () => ({})))],
  ] as const)('are none where there is %s', async (_, code, readRows, text) => {
    const failure = await readRows(chunks(Buffer.from(text))).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(ImportFileError);
    expect((failure as ImportFileError).code).toBe(code);
  });
});
