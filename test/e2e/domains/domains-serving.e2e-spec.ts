import { networkInterfaces } from 'node:os';
import { request } from 'undici';
import type { DomainStatus } from '../../../src/domains/domain.schema.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DomainCache } from '../../../src/domains/domain-cache.service.js';
import type { OrphansResponse } from '../../../src/domains/domains.dto.js';
import { UnmatchedVisits } from '../../../src/domains/unmatched/unmatched-visits.service.js';
import type { ServedDomain } from '../../../src/domains/rules/served-domain.js';
import { eventually } from '../../support/eventually.js';
import { BROWSER, TestApp } from '../../support/test-app.js';
import { expectInvalid, expectProblem } from '../../support/api/expect-problem.js';

const BOT = 'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)';

let app: TestApp;
/** Further processes, which end with the test file. */
const others: TestApp[] = [];
let owner: { id: string; apiKey: string };
beforeAll(async () => {
  app = await TestApp.start();
  owner = await app.createWorkspace();
});
afterAll(async () => {
  for (const one of others) await one.close();
  await app.close();
});

const addDomain = (hostname: string, status?: DomainStatus) => app.addDomain(owner.id, hostname, status);
const change = async (id: string, fields: object): Promise<void> => {
  expect((await app.api('patch', `/domains/${id}`, owner.apiKey).send(fields)).status).toBe(200);
};
const at = (host: string, path: string, userAgent = BROWSER) =>
  app.plain('get', path).set('host', host).set('user-agent', userAgent);

describe('the root', () => {
  it('of a verified domain leads to its rootUrl, and is a 404 without one', async () => {
    const id = await addDomain('root.example');
    const bare = await at('root.example', '/');
    expect([bare.status, bare.text, bare.headers['x-robots-tag']]).toEqual([
      404,
      'There is nothing here.\n',
      'noindex',
    ]);
    await change(id, { rootUrl: 'https://brand.example/' });
    const led = await at('ROOT.example:443', '/?utm_source=x');
    expect([led.status, led.headers['location']]).toEqual([302, 'https://brand.example/']);
    expect(led.headers['cache-control']).toBe('private, no-store');
  });

  it('of PUBLIC_URL shows the API’s docs, unless its domain leads elsewhere', async () => {
    expect((await at('localhost', '/')).headers['location']).toBe('/app');
    const { data } = (await app.api('get', '/domains')).body as { data: { id: string }[] };
    const own = `/domains/${data[0]?.id}`;
    await app.api('patch', own).send({ rootUrl: 'https://brand.example/home' });
    expect((await at('localhost', '/')).headers['location']).toBe('https://brand.example/home');
    await app.api('patch', own).send({ rootUrl: null });
    expect((await at('localhost', '/')).headers['location']).toBe('/app');
  });

  it.each(['nobody.example', 'pending.example', 'x.root.example', 'xn--', '127.0.0.1', '[::1]', 'a'.repeat(300)])(
    'of a host that is not verified is a plain 404: %s',
    async (host) => {
      if (host === 'pending.example') await addDomain(host, 'pending');
      for (const path of ['/', '/robots.txt', '/some-slug']) {
        const { status, headers } = await at(host, path);
        expect([status, headers['content-type']]).toEqual([404, 'text/plain; charset=utf-8']);
      }
    },
  );
});

describe('robots.txt', () => {
  it('lets the domain be read, so that X-Robots-Tag is seen; that goes when the domain may be listed', async () => {
    const id = await addDomain('robots.example');
    const before = await at('robots.example', '/robots.txt');
    expect([before.status, before.text]).toEqual([200, 'User-agent: *\nDisallow:\n']);
    expect(before.headers).toMatchObject({ 'x-robots-tag': 'noindex', 'content-type': 'text/plain; charset=utf-8' });
    await change(id, { robots: 'index' });
    const after = await at('robots.example', '/robots.txt');
    expect(after.status).toBe(200);
    expect(after.headers).not.toHaveProperty('x-robots-tag');
  });
});

describe('postbacks, pixel and snippet', () => {
  it('are answered on every verified domain', async () => {
    await addDomain('branded.example');
    const network = await app.createNetwork();
    const { clickId } = await app.clickedLink();
    const postback = await at('branded.example', `/postback/${network.key}?click_id=${clickId}`);
    expect([postback.status, (postback.body as { verdict: string }).verdict]).toEqual([200, 'accepted']);
    expect((await at('branded.example', '/hopback.js')).status).toBe(200);
    expect((await at('branded.example', `/pixel/${network.pixelKey}.gif`)).status).toBe(200);
  });
});

