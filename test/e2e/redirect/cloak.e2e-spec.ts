import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BulkResponse } from '../../../src/links/bulk/link-bulk.dto.js';
import type { LinkResponse } from '../../../src/links/links.dto.js';
import type { CheckResponse } from '../../../src/redirect/check/check.dto.js';
import type { SimulateResponse } from '../../../src/redirect/simulate/simulate.dto.js';
import { Browser } from '../../support/browser.js';
import { eventually } from '../../support/eventually.js';
import { BROWSER, TestApp } from '../../support/test-app.js';
import { expectInvalid } from '../../support/api/expect-problem.js';

const APP = 'myapp://open/1';
const WEB = 'https://shop.example/lp';

/** A page, and what its script has seen of itself once its frame has a size: the script may run before. */
const SHOP = `<!doctype html><title>Shop</title><body style="background:#fde68a"><h1>The shop</h1><script>
  const tell = () => innerWidth === 0 ? setTimeout(tell, 10) :
    fetch('/seen', { method: 'POST', body: JSON.stringify({ href: location.href, referrer: document.referrer, isFramed: top !== self, size: [innerWidth, innerHeight] }) })
  tell()
</script>`;

interface Seen {
  href: string;
  referrer: string;
  isFramed: boolean;
  size: number[];
}

let app: TestApp;
let shop: Server;
let port: number;
const seen: Seen[] = [];

beforeAll(async () => {
  shop = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://shop');
    if (pathname === '/seen') {
      let body = '';
      request.on('data', (piece: Buffer) => (body += piece.toString()));
      request.on('end', () => response.end(void seen.push(JSON.parse(body) as Seen)));
      return;
    }
    for (const name of ['x-frame-options', 'content-security-policy']) {
      const value = searchParams.get(name);
      if (value !== null) response.setHeader(name, value);
    }
    if (pathname === '/on') {
      response.writeHead(302, { location: `/${request.url?.slice('/on'.length)}`, 'x-frame-options': 'DENY' }).end();
      return;
    }
    response.setHeader('content-type', 'text/html').end(SHOP);
  });
  await new Promise<void>((resolve) => shop.listen(0, '127.0.0.1', resolve));
  ({ port } = shop.address() as AddressInfo);
  app = await TestApp.start({ env: { ALLOWED_SCHEMES: 'myapp', OUTBOUND_ALLOW: `127.0.0.1:${port}` } });
});
afterAll(async () => {
  await app.close();
  shop.closeAllConnections();
  await new Promise((resolve) => shop.close(resolve));
});

const cloaked = (fields: Record<string, unknown> = {}, key = app.apiKey): Promise<LinkResponse> =>
  app.createLink({ cloak: true, ...fields }, key);
const create = (fields: object) => app.api('post', '/links').send({ url: WEB, cloak: true, ...fields });
const patch = (id: string, fields: object) => app.api('patch', `/links/${id}`).send(fields);
/** The address in the page's frame. */
const framed = (html: string): string =>
  (/<iframe src="([^"]*)"/.exec(html)?.[1] ?? '').replaceAll('&amp;', '&').replaceAll('&#39;', "'");
const clickIdIn = (html: string): string => new URL(framed(html)).searchParams.get('click_id') ?? '';
const titleOf = (html: string): string | undefined => /<title>([^<]*)<\/title>/.exec(html)?.[1];

