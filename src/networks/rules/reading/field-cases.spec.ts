import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  OURS,
  numRuns,
  readAll,
  read,
  eventOf,
  hintOf,
  codesOf,
  withMapping,
} from '../../../../test/support/reading.js';
import { isUnfilledIdentity, isUnfilledMacro } from './unfilled-macro.js';

// What the world really sends, by kind: docs/field-cases.md.

describe('K1 names of amounts and currencies', () => {
  it.each(['payout_currency', 'currency_code', 'cur', 'currencyCode', 'Payout Currency', 'ccy'])(
    '%s is currency',
    (name) => {
      expect(eventOf(`click_id=<id>&payout=5&${name}=EUR`).payout).toEqual({ amount: '5', currency: 'EUR' });
    },
  );
  it.each(['commissions', 'payout_amount', 'earnings', 'payoutAmount', 'Affiliate Commission', 'reward'])(
    '%s is payout',
    (name) => {
      expect(eventOf(`click_id=<id>&${name}=5`).payout).toEqual({ amount: '5', currency: 'USD' });
    },
  );
  it.each(['eventType', 'conversion_type', 'event-type', 'EVENT_NAME', 'conversionType'])('%s is event', (name) => {
    expect(eventOf(`click_id=<id>&${name}=ftd`).eventType).toBe('ftd');
  });

  it('the currency in the amount or in its name is the currency', () => {
    expect(eventOf('click_id=<id>&payout=50%20EUR')).toMatchObject({
      payout: { amount: '50', currency: 'EUR' },
      isCurrencyNamed: true,
    });
    expect(eventOf('click_id=<id>&payout_eur=50').payout).toEqual({ amount: '50', currency: 'EUR' });
    expect(eventOf('click_id=<id>&Payout (EUR)=50').payout).toEqual({ amount: '50', currency: 'EUR' });
    expect(read('click_id=<id>&payout=50 EUR&currency=USD')).toMatchObject({ reason: 'invalid_currency' });
    expect(eventOf('click_id=<id>&payout=50').isCurrencyNamed).toBe(false);
  });

  it('amount_all is no amount in Albanian lek', () => {
    expect(eventOf('click_id=<id>&amount_all=50').payout).toBeNull();
  });

  it('the commission is ours, and the amount beside it the player’s', () => {
    for (const query of [
      'commission=12&amount=100',
      'amount=100&commission=12',
      'sum=100&payout=12',
      'deposit=100&commissions=12',
    ]) {
      expect(eventOf(`click_id=<id>&event=ftd&${query}`).payout?.amount, query).toBe('12');
      expect(codesOf(`click_id=<id>&event=ftd&${query}`), query).toContain('payout_chosen');
    }
    expect(codesOf('click_id=<id>&event=ftd&txid=1&commission=12&amount=12')).toEqual([]);
  });
});

const MACROS = [
  [
    '%%TXID%%',
    '__TRANSACTION_ID__',
    '[=TID=]',
    '*|TXID|*',
    '###txid###',
    '{txid|0}',
    '{a}_{b}',
    '$txid$',
    '<%= txid %>',
  ],
  [
    '{!txid}',
    '{{txid}}',
    '${txid}',
    '#{txid}',
    '[txid]',
    '[[txid]]',
    '<txid>',
    '(txid)',
    '%txid%',
    '$txid',
    ':txid',
    '@txid@',
  ],
  [
    '{{ order.id | default: "" }}',
    '<?php echo $txid; ?>',
    '{% txid %}',
    '%257Btxid%257D',
    '&lt;txid&gt;',
    '{txid',
    'txid}}',
  ],
].flat();
const NO_VALUES = [
  'null',
  'NULL',
  'undefined',
  'none',
  'nil',
  'n/a',
  'N/A',
  '-',
  '--',
  'false',
  'empty',
  'unknown',
  'not_set',
  'Not Set',
  '(not set)',
  'NaN',
  '[object Object]',
];

