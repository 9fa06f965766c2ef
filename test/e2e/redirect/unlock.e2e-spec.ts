import { hash } from '@node-rs/argon2';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LinkResponse } from '../../../src/links/links.dto.js';
import { LinkCache } from '../../../src/links/cache/link-cache.service.js';
import { UnlockThrottle } from '../../../src/redirect/unlock/unlock-throttle.service.js';
import { Browser, type Tab } from '../../support/browser.js';
import { eventually } from '../../support/eventually.js';
import { Site } from '../../support/site.js';
import { BROWSER, TestApp } from '../../support/test-app.js';
import { expectInvalid } from '../../support/api/expect-problem.js';

const CHEAP = { memoryCost: 8, timeCost: 1 };

let app: TestApp;
/** Another instance of it. */
let other: TestApp;
/** And one that does not reach its Redis. */
let lonely: TestApp;

beforeAll(async () => {
  app = await TestApp.start();
  other = await TestApp.start({ sharing: app });
  lonely = await TestApp.start({ sharing: app, redisUrl: 'redis://127.0.0.1:1' });
});
afterAll(async () => {
  await lonely.close();
  await other.close();
  await app.close();
});

const lock = async (link: LinkResponse, password: string, on = app): Promise<void> => {
  const change = { passwordHash: await hash(password, CHEAP), updatedAt: new Date() };
  await on.connection.collection<{ _id: string }>('links').updateOne({ _id: link.id }, { $set: change });
  await on.app.get(LinkCache).invalidate(link.domain, link.slug);
};
const lockedLink = async (password = 'secret', fields: Record<string, unknown> = {}): Promise<LinkResponse> => {
  const link = await app.createLink(fields);
  await lock(link, password);
  return link;
};
const tryPassword = (
  link: Pick<LinkResponse, 'slug' | 'domain'>,
  password: string,
  { query = '', cookie = 'hopback_try=1', on = app } = {},
) =>
  on
    .plain('post', '/_/unlock')
    .set({ host: link.domain, cookie, 'user-agent': BROWSER })
    .type('form')
    .send({ slug: link.slug, query, password });
const cookieOf = (response: { headers: Record<string, unknown> }): string =>
  String([response.headers['set-cookie']].flat()[0]);

