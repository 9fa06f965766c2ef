import type { Response } from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LinkResponse } from '../../../src/links/links.dto.js';
import type { RotationNumbersResponse } from '../../../src/links/routing/rotation-numbers.dto.js';
import type { SimulateResponse } from '../../../src/redirect/simulate/simulate.dto.js';
import { eventually } from '../../support/eventually.js';
import { BROWSER, TestApp } from '../../support/test-app.js';
import { itAsksForKeyAndScope } from '../../support/api/access.js';
import { expectInvalid, expectProblem } from '../../support/api/expect-problem.js';

const IPHONE =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1';
const GOOGLEBOT = 'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)';
// Addresses whose country the databases that come along agree on.
const IN_GERMANY = '91.10.0.1';
const IN_BRITAIN = '81.2.69.142';

let app: TestApp;
beforeAll(async () => {
  app = await TestApp.start({ env: { TRUSTED_PROXIES: '127.0.0.1' } });
});
afterAll(() => app.close());

interface Visit {
  from?: string;
  userAgent?: string;
  query?: string;
  headers?: Record<string, string>;
}

/** A visit by somebody who was not here before, unless `from` says so. */
let visitors = 0;
const visit = (
  link: Pick<LinkResponse, 'slug' | 'domain'>,
  { from, userAgent = BROWSER, query = '', headers = {} }: Visit = {},
) => {
  visitors++;
  const address = from ?? `198.18.${visitors >> 8}.${visitors & 255}`;
  return app.click(link, query).set({ 'x-forwarded-for': address, 'user-agent': userAgent, ...headers });
};
const hostOf = (response: Response): string => new URL(response.headers['location'] ?? 'none://none').hostname;
const when = (field: string, ...values: string[]) => ({ field, op: 'in', values });
const inAnHour = (): string => new Date(Date.now() + 3_600_000).toISOString();
const anHourAgo = (): string => new Date(Date.now() - 3_600_000).toISOString();

describe('rules', () => {
  it('send visitors by country, device, query, referrer and language, in their order', async () => {
    const link = await app.createLink({
      url: 'https://own.example/',
      rules: [
        { when: [when('country', 'DE'), when('os', 'iOS')], url: 'https://german-iphone.example/?c={country}&o={os}' },
        { when: [when('country', 'DE')], url: 'https://german.example/' },
        { when: [when('query:utm_source', 'fb')], url: 'https://fb.example/' },
        { when: [when('referrer', 'news.example')], url: 'https://news.example/' },
        { when: [when('language', 'fr')], url: 'https://french.example/' },
        { when: [when('bot', 'true')], url: 'https://bots.example/' },
      ],
    });
    expect(link.rules.map(({ name }) => name)).toEqual(['Rule 1', 'Rule 2', 'Rule 3', 'Rule 4', 'Rule 5', 'Rule 6']);
    const onPhone = await visit(link, { from: IN_GERMANY, userAgent: IPHONE });
    expect(onPhone.headers['location']).toMatch(/^https:\/\/german-iphone\.example\/\?c=DE&o=iOS&click_id=\w{20,}$/);
    expect(hostOf(await visit(link, { from: IN_GERMANY }))).toBe('german.example');
    expect(hostOf(await visit(link, { from: IN_BRITAIN, query: '?utm_source=fb' }))).toBe('fb.example');
    expect(hostOf(await visit(link, { headers: { referer: 'https://www.news.example/a' } }))).toBe('news.example');
    expect(hostOf(await visit(link, { headers: { 'accept-language': 'fr-FR,de;q=0.5' } }))).toBe('french.example');
    expect(hostOf(await visit(link, { userAgent: GOOGLEBOT }))).toBe('bots.example');
    expect(hostOf(await visit(link))).toBe('own.example');
  });

  it('distinguish new visitors from returning ones', async () => {
    const link = await app.createLink({
      rules: [{ when: [when('visitor', 'returning')], url: 'https://again.example/' }],
    });
    const first = await visit(link);
    expect(hostOf(first)).toBe('shop.example');
    const cookie = String(first.headers['set-cookie']).split(';')[0] ?? '';
    expect(String(first.headers['set-cookie'])).toMatch(/HttpOnly; SameSite=Lax$/);
    expect(hostOf(await visit(link, { headers: { cookie } }))).toBe('again.example');
    const shy = await visit(link, { headers: { 'sec-gpc': '1' } });
    expect(shy.headers['set-cookie']).toBeUndefined();
  });

  it('are changed and taken away within a second, and the click knows which one decided', async () => {
    const link = await app.createLink({
      rules: [{ name: 'All', when: [when('bot', 'false')], url: 'https://one.example/' }],
    });
    const clickId = new URL((await visit(link)).headers['location'] ?? '').searchParams.get('click_id') ?? '';
    expect(await app.storedClick(clickId)).toMatchObject({ rule: 'All', variant: null });
    await app.api('patch', `/links/${link.id}`).send({ rules: null });
    expect(hostOf(await visit(link))).toBe('shop.example');
    expect((await app.link(link.id)).rules).toEqual([]);
  });

  it.each([
    ['an unknown field', [{ when: [when('planet', 'Mars')], url: 'https://a.example/' }], 'rules.0.when'],
    [
      'a value that it can not have',
      [{ when: [when('country', 'Germany')], url: 'https://a.example/' }],
      'rules.0.when',
    ],
    ['no destination', [{ when: [when('country', 'DE')] }], 'rules.0.when'],
    ['no condition', [{ when: [], url: 'https://a.example/' }], 'rules.0.when'],
    ['a destination that is none', [{ when: [when('os', 'iOS')], url: 'javascript:alert(1)' }], 'rules.0.url'],
    [
      'two of the same name',
      [1, 2].map(() => ({ name: 'A', when: [when('os', 'iOS')], url: 'https://a.example/' })),
      'rules',
    ],
    [
      'an operator',
      [{ when: [{ field: 'country', op: '$ne', values: ['DE'] }], url: 'https://a.example/' }],
      'rules.0.when.0.op',
    ],
    ['more than it has', [{ when: [when('os', 'iOS')], url: 'https://a.example/', priority: 1 }], 'rules.0.priority'],
    [
      'a bad time zone',
      [{ when: [{ ...when('hour', '9-17'), timezone: 'Mars/Base' }], url: 'https://a.example/' }],
      'rules.0.when.0.timezone',
    ],
  ])('with %s are refused', async (_, rules, path) => {
    const response = await app.api('post', '/links').send({ url: 'https://shop.example/', rules });
    expectInvalid(response, path);
  });
});

