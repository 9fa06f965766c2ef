import { describe, expect, it } from 'vitest';
import { filtersOf, formatSorting, parseLinksSearch, sortingOf, toLinkQuery } from './links-search';

describe('the URL of the links', () => {
  it('holds filters, state and sort, and drops what has no meaning', () => {
    const search = { search: ' push ', tag: 2026, state: 'paused', sort: '-ftds', domain: ['x'], period: '7d', x: 1 };
    expect(parseLinksSearch(search)).toEqual({
      search: 'push',
      tag: '2026',
      state: 'paused',
      sort: '-ftds',
      period: '7d',
    });
    expect(parseLinksSearch({ state: 'gone', sort: '-password', search: '  ', builder: 7 })).toEqual({});
    expect(parseLinksSearch({ state: 'all' })).toEqual({});
  });

  it('sorts by creation unless it says otherwise', () => {
    expect(sortingOf({})).toEqual({ by: 'createdAt', isDescending: true });
    expect(sortingOf({ sort: 'title' })).toEqual({ by: 'title', isDescending: false });
    expect(formatSorting({ by: 'createdAt', isDescending: true })).toBeUndefined();
    expect(formatSorting({ by: 'ftds', isDescending: true })).toBe('-ftds');
  });

  it('becomes the query of the API', () => {
    const search = parseLinksSearch({ tag: 'seo', networkId: 'net_1', state: 'live', sort: 'title' });
    expect(toLinkQuery(filtersOf(search), 'live')).toEqual({
      tag: ['seo'],
      networkId: 'net_1',
      paused: 'false',
      expired: 'false',
      suspended: 'false',
    });
  });
});
