import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Parameter } from './parameter.js';
import { readEvent } from './read-event.js';
import type { NetworkDialect } from './reading.js';
import { isUnfilledMacro } from './unfilled-macro.js';

const OURS = 'K1';
const generic: NetworkDialect = { mapping: { params: {}, events: {}, statuses: {} }, defaults: { currency: 'EUR' } };

function read(
  query: string,
  dialect: Partial<NetworkDialect['mapping']> & { defaults?: NetworkDialect['defaults'] } = {},
) {
  const { defaults = generic.defaults, ...mapping } = dialect;
  const parameters: Parameter[] = [...new URLSearchParams(query)].map(([name, value]) => ({ name, value }));
  return readEvent(parameters, { mapping: { ...generic.mapping, ...mapping }, defaults }, (value) => value === OURS);
}

describe('isUnfilledMacro', () => {
  it.each(
    [
      ['{clickid}', '{{click_id}}', '${click}', '#s2#', '[clickid]', '%CLICK_ID%', '<sub1>', '{url.sub1}', '(clickid)'],
      ['{}', '[[subid]]', ' {sub1} ', '{status:lead=0 sale=1}', '(event-name)', '{sub id}'],
      ['%7Bclickid%7D', '%7b%7bclick_id%7d%7d', '%23s2%23', '%5Bclickid%5D', '%3Csub1%3E', '%25clickid%25'],
    ].flat(),
  )('knows %s', (text) => {
    expect(isUnfilledMacro(text)).toBe(true);
  });
  it.each(
    [
      ['K1', '50.00', '100%', 'a{b}', '#1', '', '%20', '%', '%zz%7B', '50%', '{"x":1}', '[1]', '(5.00)', '<3', '#1#'],
      ['https://a.example/{x}', 'x'.repeat(10_000), `{${'x'.repeat(10_000)}}`, '%E0%A4%A'],
    ].flat(),
  )('leaves %j alone', (text) => {
    expect(isUnfilledMacro(text)).toBe(false);
  });
});

describe('readEvent', () => {
  it.each(['event=nonsense', 'status=nonsense', 'payout=x', 'payout=1&currency=Z1', 'status=chargeback&event=refund'])(
    'says which click it names though it is refused: %s',
    (said) => {
      expect(read(`click_id=K1&${said}`)).toMatchObject({ kind: 'rejected', clickId: 'K1' });
    },
  );

  it('reads the canonical names; without event and status it is an approved sale', () => {
    expect(read('click_id=K1')).toEqual({
      clickId: 'K1',
      kind: 'event',
      event: {
        clickId: 'K1',
        eventType: 'sale',
        isChargeback: false,
        isCurrencyNamed: false,
        status: 'approved',
        networkStatus: null,
        payout: null,
        txid: null,
        playerId: null,
        time: null,
      },
      additions: {},
      notices: [],
      parameters: [{ name: 'click_id', state: 'taken', as: 'click_id' }],
    });
    expect(read('click_id=K1&event=ftd&status=2&payout=1,234.56&currency=usd&txid=T-1&time=1767225600')).toMatchObject({
      event: {
        eventType: 'ftd',
        status: 'pending',
        networkStatus: '2',
        payout: { amount: '1234.56', currency: 'USD' },
        txid: 'T-1',
        time: new Date('2026-01-01T00:00:00Z'),
      },
    });
  });

  it('knows common aliases, whatever their case', () => {
    expect(read('ClickID=K1&Goal=FTD&SUM=5')).toMatchObject({
      event: { eventType: 'ftd', payout: { amount: '5', currency: 'EUR' } },
    });
  });

  it('takes the value that proves itself where a name is ambiguous', () => {
    expect(read('cid=campaign7&tid=K1&txid=T1')).toMatchObject({ event: { clickId: 'K1', txid: 'T1' } });
    expect(read('click_id=K1&tid=T1')).toMatchObject({ event: { clickId: 'K1', txid: 'T1' } });
    expect(read('tid=K1')).toMatchObject({ event: { clickId: 'K1', txid: null } });
  });

  it('reads one word for event and status', () => {
    expect(read('click_id=K1&status=reg')).toMatchObject({
      event: { eventType: 'registration', status: 'approved', networkStatus: 'reg' },
    });
    expect(read('click_id=K1&event=ftd&status=whatever')).toMatchObject({
      kind: 'rejected',
      reason: 'unmapped_status',
    });
  });

  it('puts the network’s own mapping first', () => {
    const own = {
      params: { click_id: ['tid'], payout: ['money'] },
      events: { dep: 'ftd' },
      statuses: { '1': 'pending', ping: 'ignore' },
    };
    expect(read('tid=K1&event=DEP&status=1&money=7&payout=9', own)).toMatchObject({
      event: { eventType: 'ftd', status: 'pending', payout: { amount: '7' } },
    });
    expect(read('tid=K1&status=ping', own)).toMatchObject({ kind: 'ignored' });
  });

  it('falls back to the network’s defaults', () => {
    const defaults = { event: 'ftd', status: 'pending', currency: 'GBP', payout: '50.00' };
    expect(read('click_id=K1', { defaults })).toMatchObject({
      event: { eventType: 'ftd', status: 'pending', payout: { amount: '50', currency: 'GBP' } },
    });
  });

  it.each([
    ['event=ftd', 'missing_click_id'],
    ['click_id=', 'missing_click_id'],
    ['click_id={clickid}', 'unfilled_macro'],
    ['click_id=K1&event=dep2', 'unmapped_event'],
    ['click_id=K1&event=constructor', 'unmapped_event'],
    ['click_id=K1&payout=free', 'invalid_amount'],
    ['click_id=K1&payout=-5', 'invalid_amount'],
    ['click_id=K1&payout=5&currency=kr', 'invalid_currency'],
    ['click_id=K1&payout=5&txid=1.23457E%2B15', 'invalid_txid'],
  ])('rejects %s: %s', (query, reason) => {
    const reading = read(query);
    expect(reading).toMatchObject({ kind: 'rejected', reason });
    expect(reading.kind === 'rejected' && reading.hint).toMatch(/\.$/);
  });

  it('takes a negative amount for a reversal, never for a payout', () => {
    expect(read('click_id=K1&status=rejected&payout=-5')).toMatchObject({
      event: { status: 'rejected', payout: null },
    });
  });

  it('says where the click id came instead', () => {
    expect(read('aff=K1')).toMatchObject({
      reason: 'missing_click_id',
      hint: 'The value in "aff" is one of your click ids: map click_id to "aff".',
    });
    expect(read('tid=X&sub2=K1', { params: { click_id: ['tid'] } })).toMatchObject({
      hint: expect.stringContaining('"sub2"') as string,
    });
  });

  it('never throws, whatever comes', () => {
    fc.assert(
      fc.property(fc.array(fc.record({ name: fc.string(), value: fc.string({ unit: 'binary' }) })), (parameters) => {
        const reading = readEvent(parameters, generic, () => false);
        return ['event', 'ignored', 'rejected'].includes(reading.kind);
      }),
    );
  });
});
