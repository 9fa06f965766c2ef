import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CONVERSION_STATUSES, EVENT_TYPES } from '../../../platform/vocabulary/conversion-words.js';
import { foldTotals, type TotalsGroup } from './fold-totals.js';

const GROUP: TotalsGroup = {
  status: 'approved',
  eventType: 'ftd',
  isFtd: true,
  isFlagged: false,
  payoutCurrency: 'USD',
  revenueCurrency: 'EUR',
  count: 1,
  payout: '10.10',
  revenue: '9.005',
};

describe('foldTotals', () => {
  it('has zeros where there is nothing', () => {
    const none = { count: 0, payouts: [], revenue: { amount: '0.00', currency: 'EUR' } };
    expect(foldTotals([], 'EUR')).toEqual({
      count: 0,
      byStatus: { pending: none, approved: none, rejected: none },
      byEventType: [],
      ftds: 0,
      flagged: 0,
      withoutRevenue: 0,
    });
  });

  it('adds exactly, by status and currency', () => {
    const totals = foldTotals(
      [
        GROUP,
        { ...GROUP, payout: '0.2', revenue: '0.1', isFlagged: true },
        { ...GROUP, payoutCurrency: 'BTC', payout: '1E-7', revenueCurrency: null, revenue: '0' },
        { ...GROUP, status: 'rejected', eventType: 'sale', count: 3, revenueCurrency: 'USD' },
        { ...GROUP, status: 'pending', isFtd: false, payoutCurrency: null, payout: '0', revenueCurrency: null },
      ],
      'EUR',
    );
    expect(totals).toMatchObject({ count: 7, ftds: 3, flagged: 1, withoutRevenue: 4 });
    expect(totals.byEventType).toEqual([
      { eventType: 'ftd', count: 4 },
      { eventType: 'sale', count: 3 },
    ]);
    expect(totals.byStatus.approved).toEqual({
      count: 3,
      payouts: [
        { amount: '0.0000001', currency: 'BTC' },
        { amount: '10.30', currency: 'USD' },
      ],
      revenue: { amount: '9.105', currency: 'EUR' },
    });
    expect(totals.byStatus.rejected.revenue).toEqual({ amount: '0.00', currency: 'EUR' });
  });

  it('counts each conversion once in each part, whatever the groups are', () => {
    const group = fc.record({
      status: fc.constantFrom(...CONVERSION_STATUSES),
      eventType: fc.constantFrom(...EVENT_TYPES),
      isFtd: fc.boolean(),
      isFlagged: fc.boolean(),
      payoutCurrency: fc.constantFrom('EUR', 'USD', null),
      revenueCurrency: fc.constantFrom('EUR', 'USD', null),
      count: fc.integer({ min: 1, max: 9 }),
      payout: fc.constantFrom('0.1', '0.2', '-3'),
      revenue: fc.constantFrom('0.1', '7'),
    });
    fc.assert(
      fc.property(fc.array(group), (groups) => {
        const { count, byStatus, byEventType, ftds, flagged } = foldTotals(groups, 'EUR');
        const sum = (list: { count: number }[]): number => list.reduce((all, one) => all + one.count, 0);
        expect([sum(groups), sum(Object.values(byStatus)), sum(byEventType)]).toEqual([count, count, count]);
        expect(Math.max(ftds, flagged)).toBeLessThanOrEqual(count);
      }),
    );
  });
});
