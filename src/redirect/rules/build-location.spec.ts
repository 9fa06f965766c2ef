import { describe, expect, it } from 'vitest';
import { CompiledLink, type RoutedLink } from '../../links/rules/compiled-link.js';
import type { WorkspaceId } from '../../platform/tenancy/workspace-id.js';
import { buildLocation } from './build-location.js';
import { Visit } from '../visit.js';

const linkTo = (url: string, forwardQuery: RoutedLink['forwardQuery'] = 'fill'): CompiledLink =>
  new CompiledLink({
    _id: 'lnk_1',
    workspaceId: 'wsp_1' as WorkspaceId,
    number: 1,
    hostname: 'go.example',
    slug: 'a',
    url,
    campaign: null,
    clickIdParam: 'click_id',
    forwardQuery,
    redirectStatus: 302,
    clickLimit: null,
  });

/** The location of a visit, and its explanation. */
function filled(link: CompiledLink, rawQuery: string): { location: string | undefined; why: string[] } {
  const request = { method: 'GET', url: '/a', host: 'go.example', remoteAddress: '', header: () => undefined };
  const address = { hostname: 'go.example', path: '/a', slug: 'a', trailingSlash: '', rawQuery } as const;
  const why: string[] = [];
  const source = { visit: new Visit(request, address, 0), clickId: 'K1' };
  return { location: buildLocation(link, link.destination, source, (step) => why.push(step)), why };
}

describe('S4 the Location of a click', () => {
  it('S4 cuts the value of a macro to 1,024 characters, and says so', () => {
    const link = linkTo('https://x.example/?a={sub1}', 'none');
    const { location, why } = filled(link, `sub1=${'x'.repeat(5_000)}`);
    expect(location).toBe(`https://x.example/?a=${'x'.repeat(1_024)}&click_id=K1`);
    expect(why).toEqual(['{sub1} is cut to 1024 characters']);
    expect(filled(link, `sub1=${'x'.repeat(1_024)}`).why).toEqual([]);
  });

  it('S4 does not cut a character in two', () => {
    const sub1 = encodeURIComponent('😀'.repeat(1_000));
    const { location } = filled(linkTo('https://x.example/?a={sub1}&b=1', 'none'), `sub1=x${sub1}`);
    expect(location).toBe(`https://x.example/?a=x${encodeURIComponent('😀'.repeat(511))}&b=1&click_id=K1`);
  });

  it('S4 goes without the visitor’s query where it would be too long with it, and says so', () => {
    const link = linkTo('https://x.example/?a={sub2}');
    const { location, why } = filled(link, `sub2=s&sub1=${'<'.repeat(5_000)}`);
    expect(location).toBe('https://x.example/?a=s&click_id=K1');
    expect(why).toEqual(["the destination would have more than 7168 characters: the visitor's query is not passed on"]);
  });

  it('S4 is none where it would be too long all the same, and says so', () => {
    const { location, why } = filled(
      linkTo(`https://x.example/?a=${'{sub1}'.repeat(337)}`),
      `sub1=${'<'.repeat(15_000)}`,
    );
    expect(location).toBeUndefined();
    expect(why).toContain('the destination would have more than 7168 characters: it is answered 414');
  });

  it('S4 takes the first 200 parameters of a query, and says so', () => {
    const names = Array.from({ length: 8_000 }, (_, i) => `${i}`);
    const { location, why } = filled(linkTo('https://x.example/'), names.join('&'));
    expect([...new URL(location ?? '').searchParams.keys()]).toEqual(['click_id', ...names.slice(0, 200)]);
    expect(why).toEqual(['only the first 200 parameters of the query are read']);
  });

  it('S4 fills hundreds of own parameters from hundreds of the visitor’s', () => {
    const own = Array.from({ length: 450 }, (_, i) => `p${i}=`).join('&');
    const { location } = filled(linkTo(`https://x.example/?${own.slice(0, 2_000)}`), 'p1=x&'.repeat(3_000));
    expect(location?.split('p1=x')).toHaveLength(201);
  });
});
