import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  OURS,
  OTHER,
  generic,
  numRuns,
  readAll,
  read,
  eventOf,
  hintOf,
  withMapping,
} from '../../../../test/support/reading.js';
import { toHint } from './hints.js';
import { isUnfilledMacro } from './unfilled-macro.js';

// What the world really sends, by kind: docs/field-cases.md.

describe('K5 a hole is named, with a mapping that fills it', () => {
  it.each([
    ['money', 'event=ftd&txid=1&net_gain_amount=50', 'payout', 'net_gain_amount'],
    ['a transaction id', 'event=deposit&payout=5&currency=EUR&opsnr=77-1', 'txid', 'opsnr'],
    ['an event', 'payout=5&currency=EUR&txid=1&was=ftd', 'event', 'was'],
    ['a status', 'event=ftd&payout=5&currency=EUR&txid=1&lead_state_word=hold', 'status', 'lead_state_word'],
    ['a currency', 'event=ftd&payout=5&txid=1&waehrung=EUR', 'currency', 'waehrung'],
  ])('%s', (_, query, param, name) => {
    const reading = read(`click_id=<id>&${query}`);
    expect(reading.additions).toEqual({ [param]: name });
    expect(hintOf(reading)).toContain(`map ${param} to "${name}"`);
    const repaired = read(`click_id=<id>&${query}`, withMapping({ params: { [param]: [name] } }));
    expect(repaired).toMatchObject({ kind: 'event', additions: {} });
  });

  it('nothing is proposed where nothing is missing, or nothing fits', () => {
    expect(
      read('click_id=<id>&event=ftd&status=approved&payout=5&currency=EUR&txid=1&gain=7&opsnr=8').additions,
    ).toEqual({});
    const query =
      'click_id=<id>&event=deposit&payout=5&currency=EUR&offer_id=77&campaign=8&lang=de&id=cnv_0V4rQ2pK3mXa81Qd7ZsT';
    expect(read(query).additions).toEqual({});
  });
});

describe('K8 one vocabulary', () => {
  it.each([
    ['goal=hold', 'pending'],
    ['goal=approve', 'approved'],
    ['goal=trash', 'rejected'],
    ['event=On Hold', 'pending'],
  ])('%s is a status of the default event', (query, status) => {
    const reading = read(`click_id=<id>&${query}`, { ...generic, defaults: { event: 'lead', currency: 'USD' } });
    expect(reading).toMatchObject({ kind: 'event', event: { eventType: 'lead', status } });
    expect(hintOf(reading)).toMatch(/word for a status/);
  });

  it('a number in the event’s field is no status', () => {
    expect(read('click_id=<id>&goal=2')).toMatchObject({ reason: 'unmapped_event' });
    expect(read('click_id=<id>&goal=hold&status=approved')).toMatchObject({ reason: 'unmapped_event' });
  });

  it.each([
    ['event=order', 'sale', 'approved'],
    ['event=First Time Deposit', 'ftd', 'approved'],
    ['event=firstDeposit', 'ftd', 'approved'],
    ['event=ftd&status=open', 'ftd', 'pending'],
    ['event=ftd&status=Billed', 'ftd', 'approved'],
    ['event=ftd&status=fraud', 'ftd', 'rejected'],
    ['event=ftd&status=-1', 'ftd', 'rejected'],
    ['event=ftd&status=1', 'ftd', 'approved'],
  ])('%s is %s, %s', (query, eventType, status) => {
    expect(eventOf(`click_id=<id>&${query}`)).toMatchObject({ eventType, status });
  });
});

