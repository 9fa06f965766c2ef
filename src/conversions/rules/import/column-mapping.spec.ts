import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { NetworkDialect } from '../../../networks/rules/reading/reading.js';
import { ChosenColumns, IMPORT_FIELDS, locateColumns, parseColumnMapping } from './column-mapping.js';
import { readHeader } from './import-columns.js';
import { cellsOf, type ConversionRow, readRow, type Rejection } from './import-row.js';
import { previewColumns } from './preview-columns.js';

const NOW = new Date('2026-01-15T12:00:00Z');
const PLAIN: NetworkDialect = { mapping: { params: {}, events: {}, statuses: {} }, defaults: { currency: 'USD' } };

const chosenIn = (names: readonly string[], text: string): ChosenColumns => {
  const mapping = parseColumnMapping(text);
  if (typeof mapping === 'string') throw new Error(mapping);
  const { positions, problems } = locateColumns(names, mapping);
  expect(problems).toEqual([]);
  return new ChosenColumns(positions);
};
const readLine = (header: string, line: string, mapping: string, dialect = PLAIN): ConversionRow | Rejection => {
  const names = header.split('|');
  const chosen = chosenIn(names, mapping);
  const context = {
    header: names,
    dialect: chosen.applyTo(dialect),
    conventions: {},
    now: NOW,
    provesItself: () => false,
  };
  return readRow(cellsOf(line.split('|'), names, chosen), context);
};

describe('parseColumnMapping', () => {
  it('reads fields and columns, none and positions', () => {
    expect(parseColumnMapping('click_id=Sub 1, PAYOUT = Amount=net,txid=#4,note=(none)')).toEqual(
      new Map([
        ['click_id', 'Sub 1'],
        ['payout', 'Amount=net'],
        ['txid', '#4'],
        ['note', null],
      ]),
    );
  });

  it.each([
    ['', /field=column/],
    ['payout', /field=column/],
    ['payout=', /field=column/],
    ['amount=x', /names no field; there are click_id/],
    ['payout=a,payout=b', /given twice/],
  ])('refuses %j', (text, message) => {
    expect(parseColumnMapping(text)).toMatch(message);
  });
});

describe('locateColumns', () => {
  it.each([
    ['as written first', 'payout=Amount', ['amount', 'Amount'], 1],
    ['without case and punctuation', 'payout=net amount', ['Net-Amount'], 0],
    ['by position', 'payout=#2', ['a', 'b'], 1],
    ['a name without letters', 'payout=€', ['€'], 0],
  ])('finds a column %s', (_, text, names, at) => {
    expect(locateColumns(names, parseColumnMapping(text) as never)).toEqual({
      positions: { payout: at },
      problems: [],
    });
  });

  it('names all that is wrong', () => {
    const mapping = parseColumnMapping('click_id=x,payout=#9,txid=a,event=a') as never;
    expect(locateColumns(['a', 'b'], mapping).problems).toEqual([
      'the file has no column "x", which click_id is read from',
      'the file has no column "#9", which payout is read from',
      '"a" is read as txid and as event',
    ]);
  });
});

describe('a row with chosen columns', () => {
  it('is read from them alone, whatever their names say', () => {
    expect(readLine('payout|Amount|status', 'K1|5|T9', 'click_id=payout,payout=Amount,txid=status')).toMatchObject({
      ownerId: 'K1',
      payout: { amount: '5', currency: 'USD' },
      txid: 'T9',
      status: 'approved',
    });
  });

  it('is not read from a column with a known name when another one is chosen, or none', () => {
    const line = ['click_id|sub|payout|revenue|note', 'K1|K2|5|7|text'] as const;
    expect(readLine(...line, 'click_id=sub,payout=revenue,note=(none)')).toMatchObject({
      ownerId: 'K2',
      payout: { amount: '7' },
      note: null,
    });
    expect(readLine(...line, 'payout=(none)')).toMatchObject({ ownerId: 'K1', payout: null });
  });

  it('takes the currency from the name of a chosen column', () => {
    expect(readLine('click_id|Betrag (EUR)', 'K1|5,50', 'payout=#2')).toMatchObject({
      payout: { amount: '5.5', currency: 'EUR' },
    });
  });

  it('goes before the mapping of its network', () => {
    const dialect = { ...PLAIN, mapping: { ...PLAIN.mapping, params: { click_id: ['ref'], payout: ['sum'] } } };
    expect(readLine('ref|sum|x|y', 'K1|1|K2|2', 'click_id=x,payout=y', dialect)).toMatchObject({
      ownerId: 'K2',
      payout: { amount: '2' },
    });
  });

  it('says where the click id is missing', () => {
    expect(readLine('click_id|x', 'K1|', 'click_id=x')).toMatchObject({
      reason: 'missing_click_id',
      hint: 'The row has no click id in the column that was chosen for it.',
    });
  });

  it('may name its link in a chosen column', () => {
    const line = ['x|event|payout|time', 'lnk_1|revshare|5|2026-01-01'] as const;
    expect(readLine(...line, 'link_id=x')).toMatchObject({ ownerId: 'lnk_1', isLink: true });
    expect(readLine(...line, 'link_id=x,click_id=(none)')).toMatchObject({ ownerId: 'lnk_1', isLink: true });
  });

  it('reads each column as the header says, for all mappings', () => {
    const names = ['click_id', 'payout', 'A', 'note', 'tid', 'B', 'currency'];
    const fields = fc.shuffledSubarray([...IMPORT_FIELDS], { maxLength: names.length });
    fc.assert(
      fc.property(
        fields,
        fc.shuffledSubarray(
          names.map((_, i) => i),
          { minLength: 7 },
        ),
        (some, places) => {
          const chosen = new ChosenColumns(Object.fromEntries(some.map((field, i) => [field, places[i]])));
          const header = readHeader(names, PLAIN, chosen);
          for (const [i, field] of some.entries()) {
            expect(header.fields[places[i] ?? 0]).toBe(field);
            expect(header.fields.filter((one) => one === field)).toHaveLength(1);
          }
        },
      ),
    );
  });
});

describe('previewColumns', () => {
  const isClickId = (value: string): boolean => value.startsWith('K');

  it('suggests fields with a reason, and shows different values', () => {
    const rows = [
      ['x', '5', 'K1', '', '1'],
      ['y', '5', 'K2', '', '2'],
      ['x', '7', '', '', '3'],
      ['z', '9', 'K3', '', '4'],
    ];
    const columns = previewColumns(['click_id', 'payout', 'Ref', 'Colour', 'revenue'], rows, PLAIN, isClickId);
    expect(columns.map(({ suggestedField, reason }) => [suggestedField, reason])).toEqual([
      [null, 'other_column'],
      ['payout', 'known_name'],
      ['click_id', 'click_ids'],
      [null, 'unknown_name'],
      [null, 'other_column'],
    ]);
    expect(columns.map(({ samples }) => samples)).toEqual([
      ['x', 'y', 'z'],
      ['5', '7', '9'],
      ['K1', 'K2', 'K3'],
      [],
      ['1', '2', '3'],
    ]);
    expect(columns.map(({ position }) => position)).toEqual([1, 2, 3, 4, 5]);
  });

  it('says which names are those of the network', () => {
    const dialect = { ...PLAIN, mapping: { ...PLAIN.mapping, params: { payout: ['Betrag'] } } };
    const columns = previewColumns(['click_id', 'Betrag'], [], dialect, isClickId);
    expect(columns.map(({ reason }) => reason)).toEqual(['known_name', 'network_mapping']);
  });
});