describe('a cloaked link', () => {
  it('shows its destination in a page of its own', async () => {
    const link = await cloaked({ url: `${WEB}?a={sub1}` });
    expect(link.cloak).toBe(true);
    const { status, headers, text } = await app.click(link, '?sub1=x%20y&b=2');
    expect([status, headers['location'], headers['set-cookie']]).toEqual([200, undefined, undefined]);
    expect(framed(text)).toMatch(/^https:\/\/shop\.example\/lp\?a=x%20y&click_id=[0-9A-Za-z]{20,32}&sub1=x%20y&b=2$/);
    expect(text).toContain(`<a href="${/<iframe src="([^"]*)"/.exec(text)?.[1]}"`);
    expect(headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'private, no-store',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      'x-robots-tag': 'noindex',
    });
    const policy = String(headers['content-security-policy']).split('; ');
    expect(policy).toEqual([
      "default-src 'none'",
      expect.stringMatching(/^style-src 'sha256-[^']+'$/),
      'frame-src http: https:',
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
    ]);
  });

  it('is counted like any other, by rule and variant, and remembers who was sent where', async () => {
    const variants = [
      { name: 'one', url: 'https://one.example/', weight: 1 },
      { name: 'two', url: 'https://two.example/', weight: 1 },
    ];
    const rules = [{ name: 'Germans', when: [{ field: 'language', op: 'in', values: ['de'] }], variants }];
    const link = await cloaked({ rules });
    const first = await app.click(link, '?sub1=fb').set('accept-language', 'de');
    const cookie = String(first.headers['set-cookie']).split(';')[0] ?? '';
    const click = await app.storedClick(clickIdIn(first.text));
    expect(click).toMatchObject({ linkId: link.id, rule: 'Germans', isBot: false, subs: { sub1: 'fb' } });
    expect(framed(first.text)).toContain(`https://${click.variant}.example/`);
    const again = await app.click(link).set({ 'accept-language': 'de', cookie, 'user-agent': `${BROWSER} other` });
    expect(framed(again.text)).toContain(`https://${click.variant}.example/`);
    const asked = await app.click(link).set({ 'accept-language': 'de', dnt: '1' });
    expect([asked.status, asked.headers['set-cookie']]).toEqual([200, undefined]);
    const { stats } = await eventually(
      () => app.link(link.id),
      ({ stats: { clicks } }) => clicks.total === 3,
    );
    expect(stats.clicks).toMatchObject({ human: 3, bots: 0 });
  });

  it('answers HEAD and prefetches, which are no people’s clicks', async () => {
    const link = await cloaked();
    const head = await app.plain('head', `/${link.slug}`).set('user-agent', BROWSER);
    expect([head.status, head.text ?? '', head.headers['cache-control']]).toEqual([200, '', 'private, no-store']);
    expect(Number(head.headers['content-length'])).toBeGreaterThan(100);
    const early = await app.click(link).set('sec-purpose', 'prefetch');
    expect(await app.storedClick(clickIdIn(early.text))).toMatchObject({ isBot: true, botReason: 'prefetch' });
  });

  it('has the title of its preview, else its own, else the host', async () => {
    const link = await cloaked({ title: 'Own <b>', preview: { title: 'Summer "sale"' } });
    const shown = async (): Promise<string | undefined> => titleOf((await app.click(link)).text);
    expect(await shown()).toBe('Summer &quot;sale&quot;');
    await patch(link.id, { preview: null });
    expect(await shown()).toBe('Own &lt;b&gt;');
    await patch(link.id, { title: 'Other' });
    expect(await shown()).toBe('Other');
    await patch(link.id, { title: null });
    expect(await shown()).toBe('shop.example');
  });

  it('shows its preview to programs that fetch one', async () => {
    const link = await cloaked({ preview: { title: 'Summer' } });
    const { status, text } = await app.click(link).set('user-agent', 'Twitterbot/1.0');
    expect([status, framed(text)]).toEqual([200, '']);
    expect(text).toContain('og:title');
  });

  it('escapes everything that a visitor sends', async () => {
    const link = await cloaked({ url: 'https://shop.example/{sub1}?q={query:q}#{sub2}' });
    const evil = `"'><script>alert(1)</script></iframe>`;
    const query = `?sub1=${encodeURIComponent(evil)}&sub2=${encodeURIComponent(evil)}&q=${encodeURIComponent(evil)}&"onload="x='<b>`;
    const { text } = await app.click(link, query);
    expect(text).not.toMatch(/<script|<b>|onload="x/);
    expect(text.match(/<iframe/g)).toHaveLength(1);
    expect(new URL(framed(text)).searchParams.get('q')).toBe(evil);
  });

  it('holds to limit and dates, and redirects to what it leads to instead', async () => {
    const limited = await cloaked({ clickLimit: 1 });
    expect((await app.click(limited)).status).toBe(200);
    expect((await app.click(limited)).status).toBe(410);
    const instead = [
      { expiresAt: '2026-01-01', expiredUrl: 'https://over.example/' },
      { paused: true, fallbackUrl: APP, clickIdParam: null, forwardQuery: 'none' },
    ];
    for (const fields of instead) {
      const { status, headers } = await app.click(await cloaked({ ...fields, redirectStatus: 301 }));
      expect([status, headers['location']]).toEqual([302, expect.stringContaining(fields.expiredUrl ?? APP)]);
    }
  });

  it('asks for its password first, and then sends its address to no other site', async () => {
    const link = await cloaked({ password: 'open sesame', referrerPolicy: 'unsafe-url' });
    expect((await app.click(link)).text).toContain('This link has a password');
    const right = await app
      .plain('post', '/_/unlock')
      .set({ cookie: 'hopback_try=1', host: link.domain })
      .type('form')
      .send({ slug: link.slug, password: 'open sesame' });
    const cookie = String(right.headers['set-cookie']).split(';')[0] ?? '';
    const { headers, text } = await app.click(link).set('cookie', cookie);
    expect([framed(text).startsWith(WEB), headers['referrer-policy']]).toEqual([true, 'no-referrer']);
  });

  it('is indexed and sends its address where the link allows it', async () => {
    const { headers } = await app.click(await cloaked({ noIndex: false, referrerPolicy: 'origin' }));
    expect(headers).toMatchObject({ 'x-robots-tag': 'all', 'referrer-policy': 'origin' });
  });

  it('redirects again when it is cloaked no more', async () => {
    const link = await cloaked();
    expect((await app.click(link)).status).toBe(200);
    expect((await patch(link.id, { cloak: false })).body).toMatchObject({ cloak: false });
    expect((await app.click(link)).status).toBe(302);
  });

  it('is explained by simulate', async () => {
    const why = async (link: LinkResponse): Promise<string[]> =>
      ((await app.api('post', `/links/${link.id}/simulate`).send({})).body as SimulateResponse).why;
    expect((await why(await cloaked())).at(-1)).toContain('is shown in a frame');
    expect(await why(await app.createLink())).toEqual(["the link's own url"]);
    const over = await cloaked({ expiresAt: '2026-01-01', expiredUrl: 'https://over.example/' });
    expect((await why(over)).join()).not.toContain('frame');
  });
});

