import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DomainsRepository } from '../../../src/domains/domains.repository.js';
import type { LinkResponse } from '../../../src/links/links.dto.js';
import { trustedWorkspaceId } from '../../../src/platform/tenancy/workspace-id.js';
import { eventually } from '../../support/eventually.js';
import { BROWSER, TestApp } from '../../support/test-app.js';
import { expectProblem } from '../../support/api/expect-problem.js';

const CLICK_ID = /^[0-9A-Za-z]{20,32}$/;

let app: TestApp;
let second: TestApp;
beforeAll(async () => {
  app = await TestApp.start();
  second = await TestApp.start({ sharing: app, env: { TRUSTED_PROXIES: '127.0.0.1,10.0.0.0/8' } });
});
afterAll(async () => {
  await second.close();
  await app.close();
});

const destination = async (link: LinkResponse, query = ''): Promise<URL> => {
  const { headers } = await app.click(link, query);
  return new URL(headers['location'] ?? 'none:');
};

/** The destination's query: each parameter with all of its values, the click id as `ID`. */
const arrivesWith = async (fields: Record<string, unknown>, query: string): Promise<string[]> => {
  const { searchParams } = await destination(await app.createLink(fields), query);
  return [...searchParams].map(([name, value]) => `${name}=${CLICK_ID.test(value) ? 'ID' : value}`).sort();
};

