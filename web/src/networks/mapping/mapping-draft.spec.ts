import { describe, expect, it } from 'vitest';
import { draftOf, type EditedNetwork, newRow, patchOf, restoringPatch, rowProblems } from './mapping-draft';

const NETWORK: EditedNetwork = {
  mapping: {
    params: { click_id: ['tid', 'ref'], payout: ['sum'] },
    events: { reg: 'registration' },
    statuses: { '1': 'approved' },
    currencies: { usdt: 'USD' },
    charset: 'windows-1251',
  },
  defaults: { event: 'ftd', currency: 'EUR' },
  repeats: { deposit: 'count' },
  transactions: 'network',
  windows: { ftd: 30 },
  clickIdParam: 'stag',
};

describe('the draft of a mapping', () => {
  it('without a change is the network as it was', () => {
    expect(patchOf(draftOf(NETWORK))).toEqual(restoringPatch(NETWORK));
  });

  it('leaves out what is empty', () => {
    const empty: EditedNetwork = {
      mapping: { params: {}, events: {}, statuses: {} },
      defaults: { currency: 'EUR' },
      repeats: {},
      transactions: 'click',
      windows: {},
      clickIdParam: 'click_id',
    };
    const draft = draftOf(empty);
    expect(patchOf({ ...draft, params: [newRow(' ', 'txid')], charset: ' ' })).toEqual(restoringPatch(empty));
  });

  it('keeps the order of the names of one meaning, and trims', () => {
    const draft = draftOf(NETWORK);
    const params = [newRow('xid', 'txid'), newRow(' id2 ', 'click_id'), ...draft.params];
    expect(patchOf({ ...draft, params }).mapping?.params).toEqual({
      txid: ['xid'],
      click_id: ['id2', 'tid', 'ref'],
      payout: ['sum'],
    });
  });

  it('names the problem of each row', () => {
    const draft = draftOf(NETWORK);
    const rows = {
      twice: newRow('TID', 'click_id'),
      tooLong: newRow('x'.repeat(101), 'txid'),
      badStart: newRow('$a', 'txid'),
      noMeaning: newRow('b', ''),
    };
    const days = [newRow('0', 'sale'), newRow('1.5', 'lead'), newRow('3651', 'deposit')];
    const again = newRow('7', 'ftd');
    const currency = newRow('₽', '₽');
    const problems = rowProblems({
      ...draft,
      params: [...draft.params, ...Object.values(rows)],
      windows: [...draft.windows, ...days, again],
      currencies: [...draft.currencies, currency],
    });
    for (const [problem, { key }] of Object.entries(rows)) expect(problems.get(key)).toBe(problem);
    for (const { key } of days) expect(problems.get(key)).toBe('badDays');
    expect(problems.get(again.key)).toBe('twice');
    expect(problems.get(currency.key)).toBe('badCurrency');
    expect(problems.size).toBe(9);
    expect(rowProblems(draft).size).toBe(0);
  });
});
