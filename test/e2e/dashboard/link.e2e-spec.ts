import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import type { LinkResponse } from '../../../src/links/links.dto.js';
import type { NetworkResponse } from '../../../src/networks/networks.dto.js';
import { PHONE, useDashboard, type View } from '../../support/dashboard.js';

const dashboard = useDashboard();
const VIEWS: [name: string, view: View][] = [
  ['light', {}],
  ['dark', { isDark: true }],
  ['phone', PHONE],
];
let link: LinkResponse;
let network: NetworkResponse;
let clickId: string;

const card = (page: Page, name: string) => page.getByRole('region', { name, exact: true });
const text = async (page: Page, name: string): Promise<string> =>
  (await card(page, name).innerText()).replaceAll(/\s+/g, ' ');
const openPage = (path: string, view?: View): Promise<Page> => dashboard.current.open(path, view);
const open = async (view?: View): Promise<Page> => {
  const page = await openPage(`/links/${link.id}`, view);
  await page.getByRole('heading', { name: /summer-push/, level: 1 }).waitFor();
  return page;
};

beforeAll(async () => {
  const { app } = dashboard.current;
  await app.startReader();
  await app.api('patch', '/workspaces/current', app.apiKey).send({ currency: 'EUR' });
  network = await app.createNetwork({ name: 'Orchid Partners', currency: 'EUR' });
  link = await app.createLink({
    slug: 'summer-push',
    title: 'Welcome 100',
    networkId: network.id,
    url: 'https://orchid.example/lp?src={sub1}',
    variants: [
      { name: 'A', url: 'https://orchid.example/a', weight: 70 },
      { name: 'B', url: 'https://orchid.example/b', weight: 30 },
    ],
  });
  for (const sub1 of ['push-04', 'push-04', 'news-1']) clickId = await app.clickId(link, `?sub1=${sub1}`);
  await app.goodPostback(network, `click_id=${clickId}&event=registration`);
  await app.goodPostback(network, `click_id=${clickId}&event=ftd&payout=50&currency=EUR&txid=1`);
  await app.goodPostback(network, `click_id=${clickId}&event=sale&status=pending&payout=20&currency=EUR&txid=2`);
  await app.reportsCaughtUp();
});

