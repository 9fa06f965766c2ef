import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import type { NetworkListResponse } from '../../../src/networks/networks.dto.js';
import type { LinkListResponse } from '../../../src/links/links.dto.js';
import { OwnerLinks } from '../../../src/people/first-owner/owner-links.service.js';
import { type Dashboard, PHONE, useDashboard, type View } from '../../support/dashboard.js';
import { FINGER, type Hands, KEYBOARD, MOUSE } from '../../support/hands.js';
import { PASSWORD } from '../../support/people/people.js';

// From the token of the first owner to the numbers of a link whose network had a wrong mapping. Only what visitors and networks
// do comes from outside of the page: the click, and the postback.

const OFFER = 'https://orchid.example/lp';
const CLICK_ID_OF_NETWORK = 'stag={stag}'; // the network does not fill in its macro
const LOG = 'Postbacks, newest first';

async function becomeOwner(page: Page, { app }: Dashboard, { press, type }: Hands): Promise<void> {
  await page.goto(`/app/welcome${new URL(app.app.get(OwnerLinks).create()).hash}`);
  await type(page, page.getByLabel('Your name'), 'Ann');
  await type(page, page.getByLabel('E-mail address'), 'ann@brand.example');
  await type(page, page.getByLabel('Password', { exact: true }), PASSWORD);
  await press(page, page.getByRole('button', { name: 'Create my account' }));
  await page.waitForURL(/\/app\/start$/);
}

async function connectNetwork(page: Page, { press, type, goTo }: Hands): Promise<void> {
  await goTo(page, 'Networks', 'n');
  await type(page, page.getByRole('searchbox', { name: /networks/i }), 'affilka');
  await press(page, page.getByRole('link', { name: /Affilka/ }).first());
  await press(page, page.getByRole('button', { name: 'Connect', exact: true }));
  await type(page, page.getByLabel('Name', { exact: true }), 'Orchid Partners');
  await press(page, page.getByRole('form').getByRole('button', { name: 'Connect', exact: true }));
  await page.getByLabel('What the network sent').waitFor();
}

async function createLink(page: Page, { press, type, goTo }: Hands): Promise<void> {
  await goTo(page, 'Links', 'l');
  await press(
    page,
    page
      .getByRole('button', { name: /New link/ })
      .or(page.getByRole('link', { name: /New link/ }))
      .first(),
  );
  await type(page, page.getByLabel('Destination', { exact: true }), OFFER);
  await page.getByLabel('Network', { exact: true }).selectOption({ label: 'Orchid Partners' });
  await page.getByText('click id goes in stag').waitFor();
  await press(page, page.getByRole('button', { name: 'Create link' }));
  await page
    .getByText(/created\./)
    .first()
    .waitFor();
}

describe.each<[string, View, Hands]>([
  ['with a mouse', {}, MOUSE],
  ['on a phone of 360 px', PHONE, FINGER],
  ['with the keyboard alone', {}, KEYBOARD],
])('the journey %s', (_, view, hands) => {
  const dashboard = useDashboard({ isUnowned: true });

  it('leads from the token to the first counted deposit of a network with a wrong mapping', async () => {
    const { app } = dashboard.current;
    await app.startReader();
    const context = await dashboard.current.newContext(null, view);
    const page = await context.newPage();
    await becomeOwner(page, dashboard.current, hands);
    await connectNetwork(page, hands);
    await createLink(page, hands);

    const [network] = ((await app.api('get', '/networks')).body as NetworkListResponse).data;
    const [link] = ((await app.api('get', '/links')).body as LinkListResponse).data;
    if (network === undefined || link === undefined) throw new Error('the pages made no network or no link');
    expect(link).toMatchObject({ networkId: network.id, clickIdParam: 'stag' });
    const location = (await app.click(link)).headers['location'] ?? '';
    const clickId = new URL(location).searchParams.get('stag');
    expect(clickId).toMatch(/^\w{20,32}$/);
    const query = `${CLICK_ID_OF_NETWORK}&visit=${clickId}&event=ftd&amount=50&currency=EUR`;
    await app.postback(network, query);

    // A second window of the same browser sees what happens.
    const witness = await context.newPage();
    await witness.goto('/app/conversions');
    await witness.getByRole('heading', { name: 'No conversions yet' }).waitFor();

    // Pasted: the page says what is wrong before anything is changed.
    await page.bringToFront();
    await hands.goTo(page, 'Networks', 'n');
    await hands.press(page, page.getByRole('button', { name: /^Yours/ }));
    await hands.press(page, page.getByRole('link', { name: /Orchid Partners/ }).first());
    await hands.type(page, page.getByLabel('What the network sent'), `GET /postback/${network.key}?${query} HTTP/1.1`);
    await page.getByText('FTD, approved, 50.00 EUR').waitFor();
    expect(await page.getByLabel('visit is taken for').inputValue()).toBe('click_id');

    // Seen, mended and run again in the log.
    await hands.goTo(page, 'Postbacks', 'p');
    await hands.press(page, page.getByRole('list', { name: LOG }).getByRole('link').first());
    await page.getByRole('heading', { name: 'Your click id came, but in visit' }).waitFor();
    await hands.press(page, page.getByRole('button', { name: 'Map visit, run 1 again' }));
    await hands.press(page, page.getByRole('button', { name: 'Run now' }));
    await page.getByRole('heading', { name: 'Counted: ftd, approved, 50.00 EUR' }).waitFor();

    // The other window was told.
    await witness.bringToFront();
    await witness.getByRole('heading', { name: '1 conversion', exact: true }).waitFor();
    await witness.getByText('50.00').first().waitFor();
    await witness.close();

    // Its story, and the numbers of its link.
    await page.bringToFront();
    await hands.press(page, page.getByRole('link', { name: 'Story of its conversion' }));
    await page.getByRole('heading', { name: 'Story' }).waitFor();
    await page.getByText('Redirect', { exact: true }).waitFor();
    await hands.goTo(page, 'Links', 'l');
    await hands.press(page, page.getByRole('link', { name: new RegExp(link.slug) }).first());
    await page.getByRole('heading', { name: new RegExp(link.slug), level: 1 }).waitFor();
    await page.getByText('50.00').first().waitFor();
    if (view.width !== undefined) {
      expect(await page.evaluate<boolean>('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
    }
    dashboard.current.expectCleanPages();
    await context.close();
  });
});
