import type { Page } from 'playwright-core';
import { afterAll, describe, expect, it } from 'vitest';
import { OwnerLinks } from '../../../src/people/first-owner/owner-links.service.js';
import { PHONE, useDashboard, type View } from '../../support/dashboard.js';
import { PASSWORD } from '../../support/people/people.js';
import { Site } from '../../support/site.js';

const MAX_CLICKS = 25;
const MAX_PASTES = 2;
const TIMEOUT_MS = 60_000;

const offer = await Site.start();
const offerUrl = offer.url('127.0.0.1', '/lp');

afterAll(() => offer.close());

/** Counts what the person does in all windows: presses of the mouse or taps, and pastes. */
async function countActs(page: Page): Promise<{ clicks: number; pastes: number }> {
  const acts = { clicks: 0, pastes: 0 };
  await page.context().exposeBinding('countAct', (_, kind: 'clicks' | 'pastes') => void (acts[kind] += 1));
  await page.context().addInitScript(() => {
    const window = globalThis as unknown as {
      countAct: (kind: string) => void;
      addEventListener: (type: string, listener: (event: { isTrusted: boolean }) => void, capture: boolean) => void;
    };
    window.addEventListener('pointerdown', ({ isTrusted }) => isTrusted && window.countAct('clicks'), true);
    window.addEventListener('paste', ({ isTrusted }) => isTrusted && window.countAct('pastes'), true);
  });
  return acts;
}

describe.each<[string, View]>([
  ['a desk', {}],
  ['a phone of 360 px', PHONE],
])('on %s', (_, view) => {
  const dashboard = useDashboard({ isUnowned: true, env: { OUTBOUND_ALLOW: new URL(offerUrl).host } });

  it(
    `leads from the token to the first counted test FTD in ${MAX_CLICKS} clicks and ${MAX_PASTES} pastes at most`,
    async () => {
      const { app } = dashboard.current;
      await app.startReader();
      const context = await dashboard.current.newContext(null, view);
      const page = await context.newPage();
      const acts = await countActs(page);
      const step = (id: string) => page.locator(`[data-step="${id}"]`);
      const isDone = (id: string) => page.locator(`[data-step="${id}"][data-state="done"]`).waitFor();

      // The link that the server printed is pasted into the address bar, which is outside of the page.
      acts.pastes += 1;
      const token = new URL(app.app.get(OwnerLinks).create()).hash;
      await page.goto(`/app/welcome${token}`);
      await page.getByLabel('Your name').fill('Ann');
      await page.getByLabel('E-mail address').click();
      await page.keyboard.type('ann@brand.example');
      await page.getByLabel('Password', { exact: true }).click();
      await page.keyboard.type(PASSWORD);
      await page.getByRole('button', { name: 'Create my account' }).click();
      await page.waitForURL(/\/app\/start$/);

      await page.evaluate(`navigator.clipboard.writeText(${JSON.stringify(offerUrl)})`);
      await page.getByLabel('URL of your offer').click();
      await page.keyboard.press('Control+V');
      await page.getByRole('button', { name: 'Create link' }).click();
      await isDone('link');

      const popup = context.waitForEvent('page');
      await page.getByRole('link', { name: 'Open the short link' }).click();
      const visit = await popup;
      await visit.waitForURL(/\/lp\?/);
      acts.clicks += 1; // the tab is closed by hand
      await visit.close();
      await isDone('click');

      await page.getByRole('combobox', { name: 'Network' }).click();
      await page.keyboard.type('affilka');
      await page.getByRole('option', { name: /Affilka/ }).click();
      await page.getByText('Your newest link will carry the click id in stag.').waitFor();
      await page.getByRole('button', { name: 'Connect' }).click();
      await isDone('network');

      await page.getByRole('button', { name: 'Send a test' }).click();
      await isDone('testConversion');
      await step('testConversion').getByText('FTD 1.00 EUR').first().waitFor();
      await step('testConversion').getByText('all 5 steps').waitFor();

      process.stderr.write(`${acts.clicks} clicks, ${acts.pastes} pastes\n`);
      expect(acts.clicks).toBeGreaterThan(5);
      expect(acts.clicks).toBeLessThanOrEqual(MAX_CLICKS);
      expect(acts.pastes).toBe(MAX_PASTES);
      const isVisit = (fault: string): boolean => fault.startsWith(`request to ${new URL(offerUrl).origin}/`);
      expect(dashboard.current.faults.splice(0).filter((fault) => !isVisit(fault))).toEqual([]);
      expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
      await context.close();
    },
    TIMEOUT_MS,
  );
});