describe('a link with a password', () => {
  it.each(['get', 'head'] as const)('shows a form instead of leading on: %s', async (method) => {
    const link = await lockedLink();
    const path = `/${link.slug}?sub1=a&x="><b>`;
    const { status, headers, text } = await app.plain(method, encodeURI(path)).set('user-agent', BROWSER);
    expect([status, headers['location'], headers['www-authenticate']]).toEqual([200, undefined, undefined]);
    expect(headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'x-robots-tag': 'noindex',
      'referrer-policy': 'no-referrer',
    });
    expect(headers['content-security-policy']).not.toContain('form-action');
    if (method === 'head') return;
    expect(text).toContain(`name="slug" value="${link.slug}"`);
    expect(text).toContain('name="query" value="sub1=a&amp;x=%22%3E%3Cb%3E"');
    expect(text).not.toContain('shop.example');
  });

  it('redirects a visitor who knew it, with their query, and counts the click then', async () => {
    const link = await lockedLink('Größe 1');
    await app.click(link);
    const right = await tryPassword(link, 'Größe 1', { query: 'sub1=a&x=%20' });
    expect([right.status, right.headers['location']]).toEqual([303, `/${link.slug}?sub1=a&x=%20`]);
    const cookie = cookieOf(right);
    expect(cookie).toMatch(
      new RegExp(`^hopback_${link.id}=[^;]+; Path=/${link.slug}; Max-Age=43200; HttpOnly; SameSite=Lax$`),
    );
    const led = await app.click(link, '?sub1=a&x=%20').set('cookie', cookie.split(';')[0] ?? '');
    const destination = new URL(led.headers['location'] ?? 'none:');
    expect([led.status, destination.host, destination.searchParams.get('sub1')]).toEqual([302, 'shop.example', 'a']);
    await app.storedClick(destination.searchParams.get('click_id') ?? '');
    const { stats } = await eventually(
      () => app.link(link.id),
      ({ stats: { clicks } }) => clicks.total > 0,
    );
    expect(stats.clicks.total).toBe(1);
  });

  it.each(['Secret', 'secret ', '', 'x'.repeat(129)])('redirects no visitor by %j', async (password) => {
    const link = await lockedLink();
    const { status, headers, text } = await tryPassword(link, password);
    expect([status, headers['location'], headers['set-cookie']]).toEqual([403, undefined, undefined]);
    expect(text).toContain('role="alert"');
  });

  it('asks again when the password has changed, and for another link', async () => {
    const [link, another] = [await lockedLink(), await lockedLink()];
    const cookie = cookieOf(await tryPassword(link, 'secret')).split(';')[0] ?? '';
    expect((await app.click(link).set('cookie', cookie)).status).toBe(302);
    expect((await app.click(another).set('cookie', cookie)).status).toBe(200);
    await lock(link, 'secret');
    expect((await app.click(link).set('cookie', cookie)).status).toBe(200);
  });

  it('is opened on another domain, of another workspace, and on another instance alike', async () => {
    const workspace = await app.createWorkspace();
    const link = await app.createLink({ slug: 'été/夏' }, workspace.apiKey);
    await lock(link, 'secret');
    const right = await tryPassword(link, 'secret', { on: other });
    expect([right.status, right.headers['location']]).toEqual([303, encodeURI('/été/夏')]);
    const cookie = cookieOf(right).split(';')[0] ?? '';
    expect((await app.click(link).set('cookie', cookie)).status).toBe(302);
    expect((await tryPassword({ ...link, domain: 'nobody.example' }, 'secret')).status).toBe(404);
  });

  it('says so to a browser that keeps no cookies', async () => {
    const link = await lockedLink();
    const { status, text, headers } = await tryPassword(link, 'secret', { cookie: '', query: 'a=1' });
    expect(status).toBe(200);
    expect(text).toContain(`href="/${link.slug}?a=1"`);
    expect(text).toContain('cookies');
    expect(cookieOf({ headers })).toContain(`hopback_${link.id}=`);
  });

  it('sends the cookie back over https only, where it came so', async () => {
    const link = await lockedLink();
    expect(cookieOf(await tryPassword(link, 'secret').set('x-forwarded-proto', 'https'))).toMatch(/; Secure$/);
  });

  it('leads nowhere else, whatever the form says', async () => {
    const link = await lockedLink();
    for (const slug of [
      '//evil.example',
      '/evil.example',
      'https://evil.example',
      '\\\\evil.example',
      '_/report',
      '',
    ]) {
      const { status, headers } = await tryPassword({ ...link, slug }, 'secret');
      expect([slug, status, headers['location']]).toEqual([slug, 404, undefined]);
    }
    const injected = await tryPassword(link, 'secret', { query: 'a=1\r\nSet-Cookie: a=b' });
    expect([injected.status, injected.headers['location']]).toEqual([303, `/${link.slug}`]);
    const noForm = await app.plain('post', '/_/unlock').type('json').send({ slug: link.slug, password: 'secret' });
    expect(noForm.status).toBe(404);
  });
});

describe('who tries many passwords', () => {
  it('has to wait, longer and longer, and the right one does not help before', async () => {
    const link = await lockedLink();
    for (let i = 0; i < 5; i++) expect((await tryPassword(link, 'wrong')).status).toBe(403);
    // Many at once: one of them goes ahead.
    const statuses = (await Promise.all(Array.from({ length: 6 }, () => tryPassword(link, 'wrong')))).map(
      ({ status }) => status,
    );
    expect(statuses.toSorted((a, b) => a - b)).toEqual([403, 429, 429, 429, 429, 429]);
    const { status, headers, text } = await tryPassword(link, 'secret');
    expect(status).toBe(429);
    expect(Number(headers['retry-after'])).toBeGreaterThan(0);
    expect(text).toContain('Please wait');
    const right = await eventually(
      () => tryPassword(link, 'secret'),
      (response) => response.status === 303,
    );
    expect(right.headers['location']).toBe(`/${link.slug}`);
    expect((await tryPassword(link, 'wrong')).status).toBe(403); // forgiven
    expect((await tryPassword(await lockedLink(), 'wrong')).status).toBe(403); // another link
  });

  it('has to wait without a Redis, too', async () => {
    const link = await lockedLink();
    const statuses: number[] = [];
    for (let i = 0; i < 7; i++) statuses.push((await tryPassword(link, 'wrong', { on: lonely })).status);
    expect(statuses).toEqual([403, 403, 403, 403, 403, 403, 429]);
  });
});

