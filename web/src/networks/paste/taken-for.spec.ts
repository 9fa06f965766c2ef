import { describe, expect, it } from 'vitest';
import type { Mapping } from '../mapping/mapping-edits';
import type { ReadParameter } from './because';
import { takenFor, takenForChoices, takenForWord, withTakenFor } from './taken-for';

const sent = (name: string, value: string, as: ReadParameter['as'], state: ReadParameter['state'] = 'taken') =>
  ({ name, value, as, state }) as ReadParameter;
const MAPPING: Mapping = { params: { txid: ['xid'] }, events: { dep: 'deposit' }, statuses: {} };
const event = (fields: object) => ({ eventType: 'ftd', isChargeback: false, status: 'pending', networkStatus: '2', ...fields });

describe('a parameter is taken for', () => {
  it.each([
    [sent('tid', 'K', 'click_id'), {}, 'click_id', 'click id'],
    [sent('type', 'first_dep', 'event'), {}, 'event:ftd', 'event: ftd'],
    [sent('type', 'DEP', 'event'), {}, 'event:deposit', 'event: deposit'],
    [sent('type', 'cb', 'event'), { isChargeback: true }, 'event:chargeback', 'event: chargeback'],
    [sent('state', '2', 'status'), {}, 'status:pending', 'status: pending'],
    [sent('status', 'reg', 'status'), {}, 'status', 'status'],
    [sent('brand', '7', null, 'ignored'), {}, '', 'ignored'],
    [sent('xid', '', null, 'empty'), {}, 'txid', 'transaction id'],
  ])('%j with %j: %s', (parameter, fields, taken, word) => {
    expect(takenFor(parameter, event(fields) as never, MAPPING)).toBe(taken);
    expect(takenForWord(taken)).toBe(word);
  });

  it('without an event, the words stay open', () => {
    expect(takenFor(sent('type', 'xyz', 'event'), null, MAPPING)).toBe('event');
  });
});

describe('the choices', () => {
  it('have what it is taken for now, and "ignored" only where that is possible', () => {
    const values = (current: string, canBeIgnored: boolean) => takenForChoices(current, canBeIgnored).map((one) => one.value);
    expect(values('event', false)[0]).toBe('event');
    expect(values('click_id', false)).not.toContain('');
    expect(values('click_id', true)).toContain('');
    expect(values('', false)).toContain('');
    expect(values('event:ftd', false).filter((value) => value === 'event:ftd')).toHaveLength(1);
  });
});

describe('a choice changes the mapping', () => {
  it.each([
    ['the name', sent('ref', 'K', null, 'ignored'), 'click_id', { params: { txid: ['xid'], click_id: ['ref'] } }],
    ['the word alone', sent('type', 'XYZ', 'event'), 'event:ftd', { events: { dep: 'deposit', xyz: 'ftd' } }],
    [
      'name and word',
      sent('was', 'XYZ', null, 'ignored'),
      'status:rejected',
      { params: { txid: ['xid'], status: ['was'] }, statuses: { xyz: 'rejected' } },
    ],
    ['taken out', sent('xid', '7', 'txid'), '', { params: {} }],
  ])('%s', (_, parameter, taken, changes) =>
    expect(withTakenFor(MAPPING, parameter, taken)).toEqual({ ...MAPPING, ...changes }),
  );
});
