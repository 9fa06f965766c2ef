import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import type { NetworkResponse } from '../../../src/networks/networks.dto.js';
import { PHONE, useDashboard, type View } from '../../support/dashboard.js';
import { invitedMember } from '../../support/people/people.js';

const dashboard = useDashboard();

let network: NetworkResponse;
let clickId: string;
let ftd: string;

const ftdQuery = (): string => `click_id=${clickId}&event=ftd&currency=EUR&txid=T-88197&player_id=p-55120`;
const report = async (query: string): Promise<string> =>
  (await dashboard.current.app.goodPostback(network, query)).conversionId as string;

beforeAll(async () => {
  const { app } = dashboard.current;
  await app.startReader(); // it sends the live events
  network = await app.createNetwork({
    name: 'Orchid Partners',
    mapping: { statuses: { hold: 'pending', ok: 'approved' } },
  });
  const link = await app.createLink({
    title: 'Summer push',
    slug: 'summer-push',
    variants: [{ name: 'A', url: 'https://shop.example/a', weight: 1 }],
  });
  clickId = await app.clickId(link, '?sub1=push-04');
  await app.storedClick(clickId);
  await report(`click_id=${clickId}&event=registration`);
  ftd = await report(`${ftdQuery()}&status=hold&payout=77.50`);
  await report(`${ftdQuery()}&status=hold&payout=77.50`);
  await report(`${ftdQuery()}&status=ok&payout=77.50`);
});

const VIEWS: [name: string, view: View][] = [
  ['light', {}],
  ['dark', { isDark: true }],
  ['on a phone', PHONE],
];
const storyOf = (page: Page): ReturnType<Page['locator']> => page.getByRole('list', { name: 'Story' });
const headingsOf = (page: Page): Promise<string[]> => storyOf(page).getByRole('heading', { level: 3 }).allInnerTexts();

