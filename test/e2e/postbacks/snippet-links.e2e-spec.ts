import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Browser, type Tab } from '../../support/browser.js';
import { eventually } from '../../support/eventually.js';
import { Site } from '../../support/site.js';
import { TestApp } from '../../support/test-app.js';

const ID = 'K3abcdefghijklmnopqrstuvwxyz019';
const LINKS = 'data-links="casino.example, *.shop.test"';

let app: TestApp;
let browser: Browser;
let site: Site;
beforeAll(async () => {
  app = await TestApp.start();
  site = await Site.start();
  browser = await Browser.start();
});
afterAll(async () => {
  await browser?.close();
  site.close();
  await app.close();
});

/** A pre-lander that was reached with a click id, in a new visitor's tab. */
const preLander = async (html: string, attributes = LINKS, query = `?click_id=${ID}`): Promise<Tab> => {
  const script = `<script src="${app.baseUrl}/hopback.js" ${attributes} async></script>`;
  const tab = await browser.newVisitor();
  await tab.open(site.url('lander.test', site.page(script + html) + query));
  return tab;
};
const hrefs = (tab: Tab): Promise<string[]> =>
  tab.evaluate(`[...document.querySelectorAll('[href]')].map((a) => a.getAttribute('href'))`);
const asLink = (href: string): string => `<a href="${href.replaceAll('&', '&amp;')}">x</a>`;

const LISTED = [
  ['https://casino.example', `https://casino.example?click_id=${ID}`],
  ['https://casino.example/', `https://casino.example/?click_id=${ID}`],
  ['HTTPS://CASINO.example:8443/a', `HTTPS://CASINO.example:8443/a?click_id=${ID}`],
  ['//casino.example/a', `//casino.example/a?click_id=${ID}`],
  ['http://casino.example/a?b=c', `http://casino.example/a?b=c&click_id=${ID}`],
  ['https://casino.example/a?', `https://casino.example/a?click_id=${ID}`],
  ['https://casino.example/a?b=c&', `https://casino.example/a?b=c&click_id=${ID}`],
  ['https://casino.example/a#top', `https://casino.example/a?click_id=${ID}#top`],
  ['https://casino.example/a?b#top?x=y', `https://casino.example/a?b&click_id=${ID}#top?x=y`],
  ['https://casino.example/#/a?click_id=', `https://casino.example/?click_id=${ID}#/a?click_id=`],
  ['https://casino.example/?click_id=&b=c', `https://casino.example/?b=c&click_id=${ID}`],
  ['https://casino.example/?click_id&b=c', `https://casino.example/?b=c&click_id=${ID}`],
  ['https://casino.example/?click_id=mine', 'https://casino.example/?click_id=mine'],
  ['https://casino.example/?click_id=&click_id=mine', 'https://casino.example/?click_id=&click_id=mine'],
  ['https://casino.example/?click_id=a=b', 'https://casino.example/?click_id=a=b'],
  ['https://casino.example/?xclick_id=1', `https://casino.example/?xclick_id=1&click_id=${ID}`],
  ['https://casino.example/?click_id={click_id}', `https://casino.example/?click_id=${ID}`],
  [
    'https://casino.example/{click_id}/?tid={click_id}#{click_id}',
    `https://casino.example/${ID}/?tid=${ID}&click_id=${ID}#${ID}`,
  ],
  ['https://casino.example/?tid=%7Bclick_id%7D', `https://casino.example/?tid=${ID}&click_id=${ID}`],
  ['https://www.shop.test/', `https://www.shop.test/?click_id=${ID}`],
  ['https://a.b.shop.test/', `https://a.b.shop.test/?click_id=${ID}`],
] as const;

const NOT_LISTED = [
  'https://shop.test/',
  'https://notshop.test/?click_id={click_id}',
  'https://www.casino.example/',
  'https://casino.example.evil.test/',
  'https://casino.example@evil.test/',
  'https://evil.test/?casino.example',
  'https://evil.test/#casino.example',
  '/here?click_id={click_id}',
  'mailto:someone@casino.example',
  "javascript:void('casino.example')",
  'tel:+1555',
  '',
];

describe('links of a pre-lander', () => {
  it('get the click id on the hosts that are listed, and on no other', async () => {
    const all = [...LISTED.map(([href]) => href), ...NOT_LISTED];
    const tab = await preLander(all.map(asLink).join(''));
    expect(await hrefs(tab)).toEqual([...LISTED.map(([, filled]) => filled), ...NOT_LISTED]);
    // Once more, at click time: nothing changes that is filled already.
    await tab.evaluate(`for (const a of document.links) { a.onclick = () => false; a.click() }`);
    expect(await hrefs(tab)).toEqual([...LISTED.map(([, filled]) => filled), ...NOT_LISTED]);
    expect(await tab.evaluate('errors')).toEqual([]);
  });

  it('get it under the name of data-link-param, or else of data-param', async () => {
    const html = asLink('https://casino.example/?click_id=');
    const own = await preLander(html, `${LINKS} data-link-param="sub[1]"`);
    expect(await hrefs(own)).toEqual([`https://casino.example/?click_id=&sub%5B1%5D=${ID}`]);
    const other = await preLander(html, `${LINKS} data-param="cid"`, `?cid=${ID}`);
    expect(await hrefs(other)).toEqual([`https://casino.example/?click_id=&cid=${ID}`]);
  });

  it('get none where no hosts are listed', async () => {
    const tab = await preLander(asLink('https://casino.example/{click_id}'), '');
    expect(await hrefs(tab)).toEqual(['https://casino.example/{click_id}']);
    expect(await tab.evaluate('hopback.id()')).toBe(ID);
  });

  it('get it when they stand behind the script, and the script comes from the cache', async () => {
    const tab = await preLander('');
    await tab.open(
      site.url(
        'lander.test',
        site.page(`<script src="${app.baseUrl}/hopback.js" ${LINKS}></script>${asLink('https://casino.example/')}`),
      ),
    );
    expect(await hrefs(tab)).toEqual([`https://casino.example/?click_id=${ID}`]);
  });

  it.each([
    ['added to the page', 'document.body'],
    [
      'added within a shadow root',
      `document.body.appendChild(document.createElement('div')).attachShadow({ mode: 'open' })`,
    ],
  ])('get it when they are clicked, though %s later and the page stops the event', async (_, parent) => {
    // It leads to the site itself under another name, to see where the browser arrives.
    const tab = await preLander('');
    await tab.evaluate(`(() => {
      const link = document.createElement('a');
      link.href = ${JSON.stringify(site.url('www.shop.test', site.page('offer')))};
      link.innerHTML = '<b style="position: fixed; inset: 0; background: gold">Play</b>';
      (${parent}).appendChild(link);
      document.addEventListener('click', (event) => event.stopPropagation(), true);
    })()`);
    for (const type of ['mousePressed', 'mouseReleased']) {
      await tab.send('Input.dispatchMouseEvent', { type, x: 50, y: 50, button: 'left', clickCount: 1 });
    }
    await eventually(
      () => tab.evaluate<string>('location.hostname').catch(() => ''),
      (host) => host === 'www.shop.test',
    );
    expect(await tab.evaluate('location.search')).toBe(`?click_id=${ID}`);
  });
});