describe('variants', () => {
  it('share out the visitors, and each stays with theirs', async () => {
    const variants = [
      { url: 'https://a.example/', weight: 3 },
      { url: 'https://b.example/', weight: 1 },
    ];
    const link = await app.createLink({ variants });
    expect(link.variants.map(({ name }) => name)).toEqual(['A', 'B']);
    const responses = await Promise.all(Array.from({ length: 200 }, () => visit(link)));
    const toA = responses.filter((response) => hostOf(response) === 'a.example').length;
    expect(toA).toBeGreaterThan(120);
    expect(toA).toBeLessThan(180);
    const first = responses[0] as Response;
    const cookie = String(first.headers['set-cookie']).split(';')[0] ?? '';
    for (let i = 0; i < 5; i++) expect(hostOf(await visit(link, { headers: { cookie } }))).toBe(hostOf(first));
    for (let i = 0; i < 3; i++)
      expect(hostOf(await visit(link, { from: '198.51.100.9' }))).toBe(
        hostOf(await visit(link, { from: '198.51.100.9' })),
      );
  });

  it('that have had their conversions of the day leave their visitors to the others, then to the link’s url', async () => {
    const network = await app.createNetwork();
    const link = await app.createLink({
      url: 'https://overflow.example/',
      variants: [
        { name: 'A', url: 'https://a.example/', dailyCap: { conversions: 1, timezone: 'Europe/Berlin' } },
        { name: 'B', url: 'https://b.example/', dailyCap: { conversions: 1, goal: 'ftd' } },
      ],
    });
    const clickOn = async (host: string): Promise<string> => {
      for (;;) {
        const { searchParams, hostname } = new URL((await visit(link)).headers['location'] ?? '');
        if (hostname === host) return searchParams.get('click_id') ?? '';
      }
    };
    await app.goodPostback(network, `click_id=${await clickOn('a.example')}&event=sale&payout=5`);
    await eventually(
      () => Promise.all(Array.from({ length: 12 }, () => visit(link))),
      (responses) => responses.every((response) => hostOf(response) === 'b.example'),
    );
    await app.goodPostback(network, `click_id=${await clickOn('b.example')}&event=ftd&payout=5`);
    await eventually(
      () => visit(link),
      (response) => hostOf(response) === 'overflow.example',
    );
    const numbers = (await app.api('get', `/links/${link.id}/rotation`)).body as RotationNumbersResponse;
    expect(numbers.lists[0]?.variants).toMatchObject([
      { name: 'A', today: 1, isFull: true, share: 0 },
      { name: 'B', today: 1, isFull: true, share: 0 },
    ]);
  });

  it('that earn more get more of the visitors, and the numbers say why', async () => {
    const network = await app.createNetwork();
    const link = await app.createLink({
      rotation: { mode: 'optimised', goal: 'approved', exploration: 0.1 },
      variants: [
        { name: 'A', url: 'https://a.example/' },
        { name: 'B', url: 'https://b.example/' },
      ],
    });
    const clicks = await Promise.all(Array.from({ length: 80 }, () => visit(link)));
    const won = clicks.filter((response) => hostOf(response) === 'b.example');
    const ids = won.map((response) => new URL(response.headers['location'] ?? '').searchParams.get('click_id') ?? '');
    await Promise.all(ids.map((id) => app.goodPostback(network, `click_id=${id}&event=sale&payout=10&currency=USD`)));
    const { lists, rotation } = await eventually(
      async () => (await app.api('get', `/links/${link.id}/rotation`)).body as RotationNumbersResponse,
      (numbers) => numbers.lists[0]?.variants[1]?.conversions === won.length,
    );
    expect(rotation).toEqual({ mode: 'optimised', goal: 'approved', exploration: 0.1, windowDays: 14 });
    const [a, b] = lists[0]?.variants ?? [];
    expect((a?.clicks ?? 0) + (b?.clicks ?? 0)).toBe(80);
    expect(b).toMatchObject({ clicks: won.length, conversions: won.length, rate: 1, probabilityBest: 1, share: 0.95 });
    expect(a).toMatchObject({ conversions: 0, probabilityBest: 0, share: 0.05, revenue: { amount: '0.00' } });
    expect(b?.revenue).toEqual({ amount: `${won.length * 10}.00`, currency: 'USD' });
  });

  it.each([
    [[{ url: 'https://a.example/', weight: -1 }], 'variants.0.weight'],
    [[{ url: 'https://a.example/', weight: 1.5 }], 'variants.0.weight'],
    [[{ url: 'ftp://a.example/' }], 'variants.0.url'],
    [
      [
        { url: 'https://a.example/', name: 'A' },
        { url: 'https://b.example/', name: 'A' },
      ],
      'variants',
    ],
    [[{ url: 'https://a.example/', dailyCap: { conversions: 0 } }], 'variants.0.dailyCap.conversions'],
    [[{ url: 'https://a.example/', name: '~x' }], 'variants.0.name'],
  ])('%j are refused', async (variants, path) => {
    expectInvalid(await app.api('post', '/links').send({ url: 'https://shop.example/', variants }), path);
  });
});

