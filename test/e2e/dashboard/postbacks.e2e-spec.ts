import { beforeAll, describe, expect, it } from 'vitest';
import type { NetworkResponse } from '../../../src/networks/networks.dto.js';
import { PHONE, useDashboard } from '../../support/dashboard.js';
import { eventually } from '../../support/eventually.js';
import { misreadNetwork, misreadPostbacks } from '../../support/misread-network.js';

const dashboard = useDashboard();

let network: NetworkResponse;
let clickId: string;
let ids: string[];
beforeAll(async () => {
  const { app } = dashboard.current;
  const page = await dashboard.current.open('/postbacks');
  await page.getByText('No postback yet').waitFor();
  expect(await page.getByRole('link', { name: 'Get the postback URL' }).getAttribute('href')).toBe('/app/networks');
  expect(await dashboard.current.findAxeFaults(page)).toEqual([]);
  await page.close();
  await app.startReader();
  network = await app.createNetwork({ name: 'Orchid Partners' });
  ({ clickId } = await app.clickedLink({ title: 'mt-reviews' }));
  ids = [];
  for (const query of [
    'event=registration',
    'event=ftd&payout=50&currency=EUR&txid=paid-1',
    'event=deposit&payout=7&currency=EUR&txid=paid-2',
  ]) {
    ids.push((await app.goodPostback(network, `click_id=${clickId}&${query}`)).postbackId);
  }
  const misread = await misreadNetwork(app, 'Bluebird Media');
  ids.push(...(await misreadPostbacks(app, misread, ['goal=dep1&st=hold&sum=77.50&cur=EUR&oid=T-88213'])));
});

const LIST = 'Postbacks, newest first';

