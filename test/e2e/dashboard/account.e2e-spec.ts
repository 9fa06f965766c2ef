import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { OwnerLinks } from '../../../src/people/first-owner/owner-links.service.js';
import { useDashboard } from '../../support/dashboard.js';
import { eventually } from '../../support/eventually.js';
import { invitedMember, PASSWORD } from '../../support/people/people.js';

const dashboard = useDashboard();

/** A page of a visitor who is not signed in. */
async function openAsVisitor(path: string): Promise<Page> {
  const page = await (await dashboard.current.newContext(null)).newPage();
  await page.goto(`/app${path}`);
  return page;
}

const open = (path: string): Promise<Page> => dashboard.current.open(path);

async function expectFit(page: Page): Promise<void> {
  expect(await dashboard.current.findAxeFaults(page)).toEqual([]);
  const isTooWide = 'document.documentElement.scrollWidth > document.documentElement.clientWidth';
  expect(await page.evaluate<boolean>(isTooWide)).toBe(false);
}

/** On a screen in the light and in the dark, and on a phone. */
async function expectFitInAllViews(page: Page): Promise<void> {
  await expectFit(page);
  await page.emulateMedia({ colorScheme: 'dark' });
  await expectFit(page);
  await page.setViewportSize({ width: 360, height: 740 });
  await expectFit(page);
}

it.each([
  ['/welcome', 'npm run owner-link'],
  ['/welcome#a-token', 'Create my account'],
  ['/sign-in#error=denied', 'Forgot your password?'],
  ['/forgot', 'Send me a link'],
  ['/reset#a-token', 'Set the password'],
  ['/invitation#a-token', 'was accepted, was revoked, or has expired'],
  ['/email#a-token', 'Confirm the address'],
])('shows visitors %s without faults, in both colour schemes and on a phone', async (path, text) => {
  const page = await openAsVisitor(path);
  await page.getByText(text).waitFor();
  await expectFitInAllViews(page);
});

it.each([
  ['/security', 'Download my data'],
  ['/members', 'Invite a person'],
  ['/sessions', 'This browser'],
])('shows signed-in people %s without faults, in both colour schemes and on a phone', async (path, text) => {
  const page = await open(path);
  await page.getByText(text).first().waitFor();
  await expectFitInAllViews(page);
});

it('keeps the token of a link in memory only, and takes another link on the same page', async () => {
  const token = new URL(dashboard.current.app.app.get(OwnerLinks).create()).hash;
  const page = await openAsVisitor(`/welcome${token}`);
  await page.getByLabel('Your name').waitFor();
  expect(page.url()).toBe(`${dashboard.current.app.baseUrl}/app/welcome`);
  await page.getByLabel('Your name').fill('Ann');
  await page.goto(`/app/welcome#another-token`);
  await page.waitForURL(/\/app\/welcome$/);
  await eventually(
    () => page.getByLabel('Your name').inputValue(),
    (value) => value === '',
  );
  await page.reload();
  await page.getByText('This page needs the link that the server printed').waitFor();
});

it('leads back to the very page that was wanted', async () => {
  const { email } = await dashboard.current.owner.json<{ email: string }>('get', '/api/v1/me');
  const page = await openAsVisitor('/links?period=7d&tag=a');
  await page.waitForURL(/\/app\/sign-in$/);
  await page.getByLabel('E-mail address').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL(/\/app\/links\?/);
  expect(new URL(page.url()).searchParams.get('period')).toBe('7d');
});

it('says when the server cannot be reached, and keeps what was typed', async () => {
  const page = await openAsVisitor('/sign-in');
  await page.getByLabel('E-mail address').fill('ann@brand.example');
  await page.getByLabel('Password', { exact: true }).fill('not the password');
  await page.route('**/auth/sign-in', (route) => route.abort());
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByText('The server cannot be reached.').waitFor();
  expect(await page.getByLabel('E-mail address').inputValue()).toBe('ann@brand.example');
  expect(await page.getByLabel('Password', { exact: true }).inputValue()).toBe('not the password');
  dashboard.current.faults.splice(0); // the refused request is in the console
});

it('changes the name', async () => {
  const page = await open('/security');
  const name = page.getByLabel('Your name');
  await name.fill('');
  await page.getByRole('button', { name: 'Change the name' }).click();
  await page.getByText('Fill this in.').waitFor();
  await name.fill('Ann Other');
  await page.getByRole('button', { name: 'Change the name' }).click();
  await page.getByText('Your name is changed.').waitFor();
  const { name: stored } = await dashboard.current.owner.json<{ name: string }>('get', '/api/v1/me');
  expect(stored).toBe('Ann Other');
});

it('downloads the data of the person', async () => {
  const page = await open('/security');
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Download my data' }).click(),
  ]);
  expect(download.suggestedFilename()).toBe('my-data.ndjson');
  const lines = (await readFile(await download.path(), 'utf8')).trim().split('\n');
  const sections = lines.map((line) => (JSON.parse(line) as { section: string }).section);
  expect([sections[0], sections.at(-1)]).toEqual(['account', 'end']);
});

