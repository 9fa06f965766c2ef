import { expect, it } from 'vitest';
import { mappingChanges } from './mapping-changes';

it('names what a suggestion adds, and nothing that is mapped already', () => {
  const now = { params: { payout: ['sum'] }, events: { reg: 'registration' }, statuses: {} };
  const suggested = {
    params: { payout: ['sum', 'amount_due'], txid: ['xid'] },
    events: { reg: 'registration', dep: 'ftd' },
    statuses: { hold: 'pending' },
    currencies: { USDT: 'USD' },
  };
  expect(mappingChanges(now, suggested)).toEqual([
    { kind: 'params', from: 'amount_due', to: 'payout' },
    { kind: 'params', from: 'xid', to: 'txid' },
    { kind: 'events', from: 'dep', to: 'ftd' },
    { kind: 'statuses', from: 'hold', to: 'pending' },
    { kind: 'currencies', from: 'USDT', to: 'USD' },
  ]);
  expect(mappingChanges(now, now)).toEqual([]);
});
