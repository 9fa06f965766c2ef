import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ConversionEvent } from '../../conversions/rules/conversion-event.js';
import { createEvent, type EventOwner } from '../../conversions/rules/create-event.js';
import { cellsOf, readRow } from '../../conversions/rules/import/import-row.js';
import { readEvent } from '../../networks/rules/reading/read-event.js';
import type { NetworkDialect } from '../../networks/rules/reading/reading.js';
import { ALIASES, EVENT_WORDS, STATUS_BESIDE_EVENT, STATUS_WORDS } from '../../networks/rules/reading/vocabulary.js';
import { toConversionEvent } from './to-conversion-event.js';

const RUNS = Number(process.env['PROPERTY_RUNS'] ?? 500);
const NOW = new Date('2026-01-15T12:00:00Z');
const NETWORK = { _id: 'net_1', transactions: 'click', repeats: { deposit: 'count' } } as const;
const OWNER: EventOwner = { linkId: 'lnk_1', linkNetworkId: 'net_2', clickId: 'K1', clickedAt: new Date(0) };
const DIALECTS: NetworkDialect[] = [
  { mapping: { params: {}, events: {}, statuses: {} }, defaults: {} },
  {
    mapping: {
      params: { event: ['goal'], payout: ['commission'] },
      events: { '12': 'ftd', hold: 'lead' },
      statuses: { '12': 'pending', null: 'pending', skip: 'ignore' },
    },
    defaults: { event: 'lead', status: 'pending', currency: 'EUR', payout: '5' },
  },
];

type Words = Record<string, string>;
type Result = ConversionEvent | { reason: string };

function postback(words: Words, dialect: NetworkDialect): Result {
  const parameters = Object.entries(words).map(([name, value]) => ({ name, value }));
  const reading = readEvent(parameters, dialect, () => false);
  if (reading.kind === 'ignored') return { reason: 'ignored_status' };
  if (reading.kind === 'rejected') return { reason: reading.reason };
  const entry = { _id: 'pbk_1', receivedAt: NOW, origin: 'postback' } as const;
  return toConversionEvent(NETWORK, reading.event, OWNER, entry, null);
}

function row(words: Words, dialect: NetworkDialect): Result {
  const header = Object.keys(words);
  const context = { header, dialect, conventions: {}, now: NOW, provesItself: () => false };
  const reading = readRow(cellsOf(Object.values(words), header), context);
  if ('reason' in reading) return { reason: reading.reason };
  const { time, note, ...reported } = reading;
  const source = { origin: 'import', at: time ?? NOW, isTimed: time !== null, sourceId: 'pbk_1', note } as const;
  return createEvent(reported, OWNER, { id: NETWORK._id, ...NETWORK }, source);
}

/** Differences that are on purpose: a row is corrected and sent again, a postback is not. */
const ROW_ONLY = ['invalid_time', 'missing_time', 'too_long'];

const eventWords = [...Object.keys(EVENT_WORDS), '12', 'hold', 'billed', 'order', 'null', 'nonsense'];
const statusWords = [...Object.keys(STATUS_WORDS), ...Object.keys(STATUS_BESIDE_EVENT), '12', 'skip', 'null', 'odd'];
const amounts = ['50', '-5.4', '1,234.56', '1.234', '€50', '12 ABC', 'lots', '', 'N/A', '0', '{payout}'];
const times = ['2026-01-02T03:04:05Z', '1767225600', '03/04/2026', '2031-01-01', 'soon', '', 'null', '0000-00-00'];
const ofName = (param: keyof typeof ALIASES): fc.Arbitrary<string> => fc.constantFrom(...ALIASES[param]);
const spelled = (words: readonly string[]): fc.Arbitrary<string> =>
  fc
    .tuple(fc.constantFrom(...words), fc.constantFrom('same', 'upper', 'spaced'))
    .map(([word, how]) => (how === 'upper' ? word.toUpperCase() : how === 'spaced' ? ` ${word} ` : word));

const reports = fc
  .tuple(
    fc.option(fc.tuple(ofName('event'), spelled(eventWords))),
    fc.option(fc.tuple(ofName('status'), spelled(statusWords))),
    fc.option(fc.tuple(ofName('payout'), fc.constantFrom(...amounts))),
    fc.option(fc.tuple(ofName('currency'), fc.constantFrom('USD', 'eur', '840', 'Euro', 'null', 'USDT', '??'))),
    fc.option(fc.tuple(ofName('txid'), fc.constantFrom('T1', '-1', 'null', '1.23457E+15', 'ORDER_ID'))),
    fc.option(fc.tuple(ofName('time'), fc.constantFrom(...times))),
    fc.option(fc.tuple(ofName('player_id'), fc.constantFrom('P1', '0', 'none'))),
  )
  .map((pairs): Words => ({ click_id: 'K1', ...Object.fromEntries(pairs.filter((pair) => pair !== null)) }));

describe('a row of a file', () => {
  it('is the same event as a postback with the same names and words', () => {
    fc.assert(
      fc.property(reports, fc.constantFrom(...DIALECTS), (words, dialect) => {
        const [ofRow, ofPostback] = [row(words, dialect), postback(words, dialect)];
        if ('reason' in ofRow && ROW_ONLY.includes(ofRow.reason)) return;
        const origin = 'reason' in ofPostback ? {} : { origin: 'import' };
        expect(ofRow).toEqual({ ...ofPostback, ...origin });
      }),
      { numRuns: RUNS },
    );
  });

  it.each([
    ['order', 'sale', 'approved'],
    ['purchase', 'sale', 'approved'],
  ])('%s is an event of both', (event, eventType, status) => {
    const words = { click_id: 'K1', event };
    const [plain] = DIALECTS as [NetworkDialect];
    for (const read of [row, postback]) expect(read(words, plain)).toMatchObject({ eventType, status });
  });

  it.each([
    ['billed', 'approved'],
    ['open', 'pending'],
    ['fraud', 'rejected'],
    ['trash', 'rejected'],
  ])('%s is a status of both', (status, expected) => {
    const words = { click_id: 'K1', event: 'lead', status };
    const [plain] = DIALECTS as [NetworkDialect];
    for (const read of [row, postback]) expect(read(words, plain)).toMatchObject({ status: expected });
  });
});