describe('a redirect', () => {
  it('is a 302 that must not be cached', async () => {
    const link = await app.createLink({ url: 'https://shop.example/lp?a=1#top' });
    const response = await app.click(link);
    expect(response.status).toBe(302);
    expect(response.headers['location']).toMatch(/^https:\/\/shop\.example\/lp\?a=1&click_id=[0-9A-Za-z]{20,32}#top$/);
    expect(response.headers['cache-control']).toBe('private, no-store');
    expect(response.headers['set-cookie']).toBeUndefined();
    expect(response.text).toBe('');
  });

  it.each([301, 302, 303, 307, 308])('has the status of its link: %i', async (redirectStatus) => {
    const response = await app.click(await app.createLink({ redirectStatus }));
    expect(response.status).toBe(redirectStatus);
    expect(response.headers['cache-control']).toBe('private, no-store');
  });

  it('answers HEAD like GET, without a body', async () => {
    const link = await app.createLink();
    const response = await app.plain('head', `/${link.slug}`).set('user-agent', BROWSER);
    expect(response.status).toBe(302);
    expect(response.headers['location']).toMatch(/\?click_id=[0-9A-Za-z]{20,32}$/);
    expect(response.text ?? '').toBe('');
  });

  it.each([
    ['été', '/%C3%A9t%C3%A9'],
    ['cafe\u0301', '/caf%C3%A9'],
    ['夏', '/%E5%A4%8F'],
    ['🏖', '/%F0%9F%8F%96'],
    ['a/b/c', '/a/b/c'],
    ['with.dots_and-~', '/with.dots_and-~'],
    ['trailing', '/trailing/'],
    ['colon:and,comma', '/colon:and,comma'],
  ])('finds the slug %s under %s', async (slug, path) => {
    await app.createLink({ slug });
    expect((await app.plain('get', path)).status).toBe(302);
  });

  it('distinguishes slugs by case', async () => {
    await app.createLink({ slug: 'Case', url: 'https://upper.example/' });
    await app.createLink({ slug: 'case', url: 'https://lower.example/' });
    expect((await app.plain('get', '/Case')).headers['location']).toContain('upper');
    expect((await app.plain('get', '/case')).headers['location']).toContain('lower');
    expect((await app.plain('get', '/CASE')).status).toBe(404);
  });

  it.each(['localhost', 'LOCALHOST', 'localhost:8443', 'localhost.'])(
    'finds the domain of "Host: %s"',
    async (host) => {
      const link = await app.createLink();
      expect((await app.click(link).set('host', host)).status).toBe(302);
    },
  );

  it('serves each domain its own link of the same slug', async () => {
    const other = await app.createWorkspace();
    const ours = await app.createLink({ slug: 'twin', url: 'https://ours.example/' });
    const theirs = await app.createLink({ slug: 'twin', url: 'https://theirs.example/' }, other.apiKey);
    expect((await app.click(ours)).headers['location']).toContain('https://ours.example/');
    expect((await app.click(theirs)).headers['location']).toContain('https://theirs.example/');
  });
});

describe('what is no link', () => {
  interface Answer {
    status: number;
    headers: Record<string, string>;
    text: string;
  }
  const expectNotFoundPage = (response: Answer): void => {
    expect(response.status).toBe(404);
    expect(response.headers['content-type']).toBe('text/html; charset=utf-8');
    expect(response.headers['location']).toBeUndefined();
  };
  /** What a host serves that nobody has proved. */
  const expectNothing = (response: Answer): void => {
    expect(response.status).toBe(404);
    expect(response.headers['content-type']).toBe('text/plain; charset=utf-8');
    expect(response.text).toBe('There is nothing here.\n');
  };

  it.each(['/nobody', '/nobody?sub1=a', '/a/b/c/d', '/%zz', '/%C3', '//evil.example', '/..%2f', '/$ne', '/x%00y'])(
    'is a 404: %s',
    async (path) => {
      expectNotFoundPage(await app.plain('get', path));
    },
  );

  it('is a 404 on an unknown host and on a host that is not the link’s', async () => {
    const other = await app.createWorkspace();
    const link = await app.createLink();
    expectNothing(await app.click(link).set('host', 'nobody.example'));
    expectNotFoundPage(await app.click(link).set('host', other.hostname));
  });

  it('is a link on a domain that is not verified', async () => {
    const { id, apiKey, hostname } = await app.createWorkspace();
    const link = await app.createLink({}, apiKey);
    const domains = app.app.get(DomainsRepository);
    await domains.updateOne(trustedWorkspaceId(id), { hostname }, { $set: { status: 'pending' } });
    const response = await eventually(
      async () => app.click(link),
      ({ status }) => status === 404,
    );
    expectNothing(response);
  });

  it('is a paused link, until it is resumed', async () => {
    const link = await app.createLink({ paused: true });
    expectNotFoundPage(await app.click(link));
    await app.api('patch', `/links/${link.id}`).send({ paused: false });
    expect((await app.click(link)).status).toBe(302);
    await app.api('patch', `/links/${link.id}`).send({ paused: true });
    expectNotFoundPage(await app.click(link));
  });

  it('is a deleted link', async () => {
    const link = await app.createLink();
    expect((await app.click(link)).status).toBe(302);
    await app.api('delete', `/links/${link.id}`);
    expectNotFoundPage(await app.click(link));
  });

  it('answers HEAD without a body', async () => {
    const response = await app.plain('head', '/nobody');
    expect(response.status).toBe(404);
    expect(response.text ?? '').toBe('');
  });

  it.each(['post', 'put', 'patch', 'delete', 'options'] as const)('is a 404 for %s, too', async (method) => {
    expectNotFoundPage(await app.plain(method, '/nobody'));
  });
});

describe('paths that are Hopback’s own', () => {
  it.each([
    ['/health/live', 200],
    ['/metrics', 200],
    ['/hopback.js', 200],
    ['/api/openapi.json', 200],
    ['/api/docs', 200],
    ['/api/v1/links', 401],
    ['/postback/nobody', 404],
    ['/internal/tls-allow', 404],
    ['/dashboard', 404],
    ['/robots.txt', 200],
    ['/favicon.ico', 404],
    ['/.well-known/acme-challenge/x', 404],
    ['/%61pi/v1/nothing', 404],
    ['/API/v1/nothing', 404],
  ])('are left alone: %s is a %i', async (path, status) => {
    const response = await app.plain('get', path);
    expect(response.status).toBe(status);
    if (status >= 400) expectProblem(response, status);
  });

  it('lead from the root of PUBLIC_URL to the dashboard, and nothing at the root of another host', async () => {
    const home = await app.plain('get', '/');
    expect(home.status).toBe(302);
    expect(home.headers['location']).toBe('/app');
    const { hostname } = await app.createWorkspace();
    expect((await app.plain('get', '/').set('host', hostname)).status).toBe(404);
  });
});

describe('the click id', () => {
  it.each([
    ['by default', {}, 'https://s.example/', ['click_id=ID']],
    ['in the parameter of the link', { clickIdParam: 'subid' }, 'https://s.example/?a=1', ['a=1', 'subid=ID']],
    ['in an empty parameter that is there', {}, 'https://s.example/?click_id=&a=1', ['a=1', 'click_id=ID']],
    ['not at all when it is null', { clickIdParam: null }, 'https://s.example/?a=1', ['a=1']],
    ['in a macro when it is null', { clickIdParam: null }, 'https://s.example/?c={click_id}', ['c=ID']],
    ['in a macro too', { clickIdParam: 'cid' }, 'https://s.example/?c={click_id}', ['c=ID', 'cid=ID']],
    ['once when macro and parameter are one', { clickIdParam: 'c' }, 'https://s.example/?c={click_id}', ['c=ID']],
  ])('is sent %s', async (_, fields, url, expected) => {
    expect(await arrivesWith({ ...fields, url }, '')).toEqual(expected);
  });

  it('is the same in every place, and another for each click', async () => {
    const link = await app.createLink({ url: 'https://s.example/{click_id}?c={click_id}#{click_id}' });
    const { pathname, searchParams, hash } = await destination(link);
    const id = searchParams.get('click_id');
    expect(id).toMatch(CLICK_ID);
    expect([pathname.slice(1), searchParams.get('c'), hash.slice(1)]).toEqual([id, id, id]);
    expect((await destination(link)).searchParams.get('click_id')).not.toBe(id);
  });

  it.each(['fill', 'override', 'none'])('cannot be replaced by the visitor (%s)', async (forwardQuery) => {
    expect(await arrivesWith({ forwardQuery }, '?click_id=evil')).toEqual(['click_id=ID']);
    const macro = { forwardQuery, clickIdParam: null, url: 'https://s.example/?cid={click_id}' };
    expect(await arrivesWith(macro, '?cid=evil')).toEqual(['cid=ID']);
  });
});

describe('forwardQuery', () => {
  const url = 'https://s.example/?a=&b=2&s={sub1}';
  it.each([
    ['fill', ['a=1', 'b=2', 'c=3', 'click_id=ID', 's=fb', 'sub1=fb']],
    ['override', ['a=1', 'b=9', 'c=3', 'click_id=ID', 's=fb', 'sub1=fb']],
    ['none', ['a=', 'b=2', 'click_id=ID', 's=fb']],
  ])('%s', async (forwardQuery, expected) => {
    expect(await arrivesWith({ url, forwardQuery }, '?a=1&b=9&c=3&sub1=fb')).toEqual(expected);
  });

  it('keeps what stands in the destination where the visitor brings nothing', async () => {
    expect(await arrivesWith({ url, forwardQuery: 'fill' }, '')).toEqual(['a=', 'b=2', 'click_id=ID', 's=']);
  });

  it('passes on all that the visitor brings, also what is too much to be kept', async () => {
    const brought = {
      long: 'x'.repeat(3_000),
      ...Object.fromEntries(Array.from({ length: 40 }, (_, i) => [`p${i}`, '1'])),
    };
    const query = `?${new URLSearchParams(brought).toString()}&sub1=last`;
    const { searchParams } = await destination(await app.createLink({ url: 'https://s.example/?s={sub1}' }), query);
    expect(Object.fromEntries(searchParams)).toMatchObject({ ...brought, sub1: 'last', s: 'last' });
  });

  it('passes a repeated parameter on as often as it came', async () => {
    expect(await arrivesWith({}, '?id[]=1&id[]=2')).toEqual(['click_id=ID', 'id[]=1', 'id[]=2']);
  });

  it.each([
    ['a b+c', '?q=a%20b%2Bc'],
    ['a b', '?q=a+b'],
    ['é&=#?/%', '?q=%C3%A9%26%3D%23%3F%2F%25'],
    ['\r\nSet-Cookie: a=b', '?q=%0D%0ASet-Cookie:%20a=b'],
    ['"><script>', '?q="><script>'],
    ['%zz', '?q=%zz'],
  ])('passes %j on unbroken', async (value, query) => {
    expect((await destination(await app.createLink(), query)).searchParams.get('q')).toBe(value);
  });
});

describe('macros', () => {
  it('are filled from link, click and visitor', async () => {
    const link = await app.createLink({
      slug: 'macros',
      campaign: 'S&26',
      clickIdParam: null,
      forwardQuery: 'none',
      url: 'https://s.example/?l={link_id}&s={slug}&d={domain}&c={campaign}&1={sub1}&10={sub10}&so={source}&la={language}&ip={ip}&ua={user_agent}&r={referrer}&q={query:utm_term}',
    });
    const response = await app
      .click(link, '?sub1=a&sub10=j&utm_source=fb&utm_term=x%20y')
      .set('accept-language', 'de-CH,de;q=0.9')
      .set('referer', 'https://blog.example/post?id=1');
    const { searchParams } = new URL(response.headers['location'] ?? '');
    expect(Object.fromEntries(searchParams)).toEqual({
      l: link.id,
      s: 'macros',
      d: 'localhost',
      c: 'S&26',
      '1': 'a',
      '10': 'j',
      so: 'fb',
      la: 'de',
      ip: '127.0.0.1',
      ua: BROWSER,
      r: 'https://blog.example/post?id=1',
      q: 'x y',
    });
  });

  it('are empty when they have no value', async () => {
    const url = 'https://s.example/x{sub1}y?a={sub2}&b={query:nope}&c={campaign}&d={source}&e={referrer}';
    const { pathname, search } = await destination(await app.createLink({ url, clickIdParam: null }));
    expect([pathname, search]).toEqual(['/xy', '?a=&b=&c=&d=&e=']);
  });

  it('give the time and a random value', async () => {
    const link = await app.createLink({ url: 'https://s.example/?t={timestamp}&r={random}', clickIdParam: null });
    const first = await destination(link);
    expect(Math.abs(Number(first.searchParams.get('t')) - Date.now() / 1000)).toBeLessThan(600);
    expect(first.searchParams.get('r')).toMatch(/^\d+$/);
    expect((await destination(link)).searchParams.get('r')).not.toBe(first.searchParams.get('r'));
  });

  it.each(['/', '?', '#', '&x=1', '@evil.example', '/../..', '%2F', '\r\n', '://evil.example'])(
    'cannot change the structure of the destination: %j',
    async (value) => {
      const link = await app.createLink({ url: 'https://s.example/p/{sub1}/q?a={sub1}#{sub1}', clickIdParam: null });
      const { host, pathname, searchParams, hash } = await destination(link, `?sub1=${encodeURIComponent(value)}`);
      const raw = encodeURIComponent(value);
      expect({ host, pathname, a: searchParams.get('a'), hash }).toEqual({
        host: 's.example',
        pathname: `/p/${raw}/q`,
        a: value,
        hash: `#${raw}`,
      });
    },
  );
});

describe('a change', () => {
  it('takes effect on another instance that knows the link already', async () => {
    const link = await app.createLink({ url: 'https://before.example/' });
    expect((await second.click(link)).headers['location']).toContain('before.example');
    await app.api('patch', `/links/${link.id}`).send({ url: 'https://after.example/' });
    await eventually(
      async () => (await second.click(link)).headers['location'],
      (location) => location?.includes('after.example') ?? false,
    );
  });

  it.each([
    ['deleted', (id: string) => app.api('delete', `/links/${id}`)],
    ['paused', (id: string) => app.api('patch', `/links/${id}`).send({ paused: true })],
    ['given another slug', (id: string) => app.api('patch', `/links/${id}`).send({ slug: `moved-${id}` })],
  ])('takes effect there when the link is %s', async (_, change) => {
    const link = await app.createLink();
    expect((await second.click(link)).status).toBe(302);
    await change(link.id);
    await eventually(
      async () => (await second.click(link)).status,
      (status) => status === 404,
    );
  });

  it('takes effect there when the address was unknown before', async () => {
    const address = { slug: 'asked-too-early', domain: 'localhost' };
    expect((await second.click(address)).status).toBe(404);
    await app.createLink(address);
    // Less than an unknown address is remembered for: it is Redis that tells.
    await eventually(
      async () => (await second.click(address)).status,
      (status) => status === 302,
      1_500,
    );
  });
});

describe('X-Forwarded-For', () => {
  const ipSeenBy = async (instance: TestApp, forwardedFor: string): Promise<string | null> => {
    const link = await app.createLink({ url: 'https://s.example/?ip={ip}' });
    const { headers } = await instance.click(link).set('x-forwarded-for', forwardedFor);
    return new URL(headers['location'] ?? '').searchParams.get('ip');
  };

  it('is not believed by default', async () => {
    expect(await ipSeenBy(app, '198.51.100.7')).toBe('127.0.0.1');
  });

  it.each([
    ['198.51.100.7', '198.51.100.7'],
    ['1.1.1.1, 198.51.100.7', '198.51.100.7'],
    ['1.1.1.1, 198.51.100.7, 10.1.2.3', '198.51.100.7'],
    ['2001:db8::7', '2001:db8::7'],
    ['rubbish', '127.0.0.1'],
  ])('is believed from a trusted proxy, as far as trust goes: %s', async (forwardedFor, ip) => {
    expect(await ipSeenBy(second, forwardedFor)).toBe(ip);
  });
});
