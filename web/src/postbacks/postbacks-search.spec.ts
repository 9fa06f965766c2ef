import { expect, it } from 'vitest';
import { parsePostbacksSearch } from './postbacks-search';

it('reads the view from the URL, and drops what is none', () => {
  const view = {
    period: 'today',
    q: 'T-1',
    verdict: 'rejected',
    network: 'net_1',
    reason: 'unfilled_macro',
    link: 'lnk_1',
    conversion: 'cnv_1',
    origin: 'pixel',
    waiting: true,
    id: 'pbk_1',
  };
  expect(parsePostbacksSearch(view)).toEqual(view);
  expect(
    parsePostbacksSearch({
      period: 'ever',
      q: ' ',
      verdict: 'lost',
      network: 'lnk_1',
      reason: 'A b',
      link: 7,
      conversion: 'x',
      origin: 'fax',
      waiting: 'yes',
      id: '../x',
    }),
  ).toEqual({});
  expect(parsePostbacksSearch({ q: 88213 })).toEqual({ q: '88213' });
});