describe('the page of a link', () => {
  it('has its numbers: what is confirmed, and what is pending', async () => {
    const page = await open();
    await page.getByText('20.00 pending').waitFor();
    const numbers = (await page.locator('dl').first().innerText()).replaceAll(/\s+/g, ' ');
    expect(numbers).toMatch(/Clicks, human 3 \d unique/);
    expect(numbers).toContain('Registrations 1 33.3 % of clicks');
    expect(numbers).toContain('FTDs 1 100.0 % of registrations');
    expect(numbers).toContain('Payout, confirmed 50.00EUR');
    expect(numbers).toContain('EPC, confirmed 16.667EUR 23.333 with pending');
    dashboard.current.expectCleanPages();
  });

  it('draws the trend, readable for the eye, the arrow keys and screen readers', async () => {
    const page = await open();
    const chart = page.getByRole('group', { name: 'Trend by hour: Clicks' });
    await chart.locator('canvas').waitFor();
    const rows = chart.getByRole('row');
    const last = await rows.last().innerText();
    expect(last).toMatch(/not over\s*3/);
    await chart.focus();
    await page.keyboard.press('End');
    await expect.poll(() => chart.locator('[aria-live]').innerText()).toMatch(/not over\s*Clicks\s*3/);
    await page.getByRole('group', { name: 'Number' }).getByRole('button', { name: 'FTDs' }).click();
    await page.waitForURL(/trend=ftds/);
    await page.getByRole('group', { name: 'Trend by hour: FTDs' }).waitFor();
    expect(await text(page, 'Funnel')).toMatch(/33\.3 %.*Registrations 1.*100\.0 %.*FTDs 1/);
  });

  it('tells where the clicks come from', async () => {
    const page = await open();
    await card(page, 'Sources').getByText('push-04').waitFor();
    expect(await text(page, 'Sources')).toContain('push-04 2 0 FTD news-1 1 1 FTD');
    await card(page, 'Sources').getByRole('button', { name: 'Country' }).click();
    await page.waitForURL(/by=country/);
    await card(page, 'Sources').getByText('none').waitFor();
  });

  it('explains the rotation, and tells its history after a change', async () => {
    const page = await open();
    await card(page, 'Rotation').getByText('gets 70 %, weight 70').waitFor();
    await page.getByRole('button', { name: 'Pause' }).click();
    await page.getByText('1 link paused.').waitFor();
    await page.getByRole('button', { name: 'Resume' }).waitFor();
    await card(page, 'History').getByText('paused').waitFor();
    expect(await text(page, 'History')).toMatch(/changed it paused false → true.*created it/);
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByRole('button', { name: 'Pause' }).waitFor();
  });

  it('shows a failing check beside its hop', async () => {
    const page = await open();
    await card(page, 'Setup check').getByText('Not checked yet').waitFor();
    await card(page, 'Setup check').getByRole('button', { name: 'Check now' }).click();
    await card(page, 'Setup check').getByText('dns_error').waitFor();
    await expect.poll(() => card(page, 'Setup check').locator('li').last().innerText()).toContain('dns_error');
    await page.reload();
    await card(page, 'Setup check').getByText('dns_error').waitFor(); // the last check is kept
  });

  it('leads to its clicks and conversions', async () => {
    const page = await open();
    await expect.poll(() => card(page, 'Clicks').getByRole('listitem').count()).toBe(3);
    await expect.poll(() => card(page, 'Conversions').getByRole('listitem').count()).toBe(3);
    expect(await text(page, 'Conversions')).toMatch(/sale Pending 20\.00\s?EUR/);
    const address = await card(page, 'Conversions').getByRole('link', { name: 'ftd' }).getAttribute('href');
    expect(address).toMatch(/\/app\/conversions\/cnv_/);
    await card(page, 'Clicks').getByRole('link').first().click();
    await page.waitForURL(/\/clicks\//);
    await card(page, 'The visit').getByText('news-1').waitFor();
  });

  it('has a QR code to download', async () => {
    const page = await open();
    const image = card(page, 'QR code').getByAltText(/QR code of/);
    await expect
      .poll(() => image.evaluate((element) => (element as unknown as { naturalWidth: number }).naturalWidth))
      .toBeGreaterThan(0);
    const download = page.waitForEvent('download');
    await card(page, 'QR code').getByRole('link', { name: /PNG/ }).click();
    expect((await download).suggestedFilename()).toBe('qr-summer-push.png');
  });

  it.each(VIEWS)('%s: no serious accessibility faults, no sideways scrolling', async (_, view) => {
    const page = await open(view);
    await card(page, 'Rotation').getByText('weight 70').waitFor();
    await page.locator('canvas').waitFor();
    expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBe(0);
    expect(await dashboard.current.findAxeFaults(page)).toEqual([]);
    dashboard.current.expectCleanPages();
  });
});

describe('the page of a click', () => {
  it.each(VIEWS)('%s: has its facts, its link and its conversions', async (_, view) => {
    const page = await openPage(`/clicks/${clickId}`, view);
    await card(page, 'The visit').getByText('localhost/summer-push').waitFor();
    expect(await text(page, 'The visit')).toContain('sub1=news-1');
    expect(await text(page, 'The visitor')).toContain('127.0.0.1');
    await expect.poll(() => card(page, 'Conversions').getByRole('listitem').count()).toBe(3);
    expect(await dashboard.current.findAxeFaults(page)).toEqual([]);
    dashboard.current.expectCleanPages();
  });

  it('erases the personal data after a confirmation', async () => {
    const page = await openPage(`/clicks/${clickId}`);
    await page.getByRole('button', { name: 'Erase personal data' }).click();
    await page.getByRole('button', { name: 'Keep it' }).click();
    expect((await dashboard.current.app.storedClick(clickId)).erasedAt).toBeNull();
    await page.getByRole('button', { name: 'Erase personal data' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Erase personal data' }).click();
    await page.getByText('The personal data of the click is erased.').waitFor();
    await card(page, 'The visit').getByText('Erased').waitFor();
    expect((await dashboard.current.app.storedClick(clickId)).erasedAt).not.toBeNull();
  });
});
