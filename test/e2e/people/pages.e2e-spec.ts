import { isDeepStrictEqual } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TOTP } from 'otpauth';
import { OwnerLinks } from '../../../src/people/first-owner/owner-links.service.js';
import { HiddenLinks } from '../../../src/redirect/hidden-links.service.js';
import { Browser, type Tab } from '../../support/browser.js';
import { eventually } from '../../support/eventually.js';
import { linesOf } from '../../support/mails.js';
import { PASSWORD } from '../../support/people/people.js';
import { waitForDashboard } from '../../support/people/signed-in-tab.js';
import { TestApp } from '../../support/test-app.js';

const OWNER = 'ann@brand.example';
const NEW_PASSWORD = 'nine-purple-kites-over-oslo';
const OPEN_PAGES = ['welcome', 'sign-in', 'forgot', 'reset', 'invitation', 'email'];
const PAGES = ['', 'start', 'members', 'security', 'sessions', ...OPEN_PAGES];

let app: TestApp;
let browser: Browser;
let owner: Tab;
const tabs: Tab[] = [];

beforeAll(async () => {
  [app, browser] = await Promise.all([TestApp.start(), Browser.start()]);
  owner = await newVisitor();
});
afterAll(async () => {
  await browser.close();
  await app.close();
});

async function newVisitor(): Promise<Tab> {
  const tab = await browser.newVisitor();
  tabs.push(tab);
  return tab;
}
const open = (tab: Tab, path: string): Promise<void> => tab.open(`${app.baseUrl}${path}`);
const addressOf = (tab: Tab): Promise<string> =>
  tab.evaluate<string>('location.pathname + location.search + location.hash');
const arriveAt = (tab: Tab, path: string): Promise<string> =>
  eventually(
    () => addressOf(tab).catch(() => ''),
    (address) => address === path,
  );
const focusedName = (tab: Tab): Promise<string> => tab.evaluate<string>('document.activeElement.name ?? ""');

async function signIn(tab: Tab, email: string, password = PASSWORD): Promise<void> {
  await tab.waitForText('E-mail address');
  await tab.fill('E-mail address', email);
  await tab.fill('Password', password);
  await tab.click('Sign in');
}

/** Makes the last proof of all sessions older than dangerous acts allow. */
async function makeSignInsOld(): Promise<void> {
  const authenticatedAt = new Date(Date.now() - 11 * 60_000);
  await app.connection.collection('sessions').updateMany({}, { $set: { authenticatedAt } });
}

describe('the first owner', () => {
  it('is told on the page to sign in where to find the link', async () => {
    await open(owner, '/app');
    await arriveAt(owner, '/app/sign-in');
    await owner.waitForText('This server has no owner yet.');
  });

  it('signs up by the link, whose token leaves the address bar', async () => {
    const token = new URL(app.app.get(OwnerLinks).create()).hash;
    await open(owner, `/app/welcome${token}`);
    await owner.waitForText('At least 12 characters');
    expect(await addressOf(owner)).toBe('/app/welcome');
    expect(await focusedName(owner)).toBe('name');
    await owner.fill('Your name', 'Ann');
    await owner.fill('E-mail address', OWNER);
    await owner.click('Create my account');
    await owner.waitForText('Fill this in.');
    expect(await focusedName(owner)).toBe('password');
    await owner.fill('Password', 'password1234');
    await owner.click('Create my account');
    await owner.waitForText('attackers try first');
    const kept = `[...document.querySelectorAll('input')].map((input) => input.value)`;
    expect(await owner.evaluate(kept)).toEqual(['Ann', OWNER, 'password1234']);
    await owner.fill('Password', PASSWORD);
    await owner.click('Create my account');
    expect(await waitForDashboard(owner)).toMatchObject({ name: 'Ann', email: OWNER, role: 'owner' });
    await open(owner, '/app/security');
    await owner.waitForText(`Signed in as Ann (${OWNER}).`);
    await owner.waitForText('Workspace My workspace: you are owner.');
    expect(owner.requests.filter(({ url }) => url.includes(token.slice(1)))).toEqual([]);
    expect(await owner.evaluate<string>('JSON.stringify([localStorage, sessionStorage])')).not.toContain(
      token.slice(1),
    );
  });
});

