import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import type { LinkListResponse, LinkResponse } from '../../../src/links/links.dto.js';
import { PHONE, useDashboard, type View } from '../../support/dashboard.js';
import { eventually } from '../../support/eventually.js';

const dashboard = useDashboard();
/** More than a page of the list, and more than a chunk of a bulk act. */
const MANY = 120;

const row = (page: Page, slug: string) =>
  page
    .locator('tbody tr[tabindex]')
    .filter({ hasText: `/${slug}` })
    .first();
const stored = async (query: string): Promise<LinkResponse[]> =>
  ((await dashboard.current.app.api('get', `/links?limit=100&${query}`)).body as LinkListResponse).data;
const open = async (path: string, view?: View): Promise<Page> => {
  const page = await dashboard.current.open(path, view);
  await page.getByRole('heading', { name: 'Links', level: 1 }).waitFor();
  return page;
};

it('without links the page leads to the first one, and to the demo data', async () => {
  const page = await open('/links');
  await page.getByRole('heading', { name: 'No links yet' }).waitFor();
  expect(await page.getByRole('link', { name: 'Demo data is on Start' }).getAttribute('href')).toBe('/app/start');
  await page.getByRole('link', { name: 'Create the first link' }).click();
  await page.waitForURL(/builder=new/);
  await page.getByRole('dialog').waitFor();
});

