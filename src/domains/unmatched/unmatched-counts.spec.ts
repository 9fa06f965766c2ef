import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { trustedWorkspaceId } from '../../platform/tenancy/workspace-id.js';
import { UnmatchedCounts } from './unmatched-counts.js';
import { TopSlugs } from './top-slugs.js';

const AT = Date.UTC(2026, 0, 31, 12);
const DOMAIN = { id: 'dom_1', workspaceId: trustedWorkspaceId('wsp_1') };

describe('TopSlugs', () => {
  it('keeps whatever makes more than its share, and never counts too much', () => {
    const max = 5;
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...'abcdefghijklmnop'), { maxLength: 300 }), fc.nat(300), (slugs, cut) => {
        const parts = [new TopSlugs(max), new TopSlugs(max)] as const;
        slugs.forEach((slug, i) => parts[i < cut ? 0 : 1].add(slug));
        parts[0].merge(parts[1].entries());
        const found = new Map(parts[0].entries());
        expect(found.size).toBeLessThanOrEqual(max);
        for (const slug of new Set(slugs)) {
          const truth = slugs.filter((other) => other === slug).length;
          const counted = found.get(slug) ?? 0;
          expect(counted).toBeLessThanOrEqual(truth);
          expect(counted).toBeGreaterThanOrEqual(truth - slugs.length / (max + 1));
        }
      }),
    );
  });

  it('gives the most frequent first', () => {
    const top = new TopSlugs(3);
    for (const slug of 'abbccc') top.add(slug);
    expect(top.entries()).toEqual([
      ['c', 3],
      ['b', 2],
      ['a', 1],
    ]);
  });
});

describe('UnmatchedCounts', () => {
  it('counts by domain and day, and loses nothing that is put back', () => {
    const tally = new UnmatchedCounts();
    tally.count(DOMAIN, 'root', { at: AT, slug: '', isBot: false });
    tally.count(DOMAIN, 'not_found', { at: AT, slug: 'x', isBot: false });
    tally.count(DOMAIN, 'not_found', { at: AT, slug: 'bot', isBot: true });
    const taken = tally.take();
    expect(tally.take()).toEqual([]);
    tally.count(DOMAIN, 'not_found', { at: AT, slug: 'x', isBot: false });
    tally.count(DOMAIN, 'root', { at: AT + 86_400_000, slug: '', isBot: true });
    tally.putBack(taken);
    const rows = tally.take().map(({ slugs, ...row }) => ({ ...row, slugs: slugs.entries() }));
    const same = { workspaceId: DOMAIN.workspaceId, domainId: 'dom_1' };
    expect(rows).toEqual([
      { ...same, day: '2026-01-31', root: 1, rootBots: 0, notFound: 2, notFoundBots: 1, slugs: [['x', 2]] },
      { ...same, day: '2026-02-01', root: 0, rootBots: 1, notFound: 0, notFoundBots: 0, slugs: [] },
    ]);
  });

  it('keeps 20,000 slugs at most, however many domains are asked for what they do not have', () => {
    const tally = new UnmatchedCounts();
    for (let i = 0; i < 100_000; i++) {
      const domain = { ...DOMAIN, id: `dom_${i % 1_000}` };
      tally.count(domain, 'not_found', { at: AT, slug: `${i}${'x'.repeat(1_000)}`, isBot: false });
    }
    const rows = tally.take();
    expect(rows.reduce((sum, { notFound }) => sum + notFound, 0)).toBe(100_000);
    expect(rows.reduce((sum, { slugs }) => sum + slugs.size, 0)).toBeLessThanOrEqual(20_000);
    for (const { slugs } of rows) for (const [slug] of slugs.entries()) expect(slug.length).toBeLessThanOrEqual(100);
  });
});