describe('K2 a text that identifies nothing', () => {
  it.each(MACROS)('%s is a macro, in every field', (macro) => {
    expect(isUnfilledMacro(macro)).toBe(true);
    for (const name of ['txid', 'player_id', 'payout', 'currency', 'event', 'status', 'time']) {
      const reading = readAll([
        { name: 'click_id', value: OURS },
        { name, value: macro },
      ]);
      expect(reading, name).toMatchObject({
        kind: 'event',
        event: { txid: null, playerId: null, payout: null, eventType: 'sale', status: 'approved', time: null },
      });
      expect(hintOf(reading), name).toContain(macro.slice(0, 6));
    }
  });

  it.each(NO_VALUES)('%s is no value, in every field', (word) => {
    for (const name of ['txid', 'player_id', 'payout', 'currency', 'event', 'status', 'time']) {
      const reading = readAll([
        { name: 'click_id', value: OURS },
        { name, value: word },
      ]);
      expect(reading, name).toMatchObject({
        kind: 'event',
        event: { txid: null, playerId: null, payout: null, eventType: 'sale', status: 'approved', time: null },
      });
    }
    expect(read(`click_id=${encodeURIComponent(word)}`)).toMatchObject({ reason: 'missing_click_id' });
  });

  it.each(['00000000-0000-0000-0000-000000000000', '-1', 'TRANSACTION_ID', 'YOUR_TXID', 'order_{id}', 'txid'])(
    '%s is no transaction',
    (txid) => {
      const reading = readAll([
        { name: 'click_id', value: OURS },
        { name: 'event', value: 'deposit' },
        { name: 'txid', value: txid },
      ]);
      expect(reading).toMatchObject({ kind: 'event', event: { txid: null } });
      expect(hintOf(reading)).toContain(txid);
    },
  );

  it.each(['T-1', '#1001', '{3F2504E0-4F89-11D3-9A0C-0305E82C3301}', '{12345}', 'A{B', '7', 'order-77', 'Peter'])(
    '%s is one',
    (txid) => {
      expect(isUnfilledIdentity(txid)).toBe(false);
      expect(
        readAll([
          { name: 'click_id', value: OURS },
          { name: 'txid', value: txid },
        ]),
      ).toMatchObject({ event: { txid } });
    },
  );

  it.each(['1.23457E+15', '1,23457E+15', '1E+15'])('%s was shortened by a spreadsheet, and is refused', (txid) => {
    const reading = readAll([
      { name: 'click_id', value: OURS },
      { name: 'txid', value: txid },
    ]);
    expect(reading).toMatchObject({ kind: 'rejected', reason: 'invalid_txid' });
    expect(hintOf(reading)).toMatch(/format the column as text/);
  });

  it.each(['trx', 'payment_id', 'order', 'invoice', 'reference', 'sale_id', 'transactionId', 'deposit_id'])(
    '%s is a transaction id',
    (name) => {
      expect(eventOf(`click_id=<id>&${name}=T7`).txid).toBe('T7');
    },
  );

  it('of several names the most specific is used, with a notice', () => {
    const query = 'click_id=<id>&event=deposit&reference=R1&payment_id=P1&order=O1';
    expect(eventOf(query).txid).toBe('P1');
    expect(hintOf(read(query))).toMatch(/"payment_id" was read as the transaction id; .*"order"/);
    expect(codesOf(query, withMapping({ params: { txid: ['order'] } }))).not.toContain('txid_chosen');
  });

  it('a word that the network’s mapping knows is a value', () => {
    const dialect = withMapping({ statuses: { unknown: 'pending', none: 'ignore' } });
    expect(eventOf('click_id=<id>&status=unknown', dialect).status).toBe('pending');
    expect(read('click_id=<id>&status=none', dialect)).toMatchObject({ kind: 'ignored' });
  });

  it('no macro and no word for nothing ever becomes an identity', () => {
    const name = fc.stringMatching(/^[a-z_][a-z_.]{0,12}[0-9]{0,2}$/);
    const marks = fc.constantFrom(
      ...['{}', '{{}}', '${}', '%%%%', '[==]', '*||*', '######', '$$', '____', '[[]]', '<%=%>', '{!}'].map((pair) => {
        const half = pair === '<%=%>' ? 3 : Math.ceil(pair.length / 2);
        return [pair.slice(0, half), pair.slice(half)] as const;
      }),
    );
    const nothing = fc.oneof(
      fc.tuple(marks, name).map(([[open, close], inside]) => `${open}${inside}${close}`),
      fc.constantFrom(...NO_VALUES),
    );
    fc.assert(
      fc.property(nothing, fc.constantFrom('txid', 'order_id', 'player_id'), (value, field) => {
        const reading = readAll([
          { name: 'click_id', value: OURS },
          { name: 'event', value: 'deposit' },
          { name: field, value },
        ]);
        expect(reading).toMatchObject({ kind: 'event', event: { txid: null, playerId: null } });
      }),
      { numRuns },
    );
  });
});

