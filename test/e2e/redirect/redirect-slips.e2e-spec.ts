import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { OrphansResponse } from '../../../src/domains/domains.dto.js';
import { DomainsRepository } from '../../../src/domains/domains.repository.js';
import { LinkMigrations } from '../../../src/links/link-migrations.repository.js';
import type { LinkResponse } from '../../../src/links/links.dto.js';
import { trustedWorkspaceId } from '../../../src/platform/tenancy/workspace-id.js';
import { eventually } from '../../support/eventually.js';
import { type RawAnswer, RawClient } from '../../support/raw-client.js';
import { BROWSER, TestApp } from '../../support/test-app.js';
import { expectInvalid, expectProblem } from '../../support/api/expect-problem.js';

let app: TestApp;
let summer: LinkResponse;
beforeAll(async () => {
  app = await TestApp.start();
  summer = await app.createLink({ slug: 'summer', url: 'https://s.example/?s={slug}&one={sub1}' });
});
afterAll(() => app.close());

/** Bytes as they are: one character of the path a byte. */
const ask = async (path: string, method = 'GET', host = 'localhost', ...lines: string[]): Promise<RawAnswer> => {
  const client = await RawClient.open(Number(new URL(app.baseUrl).port));
  const head = [`${method} ${path} HTTP/1.1`, `Host: ${host}`, `User-Agent: ${BROWSER}`, ...lines, '', ''];
  const answer = await client.ask(head.join('\r\n'), method === 'HEAD');
  client.socket.destroy();
  return answer;
};
const inBytes = (text: string): string => Buffer.from(text, 'utf8').toString('latin1');
const locationOf = async (path: string): Promise<string> => {
  const { status, headers } = await ask(path);
  return status < 300 || status > 399 ? String(status) : (headers['location'] ?? '').replace(/click_id=\w{31}/, 'ID');
};
const clickIdIn = ({ headers }: RawAnswer): string => /click_id=(\w{31})/.exec(headers['location'] ?? '')?.[1] ?? '';

const hasClicks = (link: LinkResponse, expected: { total: number; human: number }) =>
  eventually(
    async () => (await app.link(link.id)).stats.clicks,
    ({ total, human }) => total === expected.total && human === expected.human,
  );

const CLEAN = 'https://s.example/?s=summer&one=&ID';