describe('the log of postbacks', () => {
  it('is filtered by verdict, text and menu; the URL is the view, and filters are peeled', async () => {
    const page = await dashboard.current.open('/postbacks');
    const list = page.getByRole('list', { name: LIST });
    await list.getByText('77.50').waitFor();
    await expect.poll(() => list.getByRole('link').count()).toBe(4);
    await page.getByRole('button', { name: 'Rejected 1' }).click();
    await page.waitForURL(/verdict=rejected/);
    await expect.poll(() => list.getByRole('link').count()).toBe(1);
    await page.getByRole('button', { name: 'All 4' }).click();
    await page.keyboard.press('/');
    await page.keyboard.type('paid-1');
    await page.waitForURL(/q=paid-1/);
    await expect.poll(() => list.getByRole('link').count()).toBe(1);
    await page.keyboard.press('Escape');
    await page.waitForURL((url) => !url.search.includes('q='));
    await page.getByRole('button', { name: 'Filter' }).first().click();
    await page.getByLabel('Network').selectOption({ label: 'Bluebird Media' });
    await page.getByLabel('Reason').selectOption('forged_click_id');
    await page.getByText('Nothing for these filters').waitFor();
    await page.keyboard.press('Escape'); // closes the menu
    await page.getByRole('button', { name: 'Without Reason is forged_click_id: 1' }).click();
    await expect.poll(() => list.getByRole('link').count()).toBe(1);
    const link = await page.getByRole('link', { name: 'CSV' }).getAttribute('href');
    expect(link).toMatch(/^\/api\/v1\/postbacks\/export\?networkId=net_\w+&from=.*&to=/);
    dashboard.current.expectCleanPages();
  });

  it('is walked with the keys alone, and the opened entry is in the URL', async () => {
    const page = await dashboard.current.open('/postbacks');
    await page.getByRole('list', { name: LIST }).getByText('77.50').waitFor();
    await page.keyboard.press('j');
    await page.getByRole('heading', { name: 'Your click id came, but in tid' }).waitFor();
    expect(page.url()).toContain(`id=${ids[3]}`);
    await page.keyboard.press('ArrowRight');
    await page.getByRole('heading', { name: /^Counted: deposit/ }).waitFor();
    await page.keyboard.press('k');
    await page.getByRole('heading', { name: /^Your click id came/ }).waitFor();
    await page.getByRole('button', { name: 'Next postback' }).click();
    await page.getByRole('button', { name: 'Next postback' }).click();
    await page.getByRole('heading', { name: 'Counted: ftd, approved, 50.00 EUR' }).waitFor();
    await page.keyboard.press('ArrowLeft');
    await page.getByRole('heading', { name: /^Counted: deposit/ }).waitFor();
    await page.reload();
    await page.getByRole('heading', { name: /^Counted: deposit/ }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByText('Choose a postback').waitFor();
    expect(page.url()).not.toContain('id=');
    dashboard.current.expectCleanPages();
  });

  it('shows new rows at once, but lets them wait while an entry is open', async () => {
    const { app } = dashboard.current;
    const page = await dashboard.current.open('/postbacks');
    const list = page.getByRole('list', { name: LIST });
    await list.getByText('77.50').waitFor();
    await page.getByText('Live', { exact: true }).waitFor();
    await app.goodPostback(network, `click_id=${clickId}&event=deposit&payout=8.25&currency=EUR&txid=live1`);
    await list.getByText('8.25').waitFor();
    await page.keyboard.press('j');
    await page.getByRole('heading', { name: /8\.25 EUR$/ }).waitFor();
    await app.goodPostback(network, `click_id=${clickId}&event=deposit&payout=9.75&currency=EUR&txid=live2`);
    const more = page.getByRole('button', { name: '1 new' });
    await more.waitFor();
    expect(await list.getByText('9.75').count()).toBe(0);
    await more.click();
    await list.getByText('9.75').waitFor();
    expect(await more.count()).toBe(0);
    dashboard.current.expectCleanPages();
  });

  it('draws the rows in view only, and reads on as its end comes near', async () => {
    const { app } = dashboard.current;
    const long = await app.createNetwork({ name: 'Long' });
    for (let i = 0; i < 11; i++) {
      const sent = Array.from({ length: 10 }, (_, n) => app.postback(long, `event=ftd&txid=long-${i}-${n}`));
      await Promise.all(sent);
    }
    const page = await dashboard.current.open(`/postbacks?network=${long.id}`);
    const rows = page.getByRole('list', { name: LIST }).getByRole('link');
    await rows.first().waitFor();
    expect(await rows.count()).toBeLessThan(40);
    await eventually(
      async () => {
        await page.getByRole('list', { name: LIST }).evaluate((list) => list.parentElement?.scrollTo(0, 1_000_000));
        return page.getByText('That is all.').isVisible();
      },
      (isEnd) => isEnd,
    );
    await expect.poll(() => page.locator('li[aria-posinset="110"]').count()).toBe(1);
    expect(await rows.count()).toBeLessThan(40);
    dashboard.current.expectCleanPages();
  });
});

describe('one request taken apart', () => {
  it('is shown explained, raw and as a table, with the command that sends it again', async () => {
    const page = await dashboard.current.open(`/postbacks?id=${ids[3]}`);
    for (const meaning of ['macro not filled in', 'event: ftd', 'status: pending', 'payout 77.50', 'transaction id']) {
      await page.getByText(meaning, { exact: true }).waitFor();
    }
    await page.getByRole('button', { name: 'Copy as curl' }).click();
    await page.getByRole('button', { name: 'Copied' }).waitFor();
    const command = await page.evaluate<string>('navigator.clipboard.readText()');
    expect(command).toMatch(/^curl 'http:\/\/.*\/postback\/\*+\w*\?clickid=\{clickid\}&tid=/);
    await page.getByRole('button', { name: 'Table' }).click();
    await expect.poll(() => page.getByRole('row').filter({ hasText: 'oid' }).innerText()).toContain('T-88213');
    await page.getByRole('button', { name: 'Raw' }).click();
    await page.getByText(/^GET \/postback/).waitFor();
    await page.getByRole('button', { name: 'Run again' }).click();
    await page.getByText(/^Run again: rejected\./).waitFor();
    await page.getByText('run again · unfilled_macro').waitFor();
    dashboard.current.expectCleanPages();
  });

  it('says when there is no such postback', async () => {
    const page = await dashboard.current.open('/postbacks?id=pbk_00000000000000000000');
    await page.getByText(/^There is no such postback/).waitFor();
  });

  it.each([
    ['light', {}],
    ['dark', { isDark: true }],
  ])('has no serious finding of axe, %s', async (_, view) => {
    const page = await dashboard.current.open(`/postbacks?id=${ids[3]}`, view);
    await page.getByText('of 1 that wait').waitFor();
    expect(await dashboard.current.findAxeFaults(page)).toEqual([]);
  });

  it('has the page for itself on a phone, with a way back to its row', async () => {
    const page = await dashboard.current.open('/postbacks?q=T-88213', PHONE);
    const row = page.getByRole('list', { name: LIST }).getByRole('link');
    await row.waitFor();
    expect(await dashboard.current.findAxeFaults(page)).toEqual([]);
    await row.tap();
    await page.getByText('of 1 that wait').waitFor();
    expect(await row.isVisible()).toBe(false);
    expect(await dashboard.current.findAxeFaults(page)).toEqual([]);
    const width = await page.evaluate<number>('document.documentElement.scrollWidth');
    expect(width).toBeLessThanOrEqual(360);
    await page.getByRole('button', { name: 'All postbacks' }).tap();
    await row.waitFor();
    await expect.poll(() => row.evaluate((element) => element.matches(':focus'))).toBe(true);
    dashboard.current.expectCleanPages();
  });
});
