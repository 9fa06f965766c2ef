import { describe, expect, it } from 'vitest';
import { parseConversionsSearch } from '../conversions-search';
import { activeFilters, exportPath, queryOf, withoutFilter } from './conversions-query';

const range = { from: '2026-11-01', to: '2026-11-27' };

describe('the search of the list', () => {
  it('becomes the query of the API, and nothing else', () => {
    const search = parseConversionsSearch({
      from: '2026-11-01',
      to: '2026-11-27',
      find: ' T-1 ',
      status: 'pending',
      event: 'ftd',
      network: 'net_0V4rQ2pK3mXa81Qd7ZsT',
      link: 'lnk_0V4rQ2pK3mXa81Qd7ZsT',
      flag: 'txid_reused',
      ftd: true,
      timeBy: 'click',
      sheet: 'new',
    });
    expect(queryOf(search, range)).toEqual({
      ...range,
      timeBy: 'click',
      q: 'T-1',
      status: 'pending',
      eventType: 'ftd',
      networkId: 'net_0V4rQ2pK3mXa81Qd7ZsT',
      linkId: 'lnk_0V4rQ2pK3mXa81Qd7ZsT',
      flag: 'txid_reused',
      isFtd: 'true',
    });
  });

  it('of all time has no range', () => expect(queryOf({ period: 'all' }, null)).toEqual({}));

  it('drops what is no filter', () => {
    const nonsense = {
      status: 'toString',
      event: 7,
      network: 'lnk_1',
      link: '../x',
      flag: '',
      ftd: 'yes',
      timeBy: 'x',
    };
    expect(parseConversionsSearch(nonsense)).toEqual({});
    expect(parseConversionsSearch({ find: 123 })).toEqual({ find: '123' });
    expect(parseConversionsSearch({ find: '   ' })).toEqual({});
  });

  it('loses one filter and keeps the rest', () => {
    const search = { find: 'a', status: 'pending', ftd: true, period: '7d' } as const;
    expect(activeFilters(search)).toEqual(['find', 'status', 'ftd']);
    expect(withoutFilter(search, 'status')).toEqual({ find: 'a', ftd: true, period: '7d' });
  });

  it('is the address of the export, encoded', () => {
    expect(exportPath({})).toBe('/api/v1/conversions/export');
    expect(exportPath({ q: 'a&b=c', status: 'pending' })).toBe('/api/v1/conversions/export?q=a%26b%3Dc&status=pending');
  });
});
