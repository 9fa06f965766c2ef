import { expect, it } from 'vitest';
import { useDashboard } from '../../support/dashboard.js';

const dashboard = useDashboard();

it('leads visitors without a session to the sign-in', async () => {
  const page = await (await dashboard.current.newContext(null)).newPage();
  await page.goto('/app/links');
  await page.waitForURL(/\/app\/sign-in#next=\/app\/links$/);
});

it('shows the frame to a signed-in person, in both colour schemes and on a phone', async () => {
  for (const view of [{}, { isDark: true }, { width: 360, height: 740 }]) {
    const page = await dashboard.current.open('/start', view);
    await page.getByRole('heading', { name: 'Start', level: 1 }).waitFor();
    expect(await dashboard.current.findAxeFaults(page)).toEqual([]);
  }
  dashboard.current.expectCleanPages();
});
