import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toHint } from '../../../networks/rules/reading/hints.js';
import type { FileConventions } from '../../../networks/rules/reading/read-event.js';
import type { NetworkDialect } from '../../../networks/rules/reading/reading.js';
import { ConventionFinder } from './file-conventions.js';
import { readHeader } from './import-columns.js';
import { ROW_REJECT_REASONS } from '../../../platform/vocabulary/reject-reasons.js';
import { cellsOf, type ConversionRow, readRow, type Rejection } from './import-row.js';

const NOW = new Date('2026-01-15T12:00:00Z');
const PLAIN: NetworkDialect = { mapping: { params: {}, events: {}, statuses: {} }, defaults: { currency: 'USD' } };

function readFields(
  names: string[],
  fields: string[],
  dialect = PLAIN,
  conventions: FileConventions = {},
): ConversionRow | Rejection {
  const { names: header } = readHeader(names, dialect);
  return readRow(cellsOf(fields, header), { header, dialect, conventions, now: NOW, provesItself: () => false });
}
const readLine = (
  header: string,
  line: string,
  dialect = PLAIN,
  conventions: FileConventions = {},
): ConversionRow | Rejection => readFields(header.split('|'), line.split('|'), dialect, conventions);

describe('the header', () => {
  it.each([
    ['click_id|event', true, []],
    ['Event Type|CLICK-ID', true, []],
    ['clickId|eventType|convertedAt|payoutAmount|payoutCurrency|device', true, ['device']],
    ['revenue|payout|click_id', true, ['revenue']],
    ['click_id|click_id|', true, ['click_id', '']],
    ['Link ID|event|Note|Comment', true, ['Comment']],
    ['event|payout', false, []],
    ['Click ID|Payout (EUR)|Net €', true, ['Net €']],
  ])('%s', (header, hasOwner, ignored) => {
    expect(readHeader(header.split('|'), PLAIN)).toMatchObject({ hasOwner, ignored });
  });

  it('K8 is read by the mapping of its network', () => {
    const dialect = { ...PLAIN, mapping: { ...PLAIN.mapping, params: { click_id: ['Ref.-Nr.'], payout: ['Betrag'] } } };
    expect(readHeader(['Ref.-Nr.', 'Betrag'], dialect)).toMatchObject({ hasOwner: true, ignored: [], amountAt: 1 });
    expect(readLine('Ref.-Nr.|Betrag', 'K1|5,50', dialect)).toMatchObject({
      ownerId: 'K1',
      payout: { amount: '5.5', currency: 'USD' },
    });
  });
});

