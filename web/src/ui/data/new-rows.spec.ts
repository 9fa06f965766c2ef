import { describe, expect, it } from 'vitest';
import { newRowsOf, refreshPart, refreshRows, type RowPage, type RowPages, takeNewest } from './new-rows';

interface Row {
  id: string;
  text?: string;
}

const page = (ids: string[], nextCursor: string | null = null): RowPage<Row> => ({
  data: ids.map((id) => ({ id })),
  page: { nextCursor, hasMore: nextCursor !== null },
});
const list = (...pages: RowPage<Row>[]): RowPages<Row> => ({ pages, pageParams: pages.map(() => null) });
const ids = ({ pages }: RowPages<Row>): string[][] => pages.map(({ data }) => data.map(({ id }) => id));

describe('new rows of a list', () => {
  it('are those of the newest page that it does not have', () => {
    expect(newRowsOf(list(page(['c', 'b']), page(['a'])), page(['e', 'd', 'c', 'b']))).toEqual([
      { id: 'e' },
      { id: 'd' },
    ]);
  });

  it('stand at its top when they are taken, and no row stands twice', () => {
    const loaded = list(page(['c', 'b'], 'after b'), page(['a']));
    const taken = takeNewest(loaded, page(['e', 'd', 'c'], 'after c'));
    expect(ids(taken)).toEqual([['e', 'd', 'c', 'b'], ['a']]);
    expect(taken.pages[0]?.page.nextCursor).toBe('after b');
  });

  it('begin the list anew when more came than a page holds, so that none is missing', () => {
    const taken = takeNewest(list(page(['c', 'b'], 'after b'), page(['a'])), page(['z', 'y'], 'after y'));
    expect(ids(taken)).toEqual([['z', 'y']]);
    expect(taken.pages[0]?.page.nextCursor).toBe('after y');
    expect(taken.pageParams).toEqual([null]);
  });

  it('come into an empty list', () => {
    expect(ids(takeNewest(list(page([])), page(['b', 'a'], 'after a')))).toEqual([['b', 'a']]);
  });
});

describe('rows that have changed', () => {
  it('change in their place', () => {
    const refreshed = refreshRows(list(page(['c', 'b']), page(['a'])), [{ id: 'a', text: 'new' }, { id: 'x' }]);
    expect(ids(refreshed)).toEqual([['c', 'b'], ['a']]);
    expect(refreshed.pages[1]?.data[0]).toEqual({ id: 'a', text: 'new' });
  });

  it('go when they no longer match, and only those of the part that was read', () => {
    const loaded = list(page(['f', 'e', 'd'], 'after d'), page(['c', 'b', 'a']));
    expect(ids(refreshPart(loaded, 'e', page(['e', 'c'], 'after c')))).toEqual([
      ['f', 'e'],
      ['c', 'b', 'a'],
    ]);
    expect(ids(refreshPart(loaded, 'e', page(['c'])))).toEqual([['f'], ['c']]);
    expect(ids(refreshPart(loaded, 'f', page([])))).toEqual([[], []]);
  });
});
