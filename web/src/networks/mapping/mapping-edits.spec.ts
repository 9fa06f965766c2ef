import { describe, expect, it } from 'vitest';
import { isSameMapping, type Mapping, ownMeaningOf, withParam, withWord } from './mapping-edits';

const MAPPING: Mapping = {
  params: { click_id: ['tid', 'ref'], payout: ['sum'] },
  events: { reg: 'registration' },
  statuses: {},
};

describe('an edit of the mapping', () => {
  it('puts a name first, and takes it from its former meaning', () => {
    expect(withParam(MAPPING, 'sum', 'click_id').params).toEqual({ click_id: ['sum', 'tid', 'ref'] });
    expect(withParam(MAPPING, 'ref', 'click_id').params['click_id']).toEqual(['ref', 'tid']);
  });

  it('takes a name out whatever its case, and keeps no empty list', () => {
    expect(withParam(MAPPING, 'SUM', null).params).toEqual({ click_id: ['tid', 'ref'] });
    expect(ownMeaningOf(MAPPING, 'TID')).toBe('click_id');
    expect(ownMeaningOf(MAPPING, 'xid')).toBeUndefined();
  });

  it('gives a word a meaning, in lower case as it is stored', () => {
    expect(withWord(MAPPING, 'events', 'First_Dep', 'ftd').events).toEqual({ reg: 'registration', first_dep: 'ftd' });
    expect(withWord(MAPPING, 'statuses', '2', 'pending').statuses).toEqual({ '2': 'pending' });
  });

  it('changes nothing in the mapping before it', () => {
    const before = structuredClone(MAPPING);
    withParam(MAPPING, 'sum', null);
    withWord(MAPPING, 'events', 'reg', 'lead');
    expect(MAPPING).toEqual(before);
  });
});

describe('two mappings', () => {
  it('are the same when only the order of keys differs', () => {
    const other: Mapping = { ...MAPPING, params: { payout: ['sum'], click_id: ['tid', 'ref'] }, currencies: {} };
    expect(isSameMapping(MAPPING, other)).toBe(true);
  });

  it.each([
    ['the order of names', withParam(MAPPING, 'ref', 'click_id')],
    ['a word', withWord(MAPPING, 'events', 'reg', 'lead')],
    ['the character set', { ...MAPPING, charset: 'windows-1251' }],
    ['a currency', { ...MAPPING, currencies: { usdt: 'USD' } }],
  ])('differ by %s', (_, other) => expect(isSameMapping(MAPPING, other)).toBe(false));
});
