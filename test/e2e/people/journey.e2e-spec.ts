import { TOTP } from 'otpauth';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { OwnerLinks } from '../../../src/people/first-owner/owner-links.service.js';
import { Browser, type Tab } from '../../support/browser.js';
import { eventually } from '../../support/eventually.js';
import { OidcProvider } from '../../support/oidc-provider.js';
import { PASSWORD } from '../../support/people/people.js';
import { waitForDashboard } from '../../support/people/signed-in-tab.js';
import { TestApp } from '../../support/test-app.js';

const GUEST = 'ben@brand.example';

let provider: OidcProvider;
let app: TestApp;
let browser: Browser;
let owner: Tab;
let guest: Tab;
let secret: string;

beforeAll(async () => {
  provider = await OidcProvider.create();
  app = await TestApp.start({ env: { ...provider.env, OIDC_NAME: 'Brand login' } });
  await provider.start(`${app.baseUrl}/api/v1/auth/oidc/callback`);
  browser = await Browser.start();
  [owner, guest] = [await browser.newVisitor(), await browser.newVisitor()];
  await guest.send('WebAuthn.enable', {});
  const options = {
    protocol: 'ctap2',
    transport: 'internal',
    hasResidentKey: true,
    hasUserVerification: true,
    isUserVerified: true,
    automaticPresenceSimulation: true,
  };
  await guest.send('WebAuthn.addVirtualAuthenticator', { options });
});
afterAll(async () => {
  await browser.close();
  await app.close();
  await provider.stop();
});

const open = (tab: Tab, path: string): Promise<void> => tab.open(`${app.baseUrl}${path}`);
const textOfCode = (tab: Tab): Promise<string> =>
  tab.evaluate<string>(`document.querySelector('main code').textContent.replaceAll(' ', '')`);

// One story in its order: each step needs those before.

it('signs up as the first owner by the link of the start', async () => {
  await open(owner, `/app/welcome${new URL(app.app.get(OwnerLinks).create()).hash}`);
  await owner.waitForText('Brand login');
  await owner.fill('Your name', 'Ann');
  await owner.fill('E-mail address', 'ann@brand.example');
  await owner.fill('Password', PASSWORD);
  await owner.click('Create my account');
  expect((await waitForDashboard(owner)).role).toBe('owner');
});

it('invites a person, who accepts in another browser', async () => {
  await owner.click('Team');
  await owner.waitForText('Invite a person');
  await owner.fill('E-mail address', GUEST);
  await owner.choose('Role', 'editor');
  await owner.click('Invite');
  await owner.waitForText('Copy the link');
  await guest.open(await owner.evaluate<string>(`document.querySelector('[role=status] code').textContent`));
  await guest.waitForText('Ann invites you');
  await guest.fill('Your name', 'Ben');
  await guest.fill('Password', PASSWORD);
  await guest.click('Create my account, and join');
  expect((await waitForDashboard(guest)).role).toBe('editor');
});

it('adds a passkey, and signs in with it', async () => {
  await open(guest, '/app/security');
  await guest.click('Add a passkey');
  await guest.waitForText('is added.');
  await guest.click('Sign out');
  expect((await waitForDashboard(guest)).name).toBe('Ben'); // the authenticator answers the offer in the field at once
  expect(guest.requests.map(({ url }) => new URL(url).pathname)).toContain('/api/v1/auth/passkey/verify');
});

it('adds an authenticator app, whose code the password needs from now on', async () => {
  await open(guest, '/app/security');
  await guest.click('Add an authenticator app');
  await guest.waitForText('Scan this code');
  secret = await textOfCode(guest);
  await guest.fill('Code of the app', new TOTP({ secret }).generate({ timestamp: Date.now() - 30_000 }));
  await guest.click('Turn it on');
  await guest.waitForText('Keep these recovery codes.');
  const other = await browser.newVisitor();
  await open(other, '/app/sign-in');
  await other.waitForText('E-mail address');
  await other.fill('E-mail address', GUEST);
  await other.fill('Password', PASSWORD);
  await other.click('Sign in');
  await other.waitForText('Six digits of your authenticator app.');
  await other.fill('Code', new TOTP({ secret }).generate());
  await other.click('Continue');
  expect((await waitForDashboard(other)).name).toBe('Ben');
});

it('links the OpenID provider, and signs in with it', async () => {
  provider.claims = { sub: 'ben', email: GUEST, email_verified: true, name: 'Ben' };
  await open(guest, '/app/security');
  await guest.click('Link your account at Brand login');
  await guest.waitForText('Unlink');
  const other = await browser.newVisitor();
  await open(other, '/app/sign-in');
  await other.click('Continue with Brand login');
  expect((await waitForDashboard(other)).name).toBe('Ben');
});

it('loses everything with the membership: the workspace, and the API keys', async () => {
  const cookies = await guest.send<{ cookies: { name: string; value: string }[] }>('Network.getCookies', {});
  expect(cookies.cookies.map(({ name }) => name)).toContain('hopback');
  const { id, key } = await ownKeyOf(GUEST);
  await app.api('get', '/links', key).expect(200);
  await open(owner, '/app/members');
  await owner.waitForText(GUEST);
  await owner.click('Remove');
  await owner.waitForText('Ben loses access at once');
  await owner.click('Remove');
  await eventually(
    () => app.connection.collection<{ _id: string }>('apiKeys').findOne({ _id: id }),
    (found) => found === null,
  );
  await app.api('get', '/links', key).expect(401);
  const status = `fetch('/api/v1/links').then(({ status }) => status)`;
  expect(await guest.evaluate<number>(status)).toBe(403);
  const reports = [owner, guest].flatMap((tab) => tab.reports).filter(({ source }) => source === 'security');
  expect(reports).toEqual([]);
});

/** A key of the person. Editors make none themselves, so one of the workspace is given to them. */
async function ownKeyOf(email: string): Promise<{ id: string; key: string }> {
  const body = { name: 'of Ben', scopes: ['links:read'] };
  const created = (await app.api('post', '/api-keys').send(body)).body as { id: string; key: string };
  const user = await app.connection.collection('users').findOne({ email });
  const keys = app.connection.collection<{ _id: string }>('apiKeys');
  await keys.updateOne({ _id: created.id }, { $set: { userId: String(user?._id) } });
  return created;
}
