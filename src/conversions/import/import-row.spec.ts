import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readHeader } from './import-columns.js';
import { type ImportDialect, readRow, REJECT_REASONS } from './import-row.js';

const NOW = new Date('2026-01-15T12:00:00Z');
const PLAIN: ImportDialect = { events: {}, statuses: {}, defaults: {} };
const readLine = (header: string, line: string, dialect = PLAIN) =>
  readRow(line.split('|'), { places: readHeader(header.split('|')).places, dialect, now: NOW });

describe('the header', () => {
  it.each([
    ['click_id|event', { click_id: 0, event: 1 }, []],
    ['Event Type|CLICK-ID', { click_id: 1, event: 0 }, []],
    [
      'clickId|eventType|convertedAt|payoutAmount|payoutCurrency|device',
      { click_id: 0, event: 1, time: 2, payout: 3, currency: 4 },
      ['device'],
    ],
    ['revenue|payout|click_id', { click_id: 2, payout: 1 }, ['revenue']],
    ['click_id|click_id|', { click_id: 0 }, ['click_id', '']],
  ])('%s', (header, places, ignored) => {
    expect(readHeader(header.split('|'))).toEqual({ places, ignored });
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
      status: 'pending',
      networkStatus: 'On hold',
      payout: { amount: '1234.5', currency: 'USD' },
      txid: 'T',
      playerId: null,
      time: new Date('2026-01-01T00:00:00Z'),
      note: null,
    });
    expect(readLine('click_id', 'K1')).toMatchObject({
      eventType: 'sale',
      status: 'approved',
      payout: null,
      time: null,
    });
  });

  it('of a rejection does not make a negative amount the payout', () => {
    expect(readLine('click_id|status|payout', 'K1|rejected|-50')).toMatchObject({ status: 'rejected', payout: null });
  });

  it('is never later than the file', () => {
    expect(readLine('click_id|time', 'K1|2026-01-15T12:00:30Z')).toMatchObject({ time: NOW });
    expect(readLine('click_id|time', 'K1|2026-01-15T12:02:00Z')).toMatchObject({ reason: 'invalid_time' });
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
    const header = readHeader(['click_id', 'link_id', 'event', 'status', 'payout', 'currency', 'txid', 'time', 'note']);
    fc.assert(
      fc.property(fc.array(cell, { maxLength: 10 }), (fields) => {
        const row = readRow(fields, { places: header.places, dialect: PLAIN, now: NOW });
        if ('reason' in row) {
          expect(REJECT_REASONS).toContain(row.reason);
          expect(row.hint).toMatch(/\.$/);
        } else {
          expect(row.ownerId).not.toBe('');
          expect(typeof row.eventType).toBe('string');
        }
      }),
      { numRuns: 2_000 },
    );
  });
});