describe('K6 money that goes back', () => {
  it('a negative amount takes back so much of its transaction', () => {
    expect(eventOf('click_id=<id>&event=sale&payout=-20&txid=T')).toMatchObject({
      isChargeback: true,
      status: 'rejected',
      payout: { amount: '20', currency: 'USD' },
    });
    expect(read('click_id=<id>&event=sale&payout=-20')).toMatchObject({ reason: 'invalid_amount' });
    expect(eventOf('click_id=<id>&event=revshare&payout=-20&txid=T')).toMatchObject({ isChargeback: false });
  });

  it('a chargeback may name its transaction alone', () => {
    expect(eventOf('event=refund&txid=T&payout=20')).toMatchObject({ clickId: null, isChargeback: true, txid: 'T' });
    expect(read('event=refund')).toMatchObject({ reason: 'missing_click_id' });
    expect(read('event=sale&txid=T')).toMatchObject({ reason: 'missing_click_id' });
  });
});

describe('K10 something around a click id', () => {
  it.each([`"${OURS}"`, `${OURS}/`, `CAMP-${OURS}`, `{${OURS}}`, `%22${OURS}%22`, `${OURS}.`, `cid:${OURS};x`])(
    '%s gives that id, with a notice',
    (value) => {
      const reading = readAll([{ name: 'click_id', value }]);
      expect(reading).toMatchObject({ kind: 'event', event: { clickId: OURS }, clickId: OURS });
      expect(reading.notices.map(({ code }) => code)).toContain('click_id_cleaned');
    },
  );

  it('a letter more makes it another text', () => {
    expect(readAll([{ name: 'click_id', value: `${OURS}x` }])).toMatchObject({ event: { clickId: `${OURS}x` } });
  });

  it('two different ids are none', () => {
    expect(readAll([{ name: 'click_id', value: `${OURS},${OTHER}` }])).toMatchObject({
      kind: 'event',
      event: { clickId: `${OURS},${OTHER}` },
    });
    expect(readAll([{ name: 'click_id', value: `${OURS},${OURS}` }])).toMatchObject({ event: { clickId: OURS } });
  });
});

describe('no outcome is silent', () => {
  const words = fc.constantFrom(
    'null',
    '',
    '{x}',
    '%%X%%',
    'unknown',
    'ftd',
    'hold',
    '5',
    '-5',
    '50 EUR',
    '$5',
    '1,234',
    'T1',
    'kr',
    'x',
    '1E+15',
    '02/01/2026',
  );
  const names = fc.constantFrom(
    'event',
    'status',
    'payout',
    'amount',
    'currency',
    'txid',
    'order_id',
    'time',
    'money_x',
    'opsnr',
    'waehrung',
    'kind_of_event',
    'sub1',
  );

  it('there is a notice for what is dropped, guessed or was sent under another name', () => {
    fc.assert(
      fc.property(fc.array(fc.record({ name: names, value: words }), { maxLength: 8 }), (others) => {
        const reading = readAll([{ name: 'click_id', value: OURS }, ...others]);
        if (reading.kind !== 'event') {
          expect(reading.hint).toMatch(/\.$/);
          return;
        }
        const { event, notices, additions } = reading;
        const hint = toHint(notices) ?? '';
        for (const { text } of notices) expect(text).toMatch(/^["“A-Z`].*[.?]$/s);
        for (const { name, value } of others) if (isUnfilledMacro(value)) expect(hint).toContain(`"${name}"`);
        for (const [param, name] of Object.entries(additions)) expect(hint).toContain(`map ${param} to "${name}"`);
        const dropped = (field: string): boolean =>
          others.some(({ name, value }) => name === field && ['null', 'unknown'].includes(value)) &&
          !others.some(({ name, value }) => name === field && !['null', 'unknown', ''].includes(value));
        if (event.eventType !== 'sale' || event.isChargeback) return;
        if (event.payout === null && dropped('payout') && !others.some(({ name }) => name === 'amount')) {
          expect(hint).toMatch(/"payout" came as/);
        }
        if (event.payout !== null && !event.isCurrencyNamed && dropped('currency'))
          expect(hint).toMatch(/"currency" came as/);
        if (event.payout?.amount === '1.234') expect(hint).toMatch(/not as 1234/);
      }),
      { numRuns },
    );
  });
});
