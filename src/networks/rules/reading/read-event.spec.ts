import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CanonicalParam } from '../canonical-params.js';
import { CANONICAL_PARAMS } from '../canonical-params.js';
import type { Preset } from '../../catalogue/preset.js';
import { readPresets } from '../../catalogue/read-presets.js';
import { newId } from '../../../platform/ids/ids.js';
import { dialectOf } from './dialect-of.js';
import type { Parameter } from './parameter.js';
import { toHint } from './hints.js';
import { readEvent } from './read-event.js';
import type { NetworkDialect, EventReading, ReadEvent } from './reading.js';
import { ALIASES, EVENT_WORDS, STATUS_WORDS } from './vocabulary.js';

const OURS = 'K1aaaaaaaaaaaaaaaaaaaaaa';
const FORGED = 'F1aaaaaaaaaaaaaaaaaaaaaa';
const generic: NetworkDialect = { mapping: { params: {}, events: {}, statuses: {} }, defaults: { currency: 'EUR' } };
const isOurs = (value: string): boolean => value === OURS;

const readAll = (parameters: readonly Parameter[], dialect = generic): EventReading =>
  readEvent(parameters, dialect, isOurs);
/** `<id>` stands for a click id of ours. */
const read = (query: string, dialect = generic): EventReading =>
  readAll(
    [...new URLSearchParams(query.replaceAll('<id>', OURS))].map(([name, value]) => ({ name, value })),
    dialect,
  );
const eventOf = (query: string, dialect = generic): ReadEvent => {
  const reading = read(query, dialect);
  if (reading.kind !== 'event') throw new Error(`${query}: ${reading.kind} ${hintOf(reading)}`);
  return reading.event;
};
const withMapping = (mapping: Partial<NetworkDialect['mapping']>, rest: Partial<NetworkDialect> = {}) => ({
  ...generic,
  ...rest,
  mapping: { ...generic.mapping, ...mapping },
});
const hintOf = (reading: EventReading): string | null =>
  reading.kind === 'event' ? toHint(reading.notices) : reading.hint;
const told = (reading: EventReading): string[] =>
  reading.parameters.map(({ name, state, as }) => `${name}: ${state}${as === null ? '' : ` ${as}`}`);
const presets = new Map(readPresets().map((preset) => [preset.id, preset]));
const preset = (id: string): Preset => {
  const found = presets.get(id);
  if (!found) throw new Error(id);
  return found;
};

describe('what each parameter was taken for', () => {
  it('is reported for a request that is accepted', () => {
    const query =
      'Click_ID=<id>&goal=ftd&sum=5&tid=T1&sub1=a&user_id=7&cur={cur}&s2={s2}&payout=&date=2026-01-01&lang=de';
    expect(told(read(query))).toEqual([
      'Click_ID: taken click_id',
      'goal: taken event',
      'sum: taken payout',
      'tid: taken txid',
      'sub1: taken sub1',
      'user_id: taken player_id',
      'cur: unfilled currency',
      's2: unfilled click_id',
      'payout: empty payout',
      'date: taken time',
      'lang: ignored',
    ]);
  });

  it('is reported for a request that is rejected or ignored', () => {
    expect(told(read('event=ftd&payout=5&x=1'))).toEqual(['event: taken event', 'payout: taken payout', 'x: ignored']);
    expect(told(read('click_id=<id>&event=dep7&txid=T'))).toEqual([
      'click_id: taken click_id',
      'event: taken event',
      'txid: taken txid',
    ]);
    const dialect = withMapping({ statuses: { ping: 'ignore' } });
    expect(read('status=ping&sum=3', dialect)).toMatchObject({ kind: 'ignored' });
    expect(told(read('status=ping&sum=3', dialect))).toEqual(['status: taken status', 'sum: taken payout']);
  });

  it('is the first of several with the same meaning, and of those with the same name', () => {
    expect(told(read('click_id=<id>&sum=5&payout=6&payout=7'))).toEqual([
      'click_id: taken click_id',
      'sum: ignored',
      'payout: taken payout',
      'payout: ignored',
    ]);
  });
});