describe('the page of a conversion', () => {
  it('tells its story: out and back, changes, and repeats', async () => {
    const page = await dashboard.current.open(`/conversions/${ftd}`);
    await storyOf(page).getByText('Registration').waitFor();
    expect(await headingsOf(page)).toEqual(['Click', 'Redirect', 'Registration', 'FTD', 'The same again', 'Approved']);
    const story = await storyOf(page).innerText();
    expect(story).toContain('summer-push');
    expect(story).toContain('Variant A.');
    expect(story).toContain('The network said hold.');
    expect(story).toContain('The network said ok for T-88197.');
    await storyOf(page).getByText('77.50', { exact: true }).first().waitFor();
    await page.getByRole('button', { name: 'Postbacks' }).click();
    expect(await headingsOf(page)).toEqual(['FTD', 'The same again', 'Approved']);
    const header = page.getByRole('region', { name: 'FTD' });
    await expect.poll(() => header.innerText()).toMatch(/FTD\s+Approved\s+first deposit of the player/);
    await expect.poll(() => header.innerText()).toMatch(/77\.50\s*EUR\s+confirmed/);
    await page.getByRole('img', { name: /^click, reg \d.*FTD.*approved/ }).waitFor();
  });

  it.each(VIEWS)('has no serious accessibility faults, %s', async (_, view) => {
    const page = await dashboard.current.open(`/conversions/${ftd}`, view);
    await storyOf(page).getByText('Registration').waitFor();
    expect(await dashboard.current.findAxeFaults(page)).toEqual([]);
    expect(await page.evaluate('document.documentElement.scrollWidth > innerWidth')).toBe(false);
    dashboard.current.expectCleanPages();
  });

  it('walks the list that it was opened from, by keys and buttons', async () => {
    const page = await dashboard.current.open(`/conversions/${ftd}?event=ftd`);
    await page.getByRole('button', { name: 'Change' }).waitFor();
    expect(await page.getByRole('button', { name: 'Next conversion' }).isDisabled()).toBe(true);
    await page.goto(`/app/conversions/${ftd}`);
    await page.getByRole('button', { name: 'Next conversion' }).and(page.locator(':enabled')).waitFor();
    await page.keyboard.press('ArrowRight');
    await page.getByRole('heading', { name: 'Conversions / Registration' }).waitFor();
    await page.keyboard.press('ArrowLeft');
    await page.getByRole('heading', { name: 'Conversions / FTD' }).waitFor();
  });

  it('says the effect before a change, makes it, and takes it back', async () => {
    const { app } = dashboard.current;
    const page = await dashboard.current.open(`/conversions/${ftd}`);
    await page.getByRole('button', { name: 'Change', exact: true }).click();
    const sheet = page.getByRole('dialog', { name: 'Change' });
    await sheet.getByLabel('Status').selectOption('rejected');
    await sheet.getByText('Approved → Rejected takes 77.50 EUR out of confirmed and expected.').waitFor();
    await sheet.getByLabel('Note').fill('Player checked with the network');
    await sheet.getByRole('button', { name: 'Save the change' }).click();
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByText('Taken back.').waitFor();
    expect(await app.conversion(ftd)).toMatchObject({ status: 'approved', payout: { amount: '77.50' } });
    await storyOf(page).getByText('“Player checked with the network”').waitFor();
    await page.getByRole('region', { name: 'FTD' }).getByText('Approved', { exact: true }).waitFor();
  });

  it('keeps what was typed when a change is refused', async () => {
    const page = await dashboard.current.open(`/conversions/${ftd}`);
    await page.getByRole('button', { name: 'Change', exact: true }).click();
    const sheet = page.getByRole('dialog', { name: 'Change' });
    await sheet.getByLabel('Payout').fill('lots');
    await sheet.getByLabel('Note').fill('Typed');
    await sheet.getByRole('button', { name: 'Save the change' }).click();
    await sheet
      .getByRole('alert')
      .and(sheet.getByText(/amount/i))
      .first()
      .waitFor();
    expect(await dashboard.current.findAxeFaults(page)).toEqual([]);
    expect(await sheet.getByLabel('Payout').inputValue()).toBe('lots');
    expect(await sheet.getByLabel('Note').inputValue()).toBe('Typed');
  });

  it('shows what arrives while it is open', async () => {
    const { app } = dashboard.current;
    const other = await app.clickedLink();
    const lead = await report(`click_id=${other.clickId}&event=sale&status=pending&payout=5&currency=EUR&txid=S-1`);
    const page = await (await dashboard.current.newContext()).newPage();
    const stream = page.waitForResponse((response) => response.url().includes('/events/stream'));
    await page.goto(`/app/conversions/${lead}`);
    await page.getByRole('region', { name: 'Sale' }).getByText('Pending', { exact: true }).waitFor();
    await stream;
    await report(`click_id=${other.clickId}&event=sale&status=approved&payout=5&currency=EUR&txid=S-1`);
    await storyOf(page).getByRole('heading', { name: 'Approved' }).waitFor();
    await page.getByRole('region', { name: 'Sale' }).getByText('Approved', { exact: true }).waitFor();
  });

  it('hides money and acts from members without them', async () => {
    const { app, owner } = dashboard.current;
    const reader = await invitedMember(app, owner, { email: 'reader@brand.example', role: 'analyst', hideMoney: true });
    const page = await (await dashboard.current.newContext(reader)).newPage();
    await page.goto(`/app/conversions/${ftd}`);
    await page.getByRole('region', { name: 'FTD' }).getByText('hidden').waitFor();
    expect(await page.getByRole('button', { name: 'Change', exact: true }).count()).toBe(0);
    expect(await page.getByText('77.50').count()).toBe(0);
  });

  it('says that there is none under an unknown id', async () => {
    const page = await dashboard.current.open('/conversions/cnv_00000000000000000000');
    await page.getByRole('alert').waitFor();
    dashboard.current.expectCleanPages();
  });
});