describe('S16 passwords and networks of addresses', () => {
  const throttle = (): UnlockThrottle => app.app.get(UnlockThrottle);
  const wait = async (link: string, address: string): Promise<number> =>
    (await throttle().count(link, address)).waitSeconds;
  const know = async (link: string, address: string): Promise<void> =>
    throttle().forgive(link, address, await throttle().count(link, address));

  it('S16 counts an IPv6 /48 as a whole: each /64 in it is no new visitor', async () => {
    const waits: number[] = [];
    for (let i = 0; i < 23; i++) waits.push(await wait('lnk_s16a', `2001:db8:1:${i.toString(16)}::1`));
    expect(waits.slice(0, 21)).toEqual(Array(21).fill(0));
    expect(waits[21]).toBeGreaterThan(0);
    expect(await wait('lnk_s16a', '2001:db8:2::1')).toBe(0); // another site
    expect(await wait('lnk_s16b', '2001:db8:1::1')).toBe(0); // another link
  });

  it('S16 does not keep out who knew it before, nor who comes for the first time', async () => {
    const link = 'lnk_s16c';
    await know(link, '192.0.2.1');
    await know(link, '2001:db8:3:1::1');
    const strangers = Array.from({ length: 60 }, (_, i) => `198.51.100.${i}`);
    const waits = await Promise.all([...strangers, ...strangers, ...strangers].map((address) => wait(link, address)));
    expect(waits.filter((seconds) => seconds > 0).length).toBeGreaterThan(0);
    expect(await wait(link, strangers[0] ?? '')).toBeGreaterThan(0);
    for (const address of ['192.0.2.1', '2001:db8:3:1::1', '203.0.113.7', '2001:db8:4::1']) {
      expect([address, await wait(link, address)]).toEqual([address, 0]);
    }
  });

  it('S16 has those who fail at one link wait longer each time', async () => {
    const link = 'lnk_s16d';
    const addresses = Array.from({ length: 102 }, (_, i) => `10.1.0.${i}`);
    const longest = async (): Promise<number> =>
      Math.max(...(await Promise.all(addresses.map((address) => wait(link, address)))));
    await longest(); // the first of each
    expect(await longest()).toBe(60);
    await throttle()['again'].current.delete(link); // the minute is over
    expect(await longest()).toBe(120);
  });

  it('S16 wants six letters of new passwords, and takes shorter ones of before', async () => {
    for (const password of ['1', '12345']) {
      expectInvalid(await app.api('post', '/links').send({ url: 'https://shop.example/', password }), 'password');
    }
    const taken = await app.api('post', '/links').send({ url: 'https://shop.example/', password: '123456' });
    expect(taken.status).toBe(201);
    const { id } = taken.body as LinkResponse;
    expectInvalid(await app.api('patch', `/links/${id}`).send({ password: '12345' }), 'password');
    const older = await lockedLink('1');
    expect((await tryPassword(older, '1')).status).toBe(303);
  });

  it('S4 sends back no header as long as what stands in the form', async () => {
    const link = await lockedLink();
    const { status, headers } = await tryPassword(link, 'secret', { query: 'x'.repeat(20_000) });
    expect([status, headers['location']]).toEqual([414, undefined]);
  });
});

describe('in a browser', () => {
  let browser: Browser;
  let site: Site;
  let tab: Tab;

  beforeAll(async () => {
    site = await Site.start();
    browser = await Browser.start();
    tab = await browser.newVisitor();
  });
  afterAll(async () => {
    await browser?.close();
    site.close();
  });

  const submit = async (password: string): Promise<void> => {
    await tab.evaluate(
      `document.querySelector('#password').value=${JSON.stringify(password)};document.forms[0].submit()`,
    );
  };
  const shows = (text: string) =>
    eventually(
      () => tab.evaluate<string>('document.title+document.body?.innerText').catch(() => ''),
      (shown) => shown.includes(text),
    );

  it('the form leads to the destination, on another site, and later visits go straight there', async () => {
    const goal = site.url('shop.test', site.page('<h1>The shop</h1>'));
    const link = await lockedLink('secret', { url: goal });
    const url = `${app.baseUrl}/${link.slug}?sub1=a`;
    await tab.open(url);
    await shows('This link has a password');
    await submit('wrong');
    await shows('That is not the password');
    await submit('secret');
    await shows('The shop');
    const reached = new URL(await tab.evaluate<string>('location.href'));
    expect([reached.hostname, reached.searchParams.get('sub1')]).toEqual(['shop.test', 'a']);
    expect(await tab.evaluate<string>('document.referrer')).toBe('');
    const again = await browser.newTab(tab.visitor);
    await again.open(url);
    expect(await again.evaluate<string>('document.body.innerText')).toBe('The shop');
  });
});
