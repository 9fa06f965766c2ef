import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LinkResponse } from '../../../src/links/links.dto.js';
import { REFERRER_POLICIES } from '../../../src/links/link.schema.js';
import { Browser, type Tab } from '../../support/browser.js';
import { eventually } from '../../support/eventually.js';
import { TestApp } from '../../support/test-app.js';
import { expectInvalid } from '../../support/api/expect-problem.js';

let app: TestApp;
beforeAll(async () => {
  app = await TestApp.start();
});
afterAll(() => app.close());

const policyOf = async (link: LinkResponse): Promise<string | undefined> =>
  (await app.click(link)).headers['referrer-policy'];

describe('the referrer policy of a link', () => {
  it('is the browser’s own until one is set, and again when it is cleared', async () => {
    const link = await app.createLink();
    expect([link.referrerPolicy, await policyOf(link)]).toEqual([null, undefined]);
    const set = await app.api('patch', `/links/${link.id}`).send({ referrerPolicy: 'no-referrer' });
    expect(set.body).toMatchObject({ referrerPolicy: 'no-referrer' });
    expect(await policyOf(link)).toBe('no-referrer');
    await app.api('patch', `/links/${link.id}`).send({ title: 'x' });
    expect(await policyOf(link)).toBe('no-referrer');
    await app.api('patch', `/links/${link.id}`).send({ referrerPolicy: null });
    expect(await policyOf(link)).toBeUndefined();
  });

  it.each(REFERRER_POLICIES)('may be %s', async (referrerPolicy) => {
    const link = await app.createLink({ referrerPolicy });
    const { status, headers } = await app.click(link);
    expect([status, headers['referrer-policy'], headers['x-robots-tag']]).toEqual([302, referrerPolicy, 'noindex']);
    const head = await app.plain('head', `/${link.slug}`);
    expect([head.status, head.headers['referrer-policy']]).toEqual([302, referrerPolicy]);
  });

  it('holds for all that the link leads to', async () => {
    const referrerPolicy = 'origin';
    const variants = [{ url: 'https://a.example/' }];
    const over = { expiresAt: '2026-01-01', expiredUrl: 'https://over.example/' };
    for (const fields of [
      { variants },
      { noIndex: false },
      { clickLimit: 9 },
      { url: 'https://s.example/{os}' },
      over,
    ]) {
      expect(await policyOf(await app.createLink({ ...fields, referrerPolicy }))).toBe('origin');
    }
  });

  it('can be made in bulk and upserted', async () => {
    const links = [{ url: 'https://s.example/', referrerPolicy: 'same-origin' }];
    const { body } = await app.api('post', '/links/bulk').send({ links });
    expect(body).toMatchObject({ results: [{ link: { referrerPolicy: 'same-origin' } }] });
    const upsert = { externalId: 'rp', url: 'https://s.example/', referrerPolicy: 'origin' };
    expect((await app.api('put', '/links/upsert').send(upsert)).body).toMatchObject({ referrerPolicy: 'origin' });
  });

  it.each(['', 'never', 'ORIGIN', 'origin\r\nx: y', 1, ['origin']])(
    'is refused when there is no such: %j',
    async (value) => {
      expectInvalid(
        await app.api('post', '/links').send({ url: 'https://s.example/', referrerPolicy: value }),
        'referrerPolicy',
      );
    },
  );
});

describe('in a browser', () => {
  let browser: Browser;
  let site: Server;
  let port: number;
  /** Paths that were asked for, and with which referrer. */
  const asked = new Map<string, string>();

  beforeAll(async () => {
    site = createServer(({ url = '', headers }, response) => {
      const { pathname } = new URL(url, 'http://site');
      asked.set(pathname, headers.referer ?? '');
      response.setHeader('content-type', 'text/html').end('<!doctype html><title>Site</title><p>Here</p>');
    });
    await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve));
    ({ port } = site.address() as AddressInfo);
    browser = await Browser.start();
  });
  afterAll(async () => {
    await browser?.close();
    site.closeAllConnections();
    site.close();
  });

  const referrerAt = (path: string): Promise<string | undefined> =>
    eventually(
      () => asked.get(path),
      (referrer) => referrer !== undefined,
    );
  /** Follows the link from a page of a blog, which lets the whole address through. */
  const follow = async (tab: Tab, link: LinkResponse): Promise<void> => {
    await tab.open(`http://blog.test:${port}/post?id=1`);
    await tab.evaluate(`{
      const a = document.createElement('a');
      a.referrerPolicy = 'unsafe-url';
      a.href = '${app.baseUrl}/${link.slug}';
      document.body.append(a);
      a.click();
    }`);
  };

  it.each([
    ['no-referrer', undefined],
    ['origin', '/'],
    ['unsafe-url', '/post?id=1'],
  ])('it decides which referrer the destination gets: %s', async (referrerPolicy, told) => {
    const url = `http://shop.test:${port}/${referrerPolicy}`;
    await follow(await browser.newVisitor(), await app.createLink({ url, referrerPolicy }));
    expect(await referrerAt(`/${referrerPolicy}`)).toBe(told === undefined ? '' : `http://blog.test:${port}${told}`);
  });

  it('the destination sees no referrer after the password page, whatever the policy is', async () => {
    const url = `http://shop.test:${port}/unlocked`;
    const link = await app.createLink({ url, referrerPolicy: 'unsafe-url', password: 'open sesame' });
    const tab = await browser.newVisitor();
    await follow(tab, link);
    await eventually(
      () => tab.evaluate<string>('document.title').catch(() => ''),
      (title) => title.includes('password'),
    );
    await tab.evaluate(`document.querySelector('#password').value='open sesame';document.forms[0].submit()`);
    expect(await referrerAt('/unlocked')).toBe('');
  });

  it('nor is a guessed one sent', async () => {
    const link = await app.createLink({ referrerPolicy: 'unsafe-url', password: 'open sesame' });
    const unlock = app.plain('post', '/_/unlock').set({ cookie: 'hopback_try=1', host: link.domain }).type('form');
    const { headers } = await unlock.send({ slug: link.slug, password: 'open sesame' });
    const cookie = String(headers['set-cookie']).split(';')[0] ?? '';
    const led = await app.click(link).set('cookie', cookie);
    expect([led.status, led.headers['referrer-policy']]).toEqual([302, 'no-referrer']);
    const later = await app.click(link).set({ cookie, referer: 'https://blog.example/' });
    expect(later.headers['referrer-policy']).toBe('unsafe-url');
  });
});
