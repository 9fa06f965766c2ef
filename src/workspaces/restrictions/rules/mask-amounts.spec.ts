import { Readable } from 'node:stream';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { maskAmounts, writesAmounts } from './mask-amounts.js';

const RUNS = Number(process.env['PROPERTY_RUNS'] ?? 500);
const CANARY = '73519.46';
const money = { amount: CANARY, currency: 'EUR' };

describe('maskAmounts', () => {
  it('replaces amounts by null, wherever they are, and keeps all fields', () => {
    const at = new Date(0);
    expect(
      maskAmounts({ id: 'cnv_1', at, payout: money, refunded: null, history: [{ payout: money, note: 'late' }] }),
    ).toEqual({ id: 'cnv_1', at, payout: null, refunded: null, history: [{ payout: null, note: 'late' }] });
  });

  it('hides also how many amounts a list has', () => {
    expect(maskAmounts({ stats: { ftds: 1, payouts: [money], revenues: [] } })).toEqual({
      stats: { ftds: 1, payouts: null, revenues: null },
    });
  });

  it('knows amounts that are texts: a default payout, and the cost in the query of a click', () => {
    expect(maskAmounts({ defaults: { event: 'ftd', payout: CANARY } })).toEqual({
      defaults: { event: 'ftd', payout: null },
    });
    const query = [
      { name: 'cost', value: CANARY },
      { name: 'utm_source', value: 'mail' },
    ];
    expect(maskAmounts({ query })).toEqual({ query: [{ name: 'cost', value: null }, query[1]] });
  });

  it('keeps the names of parameters that carry an amount', () => {
    const mapping = { params: { payout: ['sum'] } };
    expect(maskAmounts({ mapping })).toEqual({ mapping });
  });

  it('refuses bytes and streams', () => {
    expect(() => maskAmounts(Buffer.from(CANARY))).toThrow('cannot be masked');
    expect(() => maskAmounts(Readable.from([CANARY]))).toThrow('cannot be masked');
  });

  it('leaves no amount in any answer, and everything else as it was', () => {
    const answers = fc.letrec((tie) => ({
      value: fc.oneof(
        { depthSize: 'small' },
        fc.constant(money),
        fc.integer({ max: 0 }),
        fc.array(tie('value'), { maxLength: 3 }),
        fc.dictionary(fc.constantFrom('id', 'cost', 'history', 'rows', 'revenue'), tie('value')),
      ),
    })).value;
    fc.assert(
      fc.property(answers, (answer) => {
        const text = JSON.stringify({ answer: maskAmounts(answer) });
        expect(text).not.toContain(CANARY);
        if (
          !JSON.stringify({ answer }).includes('amount') &&
          !/"(cost|revenue)":-?\d/.test(JSON.stringify({ answer }))
        ) {
          expect(maskAmounts(answer)).toEqual(answer);
        }
      }),
      { numRuns: RUNS },
    );
  });
});

describe('writesAmounts', () => {
  it('finds amounts and their names at any depth, also to remove one', () => {
    expect(writesAmounts({ changes: { cost: null } })).toBe(true);
    expect(writesAmounts({ items: [{ id: 'lnk_1', cost: money }] })).toBe(true);
    expect(writesAmounts({ anything: money })).toBe(true);
    expect(writesAmounts({ url: 'https://shop.example/?cost={cost}', tags: ['cost'] })).toBe(false);
    expect(writesAmounts(undefined)).toBe(false);
  });
});