describe('signing in and out', () => {
  it('signs out', async () => {
    await owner.click('Sign out');
    await arriveAt(owner, '/app/sign-in');
    await open(owner, '/app/members');
    await arriveAt(owner, '/app/sign-in');
  });

  it('says what is wrong, and then leads back to the page that was wanted', async () => {
    await signIn(owner, OWNER, 'a wrong password');
    // A second press while the first one is being answered sends nothing.
    await owner.evaluate(`document.querySelector('form').requestSubmit()`);
    await eventually(
      () => owner.evaluate<string>(`document.querySelector('form > [role=alert]').textContent`),
      (text) => text !== '',
    );
    expect(owner.requests.filter(({ url }) => url.endsWith('/auth/sign-in'))).toHaveLength(1);
    await owner.fill('Password', PASSWORD);
    await owner.click('Sign in');
    await owner.waitForText('Invite a person');
    expect(await addressOf(owner)).toBe('/app/members');
  });

  it('leads nowhere else', async () => {
    const tab = await newVisitor();
    await open(tab, '/app/sign-in#next=//evil.example/app');
    await signIn(tab, OWNER);
    expect((await waitForDashboard(tab)).name).toBe('Ann');
  });
});

describe('the sign-in of an organisation', () => {
  it.each([
    ['denied', 'The sign-in was cancelled.'],
    ['<b>x', 'The sign-in did not work.'],
  ])('comes back with a reason: %s', async (code, text) => {
    const tab = await newVisitor();
    await open(tab, `/app/sign-in#error=${encodeURIComponent(code)}`);
    await tab.waitForText(text);
    await tab.waitForText('E-mail address');
    expect(await addressOf(tab)).toBe('/app/sign-in');
  });

  it('leaves a signed-in person signed in', async () => {
    await open(owner, '/app/sign-in#error=identity_taken');
    await owner.waitForText('is linked to another person here.');
    await owner.click('Go to your account');
    await owner.waitForText('Signed in as Ann');
    await owner.click('Team');
    await owner.waitForText('Invite a person');
  });
});

describe('an invitation', () => {
  const guestAddress = 'ben@brand.example';
  let guest: Tab;
  let link: string;

  it('is shown once where no mail is sent', async () => {
    await owner.fill('E-mail address', guestAddress);
    await owner.choose('Role', 'analyst');
    await owner.click('Invite');
    await owner.waitForText('Copy the link');
    link = await owner.evaluate<string>(`document.querySelector('[role=status] code').textContent`);
    expect(link).toContain('/app/invitation#');
    await owner.waitForText('Analyst, invited by Ann.');
  });

  it('tells who invites to what, and makes a member', async () => {
    guest = await newVisitor();
    await guest.open(link);
    await guest.waitForText('Ann invites you to the workspace My workspace as analyst');
    expect(await addressOf(guest)).toBe('/app/invitation');
    await guest.fill('Your name', 'Ben');
    await guest.fill('Password', PASSWORD);
    await guest.click('Create my account, and join');
    expect(await waitForDashboard(guest)).toMatchObject({ name: 'Ben', email: guestAddress, role: 'analyst' });
    expect(await guest.text()).not.toContain('Team');
    await open(guest, '/app/members');
    await guest.waitForText('Owners and admins see the members');
    await open(owner, '/app/members');
    await owner.waitForText(guestAddress);
    expect(await owner.text()).not.toContain('Open invitations');
  });

  it('asks a person with an account to sign in, and another person to sign out', async () => {
    const answer = await app.api('post', '/workspaces').send({ name: 'Second brand' });
    const { apiKey } = answer.body as { apiKey: string };
    const invitation = await app.api('post', '/invitations', apiKey).send({ email: guestAddress, role: 'admin' });
    const { url } = invitation.body as { url: string };
    await open(owner, '/app');
    await owner.open(url);
    await owner.waitForText(`You are signed in as ${OWNER}. The invitation is for ${guestAddress}.`);
    const tab = await newVisitor();
    await tab.open(url);
    await tab.waitForText('You have an account. Sign in to accept.');
    await tab.fill('Password', PASSWORD);
    await tab.click('Sign in');
    await waitForDashboard(tab);
    await open(tab, '/app/security');
    await tab.waitForText('Workspace Second brand: you are admin.');
    await tab.click('Second brand');
    await tab.click('My workspace');
    expect((await waitForDashboard(tab)).role).toBe('analyst');
    await open(tab, '/app/security');
    await tab.waitForText('Workspace My workspace: you are analyst.');
  });

  it('says that a link has ended', async () => {
    const tab = await newVisitor();
    await tab.open(link);
    await tab.waitForText('was accepted, was revoked, or has expired');
  });
});