describe('the click id', () => {
  it.each(ALIASES.click_id)('is found as %s', (name) => {
    expect(read(`${name}=<id>`)).toMatchObject({ kind: 'event', event: { clickId: OURS, txid: null } });
  });

  it('is not the transaction as well, nor is a copy of it', () => {
    expect(eventOf('tid=<id>&transaction_id=<id>').txid).toBeNull();
    expect(eventOf('tid=<id>&transaction_id=T1').txid).toBe('T1');
    expect(eventOf('transaction_id=<id>&tid=T1').txid).toBe('T1');
  });

  it('that may be forged goes before values that can be none', () => {
    expect(eventOf(`tid=77&payload=${FORGED}`)).toMatchObject({ clickId: FORGED, txid: '77' });
  });

  it('that came unfilled is named, although other names have a value', () => {
    expect(read('click_id={clickid}&tid=77')).toMatchObject({ reason: 'unfilled_macro' });
  });

  it('under another name than the network’s owner says is not taken, but named', () => {
    const dialect = withMapping({ params: { click_id: ['tid'] } });
    expect(read('sub2=<id>', dialect)).toMatchObject({
      kind: 'rejected',
      reason: 'missing_click_id',
      hint: 'The value in "sub2" is one of your click ids: map click_id to "sub2".',
    });
  });

  it('under another name than the preset says is taken', () => {
    const dialect = dialectOf(generic, preset('keitaro'));
    expect(eventOf('sub2=<id>&tid=T', dialect)).toMatchObject({ clickId: OURS, txid: 'T' });
    const own = dialectOf(withMapping({ params: { click_id: ['mine'] } }), preset('keitaro'));
    expect(read('sub2=<id>', own)).toMatchObject({ kind: 'rejected', reason: 'missing_click_id' });
    expect(eventOf('mine=<id>', own).clickId).toBe(OURS);
  });
});

describe('an ambiguous name', () => {
  it('means what the preset says', () => {
    expect(eventOf('transaction_id=<id>&order_id=O1', dialectOf(generic, preset('everflow')))).toMatchObject({
      txid: 'O1',
    });
    expect(eventOf('subid=<id>&tid=T1', dialectOf(generic, preset('keitaro')))).toMatchObject({ txid: 'T1' });
    // Nobody proves anything here: it is the preset's name that is taken for the click id.
    const query = `transaction_id=${FORGED}&tid=abc`;
    expect(eventOf(query, dialectOf(generic, preset('tune'))).clickId).toBe(FORGED);
  });
});

describe('a network’s own mapping', () => {
  const own = {
    mapping: { params: { payout: ['money'] }, events: { reg: 'lead' }, statuses: { lead: 'approved' } },
    defaults: { event: 'ftd' },
  };

  it('goes before its preset’s, name by name and word by word', () => {
    const dialect = dialectOf(own, preset('keitaro'));
    expect(eventOf('subid=<id>&status=lead&money=1&payout=2&currency=EUR', dialect)).toMatchObject({
      status: 'approved',
      eventType: 'ftd',
      payout: { amount: '1' },
    });
    expect(eventOf('subid=<id>&status=trash&payout=2&currency=EUR', dialect)).toMatchObject({ status: 'rejected' });
    expect(eventOf('subid=<id>&status=reg', dialect).eventType).toBe('lead');
  });

  it('is all there is without a preset', () => {
    expect(dialectOf(own)).toEqual(own);
  });

  it('may read event and status from one parameter', () => {
    const dialect = withMapping({ params: { event: ['type'], status: ['type'] }, events: { '1': 'ftd' } });
    expect(eventOf('click_id=<id>&type=1', dialect)).toMatchObject({ eventType: 'ftd', status: 'approved' });
    expect(eventOf('click_id=<id>&type=reg', dialect)).toMatchObject({ eventType: 'registration' });
    expect(eventOf('click_id=<id>&type=hold', dialect)).toMatchObject({ eventType: 'sale', status: 'pending' });
    expect(read('click_id=<id>&type=what', dialect)).toMatchObject({ reason: 'unmapped_status' });
  });
});

