import type { Response } from 'supertest';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { DomainCache } from '../../../src/domains/domain-cache.service.js';
import { LinkCache } from '../../../src/links/cache/link-cache.service.js';
import { LinkReadModel } from '../../../src/links/link.read-model.js';
import { NetworkReadModel } from '../../../src/networks/cache/network.read-model.js';
import type { NetworkResponse } from '../../../src/networks/networks.dto.js';
import { eventually } from '../../support/eventually.js';
import { RawClient } from '../../support/raw-client.js';
import { BROWSER, TestApp } from '../../support/test-app.js';

const PER_ADDRESS = 5;
const STRANGER = '203.0.113.66';
const OTHER = '198.51.100.66';

let app: TestApp;
/** The same Hopback, where addresses have no limit. */
let unlimited: TestApp;
let network: NetworkResponse;
beforeAll(async () => {
  app = await TestApp.start({ env: { RATE_LIMIT_ADDRESS: `${PER_ADDRESS}`, TRUSTED_PROXIES: '127.0.0.1' } });
  unlimited = await TestApp.start({ sharing: app, env: { TRUSTED_PROXIES: '127.0.0.1' } });
  await app.createLink({ slug: 'known' });
  network = await app.createNetwork();
});
afterEach(() => vi.restoreAllMocks());
afterAll(async () => {
  await unlimited.close();
  await app.close();
});

/** How often MongoDB is asked for a link, or for a network, while something is done. */
const lookUps = async (work: () => Promise<unknown>): Promise<{ links: number; networks: number }> => {
  const links = vi.spyOn(app.app.get(LinkReadModel), 'findByAddress');
  const networks = vi.spyOn(app.app.get(NetworkReadModel), 'findByKey');
  await work();
  return { links: links.mock.calls.length, networks: networks.mock.calls.length };
};
const ask = (path: string, from = STRANGER, instance = app): Promise<Response> =>
  Promise.resolve(
    instance.plain('get', path).set('host', 'localhost').set('user-agent', BROWSER).set('x-forwarded-for', from),
  );
let tried = 0;
const guess = (from = STRANGER): Promise<Response> => ask(`/guess-${tried++}`, from);
const useUp = async (from = STRANGER): Promise<void> => {
  for (let i = 0; i < PER_ADDRESS; i++) await guess(from);
  expect((await guess(from)).status).toBe(429);
};
const key = (): string => `${'x'.repeat(16)}${String(tried++).padStart(8, '0')}`;

describe('S8 an address that asks for too many unknown links', () => {
  beforeAll(() => useUp());

  it('costs no look-up any more, whatever it asks for', async () => {
    const answers: Response[] = [];
    const asked = await lookUps(async () => {
      for (let i = 0; i < 10; i++) {
        for (const path of [`/a${i}`, `/a${i}/b/c/d/e+`, `/a${i}).`, `/a${i}%20and%20more`, `/_/report?slug=a${i}`]) {
          answers.push(await ask(path));
        }
      }
    });
    expect(asked).toEqual({ links: PER_ADDRESS, networks: 0 }); // of the report's page, which counts for itself
    const refused = answers.filter(({ status }) => status === 429);
    expect(refused).toHaveLength(answers.length - PER_ADDRESS);
    expect(new Set(refused.map(({ headers }) => headers['retry-after']))).toEqual(new Set(['60']));
  });

  it('costs no question about its host either', async () => {
    const find = vi.spyOn(app.app.get(DomainCache), 'find');
    const answer = await app.plain('get', '/x').set('host', 'nobodys.example').set('x-forwarded-for', STRANGER);
    expect([answer.status, find.mock.calls.length]).toEqual([429, 0]);
  });

  it('is led on by links that are known, in every way that they are found', async () => {
    const wildcard = await app.createLink({ slug: 'wild/*', url: 'https://shop.example/$1' });
    expect((await ask('/known', OTHER)).status).toBe(302);
    expect((await ask('/wild/a', OTHER)).status).toBe(302);
    const asked = await lookUps(async () => {
      for (const path of ['/known', '/known/', '/known).', '/wild/other/place']) {
        expect([path, (await ask(path)).status]).toEqual([path, 302]);
      }
      expect((await ask('/known+')).status).toBe(200);
    });
    expect(asked.links).toBe(0);
    await app.api('delete', `/links/${wildcard.id}`);
  });

  it('is redirected by links that are new or have changed, though they had no click since', async () => {
    const fresh = await app.createLink({ slug: 'fresh', url: 'https://one.example/' });
    expect((await ask('/fresh')).status).toBe(302);
    await app.api('patch', `/links/${fresh.id}`).send({ url: 'https://two.example/' });
    expect((await ask('/fresh')).headers['location']).toContain('https://two.example/');
    await app.api('delete', `/links/${fresh.id}`);
    expect((await ask('/fresh')).status).toBe(429);
  });

  it('keeps no other address from links that this process has not heard of', async () => {
    const quiet = await app.createLink({ slug: 'quiet' });
    const { changed } = app.app.get(LinkCache) as unknown as { changed: Map<string, true> };
    changed.clear();
    expect((await ask('/quiet')).status).toBe(429);
    expect((await ask(`/${quiet.slug}`, OTHER)).status).toBe(302);
    expect((await ask('/quiet')).status).toBe(302); // it is known now
  });

  it('is counted by look-ups where one request takes many', async () => {
    const from = '203.0.113.77';
    const asked = await lookUps(async () => {
      for (let i = 0; i < 50; i++) await ask(`/c${i}/x/y/z/a+).,;!`, from);
    });
    expect(asked.links).toBeLessThan(60 * PER_ADDRESS);
    expect((await guess(from)).status).toBe(429);
  });
});

