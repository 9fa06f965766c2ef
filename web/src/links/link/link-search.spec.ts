import { expect, it } from 'vitest';
import { parseLinkSearch } from './link-search';

it('the URL of a link holds period, trend and sources, and drops the rest', () => {
  const search = { period: '7d', trend: 'ftds', by: 'country', builder: 'edit', tab: 'x' };
  expect(parseLinkSearch(search)).toEqual({ period: '7d', trend: 'ftds', by: 'country', builder: 'edit' });
  expect(parseLinkSearch({ trend: 'password', by: ['sub1'], builder: 'new' })).toEqual({});
});