describe('words', () => {
  it.each(Object.entries(EVENT_WORDS).filter(([, meaning]) => meaning !== 'chargeback'))(
    '%s is %s',
    (word, meaning) => {
      expect(eventOf(`click_id=<id>&event=${word.toUpperCase()}`).eventType).toBe(meaning);
    },
  );
  it.each(Object.entries(STATUS_WORDS))('%s is %s', (word, meaning) => {
    expect(eventOf(`click_id=<id>&event=ftd&status=${word.toUpperCase()}`)).toMatchObject({
      status: meaning,
      eventType: 'ftd',
    });
  });
  it.each([
    ['event=First Deposit', 'ftd', 'approved'],
    ['event=first-deposit', 'ftd', 'approved'],
    ['event=CPA qualification', 'qualified', 'approved'],
    ['event=ftd&status=In Process', 'ftd', 'pending'],
    ['event=ftd&status=sale', 'ftd', 'approved'],
    ['event=ftd&status=lead', 'ftd', 'pending'],
    ['status=lead', 'lead', 'approved'],
    ['cnv_status=dep', 'deposit', 'approved'],
    ['cnv_status=hold', 'sale', 'pending'],
  ])('%s is %s, %s', (query, eventType, status) => {
    expect(eventOf(`click_id=<id>&${query}`)).toMatchObject({ eventType, status });
  });
});

describe('a chargeback', () => {
  it.each([
    'event=chargeback',
    'event=Refund',
    'event=reversal&status=approved',
    'goal=cb',
    'status=chargeback',
    'status=cb',
  ])('is %s: of whatever the transaction was', (query) => {
    expect(
      eventOf(`click_id=<id>&${query}&txid=T1&payout=-50`, { ...generic, defaults: { event: 'ftd', currency: 'EUR' } }),
    ).toMatchObject({
      isChargeback: true,
      status: 'rejected',
      eventType: 'ftd',
      payout: { amount: '50', currency: 'EUR' },
      txid: 'T1',
    });
  });

  it('takes back the amount that comes along, without one or with 0 all', () => {
    expect(eventOf('click_id=<id>&event=refund&txid=T1&payout=20').payout).toEqual({ amount: '20', currency: 'EUR' });
    expect(eventOf('click_id=<id>&event=refund&txid=T1&payout=0').payout).toBeNull();
    expect(
      eventOf('click_id=<id>&event=refund&txid=T1', { ...generic, defaults: { payout: '5', currency: 'EUR' } }).payout,
    ).toBeNull();
  });

  it('may be the network’s own word, but not where another parameter has an event type', () => {
    const dialect = withMapping({ events: { storno: 'chargeback' } });
    expect(eventOf('click_id=<id>&event=Storno&txid=T1', dialect)).toMatchObject({ isChargeback: true });
    expect(eventOf('click_id=<id>&event=ftd&status=chargeback&txid=T1')).toMatchObject({
      isChargeback: false,
      eventType: 'ftd',
      status: 'rejected',
    });
  });

  it('needs a transaction id, unless its status is all that says so', () => {
    const reading = read('click_id=<id>&event=chargeback');
    expect(reading).toMatchObject({ kind: 'rejected', reason: 'missing_txid' });
    expect(hintOf(reading)).toMatch(/transaction id/);
    expect(eventOf('click_id=<id>&status=chargeback')).toMatchObject({ isChargeback: false, status: 'rejected' });
  });
});

describe('amounts', () => {
  it('may be negative for a revenue share', () => {
    expect(eventOf('click_id=<id>&event=revshare&payout=-12,50').payout).toEqual({ amount: '-12.5', currency: 'EUR' });
  });
  it.each(['ftd', 'sale', 'deposit'])('may not for an approved %s', (event) => {
    expect(read(`click_id=<id>&event=${event}&payout=-1`)).toMatchObject({ reason: 'invalid_amount' });
    expect(eventOf(`click_id=<id>&event=${event}&payout=-1&status=rejected`).payout).toBeNull();
  });
});

