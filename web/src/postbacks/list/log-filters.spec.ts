import { expect, it } from 'vitest';
import { activeLogFilters, logExportPath, logQueryOf, withoutLogFilter } from './log-filters';

const SEARCH = {
  q: 'T-1',
  verdict: 'rejected',
  network: 'net_1',
  reason: 'unfilled_macro',
  link: 'lnk_1',
  conversion: 'cnv_1',
  origin: 'pixel',
  waiting: true,
} as const;

it('names the filters as the API does', () => {
  expect(logQueryOf(SEARCH, { from: '2026-11-27', to: '2026-11-28' })).toEqual({
    q: 'T-1',
    verdict: 'rejected',
    networkId: 'net_1',
    reason: 'unfilled_macro',
    linkId: 'lnk_1',
    conversionId: 'cnv_1',
    origin: 'pixel',
    waiting: 'true',
    from: '2026-11-27',
    to: '2026-11-28',
  });
  expect(logQueryOf({ q: 'T' }, null)).toEqual({}); // the API searches for two characters at least
});

it('removes one filter, and keeps the opened entry', () => {
  expect(activeLogFilters(SEARCH)).toHaveLength(8);
  expect(activeLogFilters(withoutLogFilter(SEARCH, 'network'))).not.toContain('network');
  expect(withoutLogFilter({ id: 'pbk_1', reason: 'x' }, 'reason').id).toBe('pbk_1');
});

it('exports exactly what is shown', () => {
  expect(logExportPath(logQueryOf({ network: 'net_1', waiting: true, q: 'a b' }, null))).toBe(
    '/api/v1/postbacks/export?q=a+b&networkId=net_1&waiting=true&bom=true',
  );
});