describe('dangerous acts', () => {
  it('ask again for a proof, and are done afterwards', async () => {
    await open(owner, '/app/members');
    await owner.waitForText('ben@brand.example');
    await makeSignInsOld();
    await owner.choose('Role of Ben', 'editor');
    await owner.click('Change role');
    await owner.waitForText('Confirm that it is you');
    await owner.click('Cancel');
    await owner.waitForText('Not confirmed, so nothing was changed.');
    await owner.click('Change role');
    await owner.waitForText('Confirm that it is you');
    await owner.fill('Password', PASSWORD);
    await owner.click('Confirm');
    const roles = async (): Promise<string[]> => {
      const { data } = (await app.api('get', '/members')).body as { data: { role: string }[] };
      return data.map(({ role }) => role);
    };
    await eventually(roles, (found) => found.includes('editor'));
    const isShown = `document.querySelector('dialog') === null &&
      [...document.querySelectorAll('button')].every(({ textContent }) => textContent !== 'Change role')`;
    await eventually(
      () => owner.evaluate<boolean>(isShown),
      (shown) => shown,
    );
  });

  it('ask before they remove', async () => {
    await owner.click('Remove');
    await owner.waitForText('Ben loses access at once');
    await owner.click('Remove');
    await eventually(
      () => owner.text(),
      (text) => !text.includes('ben@brand.example'),
    );
  });
});

describe('the second factor', () => {
  let recoveryCode: string;

  it('is set up with a QR code and a first code', async () => {
    await open(owner, '/app/security');
    await owner.click('Add an authenticator app');
    await owner.waitForText('Scan this code');
    const secret = await owner.evaluate<string>(`document.querySelector('main code').textContent.replaceAll(' ', '')`);
    await eventually(
      () =>
        owner.evaluate<string>(`document.querySelector('svg[aria-label^="QR code"] path')?.getAttribute('d') ?? ''`),
      (path) => path.includes('h1v1'),
    );
    await owner.fill('Code of the app', new TOTP({ secret }).generate());
    await owner.click('Turn it on');
    await owner.waitForText('Keep these recovery codes.');
    const codes = await owner.evaluate<string[]>(
      `[...document.querySelectorAll('[aria-label="Recovery codes"] li')].map((li) => li.textContent)`,
    );
    expect(codes).toHaveLength(10);
    recoveryCode = codes[0] ?? '';
    await owner.click('I have kept them');
    await owner.waitForText('Recovery codes left: 10.');
  });

  it('is asked for at the next sign-in; a recovery code does', async () => {
    const tab = await newVisitor();
    await open(tab, '/app/sign-in');
    await signIn(tab, OWNER);
    await tab.waitForText('Six digits of your authenticator app.');
    expect(await focusedName(tab)).toBe('code');
    await tab.fill('Code', '000000');
    await tab.click('Continue');
    await eventually(
      () => tab.evaluate<string>(`document.querySelector('form > [role=alert]').textContent`),
      (text) => text !== '',
    );
    await tab.fill('Code', recoveryCode);
    await tab.click('Continue');
    expect((await waitForDashboard(tab)).name).toBe('Ann');
    await open(tab, '/app/security');
    await tab.waitForText('Recovery codes left: 9.');
  });
});

describe('sessions', () => {
  it('are listed, and the others end together', async () => {
    await open(owner, '/app/sessions');
    await owner.waitForText('This browser');
    expect(
      await owner.evaluate<number>(`document.querySelectorAll('[aria-label="Sessions"] > li').length`),
    ).toBeGreaterThan(1);
    await owner.click('Sign out all others');
    await owner.waitForText('All browsers but this one');
    await owner.click('Sign out all others');
    await owner.waitForText('There is no other session.');
  });
});

describe('passwords', () => {
  it('are reset by a link', async () => {
    const tab = await newVisitor();
    await open(tab, '/app/forgot');
    await tab.waitForText('A link to choose a new password');
    await tab.fill('E-mail address', OWNER);
    await tab.click('Send me a link');
    await tab.waitForText('This server sends no mails.');
    await tab.open(await resetLink());
    await tab.waitForText('All browsers in which you are signed in');
    await tab.fill('New password', NEW_PASSWORD);
    await tab.click('Set the password');
    await tab.waitForText('Your password is set');
    await tab.click('Sign in');
    await signIn(tab, OWNER, NEW_PASSWORD);
    await tab.waitForText('Six digits of your authenticator app.');
    await open(owner, '/app');
    await arriveAt(owner, '/app/sign-in');
  });
});

