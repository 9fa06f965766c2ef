import type { Browser } from 'playwright-core';
import { afterAll, expect, it } from 'vitest';
import { launchChromium } from '../support/chromium.js';
import { cleanUp, temporaryFolder, unusedPort } from '../support/system/system-program.js';
import { SystemServer } from '../support/system/system-server.js';

const PASSWORD = 'correct-horse-7-battery';
const OFFER = 'https://orchid.example/lp?source={sub1}';

let browser: Browser | undefined;

afterAll(async () => {
  await browser?.close();
  await cleanUp();
});

it('a form keeps all that was typed when the server is killed; the same press makes one link after the restart', async () => {
  const [folder, port] = [temporaryFolder(), await unusedPort()];
  const env = { PORT: String(port) };
  const server = await SystemServer.start({ folder, env });
  const [, link = ''] = /(http:\S+\/app\/welcome#\S+)/.exec(server.program.stdout) ?? [];
  browser = await launchChromium();
  const page = await browser.newPage();
  await page.goto(link);
  await page.getByLabel('Your name').fill('Ann');
  await page.getByLabel('E-mail address').fill('ann@brand.example');
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Create my account' }).click();
  await page.waitForURL(/\/app\/start$/);
  await page.goto(`${server.baseUrl}/app/links?builder=new`);
  await page.getByLabel('Destination', { exact: true }).fill(OFFER);
  await page.getByLabel('Short link').fill('killed');
  await page.getByText('free on this domain').waitFor();

  await server.kill9();
  await page.getByRole('button', { name: 'Create link' }).click();
  await page.getByText('The server cannot be reached.').first().waitFor();
  expect(await page.getByLabel('Destination', { exact: true }).inputValue()).toBe(OFFER);
  expect(await page.getByLabel('Short link').inputValue()).toBe('killed');

  const again = await SystemServer.start({ folder, env });
  await page.getByRole('button', { name: 'Create link' }).click();
  await page.getByText('/killed created.').waitFor();
  const { body } = await again.api<{ data: { url: string; slug: string }[] }>('GET', '/links');
  expect(body.data.map(({ url, slug }) => ({ url, slug }))).toEqual([{ url: OFFER, slug: 'killed' }]);

  // A reload while the server is away loses nothing either: the draft is in the browser.
  await page.goto(`${server.baseUrl}/app/links?builder=new`);
  await page.getByLabel('Destination', { exact: true }).fill('https://orchid.example/next');
  await page.getByText(/Draft kept/).waitFor();
  await page.reload();
  await expect
    .poll(() => page.getByLabel('Destination', { exact: true }).inputValue())
    .toBe('https://orchid.example/next');
  await again.stop();
});