describe('with links', () => {
  beforeAll(async () => {
    const { app } = dashboard.current;
    await app.startReader();
    const network = await app.createNetwork({ name: 'Orchid Partners', currency: 'EUR' });
    await app.api('patch', '/workspaces/current', app.apiKey).send({ currency: 'EUR' });
    const links = Array.from({ length: MANY }, (_, i) => ({
      url: 'https://offer.example/',
      slug: `many-${i}`,
      tags: ['many'],
      campaign: 'bulk',
    }));
    for (const part of [links.slice(0, 100), links.slice(100)]) {
      await app.api('post', '/links/bulk').send({ links: part });
    }
    await app.createLink({ slug: 'paused-one', paused: true });
    await app.createLink({ slug: 'attic', archived: true });
    const push = await app.createLink({
      slug: 'summer-push',
      title: 'Welcome 100',
      tags: ['push'],
      networkId: network.id,
      url: 'https://orchid.example/lp?stag={click_id}',
    });
    const [clickId] = [await app.clickId(push), await app.clickId(push)];
    await fetch(`${app.baseUrl}/postback/${network.key}?click_id=${clickId}&event=ftd&payout=50&currency=EUR&txid=1`);
    await fetch(
      `${app.baseUrl}/postback/${network.key}?click_id=${clickId}&event=sale&status=pending&payout=20&currency=EUR&txid=2`,
    );
    await app.reportsCaughtUp();
  });

  it('a row has the short URL, its note, its state and its numbers; totals stand above', async () => {
    const page = await open('/links');
    const first = row(page, 'summer-push');
    await first.waitFor();
    await first.getByText('50.00').waitFor();
    const text = (await first.innerText()).replaceAll(/\s+/g, ' ');
    expect(text).toContain('localhost /summer-push Welcome 100 · Orchid Partners Live 2');
    expect(text).toContain('+20.00 pending');
    expect(text).toContain('25.000'); // earnings per click
    const totals = await page.locator('tbody tr').first().innerText();
    expect(totals).toContain('First 50 of 122 links');
    expect(totals).toContain('50.00');
    await expect
      .poll(() => page.getByRole('group', { name: 'State' }).innerText())
      .toMatch(/All\s*122\s*Live\s*121\s*Paused\s*1\s*Expired\s*0\s*Archived\s*1/);
    dashboard.current.expectCleanPages();
  });

  it('the list can be ranked by a number of the period, and scrolls over all pages', async () => {
    const page = await open('/links?sort=title');
    await page.getByRole('button', { name: 'FTD' }).click();
    await page.waitForURL(/sort=-ftds/);
    await expect.poll(() => page.locator('tbody tr[tabindex]').first().innerText()).toContain('summer-push');
    const table = page.locator('table').locator('..');
    await expect
      .poll(async () => {
        await table.evaluate((frame) => frame.scrollTo(0, frame.scrollHeight));
        return page.locator('tbody tr').first().innerText();
      })
      .toContain('122 links');
    const slugs = new Set<string>();
    await table.evaluate((frame) => frame.scrollTo(0, 0));
    expect(await page.locator('tbody tr[tabindex]').count()).toBeLessThan(80); // only rows in view are drawn
    for (const text of await page.locator('tbody tr[tabindex] a').allInnerTexts()) slugs.add(text);
    expect(slugs.size).toBe(await page.locator('tbody tr[tabindex]').count()); // none twice
  });

  it('filters are in the URL, and the back button takes them back', async () => {
    const page = await open('/links');
    await row(page, 'summer-push').waitFor();
    await page.keyboard.press('f');
    await page.getByRole('menuitem', { name: 'Tag' }).click();
    await page.getByLabel('Find a value').fill('pu');
    await page.getByRole('menuitem', { name: /push/ }).click();
    await page.waitForURL(/tag=push/);
    await expect.poll(() => page.locator('tbody tr[tabindex]').count()).toBe(1);
    await page.getByRole('button', { name: /Paused/ }).click();
    await page.waitForURL(/state=paused/);
    await page.getByRole('heading', { name: 'Nothing for these filters' }).waitFor();
    await page.getByText('1 link matches without Tag is push.').waitFor();
    await page.getByRole('button', { name: 'Drop Tag is push' }).click();
    await row(page, 'paused-one').waitFor();
    expect(page.url()).not.toContain('tag=');
    await page.goBack();
    await page.waitForURL(/tag=push/);
    await page.goBack();
    await row(page, 'summer-push').waitFor();
    expect(page.url()).not.toContain('state=');
    await page.getByLabel('Search links').fill('welcome');
    await page.waitForURL(/search=welcome/);
    await expect.poll(() => page.locator('tbody tr[tabindex]').count()).toBe(1);
    expect(await page.getByRole('link', { name: /Export/ }).getAttribute('href')).toContain('search=welcome&tag=push');
  });

  it('chosen columns are remembered by the browser', async () => {
    const page = await open('/links');
    await page.getByRole('button', { name: 'Columns' }).click();
    await page.getByRole('checkbox', { name: 'Profit' }).check();
    await page.getByRole('checkbox', { name: 'EPC' }).uncheck();
    await page.getByRole('button', { name: 'Move Profit to the left' }).click();
    await page.reload();
    const headers = (): Promise<string[]> => page.locator('thead th').allInnerTexts();
    await expect.poll(headers).toEqual(expect.arrayContaining(['Profit, EUR']));
    const shown = await headers();
    expect(shown.some((text) => text.startsWith('EPC'))).toBe(false);
    expect(shown.indexOf('Profit, EUR')).toBe(shown.indexOf('Payout, EUR') - 1);
    await page.getByRole('button', { name: 'Columns' }).click();
    await page.getByRole('button', { name: 'Reset' }).click();
    await expect.poll(headers).toEqual(expect.arrayContaining(['EPC, EUR']));
  });

  it('by keyboard: j and k move, x selects, e edits, Enter opens', async () => {
    const page = await open('/links?campaign=bulk');
    await page.locator('tbody tr[tabindex]').first().waitFor();
    for (const key of ['j', 'j', 'j', 'k', 'x']) await page.keyboard.press(key);
    expect(await page.locator('tr[aria-selected=true]').getAttribute('aria-rowindex')).toBe('2');
    await page.getByRole('toolbar', { name: '1 selected' }).waitFor();
    await page.keyboard.press('Escape');
    await expect.poll(() => page.getByRole('toolbar').count()).toBe(0);
    await page.keyboard.press('e');
    await page.waitForURL(/builder=lnk_/);
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('Escape');
    await page.waitForURL((url) => !url.search.includes('builder'));
    await page.locator('tr[aria-rowindex="2"]').focus();
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/links\/lnk_/);
  });

  it('a range is paused at once, and resumed by Undo', async () => {
    const page = await open('/links?campaign=bulk');
    const boxes = page.locator('tbody tr[tabindex] input[type=checkbox]');
    await boxes.nth(0).click();
    await boxes.nth(3).click({ modifiers: ['Shift'] });
    await page.getByRole('toolbar', { name: '4 selected' }).getByRole('button', { name: 'Pause' }).click();
    await expect.poll(() => page.locator('tbody').getByText('Paused').count()).toBe(4);
    await page.getByText('4 links paused.').waitFor();
    expect(await stored('campaign=bulk&paused=true')).toHaveLength(4);
    await page.getByRole('button', { name: 'Undo' }).click();
    await eventually(
      () => stored('campaign=bulk&paused=true'),
      (links) => links.length === 0,
    );
    await expect.poll(() => page.locator('tbody').getByText('Paused').count()).toBe(0);
  });

  it('all that match are tagged with progress, deleted, and restored by Undo', { timeout: 60_000 }, async () => {
    const page = await open('/links?campaign=bulk');
    await page.getByLabel('Select all shown links').check();
    await page.getByRole('button', { name: `Select all ${MANY}` }).click();
    const bar = page.getByRole('toolbar', { name: `${MANY} selected` });
    await bar.getByRole('button', { name: 'Tag', exact: true }).click();
    await page.getByRole('textbox', { name: 'Tag' }).fill('new');
    await page.getByRole('button', { name: 'Add the tag' }).click();
    await page.getByText(`${MANY} links tagged new.`).waitFor();
    const { body } = await dashboard.current.app.api('get', '/links/count?tag=new&tag=many&tagMode=all');
    expect(body).toMatchObject({ total: MANY });

    await page.goto('/app/links?tag=new&sort=title');
    await page.getByLabel('Select all shown links').check();
    await page.getByRole('button', { name: `Select all ${MANY}` }).click();
    await page
      .getByRole('toolbar', { name: `${MANY} selected` })
      .getByRole('button', { name: 'Delete' })
      .click();
    await page.getByText(`${MANY} links deleted. They no longer redirect.`).waitFor();
    expect(await stored('tag=new')).toEqual([]);
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.locator('tbody tr[tabindex]').first().waitFor();
    expect(await stored('tag=new')).toHaveLength(100);
  });

  it('the menu of a link opens by key, each time, and gives the focus back', async () => {
    const page = await open('/links?search=paused-one');
    const button = page.getByRole('button', { name: 'More acts for paused-one' });
    await button.focus();
    for (const time of ['first', 'second']) {
      expect([time, await button.getAttribute('aria-expanded')]).toEqual([time, 'false']);
      await page.keyboard.press('Enter');
      await page.getByRole('menuitem', { name: 'Archive' }).waitFor();
      expect(await button.getAttribute('aria-expanded')).toBe('true');
      await page.keyboard.press('Escape');
      await page.getByRole('menu').waitFor({ state: 'detached' });
      await expect.poll(() => button.evaluate((element) => element.matches(':focus'))).toBe(true);
    }
  });

  it('one link is archived from its menu; it stays within reach', async () => {
    const page = await open('/links?search=paused-one');
    await row(page, 'paused-one').hover();
    await page.getByRole('button', { name: 'More acts for paused-one' }).click();
    await page.getByRole('menuitem', { name: 'Archive' }).click();
    await page.getByText('1 link archived. It still redirects.').waitFor();
    await expect.poll(() => row(page, 'paused-one').count()).toBe(0);
    await page.getByRole('button', { name: 'Undo' }).click();
    await row(page, 'paused-one').waitFor();
    await row(page, 'paused-one').getByRole('button', { name: /Copy/ }).click();
    const copied = await page.evaluate('navigator.clipboard.readText()');
    expect(copied).toBe(`${dashboard.current.app.baseUrl}/paused-one`);
  });

  it('where the short URL has no place, its domain gives way to the slug', async () => {
    const { app } = dashboard.current;
    const domain = 'links-of-a-brand-with-a-long-name.example';
    const { body } = await app.api('get', '/workspaces/current');
    await app.addDomain((body as { id: string }).id, domain);
    await app.createLink({ domain, slug: 'hockey-cup' });
    const page = await open('/links?search=hockey-cup', { width: 1024 });
    const link = row(page, 'hockey-cup').getByRole('link', { name: `${domain}/hockey-cup` });
    // In parts of a pixel: the ellipsis takes whole letters as soon as any part is missing.
    const isCut = (selector: string) =>
      link.locator(selector).evaluate((part) => {
        const text = part.ownerDocument.createRange();
        text.selectNodeContents(part);
        return text.getBoundingClientRect().width > part.getBoundingClientRect().width;
      });
    expect(await isCut('span')).toBe(true);
    expect(await isCut('b')).toBe(false);
  });

  it('phones get cards with three numbers, and no sideways scrolling', async () => {
    const page = await open('/links?search=summer-push', PHONE);
    const card = page.getByRole('list', { name: 'Links' }).getByRole('listitem');
    await card.getByText('50.00').waitFor();
    expect((await card.innerText()).replaceAll(/\s+/g, ' ')).toMatch(/Clicks 2 FTD 1 Payout, EUR 50\.00/);
    expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBe(0);
    expect(await page.locator('table').count()).toBe(0);
  });

  it.each<[string, View]>([
    ['light', {}],
    ['dark', { isDark: true }],
    ['phone', PHONE],
  ])('%s: no serious accessibility faults', async (_, view) => {
    const page = await open('/links?tag=push', view);
    await page.getByText('50.00').first().waitFor();
    await page.getByLabel('Select summer-push').check();
    await page.getByRole('toolbar').waitFor();
    expect(await dashboard.current.findAxeFaults(page)).toEqual([]);
    dashboard.current.expectCleanPages();
  });
});
