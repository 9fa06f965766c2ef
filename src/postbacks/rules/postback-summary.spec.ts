import { describe, expect, it } from 'vitest';
import { summaryOf } from './postback-summary.js';

const money = (amount: string) => ({ amount, currency: 'EUR' });
const entry = (sourceId: string, status: 'pending' | 'approved' | 'rejected', amount: string) => ({
  sourceId,
  status,
  payout: money(amount),
});
const history = [entry('pbk_1', 'pending', '5'), entry('pbk_2', 'approved', '6'), entry('pbk_1', 'rejected', '7')];

describe('the summary of a request', () => {
  it('has the words as sent, of parameters that were read', () => {
    const parameters = [
      { name: 'goal', value: 'dep1', state: 'taken' as const, as: 'event' as const },
      { name: 'st', value: '{status}', state: 'unfilled' as const, as: 'status' as const },
      { name: 'sum', value: '77.50', state: 'taken' as const, as: 'payout' as const },
      { name: 'cur', value: '', state: 'empty' as const, as: 'currency' as const },
    ];
    expect(summaryOf('pbk_1', parameters, undefined)).toEqual({
      eventWord: 'dep1',
      statusWord: null,
      payoutSent: '77.50',
      currencySent: null,
      eventType: null,
      status: null,
      statusBefore: null,
      payout: null,
    });
  });

  it.each([
    ['pbk_2', 'approved', 'pending', money('6')],
    ['pbk_1', 'rejected', 'approved', money('7')],
    ['pbk_3', null, null, null],
  ])('of %s has its own effect, the latest one', (id, status, statusBefore, payout) => {
    const summary = summaryOf(id, [], { eventType: 'ftd', history });
    expect(summary).toMatchObject({ eventType: 'ftd', status, statusBefore, payout });
  });

  it('of the first report has no status before', () => {
    const summary = summaryOf('pbk_1', [], { eventType: 'ftd', history: history.slice(0, 1) });
    expect(summary).toMatchObject({ status: 'pending', statusBefore: null, payout: money('5') });
  });
});