describe('a revenue share', () => {
  const link = newId('lnk');

  it('may name the link instead of a click', () => {
    expect(eventOf(`event=revshare&cid=7&sub1=${link}&payout=3`)).toMatchObject({ clickId: link });
    expect(eventOf(`event=revshare&sub1=${link}&cid=<id>`)).toMatchObject({ clickId: OURS });
    const dialect = dialectOf(generic, preset('income-partners'));
    expect(eventOf(`sub_id=${link}&event=Partner income&amount=-3`, dialect)).toMatchObject({ clickId: link });
  });

  it('is the only event that may', () => {
    expect(eventOf(`event=ftd&cid=7&sub1=${link}`).clickId).toBe('7');
  });
});

describe('the player', () => {
  it.each(['player_id', 'playerId', 'user_id', 'profile_id', 'customer_id', 'client_reference'])(
    'comes as %s',
    (name) => {
      expect(eventOf(`click_id=<id>&${name}=P-7`).playerId).toBe('P-7');
    },
  );
  it.each(['0', 'null', 'NULL', 'undefined', 'None', 'NaN', '-', '', ' ', '{user_id}'])(
    'is no player when it is %j',
    (value) => {
      expect(eventOf(`click_id=<id>&player_id=${encodeURIComponent(value)}`).playerId).toBeNull();
      expect(eventOf(`click_id=<id>&player_id=${encodeURIComponent(value)}&user_id=7`).playerId).toBe('7');
    },
  );
});

describe('the transaction id', () => {
  it.each(['null', 'undefined', 'None', 'NaN', '-', '{txid}'])('is none as %j: it would make one of all', (value) => {
    expect(eventOf(`click_id=<id>&txid=${encodeURIComponent(value)}`).txid).toBeNull();
  });
  it('may be 0', () => {
    expect(eventOf('click_id=<id>&txid=0').txid).toBe('0');
  });
});

describe('hints', () => {
  it('name the macro as the network writes it', () => {
    expect(hintOf(read('click_id={clickid}', dialectOf(generic, preset('cake'))))).toBe(
      '`{clickid}` was sent unfilled in "click_id": this network\'s macro is `#s2#`.',
    );
    expect(hintOf(read('click_id={sub1}', dialectOf(generic, preset('1win'))))).toMatch(/had no value for it/);
    expect(hintOf(read('click_id={clickid}'))).toMatch(/^"click_id" came as \{clickid\}/);
  });

  it('name what came unfilled in a request that could be read all the same', () => {
    const reading = read('click_id=<id>&payout=[price]&txid=%257Btid%257D&x=%25x%25');
    expect(reading).toMatchObject({ kind: 'event', event: { payout: null, txid: null } });
    expect(hintOf(reading)).toMatch(/"payout" came as \[price\].*"txid" came as %7Btid%7D.*"x" came as %x%/);
  });

  it('name a time that cannot be read', () => {
    const reading = read('click_id=<id>&time=yesterday');
    expect(reading).toMatchObject({ event: { time: null } });
    expect(hintOf(reading)).toMatch(/^The time "yesterday" cannot be read: the time of arrival counts/);
    expect(hintOf(read('click_id=<id>&time=01/02/2026'))).toMatch(/could be two days/);
    expect(eventOf('click_id=<id>&time=soon&timestamp=1767225600').time).toEqual(new Date('2026-01-01T00:00:00Z'));
  });

  it('stay short', () => {
    const long = 'x'.repeat(5_000);
    expect(hintOf(read(`click_id=<id>&event=${long}`))?.length).toBeLessThan(300);
    expect(hintOf(read(`click_id=<id>&payout=${long}`))?.length).toBeLessThan(300);
  });
});

const NAMES: readonly string[] = [
  ...new Set([...Object.values(ALIASES).flat(), ...CANONICAL_PARAMS, 'x', 'lang', '__proto__']),
];
const anyCase = (text: string): fc.Arbitrary<string> =>
  fc
    .array(fc.boolean(), { minLength: text.length, maxLength: text.length })
    .map((upper) => [...text].map((letter, i) => (upper[i] ? letter.toUpperCase() : letter)).join(''));