describe('what cannot be framed', () => {
  it('is refused, each URL by its path, except for URLs that a cloaked link redirects to', async () => {
    const when = [{ field: 'bot', op: 'in', values: ['false'] }];
    const response = await create({
      url: APP,
      rules: [
        { when, url: APP },
        { when, variants: [{ url: WEB }, { url: APP }] },
      ],
      variants: [{ url: APP }, { url: WEB }],
      expiredUrl: APP,
      fallbackUrl: APP,
      networkId: 'net_x',
    });
    const { errors = [] } = expectInvalid(
      response,
      'networkId',
      'rules.0.url',
      'rules.1.variants.1.url',
      'url',
      'variants.0.url',
    );
    expect(errors.filter(({ code }) => code === 'not_frameable')).toHaveLength(4);
    expect((await create({ fallbackUrl: APP, expiredUrl: APP })).status).toBe(201);
    expect((await create({ url: APP, cloak: false })).status).toBe(201);
  });

  it('is refused in changes, whichever of both comes later', async () => {
    const link = await app.createLink({ url: APP, rules: [] });
    const refused = expectInvalid(await patch(link.id, { cloak: true, title: 'x' }), 'cloak');
    expect(refused.errors).toMatchObject([{ code: 'not_frameable', message: expect.stringContaining(APP) }]);
    expect(await app.link(link.id)).toMatchObject({ cloak: false, title: null });
    expect((await patch(link.id, { cloak: true, url: WEB })).status).toBe(200);
    expectInvalid(await patch(link.id, { url: APP }), 'url');
    expectInvalid(await patch(link.id, { variants: [{ url: APP }] }), 'variants.0.url');
    expectInvalid(await patch(link.id, { cloak: true, url: APP }), 'url');
    expect((await patch(link.id, { title: 'y' })).body).toMatchObject({ cloak: true, title: 'y', url: WEB });
    expect((await patch(link.id, { cloak: false, url: APP })).status).toBe(200);
  });

  it('is refused by bulk, upsert and import as well', async () => {
    const bulk = (
      await app.api('post', '/links/bulk').send({
        links: [
          { url: APP, cloak: true },
          { url: WEB, cloak: true },
        ],
      })
    ).body as BulkResponse;
    expect(bulk.results).toMatchObject([{ status: 422 }, { status: 201, link: { cloak: true } }]);
    expectInvalid(await app.api('put', '/links/upsert').send({ externalId: 'c', url: APP, cloak: true }), 'url');
    const { body } = await app
      .api('post', '/links/import')
      .set('content-type', 'text/csv')
      .send(`url,cloak,referrerPolicy\n${APP},true,\n${WEB},yes,origin\n${WEB}?2,perhaps,never\n`);
    expect(body).toMatchObject({
      results: [
        { status: 'failed', problems: [{ path: 'url', code: 'not_frameable' }] },
        { status: 'created' },
        { status: 'failed', problems: [{ path: 'referrerPolicy' }, { path: 'cloak' }] },
      ],
    });
  });

  it.each(['yes', 1, null])('is nothing but yes or no: %j', async (cloak) => {
    expectInvalid(await create({ cloak }), 'cloak');
  });
});

