import { describe, expect, it } from 'vitest';
import { readRequestHead } from '../edge/request-head.js';
import { Visit } from './visit.js';

const visitOf = (path: string, ...lines: string[]): Visit | undefined => {
  const request = readRequestHead([`GET ${path} HTTP/1.1`, 'Host: Go.Example:8443', ...lines, '', ''].join('\r\n'));
  return request && Visit.of(request);
};

describe('a visit', () => {
  it.each([
    ['DNT: 1', true],
    ['sec-gpc:\t1 ', true],
    ['DNT: 0', false],
    ['Sec-GPC: ?1', false],
    ['DNT: 11', false],
    ['DNT:', false],
  ])('takes "%s" as a request not to be tracked: %s', (line, isPrivate) => {
    expect(visitOf('/a', line)?.isPrivate).toBe(isPrivate);
  });

  it('goes by the newest of the headers that say "prefetch"', () => {
    const lines = ['X-Purpose: prefetch', 'X-Moz: no', 'Purpose: prefetch', 'Sec-Purpose: no'];
    const kinds = lines.map((_, index) => visitOf('/a', ...lines.slice(0, index + 1))?.kind);
    expect(kinds).toEqual(['prefetch', 'visit', 'prefetch', 'visit']);
  });

  it('has its address taken apart', () => {
    expect(visitOf('/go/Gr%C3%B6%C3%9Fe/?a=b?c')).toMatchObject({
      hostname: 'go.example',
      path: '/go/Gr%C3%B6%C3%9Fe/',
      slug: 'go/Größe',
      trailingSlash: '/',
      rawQuery: 'a=b?c',
    });
    expect(visitOf('/')).toBeUndefined();
    expect(visitOf('/api/v1/links')).toBeUndefined();
  });

  it('keeps its headers at the address that was meant', () => {
    const visit = visitOf('/a).?x', 'User-Agent: ua')?.readAs({ slug: 'a', trailingSlash: '', rawQuery: 'x' });
    expect(visit).toMatchObject({ slug: 'a', path: '/a).', rawQuery: 'x', userAgent: 'ua' });
  });
});