describe('a link', () => {
  it('that has not begun, is paused or has expired leads elsewhere where it says so', async () => {
    const fallbackUrl = 'https://fallback.example/?was={slug}';
    const later = await app.createLink({ startsAt: inAnHour(), fallbackUrl });
    expect(hostOf(await visit(later))).toBe('fallback.example');
    const paused = await app.createLink({ paused: true, fallbackUrl });
    expect(hostOf(await visit(paused))).toBe('fallback.example');
    const expired = await app.createLink({
      expiresAt: anHourAgo(),
      expiredUrl: 'https://expired.example/',
      fallbackUrl,
    });
    const response = await visit(expired);
    expect(hostOf(response)).toBe('expired.example');
    const clickId = new URL(response.headers['location'] ?? '').searchParams.get('click_id') ?? '';
    expect(await app.storedClick(clickId)).toMatchObject({ rule: '~expired' });
    await app.api('patch', `/links/${expired.id}`).send({ expiresAt: null });
    expect(hostOf(await visit(expired))).toBe('shop.example');
  });

  it('that has not begun or has expired leads nowhere else', async () => {
    expect((await visit(await app.createLink({ startsAt: inAnHour() }))).status).toBe(404);
    expect((await visit(await app.createLink({ expiresAt: anHourAgo() }))).status).toBe(410);
    expect((await visit(await app.createLink({ paused: true }))).status).toBe(404);
  });

  it('that is used up leads to its fallback', async () => {
    const link = await app.createLink({ clickLimit: 1, fallbackUrl: 'https://fallback.example/' });
    expect(hostOf(await visit(link))).toBe('shop.example');
    expect(hostOf(await visit(link))).toBe('fallback.example');
  });

  it('begins and ends by itself', async () => {
    const soon = new Date(Date.now() + 700).toISOString();
    const [begins, ends] = [await app.createLink({ startsAt: soon }), await app.createLink({ expiresAt: soon })];
    expect([(await visit(begins)).status, (await visit(ends)).status]).toEqual([404, 302]);
    await eventually(
      async () => [(await visit(begins)).status, (await visit(ends)).status],
      ([began, ended]) => began === 302 && ended === 410,
    );
  });

  it.each([
    [{ startsAt: 'tomorrow' }, 'startsAt'],
    [{ expiresAt: '2026-02-30' }, 'expiresAt'],
    [{ expiredUrl: 'javascript:1' }, 'expiredUrl'],
    [{ fallbackUrl: 'https://a.example/{nothing}' }, 'fallbackUrl'],
    [{ cost: { amount: '-1', currency: 'EUR' } }, 'cost.amount'],
    [{ cost: { amount: '1', currency: 'euro' } }, 'cost.currency'],
    [{ rotation: { mode: 'magic' } }, 'rotation.mode'],
    [{ preview: { title: '' } }, 'preview.title'],
  ])('with %j is refused', async (fields, path) => {
    expectInvalid(await app.api('post', '/links').send({ url: 'https://shop.example/', ...fields }), path);
  });

  it('gives its fields back as they were given', async () => {
    const fields = {
      startsAt: '2026-01-01T00:00:00.000Z',
      expiresAt: '2099-01-01T00:00:00.000Z',
      expiredUrl: 'https://e.example/',
      fallbackUrl: 'https://f.example/',
      preview: { title: 'Summer', description: 'All of it', image: 'https://img.example/a.jpg' },
      noIndex: true,
      referrerPolicy: 'origin',
      archived: true,
      sourceId: 'fb-1',
      cost: { amount: '0.05', currency: 'EUR' },
    };
    const link = await app.createLink(fields);
    expect(link).toMatchObject(fields);
    const cleared = Object.fromEntries(Object.keys(fields).map((name) => [name, name === 'archived' ? false : null]));
    expect((await app.api('patch', `/links/${link.id}`).send(cleared)).body).toMatchObject(cleared);
  });
});

