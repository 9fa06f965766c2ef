import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { newRows, refreshRows, takeNewest } from './merge-rows';

interface Row {
  id: string;
  state?: string;
}
const page = (...ids: string[]): { data: Row[]; page: { nextCursor: null; hasMore: boolean } } => ({
  data: ids.map((id) => ({ id })),
  page: { nextCursor: null, hasMore: false },
});
const list = { pages: [page('c', 'b'), page('a')], pageParams: [null, 'x'] };
const idsOf = ({ pages }: { pages: { data: Row[] }[] }): string[][] =>
  pages.map(({ data }) => data.map(({ id }) => id));

describe('rows that arrive', () => {
  it('are those that no page has', () => {
    expect(newRows(list, [{ id: 'd' }, { id: 'c' }, { id: 'a' }])).toEqual([{ id: 'd' }]);
  });

  it('change rows in their place', () => {
    const refreshed = refreshRows<Row, typeof list>(list, [{ id: 'a', state: 'new' }, { id: 'z' }]);
    expect(idsOf(refreshed)).toEqual([['c', 'b'], ['a']]);
    expect(refreshed.pages[1]?.data[0]).toEqual({ id: 'a', state: 'new' });
  });

  it('come in at the place that the newest page gives them', () => {
    // `b2` happened before `c`, but was reported now.
    expect(idsOf(takeNewest<Row, typeof list>(list, [{ id: 'd' }, { id: 'c' }, { id: 'b2' }]))).toEqual([
      ['d', 'c', 'b2', 'b'],
      ['a'],
    ]);
  });

  it('are never lost and never twice', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(30)), fc.uniqueArray(fc.nat(30)), fc.nat(10), (old, newest, at) => {
        const loaded = {
          pages: [page(...old.slice(0, at).map(String)), page(...old.slice(at).map(String))],
          pageParams: [],
        };
        const ids = idsOf(
          takeNewest<Row, typeof loaded>(
            loaded,
            newest.map((id) => ({ id: String(id) })),
          ),
        ).flat();
        expect(ids.toSorted()).toEqual([...new Set([...old, ...newest].map(String))].toSorted());
      }),
    );
  });
});