/** A link as the mail has it. */
async function resetLink(): Promise<string> {
  const { Challenges } = await import('../../../src/people/challenges/challenges.service.js');
  const user = await app.connection.collection('users').findOne({ email: OWNER });
  const token = await app.app.get(Challenges).create({ purpose: 'password-reset', userId: String(user?._id) });
  return `${app.baseUrl}/app/reset#${token}`;
}

describe('the answers', () => {
  it('show for an address without a page that there is none', async () => {
    const tab = await newVisitor();
    await open(tab, '/app/nothing');
    await tab.waitForText('There is no such page');
  });

  it('redirect from other hosts of the server, once', async () => {
    const port = new URL(app.baseUrl).port;
    const host = `127.0.0.1:${port}`;
    const { status, headers } = await app.plain('get', '/app/sign-in').set('host', host);
    expect([status, headers['location']]).toEqual([302, `${app.baseUrl}/app/sign-in?redirected=`]);
    const again = await app.plain('get', '/app/sign-in?redirected=').set('host', host);
    expect([again.status, again.text]).toEqual([421, expect.stringContaining('has to pass the Host header on')]);
    const tab = await newVisitor();
    await tab.open(`http://${host}/app/sign-in#next=/app/sessions`);
    await tab.waitForText('E-mail address');
    expect(await tab.evaluate<string>('location.href')).toBe(`${app.baseUrl}/app/sign-in`);
  });

  it('leave /app of link domains to links', async () => {
    const { apiKey, hostname } = await app.createWorkspace();
    const link = await app.createLink({ url: 'https://shop.example/app', domain: hostname }, apiKey);
    expect((await app.plain('get', '/app').set('host', hostname)).status).toBe(404);
    const slug = { slug: 'app', slugKeys: ['app'], updatedAt: new Date() };
    await app.connection.collection<{ _id: string }>('links').updateOne({ _id: link.id }, { $set: slug });
    const answer = await eventually(
      () => app.plain('get', '/app').set('host', hostname),
      ({ status }) => status === 302,
    );
    expect(answer.headers['location']).toContain('https://shop.example/app');
    expect((await app.plain('get', '/app/sign-in').set('host', hostname)).status).toBe(404);
  });
});

describe('a link under /app that is older than the pages', () => {
  it('is hidden on the host of PUBLIC_URL, and the start warns of it', async () => {
    const shown = new URL(app.baseUrl).hostname;
    for (const slug of ['app', 'app/ios', 'apple', 'app-store']) {
      const { id } = await app.createLink({ url: 'https://shop.example/app' });
      const change = { $set: { slug, slugKeys: [slug] } };
      await app.connection.collection<{ _id: string }>('links').updateOne({ _id: id }, change);
    }
    const lines = linesOf(app, 'warn');
    app.app.get(HiddenLinks).onApplicationBootstrap();
    const line = await eventually(
      () => lines().find((text) => text.includes('links under /app')) ?? '',
      (text) => text !== '',
    );
    expect(JSON.parse(line)).toEqual([
      { hostname: shown, slugs: ['app', 'app/ios'] },
      expect.stringContaining('give them other slugs'),
    ]);
    expect((await app.plain('get', '/app')).text).toContain('<title>Hopback</title>');
  });
});

describe('all pages', () => {
  it.each(PAGES)('fit a small phone, in the dark too: /app/%s', async (path) => {
    const tab = await newVisitor();
    for (const isDark of [false, true]) {
      await tab.show({ width: 360, isDark });
      await open(tab, `/app/${path}#a-token`);
      // A page for signed-in people leads on to another one.
      const look = `[document.body.innerText !== '', document.documentElement.scrollWidth,
        matchMedia('(prefers-color-scheme: dark)').matches]`;
      await eventually(
        () => tab.evaluate<unknown[]>(look).catch(() => []),
        (seen) => isDeepStrictEqual(seen, [true, 360, isDark]),
      );
    }
  });

  it('have violated no policy, thrown no error, and asked no other host', () => {
    const reports = tabs
      .flatMap((tab) => tab.reports)
      .filter(({ source }) => source !== 'network' && source !== 'recommendation');
    expect(reports).toEqual([]);
    const hosts = new Set(
      tabs
        .flatMap((tab) => tab.requests.map(({ url }) => url))
        .filter((url) => !url.startsWith('data:'))
        .map((url) => new URL(url).hostname),
    );
    expect([...hosts].sort()).toEqual(['127.0.0.1', 'localhost']);
  });
});