describe('a wildcard link', () => {
  it('matches all paths that begin like it, and replaces $1 by the remaining path', async () => {
    await app.createLink({ slug: 'go/*', url: 'https://shop.example/$1?from={slug}&p=$1' });
    await app.createLink({ slug: 'go/exact', url: 'https://exact.example/' });
    const { slug, domain } = { slug: 'go/a b/ü', domain: 'localhost' };
    const { headers } = await visit({ slug, domain });
    expect(headers['location']).toMatch(
      /^https:\/\/shop\.example\/a%20b\/%C3%BC\?from=go%2F\*&p=a%20b\/%C3%BC&click_id=/,
    );
    expect(hostOf(await visit({ slug: 'go/exact', domain }))).toBe('exact.example');
    expect((await visit({ slug: 'go', domain })).status).toBe(404);
    expect((await visit({ slug: 'gone/x', domain })).status).toBe(404);
  });

  it('keeps the slash at the end, and stands for all below it only', async () => {
    await app.createLink({ slug: 'tree/*', url: 'https://shop.example/$1', clickIdParam: null });
    const at = async (path: string) => (await visit({ slug: path, domain: 'localhost' })).headers['location'];
    expect(await at('tree/red/')).toBe('https://shop.example/red/');
    expect(await at('tree/')).toBeUndefined();
    for (let again = 0; again < 2; again++) expect(await at('tree/*')).toBe('https://shop.example/');
  });

  it('still matches what is below its former slugs, also when a later slug has no wildcard', async () => {
    const link = await app.createLink({ slug: 'old/*', url: 'https://shop.example/$1', clickIdParam: null });
    const at = async (path: string) => (await visit({ slug: path, domain: 'localhost' })).headers['location'];
    const rename = (slug: string) => app.api('patch', `/links/${link.id}`).send({ slug, keepOldSlug: true });
    await rename('much/newer/*');
    expect(await at('old/red')).toBe('https://shop.example/red');
    expect(await at('much/newer/red')).toBe('https://shop.example/red');
    await rename('plain');
    expect(await at('old/blue')).toBe('https://shop.example/blue');
    await rename('plain/*');
    for (let again = 0; again < 2; again++) expect(await at('plain')).toBe('https://shop.example/');
  });

  it('cannot be led elsewhere by the value of $1', async () => {
    await app.createLink({ slug: 'w/*', url: 'https://shop.example/in/$1' });
    for (const path of [
      'w/..%2f..%2fadmin',
      'w/%2e%2e/x',
      'w/a%3Fb=c%23d',
      'w/%0d%0aset-cookie:x',
      'w/@evil.example',
    ]) {
      const response = await app.plain('get', `/${path}`).set('user-agent', BROWSER);
      expect(response.status).toBe(302);
      const { origin, pathname } = new URL(response.headers['location'] ?? '');
      expect([origin, pathname.startsWith('/in/')]).toEqual(['https://shop.example', true]);
    }
  });
});