describe('a slug that is not there', () => {
  it.each([
    '.',
    ')',
    ',',
    '>',
    ']',
    '}',
    '"',
    "'",
    '»',
    '”',
    '…',
    '!',
    '?',
    '*',
    '_',
    ';',
    ':',
    '\\',
    '。',
    '」',
    ').',
    '/)',
  ])('K10 followed by %s leads to the link without it', async (mark) => {
    expect(await locationOf(`/summer${encodeURIComponent(mark)}`)).toBe(CLEAN);
    if (/^[!-~]+$/.test(mark)) expect(await locationOf(`/summer${mark}`)).toBe(CLEAN);
  });

  it.each(['\u200b', '\ufeff', '\u200e', '\u00ad', '\ufe0f'])(
    'K10 followed by a character that is not seen leads to the link without it: %j',
    async (mark) => {
      expect(await locationOf(`/summer${encodeURIComponent(mark)}`)).toBe(CLEAN);
    },
  );

  it.each([
    '/summer//',
    '//summer',
    '/summer%20',
    '/%20summer',
    '/summer%0A',
    '/summer%',
    '/summer%E2%80%8B',
    '/summer;jsessionid=1A2B',
    '/summer?',
    '/summer/',
    '/summer&',
    '/summer&quot;',
    '/summer%3F',
  ])('K10 leads to the link that was meant: %s', async (path) => {
    expect(await locationOf(path)).toBe(CLEAN);
  });

  it.each([
    ['/summer&utm_source=x', 'utm_source=x'],
    ['/summer&amp;utm_source=x', 'utm_source=x'],
    ['/summer%3Futm_source=x', 'utm_source=x'],
    ['/summer&utm_source=x?a=1', 'utm_source=x&a=1'],
    ['/summer&utm_source=x?', 'utm_source=x'],
    ['/summer).&utm_source=%CF%F0', 'utm_source=%CF%F0'],
    ['/summer;jsessionid=1A2B&utm_source=x', 'utm_source=x'],
    ['/summer)?utm_source=x', 'utm_source=x'],
  ])('K10 reads what stands behind & as the query: %s', async (path, query) => {
    expect(await locationOf(path)).toBe(`${CLEAN}&${query}`);
  });

  it('K10 is clicked as the link that was meant, with its parameters', async () => {
    const link = await app.createLink({ slug: 'counted-slip' });
    const answer = await ask('/counted-slip)&sub1=a&amp;utm_source=b?sub2=c');
    const { query, subs } = await app.storedClick(clickIdIn(answer));
    expect(query.map(({ name, value }) => `${name}=${value}`)).toEqual(['sub1=a', 'utm_source=b', 'sub2=c']);
    expect(subs).toEqual({ sub1: 'a', sub2: 'c' });
    await hasClicks(link, { total: 1, human: 1 });
  });

  it('K10 does not go before a link that is there, nor before a wildcard', async () => {
    await app.createLink({ slug: 'exact', url: 'https://short.example/' });
    await app.createLink({ slug: 'exact).', url: 'https://long.example/' });
    await app.createLink({ slug: 'exact&a=b', url: 'https://amp.example/' });
    expect(await locationOf('/exact).')).toContain('long.example');
    expect(await locationOf('/exact).!')).toContain('long.example');
    expect(await locationOf('/exact&a=b')).toContain('amp.example');
    expect(await locationOf('/exact&a=c')).toBe('https://short.example/?ID&a=c');
    expect(await locationOf('/exact)')).toContain('short.example');
    await app.createLink({ slug: 'wild/*', url: 'https://wild.example/$1' });
    await app.createLink({ slug: 'wild/own', url: 'https://own.example/' });
    expect(await locationOf('/wild/own')).toContain('own.example');
    expect(await locationOf('/wild/own)')).toBe('https://wild.example/own)?ID');
    expect(await locationOf('//wild/x/')).toBe('https://wild.example/x/?ID');
  });

  it('K10 is found under a former slug, and in small letters where case does not matter', async () => {
    const link = await app.createLink({ slug: 'once' });
    await app.api('patch', `/links/${link.id}`).send({ slug: 'now', keepOldSlug: true });
    expect((await ask('/once.')).status).toBe(302);
    const { id, apiKey, hostname } = await app.createWorkspace();
    const domains = app.app.get(DomainsRepository);
    await domains.updateOne(trustedWorkspaceId(id), { hostname }, { $set: { caseSensitive: false } });
    const { data } = (await app.api('get', '/domains', apiKey)).body as { data: { id: string }[] };
    await app.api('patch', `/domains/${data[0]?.id}`, apiKey).send({ caseSensitive: false });
    await app.createLink({ slug: 'small', domain: hostname }, apiKey);
    await eventually(
      () => ask('/SMALL)', 'GET', hostname),
      ({ status }) => status === 302,
    );
    expect((await ask('/Small&a=1', 'GET', hostname)).headers['location']).toContain('&a=1');
  });

  it('K10 keeps the preview a preview', async () => {
    for (const path of ['/summer+)', '/summer+.', '/summer.+', '/summer%2B%20']) {
      const { status, body, headers } = await ask(path);
      expect([path, status, headers['location']]).toEqual([path, 200, undefined]);
      expect(body).toContain('s.example');
    }
  });

  it('K10 stays a 404 where nothing was meant', async () => {
    for (const path of ['/nobody)', '/winter&utm_source=x', '/)', '/...', '/&a=b', '/sum%20mer', '/sommer.']) {
      expect([path, await locationOf(path)]).toEqual([path, '404']);
    }
  });

  it('K10 is asked for by the form of a link with a password, and led on with its query', async () => {
    await app.createLink({ slug: 'locked', password: 'secret' });
    const { status, body } = await ask('/locked)&a=%C3%A9?b=%CF');
    expect(status).toBe(200);
    expect(body).toContain('name="slug" value="locked"');
    expect(body).toContain('name="query" value="a=%C3%A9&amp;b=%CF"');
  });

  it('K10 counts as one that is missed, under what was asked for', async () => {
    const { apiKey, hostname } = await app.createWorkspace();
    await ask('/missed).', 'GET', hostname);
    await ask('/caf%E9.', 'GET', hostname);
    const { data } = (await app.api('get', '/domains', apiKey)).body as { data: { id: string }[] };
    const { body } = await eventually(
      () => app.api('get', `/domains/${data[0]?.id}/orphans`, apiKey),
      ({ text }) => text.includes('caf'),
    );
    expect((body as OrphansResponse).slugs.map(({ slug }) => slug).toSorted()).toEqual(['caf%E9.', 'missed).']);
  });
});

