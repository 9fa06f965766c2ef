import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import type { NetworkResponse } from '../../../src/networks/networks.dto.js';
import { PHONE, useDashboard, type View } from '../../support/dashboard.js';
import { invitedMember } from '../../support/people/people.js';

const dashboard = useDashboard();

let network: NetworkResponse;
beforeAll(async () => {
  const { app } = dashboard.current;
  network = await app.createNetwork({ name: 'Orchid Partners' });
  await app.startReader(); // it sends the live events
});

const report = async (query: string): Promise<string> => {
  const { conversionId } = await dashboard.current.app.goodPostback(network, query);
  return conversionId as string;
};

async function seed(): Promise<void> {
  const { app } = dashboard.current;
  const { clickId } = await app.clickedLink({ title: 'Summer push', slug: 'summer-push' });
  await report(`click_id=${clickId}&event=registration`);
  await report(`click_id=${clickId}&event=ftd&status=pending&payout=77.50&currency=EUR&txid=T-88197&player_id=p-55120`);
  await report(`click_id=${clickId}&event=deposit&payout=20&currency=USD&txid=T-88198`);
  const other = await app.clickedLink({ title: 'Winter push' });
  await report(`click_id=${other.clickId}&event=deposit&payout=120.25&currency=EUR&txid=T-88199`);
  await report(`click_id=${other.clickId}&event=sale&status=rejected&payout=12&currency=EUR&txid=T-88199`);
}

const VIEWS: [name: string, view: View][] = [
  ['light', {}],
  ['dark', { isDark: true }],
  ['on a phone', PHONE],
];
const rowsOf = (page: Page): ReturnType<Page['locator']> =>
  page.getByRole('table', { name: 'Conversions, newest first' }).locator('tbody tr[aria-rowindex]');

describe('the list of conversions', () => {
  it('says that there is nothing yet', async () => {
    const page = await dashboard.current.open('/conversions');
    await page.getByRole('heading', { name: 'No conversions yet' }).waitFor();
    expect(await dashboard.current.findAxeFaults(page)).toEqual([]);
  });

  it('sums up the money by status, and never adds currencies', async () => {
    await seed();
    const page = await dashboard.current.open('/conversions');
    await page.getByRole('heading', { name: '5 conversions' }).waitFor();
    await expect.poll(() => rowsOf(page).count()).toBe(5);
    const totals = page.getByRole('region', { name: 'Totals' });
    await expect.poll(() => totals.innerText()).toMatch(/Approved 3\s+120\.25\s*EUR\s+20\.00\s*USD/);
    await expect.poll(() => totals.innerText()).toMatch(/Pending 1\s+77\.50\s*EUR/);
    await expect.poll(() => totals.innerText()).toMatch(/Rejected 1\s+12\.00\s*EUR/);
  });

  it.each(VIEWS)('has no serious accessibility faults, %s', async (_, view) => {
    const page = await dashboard.current.open('/conversions', view);
    await page.getByRole('heading', { name: '5 conversions' }).waitFor();
    await page.getByText('Summer push').first().waitFor();
    expect(await dashboard.current.findAxeFaults(page)).toEqual([]);
    const isSideways = await page.evaluate('document.documentElement.scrollWidth > innerWidth');
    expect(isSideways).toBe(false);
    dashboard.current.expectCleanPages();
  });

  it('filters by menu and search, keeps that in the URL, exports the same, and says which filter to drop', async () => {
    const page = await dashboard.current.open('/conversions');
    await page.getByRole('button', { name: 'Filter', exact: true }).click();
    await page.getByRole('button', { name: 'Status' }).click();
    await page.getByRole('button', { name: 'Pending' }).click();
    await page.getByRole('heading', { name: '1 conversion', exact: true }).waitFor();
    expect(new URL(page.url()).search).toContain('status=pending');
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'Export CSV' }).click(),
    ]);
    const csv = await streamText(await download.createReadStream());
    expect(csv.trim().split('\r\n')).toHaveLength(2);
    expect(csv).toContain('T-88197');

    await page.getByRole('searchbox').fill('T-88199');
    await page.getByRole('heading', { name: 'Nothing for these filters' }).waitFor();
    await page.getByRole('button', { name: 'Without Status is Pending: 2 match' }).click();
    await page.getByRole('heading', { name: '2 conversions' }).waitFor();
    await expect.poll(() => rowsOf(page).count()).toBe(2);
  });

  it('walks by keyboard: a row, its story, and back', async () => {
    const page = await dashboard.current.open('/conversions');
    await rowsOf(page).first().focus();
    await page.keyboard.press('j');
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/conversions\/cnv_/);
    await page.getByRole('heading', { name: 'Story' }).waitFor();
  });

  it('shows a new conversion at once, and holds it back under the pointer', async () => {
    const { app } = dashboard.current;
    const page = await dashboard.current.open('/conversions');
    await page.getByText('Live', { exact: true }).waitFor();
    await page.getByRole('heading', { name: '5 conversions' }).waitFor();
    const { clickId } = await app.clickedLink({ title: 'Live link' });
    await report(`click_id=${clickId}&event=lead`);
    await page.getByText('Live link').waitFor();
    await page.getByRole('heading', { name: '6 conversions' }).waitFor();

    await rowsOf(page).nth(2).hover();
    await report(`click_id=${clickId}&event=install`);
    await page.getByRole('button', { name: '1 new' }).waitFor();
    expect(await page.getByText('Install').count()).toBe(0);
    await page.getByRole('button', { name: '1 new' }).click();
    await rowsOf(page).first().getByText('Install').waitFor();
    expect(await page.getByRole('button', { name: '1 new' }).count()).toBe(0);
  });
});