describe('a row', () => {
  it('says what a postback of the same words would', () => {
    expect(
      readLine('click_id|event|status|payout|currency|txid|time', 'K1|Sign-Up|On hold|1.234,50|usd|T|1767225600'),
    ).toEqual({
      ownerId: 'K1',
      isLink: false,
      eventType: 'registration',
      isChargeback: false,
      status: 'pending',
      networkStatus: 'On hold',
      payout: { amount: '1234.5', currency: 'USD' },
      isCurrencyNamed: true,
      txid: 'T',
      playerId: null,
      time: new Date('2026-01-01T00:00:00Z'),
      note: null,
      notices: [],
      additions: {},
    });
    expect(readLine('click_id', 'K1')).toMatchObject({
      eventType: 'sale',
      status: 'approved',
      payout: null,
      time: null,
    });
  });

  it('K1 takes the currency from the name of its column', () => {
    expect(readLine('click_id|event|Payout (EUR)', 'K1|ftd|50')).toMatchObject({
      payout: { amount: '50', currency: 'EUR' },
      isCurrencyNamed: true,
    });
    expect(readLine('click_id|event|Payout (EUR)|currency', 'K1|ftd|50|GBP')).toMatchObject({
      reason: 'invalid_currency',
    });
  });

  it('K1 books the commission, not what the player paid', () => {
    const row = readLine('click_id|amount|commission', 'K1|100|12.50');
    expect(row).toMatchObject({ payout: { amount: '12.5' } });
    expect('notices' in row && toHint(row.notices)).toMatch(
      /"commission" was read as the payout, and "amount" \(100\)/,
    );
  });

  it('K2 refuses a transaction id that a spreadsheet has shortened', () => {
    expect(readLine('click_id|event|txid', 'K1|deposit|1.23457E+15')).toMatchObject({
      reason: 'invalid_txid',
      hint: expect.stringContaining('format the column as text') as string,
    });
  });

  it('K5 names a column that could fill a hole', () => {
    const row = readLine('click_id|event|Affiliate money paid|Operation', 'K1|ftd|50|OP-77');
    expect(row).toMatchObject({ payout: null, additions: { payout: 'Affiliate money paid' } });
    expect('notices' in row && toHint(row.notices)).toMatch(/It could be "Affiliate money paid" \(50\)/);
  });

  it('K6 reads amounts and dates as the other rows of the file do', () => {
    const finder = new ConventionFinder();
    finder.see('1.234', '03/04/2025');
    finder.see('12,50', '31/12/2025');
    expect(finder.conventions).toEqual({ decimalMark: ',', dateOrder: 'day_first' });
    expect(readLine('click_id|payout|time', 'K1|1.234|03/04/2025', PLAIN, finder.conventions)).toMatchObject({
      payout: { amount: '1234' },
      time: new Date('2025-04-03T00:00:00Z'),
      notices: [],
    });
    finder.see('12.50', '12/31/2025');
    expect(finder.conventions).toEqual({});
  });

  it('K6 takes a negative amount of a known transaction back', () => {
    expect(readLine('click_id|event|payout|txid', 'K1|sale|(20.00)|T1')).toMatchObject({
      isChargeback: true,
      payout: { amount: '20' },
      txid: 'T1',
    });
  });

  it('of a rejection does not make a negative amount the payout', () => {
    expect(readLine('click_id|status|payout', 'K1|rejected|-50')).toMatchObject({ status: 'rejected', payout: null });
  });

  it('may name the link of a revshare instead of a click, and of nothing else', () => {
    expect(readLine('link_id|event|payout|time', 'lnk_1|revshare|5|2026-01-01')).toMatchObject({
      ownerId: 'lnk_1',
      isLink: true,
    });
    expect(readLine('link_id|event|payout', 'lnk_1|sale|5')).toMatchObject({ reason: 'missing_click_id' });
  });

  it('is never later than the file, and has no time that could be read two ways', () => {
    expect(readLine('click_id|time', 'K1|2026-01-15T12:00:30Z')).toMatchObject({ time: NOW });
    expect(readLine('click_id|time', 'K1|2026-01-15T12:02:00Z')).toMatchObject({ reason: 'invalid_time' });
    expect(readLine('click_id|time', 'K1|03/04/2025')).toMatchObject({ reason: 'invalid_time' });
  });

  it('has no apostrophe that a spreadsheet put there', () => {
    expect(readLine('click_id|txid|note', "K1|'-17|'it is")).toMatchObject({ txid: '-17', note: "'it is" });
  });

  it('is read or refused with a reason and a hint, whatever stands in it', () => {
    const cell = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 12 }),
      fc.constantFrom(
        'ftd',
        'revshare',
        'approved',
        '-5',
        '5',
        'EUR',
        '__proto__',
        'constructor',
        '2026-01-01',
        'x'.repeat(600),
      ),
    );
    const names = ['click_id', 'link_id', 'event', 'status', 'payout', 'currency', 'txid', 'time', 'note'];
    fc.assert(
      fc.property(fc.array(cell, { maxLength: 10 }), (fields) => {
        const row = readFields(names, fields);
        if ('reason' in row) {
          expect(ROW_REJECT_REASONS).toContain(row.reason);
          expect(row.hint).toMatch(/\.$/);
        } else {
          expect(row.ownerId).not.toBe('');
          expect(typeof row.eventType).toBe('string');
        }
      }),
      { numRuns: Number(process.env['PROPERTY_RUNS'] ?? 500) },
    );
  });
});
