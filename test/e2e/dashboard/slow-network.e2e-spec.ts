import { expect, it } from 'vitest';
import type { LinkListResponse } from '../../../src/links/links.dto.js';
import { useDashboard } from '../../support/dashboard.js';

const DELAY_MS = 1_500;
/** The sum of all shifts that a page may have to be "good" (https://web.dev/articles/cls). */
const MAX_LAYOUT_SHIFT = 0.1;
const dashboard = useDashboard();

/** Runs in the page before its scripts. */
function sumLayoutShifts(): void {
  const page = globalThis as unknown as { layoutShifts: number };
  page.layoutShifts = 0;
  const observer = new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) page.layoutShifts += (entry as unknown as { value: number }).value;
  });
  observer.observe({ type: 'layout-shift', buffered: true } as never);
}

it('shows places of the final size while a list is being loaded, and never says that there is nothing', async () => {
  const { app } = dashboard.current;
  await app.startReader();
  await app.createLink({ url: 'https://orchid.example/lp', slug: 'summer' });
  const page = await (await dashboard.current.newContext()).newPage();
  await page.addInitScript(sumLayoutShifts);
  await page.route(/\/api\/v1\/links\?/, async (route) => {
    await new Promise((resolve) => setTimeout(resolve, DELAY_MS));
    await route.continue();
  });
  await page.goto('/app/links');
  await page.locator('[class*=skeleton]').first().waitFor();
  expect(await page.getByText(/No links|Nothing for these filters/).count()).toBe(0);
  await page.getByRole('row', { name: /summer/ }).waitFor();
  await expect.poll(() => page.locator('[class*=skeleton]').count(), { timeout: 20_000 }).toBe(0);
  expect(await page.evaluate<number>('layoutShifts')).toBeLessThan(MAX_LAYOUT_SHIFT);
  dashboard.current.expectCleanPages();
});

it('sends a form once, however often and fast it is sent', async () => {
  const page = await (await dashboard.current.newContext()).newPage();
  let posts = 0;
  await page.route(/\/api\/v1\/links$/, async (route) => {
    if (route.request().method() === 'POST') posts += 1;
    await new Promise((resolve) => setTimeout(resolve, DELAY_MS));
    await route.continue();
  });
  await page.goto('/app/links?builder=new');
  await page.getByLabel('Destination', { exact: true }).fill('https://orchid.example/slow');
  await page.getByLabel('Short link').fill('slow');
  await page.getByText('free on this domain').waitFor();
  await page.getByRole('button', { name: 'Create link' }).dblclick();
  for (let press = 0; press < 3; press++) await page.keyboard.press('ControlOrMeta+Enter');
  await page.getByText('/slow created.').waitFor();
  expect(posts).toBe(1);
  const { data } = (await dashboard.current.app.api('get', '/links?search=slow')).body as LinkListResponse;
  expect(data).toHaveLength(1);
  dashboard.current.expectCleanPages();
});