describe('a conversion by hand', () => {
  it('shows each problem at its field, keeps what was typed, and creates it once', async () => {
    const { app } = dashboard.current;
    const { clickId } = await app.clickedLink();
    const page = await dashboard.current.open('/conversions');
    await page.getByRole('button', { name: 'New conversion' }).click();
    const sheet = page.getByRole('dialog', { name: 'New conversion' });
    await sheet.getByLabel('Click id').fill('nonsense');
    await sheet.getByLabel('Payout').fill('9,90');
    await sheet.getByLabel('Note').fill('Told by phone');
    await sheet.getByRole('button', { name: 'Create' }).click();
    await sheet.getByRole('alert').first().waitFor();
    expect(await dashboard.current.findAxeFaults(page)).toEqual([]);
    expect(await sheet.getByLabel('Note').inputValue()).toBe('Told by phone');
    await sheet.getByLabel('Click id').fill(clickId);
    await sheet.getByRole('button', { name: 'Create' }).click();
    await page.getByText('FTD created.').waitFor();
    const made = await app.conversions(`clickId=${clickId}`);
    expect(made).toMatchObject([{ eventType: 'ftd', status: 'approved', payout: { amount: '9.90', currency: 'USD' } }]);
    expect(made[0]?.history[0]?.note).toBe('Told by phone');
    dashboard.current.expectCleanPages();
  });

  it('is not offered to members who may only read', async () => {
    const { app, owner } = dashboard.current;
    const reader = await invitedMember(app, owner, { email: 'reader@brand.example', role: 'analyst', hideMoney: true });
    const page = await (await dashboard.current.newContext(reader)).newPage();
    await page.goto('/app/conversions');
    await rowsOf(page).first().waitFor();
    await page.getByText('hidden').first().waitFor();
    expect(await page.getByRole('button', { name: 'New conversion' }).count()).toBe(0);
    expect(await page.getByRole('link', { name: 'Import' }).count()).toBe(0);
  });
});

async function streamText(stream: AsyncIterable<unknown>): Promise<string> {
  let text = '';
  for await (const piece of stream) text += String(piece);
  return text;
}
