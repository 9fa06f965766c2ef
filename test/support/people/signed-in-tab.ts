import type { Tab } from '../browser.js';
import { eventually } from '../eventually.js';

interface ShownPerson {
  name: string;
  email: string;
  workspaces: { name: string; role: string; isCurrent: boolean }[];
}

/** Waits until a sign-in has led the tab to the dashboard. @returns the person who is signed in there, as the API says. */
export async function waitForDashboard(tab: Tab): Promise<ShownPerson & { role: string | undefined }> {
  await eventually(
    () => tab.evaluate<string>('location.pathname + location.search + location.hash').catch(() => ''),
    (address) => address === '/app/start',
  );
  const me = await tab.evaluate<ShownPerson>(`fetch('/api/v1/me').then((answer) => answer.json())`);
  return { ...me, role: me.workspaces.find(({ isCurrent }) => isCurrent)?.role };
}