describe('U+FE0F', () => {
  it('K10 does not tell slugs apart, neither when they are looked up nor when they are made', async () => {
    await app.createLink({ slug: 'love❤\ufe0f', url: 'https://red.example/' });
    for (const slug of ['love❤\ufe0f', 'love❤', 'lo\ufe0fve❤', 'love❤\ufe0e', 'love❤\ufe0f)']) {
      expect([slug, await locationOf(`/${encodeURIComponent(slug)}`)]).toEqual([slug, 'https://red.example/?ID']);
    }
    const again = await app.api('post', '/links').send({ url: 'https://s.example/', slug: 'love❤' });
    expectProblem(again, 409);
    await app.createLink({ slug: 'sun☀', url: 'https://sun.example/' });
    expect(await locationOf(`/${encodeURIComponent('sun☀\ufe0f')}`)).toBe('https://sun.example/?ID');
  });

  it('K10 makes no slug by itself, and hides no reserved one', async () => {
    for (const slug of ['\ufe0f', 'a/\ufe0f', '\ufe0fapi', 'lo\ufe0fgin']) {
      expectInvalid(await app.api('post', '/links').send({ url: 'https://s.example/', slug }), 'slug');
    }
  });

  it('K10 goes on leading to links that were stored with it, also where there are two', async () => {
    const links = app.connection.collection<{ _id: string; slugKeys: string[] }>('links');
    const store = async (link: LinkResponse, slug: string): Promise<void> => {
      await links.updateOne({ _id: link.id }, { $set: { slug, slugKeys: [slug] } });
    };
    await store(await app.createLink({ url: 'https://old.example/' }), 'old❤\ufe0f');
    await store(await app.createLink({ url: 'https://with.example/' }), 'two❤\ufe0f');
    await store(await app.createLink({ url: 'https://without.example/' }), 'two❤');
    app.app.get(LinkMigrations).onApplicationBootstrap();
    await app.app.get(LinkMigrations).addKeysWithoutVariations();
    const at = (slug: string): Promise<string> => locationOf(`/${encodeURIComponent(slug)}`);
    expect(await at('old❤\ufe0f')).toBe('https://old.example/?ID');
    expect(await at('old❤')).toBe('https://old.example/?ID');
    expect(await at('two❤\ufe0f')).toBe('https://with.example/?ID');
    expect(await at('two❤')).toBe('https://without.example/?ID');
  });
});