describe('the check of a cloaked link', () => {
  const found = async (link: LinkResponse, key = app.apiKey): Promise<string[]> => {
    const { body } = await app.api('post', `/links/${link.id}/check`, key).send({});
    return (body as CheckResponse).problems
      .filter(({ code }) => code !== 'insecure') // plain HTTP is all that this shop speaks
      .map(({ hop, code }) => `${hop} ${code}`);
  };
  const at = (path: string): string => `http://127.0.0.1:${port}${path}`;

  it.each([
    ['/', []],
    ['/?x-frame-options=DENY', ['0 not_frameable']],
    ['/?x-frame-options=SAMEORIGIN', ['0 not_frameable']],
    ["/?content-security-policy=default-src+*;frame-ancestors+'self'", ['0 not_frameable']],
    ['/?content-security-policy=frame-ancestors+http://localhost:*&x-frame-options=DENY', []],
    ['/on?x-frame-options=DENY', ['1 not_frameable']],
    ['/on', []], // what a redirect says of frames counts nowhere
  ])('says whether its last page lets it: %s', async (path, expected) => {
    expect(await found(await cloaked({ url: at(path) }))).toEqual(expected);
  });

  it('has no notice about it where the link redirects', async () => {
    expect(await found(await app.createLink({ url: at('/?x-frame-options=DENY') }))).toEqual([]);
  });

  it('knows that an https page frames nothing of plain HTTP', async () => {
    const { apiKey } = await app.createWorkspace();
    expect(await found(await cloaked({ url: at('/') }, apiKey), apiKey)).toEqual(['0 insecure_frame']);
  });
});

describe('in a browser', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await Browser.start();
  });
  afterAll(() => browser?.close());

  it('the destination fills the window, under the short link’s address, and gets the click id', async () => {
    const link = await cloaked({ url: `http://shop.test:${port}/`, title: 'Summer' });
    const tab = await browser.newVisitor();
    await tab.send('Network.setUserAgentOverride', { userAgent: BROWSER }); // without a head it says that it is a robot
    await tab.open(`${app.baseUrl}/${link.slug}?sub1=fb`);
    const [page] = await eventually(
      () => seen.filter(({ href }) => href.includes('sub1=fb')),
      ({ length }) => length > 0,
    );
    expect(await tab.evaluate('location.href')).toBe(`${app.baseUrl}/${link.slug}?sub1=fb`);
    expect(await tab.evaluate('[document.title, innerWidth, innerHeight]')).toEqual(['Summer', ...(page?.size ?? [])]);
    expect(page).toMatchObject({ isFramed: true, referrer: '' });
    const { hostname, searchParams } = new URL(page?.href ?? '');
    expect(hostname).toBe('shop.test');
    expect(await app.storedClick(searchParams.get('click_id') ?? '')).toMatchObject({ linkId: link.id, isBot: false });
  });
});
