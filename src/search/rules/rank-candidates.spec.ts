import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SEARCH_KINDS, type SearchCandidate, type SearchKind } from './candidate.js';
import { rankCandidates } from './rank-candidates.js';

const thing = (kind: SearchKind, id: string, texts: string[] = [], match?: 'exact'): SearchCandidate => ({
  kind,
  id,
  title: id,
  detail: null,
  url: `/api/v1/${kind}/${id}`,
  texts,
  ...(match && { match }),
});
const ids = (candidates: SearchCandidate[]): string[] => candidates.map(({ id }) => id);

describe('rankCandidates', () => {
  it('puts ids first, then exact values, prefixes and contained texts', () => {
    const candidates = [
      thing('link', 'contained', ['my sale']),
      thing('link', 'prefix', ['Sale of the year']),
      thing('network', 'exact', ['SALE']),
      thing('network', 'looked up', [], 'exact'),
      thing('click', 'sale'),
    ];
    expect(ids(rankCandidates(candidates, ['sale'], 10))).toEqual([
      'sale',
      'exact',
      'looked up',
      'prefix',
      'contained',
    ]);
  });

  it('gives each kind a turn', () => {
    const links = [1, 2, 3].map((n) => thing('link', `l${n}`, ['my sale']));
    const networks = [1, 2].map((n) => thing('network', `n${n}`, ['my sale']));
    expect(ids(rankCandidates([...links, ...networks], ['sale'], 4))).toEqual(['l1', 'n1', 'l2', 'n2']);
  });

  it('names each thing once, by its best match', () => {
    const twice = [thing('link', 'a', ['my sale']), thing('link', 'b', ['sales']), thing('link', 'a', [], 'exact')];
    expect(ids(rankCandidates(twice, ['sale'], 10))).toEqual(['a', 'b']);
  });

  it('compares with every form of the text', () => {
    const links = [thing('link', 'other', ['go.brand.com/summertime']), thing('link', 'one', ['go.brand.com/summer'])];
    expect(ids(rankCandidates(links, ['https://go.brand.com/summer', 'go.brand.com/summer'], 10))).toEqual([
      'one',
      'other',
    ]);
  });

  it('keeps the first of the best, whatever the order of the look-ups', () => {
    const candidate = fc
      .record({
        kind: fc.constantFrom(...SEARCH_KINDS),
        id: fc.constantFrom('a', 'b', 'c', 'sale'),
        texts: fc.array(fc.constantFrom('sale', 'sales', 'my sale', 'none'), { maxLength: 2 }),
      })
      .map(({ kind, id, texts }) => thing(kind, id, texts));
    const property = fc.property(
      fc.array(candidate, { maxLength: 30 }),
      fc.integer({ min: 1, max: 10 }),
      (all, limit) => {
        const ranked = rankCandidates(all, ['sale'], limit);
        const urls = ranked.map(({ url }) => url);
        const distinct = new Set(all.map(({ url }) => url));
        expect(new Set(urls).size).toBe(urls.length);
        expect(urls.length).toBe(Math.min(limit, distinct.size));
        expect(urls.every((url) => distinct.has(url))).toBe(true);
        // An exact id is never pushed out by anything but other ids.
        const exact = new Set(all.filter(({ id }) => id === 'sale').map(({ url }) => url));
        const first = urls.slice(0, Math.min(exact.size, limit));
        expect(first.every((url) => exact.has(url))).toBe(true);
      },
    );
    fc.assert(property, { numRuns: Number(process.env['PROPERTY_RUNS'] ?? 500) });
  });
});