describe('a query that is not UTF-8', () => {
  it.each([
    ['percent-encoded', 'sub1=%CF%F0%E8%E2%E5%F2'],
    ['in small letters', 'sub1=%cf%f0'],
    ['with a space', 'sub1=%CF+%F0%20x'],
    ['in a name', '%CF=%F0'],
  ])('K7 is passed on byte for byte: %s', async (_, query) => {
    const link = await app.createLink({ url: 'https://s.example/' });
    expect(await locationOf(`/${link.slug}?${query}`)).toBe(`https://s.example/?ID&${query}`);
  });

  it('K7 fills macros with the same bytes, wherever they stand', async () => {
    const url = 'https://s.example/{sub1}?s={sub1}&q={query:x}#{sub1}';
    const { slug } = await app.createLink({ url, clickIdParam: null, forwardQuery: 'none' });
    const expected = 'https://s.example/%CF%F0?s=%CF%F0&q=%E9#%CF%F0';
    expect(await locationOf(`/${slug}?sub1=%CF%F0&x=%E9`)).toBe(expected);
  });

  it('K7 is kept on the click, so that different texts stay different', async () => {
    const link = await app.createLink();
    const kept = async (query: string): Promise<string | undefined> =>
      (await app.storedClick(clickIdIn(await ask(`/${link.slug}?${query}`)))).subs['sub1'];
    expect(await kept('sub1=%CF%F0%E8%E2%E5%F2')).toBe('%CF%F0%E8%E2%E5%F2');
    expect(await kept('sub1=%CF%EE%EA%E0')).toBe('%CF%EE%EA%E0');
    expect(await kept('sub1=Caf%E9+1')).toBe('Caf%E9 1');
  });

  it('K7 keeps the bytes of a header that a macro asks for', async () => {
    const { slug } = await app.createLink({ url: 'https://s.example/?r={referrer}', clickIdParam: null });
    const referer = `Referer: https://a.example/${inBytes('é')}\xcf`;
    const { headers } = await ask(`/${slug}`, 'GET', 'localhost', referer);
    expect(headers['location']).toBe('https://s.example/?r=https%3A%2F%2Fa.example%2F%C3%A9%CF');
  });

  it('K7 keeps the bytes of a path that a wildcard takes', async () => {
    await app.createLink({ slug: 'bytes/*', url: 'https://s.example/$1', clickIdParam: null });
    expect(await locationOf('/bytes/%CF%F0/%C3%A9')).toBe('https://s.example/%CF%F0/%C3%A9');
  });

  it('K7 has &amp; read as &', async () => {
    const { slug } = await app.createLink({ url: 'https://s.example/?one={sub1}', forwardQuery: 'none' });
    expect(await locationOf(`/${slug}?utm_source=a&amp;sub1=b`)).toBe('https://s.example/?one=b&ID');
    const forged = await ask(`/${slug}?a=1&amp;click_id=evil`);
    expect(clickIdIn(forged)).toMatch(/^\w{31}$/);
  });

  it.each([
    ['a=1&b=2', 'a=1&b=2'],
    ['q=a+b%20c', 'q=a+b%20c'],
    ['q=%e9%zz', 'q=%e9%25zz'],
    ['q=a/b:c@d,e', 'q=a/b:c@d,e'],
    ['a=1;click_id=evil', 'a=1%3Bclick_id=evil'],
    ['q={sub1}', 'q=%7Bsub1%7D'],
  ])('K7 changes nothing else of it: %s', async (query, expected) => {
    const { slug } = await app.createLink({ url: 'https://s.example/' });
    expect(await locationOf(`/${slug}?${query}`)).toBe(`https://s.example/?ID&${expected}`);
  });
});

describe('parameters', () => {
  it('K14 keep all values of a name that is repeated, where they override and where they fill', async () => {
    const at = async (url: string, forwardQuery: string, query: string): Promise<string> => {
      const { slug } = await app.createLink({ url, forwardQuery, clickIdParam: null });
      return (await locationOf(`/${slug}?${query}`)).replace('https://s.example/', '').replaceAll('%5B%5D', '[]');
    };
    expect(await at('https://s.example/?a[]=x&b=1', 'override', 'a[]=1&a[]=2')).toBe('?a[]=1&a[]=2&b=1');
    expect(await at('https://s.example/?a[]=&b=1', 'fill', 'a[]=1&a[]=2')).toBe('?a[]=1&a[]=2&b=1');
    expect(await at('https://s.example/?a[]=x', 'fill', 'a[]=1&a[]=2')).toBe('?a[]=x');
    expect(await at('https://s.example/', 'fill', 'a[]=1&a[]=2')).toBe('?a[]=1&a[]=2');
    expect(await at('https://s.example/', 'fill', 'debug&a=&&b=1')).toBe('?debug&a=&b=1');
    expect(await at('https://s.example/?debug=1', 'override', 'debug')).toBe('?debug');
  });
});

