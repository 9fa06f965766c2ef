import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { NetworkResponse } from '../../../src/networks/networks.dto.js';
import type { PostbackResponse } from '../../../src/postbacks/log/postback-log.dto.js';
import { Browser, type SentRequest, type Tab } from '../../support/browser.js';
import { eventually } from '../../support/eventually.js';
import { Site } from '../../support/site.js';
import { TestApp } from '../../support/test-app.js';

const DAY = 86_400;
const STUB = '<script>window.hopback=window.hopback||function(){(hopback.q=hopback.q||[]).push(arguments)}</script>';

interface CookieFacts {
  name: string;
  value: string;
  domain: string;
  path: string;
  expires: number;
  sameSite: string;
}

let app: TestApp;
let network: NetworkResponse;
let browser: Browser;
let site: Site;
let marks = 0;

beforeAll(async () => {
  app = await TestApp.start();
  network = await app.createNetwork();
  site = await Site.start();
  browser = await Browser.start();
});
afterAll(async () => {
  await browser?.close();
  site.close();
  await app.close();
});

const at = (host: string, path: string): string => site.url(host, path);
const page: Site['page'] = (html, kind) => site.page(html, kind);
const snippet = (attributes = '', host = 'go.brand.test'): string =>
  `<script src="http://${host}:${new URL(app.baseUrl).port}/hopback.js" data-key="${network.pixelKey}" ${attributes} async></script>`;
const newClick = async (): Promise<string> => (await app.clickedLink()).clickId;

const logOf = async (clickId: string): Promise<PostbackResponse[]> =>
  ((await app.api('get', `/postbacks?clickId=${clickId}`)).body as { data: PostbackResponse[] }).data;
const logHas = (clickId: string, count: number): Promise<PostbackResponse[]> =>
  eventually(
    () => logOf(clickId),
    ({ length }) => length >= count,
  );