it('restricts an analyst, and hands the ownership over', async () => {
  const { app, owner } = dashboard.current;
  await invitedMember(app, owner, { email: 'cara@brand.example', role: 'analyst' });
  const page = await open('/members');
  await page.getByRole('button', { name: /^Restrictions of/ }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Hide all amounts of money').check();
  await dialog.getByLabel('Limit to some links').check();
  await dialog.getByRole('button', { name: 'Save' }).click();
  await dialog.getByText(/at least one tag or campaign/).waitFor();
  await dialog.getByLabel('Tags').fill('vip\nnew');
  await expectFit(page);
  await dialog.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Amounts of money are hidden. Only links of: vip, new.').waitFor();
  const members = (): Promise<{ data: { email: string; role: string; linkLimits: object | null }[] }> =>
    owner.json('get', '/api/v1/members');
  const cara = (await members()).data.find(({ email }) => email === 'cara@brand.example');
  expect(cara).toMatchObject({ hideMoney: true, linkLimits: { tags: ['vip', 'new'], campaigns: [] } });

  await page.getByRole('button', { name: 'Hand over the ownership' }).click();
  await page.getByText('becomes the owner, and you become an admin.').waitFor();
  await page.getByRole('button', { name: 'Hand over the ownership' }).click();
  await page.getByText('is the owner now. You are an admin.').waitFor();
  expect((await members()).data.map(({ email, role }) => [email, role])).toContainEqual([
    'cara@brand.example',
    'owner',
  ]);
});

it('invites with restrictions, sends again and revokes', async () => {
  const page = await open('/members');
  await page.getByLabel('E-mail address').fill('dan@brand.example');
  await page.getByLabel('Role', { exact: true }).selectOption('analyst');
  await page.getByLabel('Hide all amounts of money').check();
  await page.getByRole('button', { name: 'Invite', exact: true }).click();
  await page.getByText('Give this link to dan@brand.example').waitFor();
  const first = await page.locator('[role=status] code').innerText();
  await page.getByText('Amounts of money are hidden.').waitFor();
  await page.getByRole('button', { name: 'Send again' }).click();
  await eventually(
    () => page.locator('[role=status] code').allInnerTexts(),
    (links) => links.length === 2 && links[1] !== first,
  );
  await page.getByRole('button', { name: 'Revoke' }).click();
  await page.getByText('The link for dan@brand.example ends at once.').waitFor();
  await page.getByRole('button', { name: 'Revoke' }).click();
  await page.getByText('The invitation of dan@brand.example is revoked.').waitFor();
});

it('accepts an invitation to another workspace, and leaves it', async () => {
  const { app, owner } = dashboard.current;
  const email = 'fay@brand.example';
  const person = await invitedMember(app, owner, { email, role: 'analyst' });
  const second = (await app.api('post', '/workspaces').send({ name: 'Second brand' })).body as { apiKey: string };
  const invitation = await app.api('post', '/invitations', second.apiKey).send({ email, role: 'editor' });
  const page = await (await dashboard.current.newContext(person)).newPage();
  await page.goto((invitation.body as { url: string }).url);
  await page.getByRole('button', { name: 'Accept the invitation' }).click();
  await page.waitForURL(/\/app\/start$/);
  await page.goto('/app/security');
  await page.getByText('Workspace Second brand: you are editor.').waitFor();
  const row = page.getByRole('listitem').filter({ hasText: 'Second brand' });
  await row.getByRole('button', { name: 'Leave' }).click();
  await page.getByText('You lose access to Second brand at once').waitFor();
  await row.getByRole('button', { name: 'Leave' }).click();
  await row.waitFor({ state: 'detached' });
  const me = `fetch('/api/v1/me').then((answer) => answer.json()).then(({ workspaces }) => workspaces.map(({ name }) => name))`;
  expect(await page.evaluate<string[]>(me)).toEqual(['My workspace']);
});

it('deletes the account of a person who types the address', async () => {
  const { app, owner } = dashboard.current;
  const person = await invitedMember(app, owner, { email: 'eve@brand.example', role: 'editor' });
  const page = await (await dashboard.current.newContext(person)).newPage();
  await page.goto('/app/security');
  await page.getByRole('button', { name: 'Delete my account' }).click();
  await page.getByText('Fill this in.').waitFor();
  await page.getByLabel('Your e-mail address, to confirm').fill('other@brand.example');
  await page.getByRole('button', { name: 'Delete my account' }).click();
  await page.getByText('Give your e-mail address to confirm the deletion.').waitFor();
  await page.getByLabel('Your e-mail address, to confirm').fill('eve@brand.example');
  await page.getByRole('button', { name: 'Delete my account' }).click();
  await page.waitForURL(/\/app\/sign-in$/);
  expect(await person.status('get', '/api/v1/me')).toBe(401);
});

it('asks no other host, throws nothing and violates no policy', () => {
  dashboard.current.expectCleanPages();
});