describe('GET /internal/tls-allow', () => {
  const ask = (domain: string) => app.plain('get', `/internal/tls-allow?domain=${domain}`);

  it.each(['localhost', 'tls.example', 'TLS.EXAMPLE', 'tls.example.'])('allows %s', async (domain) => {
    await addDomain('tls.example').catch(() => undefined); // it is there from the second time on
    expect((await ask(domain)).status).toBe(200);
  });

  it('does not allow a domain that is not verified', async () => {
    await addDomain('tls-pending.example', 'pending');
    expectProblem(await ask('tls-pending.example'), 404);
  });

  it.each([
    '?domain=nobody.example',
    '?domain=brand.example',
    '?domain=x.tls.example',
    '?domain=',
    '',
    '?domain=localhost&domain=localhost',
    '?domain[$ne]=x',
  ])('does not allow "%s"', async (query) => {
    expectProblem(await app.plain('get', `/internal/tls-allow${query}`), 404);
  });

  it('does not allow what is too long for a name', async () => {
    expectProblem(await ask(`${'a.'.repeat(2_000)}example`), 404);
  });

  it.each(['x-forwarded-for', 'forwarded', 'x-real-ip', 'via'])(
    'is a 404 for what a proxy only passes on: %s',
    async (header) => {
      expectProblem(await ask('localhost').set(header, '127.0.0.1'), 404);
    },
  );

  const [outside] = Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .filter(({ family, internal }) => family === 'IPv4' && !internal);

  it.skipIf(!outside)('answers by the socket’s address: loopback and trusted proxies only', async () => {
    const address = outside?.address ?? '';
    const statusFor = async (trusted: string): Promise<number> => {
      const one = await TestApp.start({ sharing: app, env: { TRUSTED_PROXIES: trusted }, host: '0.0.0.0' });
      others.push(one);
      const { port } = new URL(one.baseUrl);
      const { statusCode, body } = await request(`http://${address}:${port}/internal/tls-allow?domain=localhost`);
      await body.dump();
      return statusCode;
    };
    expect(await statusFor('198.51.100.0/24')).toBe(404);
    expect(await statusFor(`198.51.100.0/24,${address}`)).toBe(200);
  });
});

describe('visits without a link', () => {
  const served = async (hostname: string): Promise<ServedDomain> => {
    const domain = await app.app.get(DomainCache).find(hostname);
    if (domain === undefined) throw new Error(`${hostname} is not served`);
    return domain;
  };
  const read = async (id: string, query = ''): Promise<OrphansResponse> => {
    const response = await app.api('get', `/domains/${id}/orphans${query}`, owner.apiKey);
    if (response.status !== 200) throw new Error(`orphans: ${response.status} ${response.text}`);
    return response.body as OrphansResponse;
  };
  const readWhen = (id: string, holds: (orphans: OrphansResponse) => boolean) => eventually(() => read(id), holds);

  it('are counted by domain, day and kind, bots apart', async () => {
    const id = await addDomain('orphans.example');
    for (let i = 0; i < 3; i++) await at('orphans.example', '/');
    await at('orphans.example', '/', BOT);
    await app.plain('head', '/').set('host', 'orphans.example').set('user-agent', BROWSER);
    const hits = app.app.get(UnmatchedVisits);
    const domain = await served('orphans.example');
    for (const slug of ['sumer', 'sumer', 'wnter']) hits.count(domain, 'not_found', { userAgent: BROWSER, slug });
    hits.count(domain, 'not_found', { userAgent: BOT, slug: 'wp-login.php' });
    const { days, totals, slugs } = await readWhen(
      id,
      (orphans) => orphans.totals.root === 3 && orphans.totals.notFound === 3,
    );
    const numbers = { root: 3, rootBots: 2, notFound: 3, notFoundBots: 1 };
    expect(totals).toEqual(numbers);
    expect(days).toEqual([{ day: new Date().toISOString().slice(0, 10), ...numbers }]);
    expect(slugs).toEqual([
      { slug: 'sumer', hits: 2 },
      { slug: 'wnter', hits: 1 },
    ]);
  });

  it('are read for the days that are asked for', async () => {
    const id = await addDomain('orphan-days.example');
    await at('orphan-days.example', '/');
    await readWhen(id, ({ totals }) => totals.root === 1);
    expect((await read(id, '?from=2001-01-01&to=2001-02-01')).days).toEqual([]);
    expect((await read(id, `?from=${new Date().toISOString()}`)).days).toHaveLength(1);
    expectInvalid(await app.api('get', `/domains/${id}/orphans?from=x&to=y&z=1`, owner.apiKey), 'from', 'to', 'z');
  });

  it('stay few in memory and database, whatever flood comes, and show what is missed all the same', async () => {
    const id = await addDomain('flood.example');
    const domain = await served('flood.example');
    const hits = app.app.get(UnmatchedVisits);
    for (let i = 0; i < 50_000; i++) {
      hits.count(domain, 'not_found', {
        userAgent: BROWSER,
        slug: i % 20 === 0 ? 'missed' : `random-${i}-${'x'.repeat(500)}`,
      });
    }
    const { totals, slugs } = await readWhen(id, (orphans) => orphans.totals.notFound === 50_000);
    expect(totals.notFound).toBe(50_000);
    expect(slugs.length).toBeLessThanOrEqual(100);
    expect(slugs[0]?.slug).toBe('missed');
    const rows = await app.connection.collection('orphanDays').find({ domainId: id }).toArray();
    expect(rows).toHaveLength(1);
    expect(JSON.stringify(rows).length).toBeLessThan(20_000);
  });

  it('are added up when several processes count', async () => {
    const id = await addDomain('shared.example');
    const second = await TestApp.start({ sharing: app });
    others.push(second);
    for (const one of [app, second]) {
      const domain = await eventually(
        () => one.app.get(DomainCache).getCached('shared.example'),
        (known) => typeof known === 'object',
      );
      for (let i = 0; i < 10; i++) {
        one.app.get(UnmatchedVisits).count(domain as ServedDomain, 'not_found', { userAgent: BROWSER, slug: 'lost' });
      }
    }
    const { slugs } = await readWhen(id, ({ totals }) => totals.notFound === 20);
    expect(slugs).toEqual([{ slug: 'lost', hits: 20 }]);
  });
});