describe('other methods than GET', () => {
  it.each([307, 308])('K14 POST is redirected with the status of its link: %i', async (redirectStatus) => {
    const link = await app.createLink({ redirectStatus });
    const answer = await app.plain('post', `/${link.slug}?sub1=a`).set('user-agent', BROWSER).send({ a: 1 });
    expect(answer.status).toBe(redirectStatus);
    const clickId = new URL(answer.headers['location'] ?? '').searchParams.get('click_id') ?? '';
    expect((await app.storedClick(clickId)).subs).toEqual({ sub1: 'a' });
    await hasClicks(link, { total: 1, human: 1 });
  });

  it.each([301, 302, 303])(
    'K14 POST goes on by GET where the link does not say otherwise: %i',
    async (redirectStatus) => {
      const link = await app.createLink({ redirectStatus });
      for (const method of ['post', 'put', 'patch', 'delete', 'options'] as const) {
        expect((await app.plain(method, `/${link.slug}`).set('user-agent', BROWSER)).status).toBe(303);
      }
      await hasClicks(link, { total: 5, human: 4 }); // OPTIONS is nobody's visit
    },
  );

  it('K14 keeps its connection after a body, and knows slips', async () => {
    const link = await app.createLink({ redirectStatus: 307 });
    const client = await RawClient.open(Number(new URL(app.baseUrl).port));
    const body = 'x'.repeat(70_000);
    const head = `POST /${link.slug}) HTTP/1.1\r\nHost: localhost\r\nContent-Length: ${body.length}\r\n\r\n`;
    expect((await client.ask(head + body)).status).toBe(307);
    expect((await client.ask(`GET /${link.slug} HTTP/1.1\r\nHost: localhost\r\n\r\n`)).status).toBe(307);
    client.socket.destroy();
  });

  it('K14 leaves the paths that are Hopback’s own alone', async () => {
    for (const path of ['/postback/nobody', '//postback/nobody', '/api/v1/nothing', '//api/v1/links', '/_/nothing']) {
      expectProblem(await app.plain('post', path), 404);
    }
  });
});

describe('simulate', () => {
  const simulate = async (path: string, fields: object = {}) =>
    (await app.api('post', `/links/${summer.id}/simulate`).send({ path, ...fields })).body as {
      location: string | null;
      stop: string | null;
      why: string[];
    };

  it('K10 shows what a slip leads to, and says so', async () => {
    for (const path of ['/summer', '/summer)', 'summer).', '//summer', '/summer\u200b', '/summer&utm_source=x']) {
      const { location, why } = await simulate(path);
      const query = path.includes('utm') ? '&utm_source=x' : '';
      expect(location?.replace(/click_id=\w+/, 'ID')).toBe(`${CLEAN}${query}`);
      expect(why.join()).toMatch(path === '/summer' ? /^(?!.*it is read as)/ : /it is read as summer/);
    }
  });

  it('K10 leads nowhere by the path of no link or of another', async () => {
    await app.createLink({ slug: 'other-path' });
    expect(await simulate('/nobody')).toMatchObject({ location: null, stop: 'not_found' });
    expect(await simulate('/api/v1')).toMatchObject({ location: null, stop: 'not_found' });
    expect((await simulate('/other-path)')).why.join()).toContain('another link');
  });

  it('K7 shows the bytes that arrive', async () => {
    const { location } = await simulate('/summer?sub1=%CF%F0', { query: { a: 'b c' } });
    expect(location).toMatch(/^https:\/\/s\.example\/\?s=summer&one=%CF%F0&click_id=\w+&sub1=%CF%F0&a=b\+c$/);
  });

  it('takes a path of at most 4,096 characters', async () => {
    const answer = await app.api('post', `/links/${summer.id}/simulate`).send({ path: 'x'.repeat(4_097) });
    expectInvalid(answer, 'path');
  });
});