describe('K3 no money is no error', () => {
  it.each(['null', 'undefined', '-', 'N/A', 'NaN'])(
    'a registration with payout=%s gets no notice about it',
    (payout) => {
      const query = `click_id=<id>&event=registration&payout=${payout}`;
      expect(eventOf(query).payout).toBeNull();
      expect(codesOf(query)).toEqual([]);
    },
  );

  it('what would have changed the outcome is named', () => {
    expect(codesOf('click_id=<id>&event=ftd&txid=1&payout=null')).toEqual(['payout_dropped']);
    expect(codesOf('click_id=<id>&event=ftd&txid=1&payout=5&currency=null')).toEqual(['currency_dropped']);
    expect(codesOf('click_id=<id>&event=null&payout=5&currency=EUR&txid=1&status=null')).toEqual([
      'event_dropped',
      'status_dropped',
    ]);
    expect(codesOf('click_id=<id>&event=deposit&payout=5&currency=EUR&txid=none')).toEqual(['txid_dropped']);
  });

  it.each(['0000-00-00', '0000-00-00 00:00:00', '0', 'null'])('time=%s is absent', (time) => {
    expect(eventOf(`click_id=<id>&time=${time}`).time).toBeNull();
    expect(codesOf(`click_id=<id>&time=${time}`)).toEqual([]);
  });
});

describe('K4 times', () => {
  it.each([
    ['2026-01-01T10:30:15+02:00', '2026-01-01T08:30:15.000Z'], // the + arrives as a blank
    ['2026-01-01 10:30:15 UTC', '2026-01-01T10:30:15.000Z'],
    ['2026-01-01 10:30:15 %2B0300', '2026-01-01T07:30:15.000Z'],
    ['2026-01-01T10:30:15.250Z', '2026-01-01T10:30:15.250Z'],
    ['Thu, 01 Jan 2026 10:30:15 %2B0000', '2026-01-01T10:30:15.000Z'],
    ['2026/01/01 10:30', '2026-01-01T10:30:00.000Z'],
    ['20260101T103015Z', '2026-01-01T10:30:15.000Z'],
    ['1767225600', '2026-01-01T00:00:00.000Z'],
  ])('%s is read', (time, iso) => {
    expect(eventOf(`click_id=<id>&time=${time}`).time?.toISOString()).toBe(iso);
  });

  it('day-first or month-first is never guessed', () => {
    expect(eventOf('click_id=<id>&time=31/01/2026').time?.toISOString()).toBe('2026-01-31T00:00:00.000Z');
    expect(eventOf('click_id=<id>&time=02/01/2026').time).toBeNull();
    expect(codesOf('click_id=<id>&time=02/01/2026')).toEqual(['time_ambiguous']);
  });
});