describe('S8 what cannot be there', () => {
  it.each([
    ['a slug that is longer than any', `/${'a'.repeat(381)}`],
    ['a slug of 15 KB', `/${'a'.repeat(15_000)}`],
    ['bytes that are no text', '/%ff%fe'],
  ])('is not looked for: %s', async (_, path) => {
    const asked = await lookUps(async () => {
      const client = await RawClient.open(Number(new URL(app.baseUrl).port));
      const request = `GET ${path} HTTP/1.1\r\nHost: localhost\r\nX-Forwarded-For: 192.0.2.${++tried % 250}\r\n\r\n`;
      expect((await client.ask(request)).status).toBe(404);
      client.socket.destroy();
    });
    expect(asked).toEqual({ links: 0, networks: 0 });
  });

  it('is no reason not to look for a wildcard', async () => {
    await app.createLink({ slug: 'deep/*', url: 'https://shop.example/$1' });
    const { status, headers } = await ask(`/deep/${'a'.repeat(1_000)}`, OTHER);
    expect([status, headers['location']?.slice(0, 30)]).toEqual([302, 'https://shop.example/aaaaaaaaa']);
  });

  it('has no host of more than 253 letters', async () => {
    const refresh = vi.spyOn(app.app.get(DomainCache), 'refresh');
    const answer = await app.plain('get', '/x').set('host', `${'a.'.repeat(500)}example`);
    expect([answer.status, refresh.mock.calls.length]).toEqual([404, 0]);
  });
});

describe('S8 a flood of look-ups from one block of addresses', () => {
  it('leaves room for others', async () => {
    const wanted = await unlimited.createLink({ slug: 'wanted' });
    const anyLink = unlimited.app.get(LinkReadModel);
    const look = anyLink.findByAddress.bind(anyLink);
    let release = (): void => undefined;
    const held = new Promise<undefined>((resolve) => (release = () => resolve(undefined)));
    const find = vi
      .spyOn(anyLink, 'findByAddress')
      .mockImplementation((owner, hostname, slug) => (slug === 'wanted' ? look(owner, hostname, slug) : held));
    const flood = Array.from({ length: 400 }, (_, i) => ask(`/flood${i}`, `203.0.113.${i % 250}`, unlimited));
    await eventually(
      () => find.mock.calls.length,
      (calls) => calls > 150,
    );
    expect((await ask(`/${wanted.slug}`, OTHER, unlimited)).status).toBe(302);
    release();
    const statuses = (await Promise.all(flood)).map(({ status }) => status);
    const refused = statuses.filter((status) => status === 503);
    expect(statuses.length - refused.length).toBeLessThanOrEqual(200);
    expect(new Set(statuses)).toEqual(new Set([404, 503]));
  });
});

describe('S8 an address that posts to too many unknown keys', () => {
  const from = '203.0.113.88';
  const post = (to: string, query = 'click_id=x&event=lead'): Promise<Response> =>
    Promise.resolve(app.plain('get', `/postback/${to}?${query}`).set('x-forwarded-for', from));

  it('has its look-ups done one after the other, and its known networks are answered at once', async () => {
    const { clickId } = await app.clickedLink();
    const good = `click_id=${clickId}&event=lead`;
    expect((await post(network.key, good)).status).toBe(200);
    for (let i = 0; i < PER_ADDRESS; i++) expect((await post(key())).status).toBe(404);

    const fresh = await app.createNetwork({ name: 'Not known yet' });
    let known: Response[] = [];
    let answers: Response[] = [];
    const asked = await lookUps(async () => {
      const flood = Array.from({ length: 100 }, () => post(key()));
      known = await Promise.all(Array.from({ length: 10 }, (_, i) => post(network.key, `${good}&txid=${i}`)));
      answers = await Promise.all(flood);
    });
    expect(known.map(({ status }) => status)).toEqual(known.map(() => 200));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([404, 429]));
    expect(asked.networks).toBeLessThanOrEqual(45);
    const refused = answers.find(({ status }) => status === 429);
    expect(refused?.headers['retry-after']).toBe('60');
    expect(refused?.body).toMatchObject({ code: 'too_many_requests', detail: expect.stringContaining('unknown keys') });

    // One that is good and not known here is looked up all the same.
    expect((await post(fresh.key, `${good}&txid=fresh`)).status).toBe(200);
  });

  it('never gets "unknown" for a valid key, however many others it tries', async () => {
    const networks = await Promise.all(Array.from({ length: 5 }, (_, i) => app.createNetwork({ name: `New ${i}` })));
    const flood = Array.from({ length: 200 }, () => post(key()));
    const answers = await Promise.all(networks.map((one) => post(one.key)));
    await Promise.all(flood);
    for (const { status } of answers) expect([422, 429]).toContain(status);
    for (const one of networks) expect((await post(one.key)).status).toBe(422);
  });

  it('is limited at pixels whatever key it names, as every page has its own visitors', async () => {
    const pixel = (to: string, address = '203.0.113.99'): Promise<Response> =>
      Promise.resolve(app.plain('get', `/pixel/${to}.gif?click_id=x&event=lead`).set('x-forwarded-for', address));
    for (let i = 0; i < PER_ADDRESS; i++) expect((await pixel(key())).status).toBe(404);
    let answers: Response[] = [];
    const asked = await lookUps(async () => {
      answers = await Promise.all(Array.from({ length: 100 }, () => pixel(key())));
    });
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([429]));
    expect(asked.networks).toBe(0);
    expect(answers[0]?.headers).toMatchObject({
      'content-type': 'image/gif',
      'x-hopback-reason': 'too_many_requests',
    });
    expect((await pixel(network.pixelKey ?? '', '203.0.113.100')).status).toBe(200);
  });
});
