import type { Page } from 'playwright-core';
import { beforeAll, expect, it } from 'vitest';
import type { LinkResponse } from '../../../src/links/links.dto.js';
import type { NetworkResponse } from '../../../src/networks/networks.dto.js';
import { PHONE, useDashboard } from '../../support/dashboard.js';
import { eventually } from '../../support/eventually.js';
import { invitedMember } from '../../support/people/people.js';

const TIMEOUT_MS = 60_000;
const DEMO_TIMEOUT_MS = 180_000;

const dashboard = useDashboard();
let link: LinkResponse;
let network: NetworkResponse;

beforeAll(async () => {
  await dashboard.current.app.startReader();
});

const step = (page: Page, id: string, state = 'done') => page.locator(`[data-step="${id}"][data-state="${state}"]`);

it(
  'is clean on a new workspace, and a member who only reads sees no acts',
  async () => {
    for (const view of [{}, { isDark: true }, PHONE]) {
      const page = await dashboard.current.open('/start', view);
      await page.getByText('Five lines to your first counted deposit').waitFor();
      await page.getByLabel('URL of your offer').waitFor();
      expect(await dashboard.current.findAxeFaults(page)).toEqual([]);
      expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
    }
    const { app, owner } = dashboard.current;
    const reader = await invitedMember(app, owner, { email: 'reader@brand.example', role: 'analyst' });
    const page = await (await dashboard.current.newContext(reader)).newPage();
    await page.goto('/app/start');
    await page.getByText('Your role reads this page.').waitFor();
    expect(await page.getByLabel('URL of your offer').count()).toBe(0);
    expect(await page.getByRole('button', { name: 'Load demo data' }).count()).toBe(0);
    dashboard.current.expectCleanPages();
  },
  TIMEOUT_MS,
);

it(
  'keeps what was typed when the server refuses the URL of the offer',
  async () => {
    const page = await dashboard.current.open('/start');
    await page.getByLabel('URL of your offer').fill('not a url');
    await page.getByRole('button', { name: 'Create link' }).click();
    await page.locator('[data-step="link"] [role="alert"]:not(:empty)').first().waitFor();
    expect(await page.getByLabel('URL of your offer').inputValue()).toBe('not a url');
    dashboard.current.expectCleanPages();
  },
  TIMEOUT_MS,
);

it(
  'turns each line green by what happens while one watches, and says after 60 s of silence what to check',
  async () => {
    const { app } = dashboard.current;
    link = await app.createLink({ url: 'https://offer.example/lp', slug: 'summer' });
    const page = await (await dashboard.current.newContext()).newPage();
    await page.clock.install();
    await page.goto('/app/start');
    await step(page, 'link').getByText('leads to offer.example').waitFor();
    await step(page, 'click', 'waiting').getByText('Listening for the first click').waitFor();
    expect(await page.getByText('Nothing came for 60 s.').count()).toBe(0);
    await page.clock.fastForward(61_000);
    await page.getByText('Nothing came for 60 s. Check these.').waitFor();
    await step(page, 'click', 'waiting').getByText('in a browser that reaches this server').waitFor();

    const clickId = await app.clickId(link);
    await step(page, 'click').getByText('human').waitFor();

    network = await app.createNetwork({ name: 'Orchid Partners', preset: 'affilka' });
    await app.api('patch', `/links/${link.id}`).send({ networkId: network.id, clickIdParam: 'stag' });
    await page.reload();
    await step(page, 'network').getByText('The click id goes in stag').waitFor();
    await app.api('post', `/networks/${network.id}/test`).send({ event: 'ftd', payout: '1.00', currency: 'EUR' });
    await step(page, 'testConversion').getByText('FTD 1.00 EUR').first().waitFor();
    await step(page, 'conversion', 'waiting').getByText('{stag}').first().waitFor();

    await app.goodPostback(network, `stag=${clickId}&event=ftd&payout=50&currency=EUR&txid=T-1`);
    await step(page, 'conversion').getByText('FTD 50.00 EUR').waitFor();
    await page.getByText('Your first conversion counts. One line left').waitFor();
    await page.getByRole('region', { name: 'Last seen' }).getByText('50.00').waitFor();

    await page.getByRole('button', { name: 'Hide when done' }).click();
    await app.goodPostback(network, `stag=${clickId}&event=deposit&payout=20&currency=EUR&txid=T-2`);
    await step(page, 'transactionIds').getByText('and all differ').waitFor();
    await page.getByText('Every line is green').waitFor();
    await eventually(
      () => page.getByRole('navigation', { name: 'Main', exact: true }).getByRole('link', { name: 'Start' }).count(),
      (count) => count === 0,
    );
    await page.goto('/app/');
    await page.waitForURL(/\/app\/links/);
    dashboard.current.expectCleanPages();
  },
  TIMEOUT_MS,
);

it(
  'loads demo data, opens it with a bar on every page, and removes it',
  async () => {
    const page = await dashboard.current.open('/start');
    await page.getByRole('button', { name: 'Load demo data' }).click();
    await page.getByRole('button', { name: 'Open the demo' }).click({ timeout: DEMO_TIMEOUT_MS });
    const bar = page.getByRole('region', { name: 'Demo data' });
    await bar.getByText('nothing here is real').waitFor();
    await page.getByText('Your first conversion counts.').waitFor();
    expect(await dashboard.current.findAxeFaults(page)).toEqual([]);
    await page.goto('/app/security');
    await bar.getByRole('button', { name: /^Back to / }).click();
    await page.waitForURL(/\/app\/start$/);
    await page.getByRole('button', { name: 'Open the demo' }).click();
    await bar.getByRole('button', { name: 'Remove' }).click();
    await page.getByRole('button', { name: 'Load demo data' }).waitFor();
    expect(await bar.count()).toBe(0);
    // The deletion runs in the background. The switch has renewed the session of the browser.
    await eventually(
      async () => (await (await page.request.get('/api/v1/me')).json()) as { workspaces: unknown[] },
      ({ workspaces }) => workspaces.length === 1,
      DEMO_TIMEOUT_MS,
    );
    dashboard.current.expectCleanPages();
  },
  DEMO_TIMEOUT_MS,
);
