import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ClickCost, clickCost, mayHaveCost } from './click-cost.js';
import { parseClickQuery } from './click-query.js';

const RUNS = Number(process.env['PROPERTY_RUNS'] ?? 500);
const AT = new Date('2026-11-20T12:00:00Z');

/** Half a euro for each dollar; no other rates. */
function costOf(rawQuery: string, ofLink?: string): ClickCost {
  return clickCost({ query: parseClickQuery(rawQuery), ofLink }, AT, {
    currency: 'EUR',
    convert: ({ amount, currency }, at, decimals) => {
      expect([at, decimals]).toEqual([AT, 9]);
      return currency === 'USD' ? { amount: (Number(amount) / 2).toFixed(4), currency: 'EUR' } : undefined;
    },
  });
}

const eur = (amount: string) => ({ amount, currency: 'EUR' });
const usd = (amount: string) => ({ amount, currency: 'USD' });

describe('the cost of a click', () => {
  it.each([
    ['', undefined, {}],
    ['', '0.05 EUR', { cost: eur('0.05') }],
    ['', '0.05 USD', { cost: eur('0.0250'), costGiven: usd('0.05') }],
    ['cost=0.012', undefined, { cost: eur('0.012') }],
    // The source knows better than the link, whose currency it has.
    ['cost=0.012', '0.05 EUR', { cost: eur('0.012') }],
    ['cost=0.012', '0 USD', { cost: eur('0.0060'), costGiven: usd('0.012') }],
    ['cost=0.012USD', '0.05 EUR', { cost: eur('0.0060'), costGiven: usd('0.012') }],
    ['cost=0,02', undefined, { cost: eur('0.02') }],
    ['cost=%E2%82%AC0.02', '1 USD', { cost: eur('0.02') }],
    ['cost=5e-4', undefined, { cost: eur('0.0005') }],
    ['cost=0.0000000004', undefined, { cost: eur('0') }],
    ['cost=0.0000000016', undefined, { cost: eur('0.000000002') }],
    ['cost=0', '0.05 EUR', { cost: eur('0') }],
    // Other texts than amounts count as absent.
    ['cost={cost}', '0.05 EUR', { cost: eur('0.05') }],
    ['cost=', '0.05 EUR', { cost: eur('0.05') }],
    ['cost=-1', '0.05 EUR', { cost: eur('0.05') }],
    ['cost=free', undefined, {}],
    ['cost={cost}&cost=0.01', undefined, { cost: eur('0.01') }],
    // Without a rate the amount stays in its currency, and is not added to others.
    ['cost=3 GBP', undefined, { cost: { amount: '3', currency: 'GBP' }, costGiven: { amount: '3', currency: 'GBP' } }],
    ['cost=1000000000', undefined, {}],
    ['cost=999999999.999999999', undefined, { cost: eur('999999999.999999999') }],
  ])('%j of a link with the cost %s is %j', (query, ofLink, expected) => {
    expect(costOf(query, ofLink)).toEqual(expected);
  });

  it('is an exact amount that fits into the copy for reports, or absent, whatever the parameter has', () => {
    const value = fc.oneof(fc.string(), fc.double().map(String), fc.integer().map(String));
    fc.assert(
      fc.property(value, fc.constantFrom(undefined, '0.05 EUR', '2 USD'), (text, ofLink) => {
        const { cost } = costOf(`cost=${encodeURIComponent(text)}`, ofLink);
        if (cost !== undefined) expect(cost.amount).toMatch(/^\d{1,9}(\.\d{1,9})?$/);
        if (ofLink !== undefined) expect(cost).toBeDefined();
      }),
      { numRuns: RUNS },
    );
  });
});

describe('a click that may have a cost', () => {
  it.each([
    ['sub1=x', undefined, false],
    ['cost=1', undefined, true],
    ['', '0.05 EUR', true],
  ])('%j, link %s: %s', (query, ofLink, expected) => {
    expect(mayHaveCost({ query: parseClickQuery(query), ofLink })).toBe(expected);
  });
});