/** What a tab has told Hopback up to now, the script itself left out. */
const told = async (tab: Tab): Promise<SentRequest[]> => {
  const mark = `/mark${++marks}`;
  await tab.evaluate(`fetch('${mark}', { mode: 'no-cors' }).catch(() => 0).then(() => 0)`);
  await eventually(
    () => tab.requests.some(({ url }) => url.endsWith(mark)),
    (isThere) => isThere,
  );
  return tab.requests.filter(({ url }) => /\/api\/v1\/track|\/pixel\//.test(url));
};
const idIn = (tab: Tab): Promise<string> => tab.evaluate('hopback.id()');
const expectNoErrors = async (tab: Tab): Promise<void> => expect(await tab.evaluate('errors')).toEqual([]);
const cookiesOf = async (tab: Tab, host: string): Promise<CookieFacts[]> =>
  (await tab.send<{ cookies: CookieFacts[] }>('Network.getCookies', { urls: [at(host, '/')] })).cookies;

describe('the snippet', () => {
  it('leads from the landing page to a conversion on another page of the site', async () => {
    const clickId = await newClick();
    const tab = await browser.newVisitor();
    await tab.open(at('www.brand.test', `${page(snippet())}?a=b&click_id=${clickId}&c=d`));
    expect(await tab.evaluate('localStorage.hopback_click')).toBe(clickId);
    const [cookie, ...others] = await cookiesOf(tab, 'www.brand.test');
    expect(cookie).toMatchObject({
      name: 'hopback_click',
      value: clickId,
      domain: '.brand.test',
      path: '/',
      sameSite: 'Lax',
    });
    expect(others).toEqual([]);
    expect(Math.abs((cookie?.expires ?? 0) - Date.now() / 1000 - 90 * DAY)).toBeLessThan(60);

    await tab.open(at('shop.brand.test', page(snippet())));
    expect(await tab.evaluate('[hopback.id(), hopback.clickId]')).toEqual([clickId, clickId]);
    await tab.evaluate(
      `hopback('deposit', { payout: 50.5, currency: 'EUR', txid: 'T-${clickId}', playerId: 'p 7', other: 'x' })`,
    );
    const [entry] = await logHas(clickId, 1);
    expect(entry).toMatchObject({
      verdict: 'accepted',
      body: `click_id=${clickId}&event=deposit&payout=50.5&currency=EUR&txid=T-${clickId}&player_id=p+7`,
    });
    expect(await app.conversion(entry?.conversionId ?? '')).toMatchObject({
      eventType: 'deposit',
      payout: { amount: '50.50', currency: 'EUR' },
    });
    await expectNoErrors(tab);
  });

  it.each(['localhost', '127.0.0.1', 'brand.test'])('keeps the click id on %s', async (host) => {
    const tab = await browser.newVisitor();
    const clickId = 'A'.repeat(20);
    await tab.open(at(host, `${page(snippet('data-param="sub[1]"', 'go.other.test'))}?sub%5B1%5D=${clickId}`));
    expect(await tab.evaluate('document.cookie')).toBe(`hopback_click=${clickId}`);
    await tab.open(at(host, page(snippet('', 'go.other.test'))));
    expect(await idIn(tab)).toBe(clickId);
  });

  it('replaces the id by a newer one, wherever the older one was kept', async () => {
    const tab = await browser.newVisitor();
    const [older, newer] = ['1'.repeat(31), '2'.repeat(31)];
    const path = page(snippet());
    await tab.open(at('www.brand.test', `${path}?click_id=${older}`));
    await tab.evaluate(`document.cookie = 'hopback_click=${older}; path=/'`); // on this host only
    await tab.open(at('www.brand.test', `${path}?click_id=${newer}`));
    expect(await tab.evaluate('document.cookie')).toBe(`hopback_click=${newer}`);
    expect(await tab.evaluate('localStorage.hopback_click')).toBe(newer);
    await tab.open(at('www.brand.test', path));
    expect(await idIn(tab)).toBe(newer);
  });

  it('keeps to the domain that data-domain names', async () => {
    const tab = await browser.newVisitor();
    const path = page(snippet('data-domain="shop.brand.test"'));
    await tab.open(at('a.shop.brand.test', `${path}?click_id=${'3'.repeat(31)}`));
    await tab.open(at('b.shop.brand.test', path));
    expect(await idIn(tab)).toBe('3'.repeat(31));
    await tab.open(at('www.brand.test', path));
    expect(await idIn(tab)).toBe('');
  });

  it('needs but one store: no cookies', async () => {
    const tab = await browser.newVisitor();
    const path = page(snippet());
    await tab.send('Emulation.setDocumentCookieDisabled', { disabled: true });
    await tab.open(at('www.brand.test', `${path}?click_id=${'4'.repeat(31)}`));
    expect(await tab.evaluate('document.cookie')).toBe('');
    await tab.open(at('www.brand.test', path));
    expect(await idIn(tab)).toBe('4'.repeat(31));
    await expectNoErrors(tab);
  });

  it('needs but one store: no localStorage', async () => {
    const tab = await browser.newVisitor();
    const path = page(snippet());
    const source = `for (const name of ['localStorage', 'sessionStorage'])
      Object.defineProperty(window, name, { get() { throw new DOMException('denied', 'SecurityError') } })`;
    await tab.send('Page.addScriptToEvaluateOnNewDocument', { source });
    await tab.open(at('www.brand.test', `${path}?click_id=${'5'.repeat(31)}`));
    await tab.open(at('www.brand.test', path));
    expect(await idIn(tab)).toBe('5'.repeat(31));
    await expectNoErrors(tab);
  });

  it('works within a page whose cookies and storage throw', async () => {
    const clickId = await newClick();
    const tab = await browser.newVisitor();
    await tab.open(at('www.brand.test', `${page(snippet(), 'sandboxed')}?click_id=${clickId}`));
    expect(await tab.evaluate(`(() => { try { return document.cookie } catch { return 'throws' } })()`)).toBe('throws');
    await tab.evaluate(`hopback('lead'), hopback('lead')`);
    expect(await logHas(clickId, 1)).toHaveLength(1);
    expect(await told(tab)).toHaveLength(1);
    await expectNoErrors(tab);
  });

  it('restores each store from the other, and forgets after 90 days', async () => {
    const tab = await browser.newVisitor();
    const path = page(snippet());
    const id = '6'.repeat(31);
    await tab.open(at('www.brand.test', `${path}?click_id=${id}`));
    await tab.evaluate('localStorage.clear()');
    await tab.open(at('www.brand.test', path));
    expect(await tab.evaluate('localStorage.hopback_click')).toBe(id);

    await tab.send('Network.clearBrowserCookies', {});
    await tab.evaluate(`localStorage.hopback_click_at = Date.now() - 89 * ${DAY}e3`);
    await tab.open(at('www.brand.test', path));
    const [cookie] = await cookiesOf(tab, 'www.brand.test');
    expect(cookie?.value).toBe(id);
    expect(Math.abs((cookie?.expires ?? 0) - Date.now() / 1000 - DAY)).toBeLessThan(60);

    await tab.send('Network.clearBrowserCookies', {});
    await tab.evaluate(`localStorage.hopback_click_at = Date.now() - 91 * ${DAY}e3`);
    await tab.open(at('www.brand.test', path));
    expect(await idIn(tab)).toBe('');
  });
});

describe('events of a page', () => {
  it('may be reported before the script is loaded, and by the tag itself', async () => {
    const clickId = await newClick();
    const tab = await browser.newVisitor();
    const before = `${STUB}<script>hopback('registration'); hopback('sale', { txid: 'S-${clickId}', payout: '9' })</script>`;
    const tag = snippet(`data-event="lead" data-payout="1.5" data-currency="USD" data-txid="L-${clickId}"`);
    await tab.open(at('www.brand.test', `${page(before + tag)}?click_id=${clickId}`));
    const entries = await logHas(clickId, 3);
    expect(entries.map(({ body }) => body).sort()).toEqual([
      `click_id=${clickId}&event=lead&payout=1.5&currency=USD&txid=L-${clickId}`,
      `click_id=${clickId}&event=registration`,
      `click_id=${clickId}&event=sale&payout=9&txid=S-${clickId}`,
    ]);
  });

  it('are reported once a tab, also when the page is loaded again or has the script twice', async () => {
    const clickId = await newClick();
    const tab = await browser.newVisitor();
    const url = at('www.brand.test', `${page(snippet('data-event="registration"').repeat(2))}?click_id=${clickId}`);
    const fire = `for (const txid of ['1', 1, '2', undefined, null, '']) { hopback('deposit', { txid }); hopback('lead') }`;
    for (let i = 0; i < 2; i++) {
      await tab.open(url);
      await tab.evaluate(fire);
    }
    // registration, lead, deposit 1, deposit 2, deposit without a txid
    expect(await told(tab)).toHaveLength(5);
    await logHas(clickId, 5);

    const second = await browser.newTab(tab.visitor);
    await second.open(url);
    expect(await told(second)).toHaveLength(1);
    const entries = await logHas(clickId, 6);
    expect(entries[0]).toMatchObject({ body: `click_id=${clickId}&event=registration`, verdict: 'duplicate' });
  });

  it('are reported once for each click', async () => {
    const [one, two] = [await newClick(), await newClick()];
    const tab = await browser.newVisitor();
    const path = page(snippet('data-event="registration"'));
    for (const id of [one, two, one]) await tab.open(at('www.brand.test', `${path}?click_id=${id}`));
    expect(await told(tab)).toHaveLength(2);
    for (const id of [one, two]) expect(await logHas(id, 1)).toMatchObject([{ verdict: 'accepted' }]);
  });

  it.each([
    ['fetch', 'navigator.sendBeacon = undefined', 'POST'],
    ['fetch', 'navigator.sendBeacon = function () { return false }', 'POST'],
    ['an image', 'navigator.sendBeacon = fetch = undefined', 'GET'],
    ['an image', 'navigator.sendBeacon = undefined; fetch = function () { return Promise.reject() }', 'GET'],
  ])('go by %s after %s', async (_, preparation, method) => {
    const clickId = await newClick();
    const tab = await browser.newVisitor();
    await tab.open(at('www.brand.test', `${page(snippet())}?click_id=${clickId}`));
    await tab.evaluate(`${preparation}; hopback('deposit', { txid: 'a&b ${clickId}', payout: '3', playerId: 'p' })`);
    expect(await logHas(clickId, 1)).toMatchObject([{ method, verdict: 'accepted' }]);
  });

  it('come with the pixel’s cookie where the pixel is on the same site', async () => {
    const clickId = await newClick();
    const tab = await browser.newVisitor();
    await tab.open(at('www.brand.test', `${page(snippet())}?click_id=${clickId}`));
    const pixel = (host: string): string =>
      `<img src="http://${host}:${new URL(app.baseUrl).port}/pixel/${network.pixelKey}.gif?event=lead">`;
    await tab.open(at('www.brand.test', page(pixel('go.other.test'))));
    expect(await tab.evaluate('document.images[0].naturalWidth')).toBe(1);
    expect(await logOf(clickId)).toEqual([]);
    await tab.open(at('www.brand.test', page(pixel('go.brand.test'))));
    expect(await tab.evaluate('document.images[0].naturalWidth')).toBe(1);
    expect(await logHas(clickId, 1)).toMatchObject([{ verdict: 'accepted' }]);
  });

  it('never throw into the page, whatever they are called with', async () => {
    const tab = await browser.newVisitor();
    await tab.open(at('www.brand.test', `${page(snippet())}?click_id=${'7'.repeat(31)}`));
    await tab.evaluate(`hopback(), hopback(null), hopback({ toString() { throw 1 } }), hopback(Symbol.iterator),
      hopback('x', 7), hopback('y', { get payout() { throw 1 } }), hopback('z', null)`);
    await expectNoErrors(tab);
  });

  it.each([
    '',
    '?click_id=',
    '?click_id=short',
    `?click_id=${'x'.repeat(33)}`,
    '?click_id=%3Cscript%3Ealert(1)%3C/script%3E',
  ])('are not reported on a page without a click id: "%s"', async (query) => {
    const tab = await browser.newVisitor();
    const html = `${STUB}<script>hopback('lead')</script><a href="https://casino.example/{click_id}">x</a>`;
    await tab.open(at('www.brand.test', page(html + snippet('data-event="sale" data-links="casino.example"')) + query));
    await tab.evaluate(`hopback('registration', { txid: '1' }); document.links[0].dispatchEvent(new Event('click'))`);
    expect(await told(tab)).toEqual([]);
    expect(await tab.evaluate('[document.cookie, localStorage.length, sessionStorage.length, hopback.id()]')).toEqual([
      '',
      0,
      0,
      '',
    ]);
    expect(await tab.evaluate(`document.links[0].getAttribute('href')`)).toBe('https://casino.example/{click_id}');
    await expectNoErrors(tab);
  });

  it('leave a page alone that uses the name for something else', async () => {
    const tab = await browser.newVisitor();
    await tab.open(
      at('www.brand.test', `${page(`<form id="hopback"></form>${snippet()}`)}?click_id=${'8'.repeat(31)}`),
    );
    expect(await idIn(tab)).toBe('8'.repeat(31));
    await expectNoErrors(tab);
  });
});