const macro = fc
  .tuple(
    fc.stringMatching(/^[a-z][a-z_.]{0,12}[0-9]{0,3}$/),
    fc.constantFrom(
      ['{', '}'],
      ['{{', '}}'],
      ['${', '}'],
      ['#', '#'],
      ['[', ']'],
      ['%', '%'],
      ['<', '>'],
      ['(', ')'],
      ['{url.', '}'],
      ['%7B', '%7D'],
    ),
  )
  .map(([name, [open, close]]) => `${open}${name}${close}`);
const value = fc.oneof(
  macro,
  fc.constantFrom(OURS, FORGED, '', 'ftd', 'chargeback', '-5', '1,234.56', 'EUR', 'null', newId('lnk'), 'approved'),
  fc.string({ unit: 'binary', maxLength: 20 }),
);
const parameter = fc.record({ name: fc.oneof(fc.constantFrom(...NAMES).chain(anyCase), fc.string()), value });
const dialects = [
  generic,
  withMapping({ params: { click_id: ['sub1'], event: ['type'], status: ['type'] } }),
  ...[...presets.values()].map((known) => dialectOf(generic, known)),
];

describe('whatever comes', () => {
  it('every sent parameter is reported once, in order, and nothing throws', () => {
    fc.assert(
      fc.property(fc.array(parameter, { maxLength: 20 }), fc.constantFrom(...dialects), (parameters, dialect) => {
        const reading = readAll(parameters, dialect);
        expect(reading.parameters.map(({ name }) => name)).toEqual(parameters.map(({ name }) => name));
        for (const [index, { state, as }] of reading.parameters.entries()) {
          const sent = parameters[index]?.value.trim() ?? '';
          if (state === 'taken') expect(as).not.toBeNull();
          if (state === 'ignored') expect(as).toBeNull();
          expect(state === 'empty').toBe(sent === '');
        }
        const taken = reading.parameters.filter(({ state }) => state === 'taken').map(({ as }) => as);
        expect(new Set(taken).size).toBe(taken.length);
        if (reading.kind !== 'event') expect(hintOf(reading)).toMatch(/\.$/);
      }),
      { numRuns: 1_000 },
    );
  });

  it('the case of names does not matter', () => {
    const query = 'click_id=<id>&event=ftd&status=hold&payout=5&currency=USD&txid=T1&player_id=P&time=1767225600';
    const pairs = [...new URLSearchParams(query.replace('<id>', OURS))];
    fc.assert(
      fc.property(fc.tuple(...pairs.map(([name]) => anyCase(name))), (names) => {
        const reading = readAll(pairs.map(([, text], i) => ({ name: names[i] ?? '', value: text })));
        expect(reading).toMatchObject({ kind: 'event', event: eventOf(query) });
      }),
    );
  });

  it('an unfilled macro is as good as nothing, in any delimiters', () => {
    const names: CanonicalParam[] = ['event', 'status', 'payout', 'currency', 'txid', 'player_id', 'time'];
    fc.assert(
      fc.property(fc.constantFrom(...names), macro, (name, text) => {
        const reading = readAll([
          { name: 'click_id', value: OURS },
          { name, value: text },
        ]);
        expect(reading).toMatchObject({ kind: 'event', event: eventOf('click_id=<id>') });
        expect(reading.parameters[1]).toEqual({ name, state: 'unfilled', as: name });
        expect(hintOf(reading)).toContain(text.slice(0, 10));
        expect(readAll([{ name: 'click_id', value: text }])).toMatchObject({ reason: 'unfilled_macro' });
      }),
    );
  });

  it('a click id that proves itself is never passed over for another', () => {
    const names = fc.constantFrom(...ALIASES.click_id);
    fc.assert(
      fc.property(
        names,
        fc.array(fc.tuple(names, fc.constantFrom(FORGED, '7', '{x}', '')), { maxLength: 5 }),
        (name, others) => {
          const parameters = [...others.map(([other, text]) => ({ name: other, value: text })), { name, value: OURS }];
          expect(readAll(parameters)).toMatchObject({ kind: 'event', event: { clickId: OURS } });
        },
      ),
    );
  });
});
