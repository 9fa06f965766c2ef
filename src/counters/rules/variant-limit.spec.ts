import { describe, expect, it } from 'vitest';
import { ClickAggregate } from './click-aggregate.js';
import { MAX_ROW_VARIANTS, VariantLimit } from './variant-limit.js';

describe('the limit of variants in a row', () => {
  it('admits so many in each row, over many aggregates', () => {
    const limit = new VariantLimit();
    for (let i = 0; i < MAX_ROW_VARIANTS; i++) expect(limit.admits('row', `v${i}`)).toBe(true);
    expect(limit.admits('row', 'more')).toBe(false);
    expect(limit.admits('row', 'v7')).toBe(true);
    expect(limit.admits('other row', 'more')).toBe(true);
  });

  it('leaves the totals exact, and rows that a document has room for', () => {
    const aggregate = new ClickAggregate(new VariantLimit());
    const longest = (i: number): string => `${'𠀀'.repeat(40)}/${'𠀀'.repeat(34)}${String(i).padStart(6, '0')}`;
    for (let i = 0; i < MAX_ROW_VARIANTS + 100; i++) {
      const click = { workspaceId: 'wsp_1', linkId: 'lnk_1', at: new Date(0), kind: 'human' as const, isUnique: false };
      aggregate.add({ ...click, variant: longest(i) });
    }
    const { totals, variants } = aggregate.rows();
    expect(totals).toMatchObject([{ total: MAX_ROW_VARIANTS + 100, human: MAX_ROW_VARIANTS + 100 }]);
    const paths = Object.keys(variants[0]?.increments ?? {});
    expect(paths).toHaveLength(MAX_ROW_VARIANTS);
    expect(Math.max(...paths.map(({ length }) => length)) * MAX_ROW_VARIANTS).toBeLessThan(4_000_000);
    expect(aggregate.rows()).toEqual({ totals, variants });
  });
});