describe('simulate', () => {
  const simulate = async (link: LinkResponse, body: object): Promise<SimulateResponse> => {
    const response = await app.api('post', `/links/${link.id}/simulate`).send(body);
    expect(response.status).toBe(200);
    return response.body as SimulateResponse;
  };

  it('says where a described visitor goes and why, and records nothing', async () => {
    const link = await app.createLink({
      clickLimit: 1,
      rules: [
        { name: 'German phones', when: [when('country', 'DE'), when('device', 'mobile')], url: 'https://de.example/' },
        {
          name: 'Evening',
          when: [when('country', 'GB'), { ...when('hour', '18-24'), timezone: 'Europe/Berlin' }],
          variants: [{ name: 'Only', url: 'https://evening.example/?x={query:x}' }],
        },
      ],
    });
    const evening = { ip: IN_BRITAIN, userAgent: IPHONE, query: { x: '1 2' }, time: '2026-11-23T20:00:00Z' };
    const answer = await simulate(link, evening);
    expect(answer).toMatchObject({ rule: 'Evening', variant: 'Only', stop: null });
    expect(answer.location).toMatch(/^https:\/\/evening\.example\/\?x=1%202&click_id=\w+$/);
    expect(answer.why).toEqual([
      'German phones: does not match, as country is none of DE',
      'Evening: all its conditions match',
      'variant Only: by its weight it gets 100.0 % of the visitors',
    ]);
    expect(answer.visitor).toMatchObject({ country: 'GB', device: 'mobile', os: 'iOS', bot: false, visitor: 'new' });
    expect(await simulate(link, { ip: IN_GERMANY, userAgent: IPHONE })).toMatchObject({ rule: 'German phones' });
    expect(hostOf(await visit(link))).toBe('shop.example'); // its one click was not used up
    expect((await app.link(link.id)).stats.clicks.total).toBeLessThanOrEqual(1);
  });

  it('says why a visitor goes nowhere', async () => {
    const link = await app.createLink({ expiresAt: '2026-01-01' });
    expect(await simulate(link, {})).toMatchObject({ location: null, stop: 'expired', why: ['the link has expired'] });
    expect(await simulate(link, { time: '2025-12-31' })).toMatchObject({ stop: null, why: ["the link's own url"] });
  });

  it('refuses invalid fields of a visitor', async () => {
    const link = await app.createLink();
    const response = await app
      .api('post', `/links/${link.id}/simulate`)
      .send({ query: { a: 1 }, headers: 'x', time: 'now' });
    expectInvalid(response, 'query', 'headers', 'time');
  });
});

describe('rotation and simulate', () => {
  it('of a link that is not there, or of another workspace, are a 404', async () => {
    const other = await app.createWorkspace();
    const link = await app.createLink();
    for (const [id, key] of [
      ['lnk_0000000000000000000', app.apiKey],
      [link.id, other.apiKey],
    ] as const) {
      expectProblem(await app.api('get', `/links/${id}/rotation`, key), 404);
      expectProblem(await app.api('post', `/links/${id}/simulate`, key).send({}), 404);
    }
  });

  itAsksForKeyAndScope(
    () => app,
    [
      ['get', '/links/lnk_x/rotation', 'links:read'],
      ['post', '/links/lnk_x/simulate', 'links:read'],
    ],
  );
});
