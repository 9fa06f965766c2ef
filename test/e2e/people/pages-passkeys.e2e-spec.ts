import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Browser, type Tab } from '../../support/browser.js';
import { eventually } from '../../support/eventually.js';
import { firstOwner, PASSWORD } from '../../support/people/people.js';
import { waitForDashboard } from '../../support/people/signed-in-tab.js';
import { TestApp } from '../../support/test-app.js';

const OWNER = 'ann@brand.example';

let app: TestApp;
let browser: Browser;
let tab: Tab;
let authenticatorId: string;

beforeAll(async () => {
  [app, browser] = await Promise.all([TestApp.start(), Browser.start()]);
  await firstOwner(app, OWNER);
  tab = await browser.newVisitor();
  await tab.send('WebAuthn.enable', {});
  const options = {
    protocol: 'ctap2',
    transport: 'internal',
    hasResidentKey: true,
    hasUserVerification: true,
    isUserVerified: true,
    automaticPresenceSimulation: true,
  };
  const answer = await tab.send<{ authenticatorId: string }>('WebAuthn.addVirtualAuthenticator', { options });
  ({ authenticatorId } = answer);
  await answerByItself(false);
});
afterAll(async () => {
  await browser.close();
  await app.close();
});

const open = (path: string): Promise<void> => tab.open(`${app.baseUrl}${path}`);
/** Whether the person touches the authenticator whenever it asks. */
const answerByItself = (enabled: boolean): Promise<object> =>
  tab.send('WebAuthn.setAutomaticPresenceSimulation', { authenticatorId, enabled });

async function signOut(): Promise<void> {
  await open('/app/security');
  await tab.click('Sign out');
  await tab.waitForText('Use a passkey');
}

describe('passkeys on the pages', () => {
  it('are added, after a proof when the sign-in is old, and renamed', async () => {
    await open('/app/sign-in');
    await tab.waitForText('E-mail address');
    await tab.fill('E-mail address', OWNER);
    await tab.fill('Password', PASSWORD);
    await tab.click('Sign in');
    await waitForDashboard(tab);
    const authenticatedAt = new Date(Date.now() - 11 * 60_000);
    await app.connection.collection('sessions').updateMany({}, { $set: { authenticatedAt } });
    await answerByItself(true);
    await open('/app/security');
    await tab.click('Add a passkey');
    await tab.waitForText('Confirm that it is you');
    await tab.fill('Password', PASSWORD);
    await tab.click('Confirm');
    await tab.waitForText('is added.');
    await tab.waitForText('Never used.');
    await tab.click('Rename');
    await tab.fill('Name', 'Blue key');
    await tab.click('Rename');
    await tab.waitForText('The passkey is renamed.');
    await tab.waitForText('Blue key');
  });

  it('say when the device has one already', async () => {
    await tab.click('Add a passkey');
    await tab.waitForText('This device has a passkey for you already.');
  });

  it('sign in by the button', async () => {
    await answerByItself(false);
    await signOut();
    await answerByItself(true);
    await tab.click('Use a passkey');
    await waitForDashboard(tab);
  });

  it('confirm a dangerous act', async () => {
    await app.connection.collection('sessions').updateMany({}, { $set: { authenticatedAt: new Date(0) } });
    await open('/app/security');
    await tab.waitForText('Blue key');
    await tab.fill('New address', 'ann@new.example');
    await tab.click('Change the address');
    await tab.waitForText('Confirm that it is you');
    await tab.click('Use a passkey');
    await tab.waitForText('The link is in the log of the server.');
  });

  it('are removed', async () => {
    await tab.waitForText('Last used');
    await tab.click('Remove');
    await tab.waitForText('Blue key cannot sign you in any more.');
    await tab.click('Remove');
    await tab.waitForText('The passkey Blue key is removed.');
    await eventually(
      () => app.connection.collection('users').countDocuments({ 'passkeys.0': { $exists: true } }),
      (count) => count === 0,
    );
    const reports = tab.reports.filter(({ source }) => source !== 'network' && source !== 'recommendation');
    expect(reports).toEqual([]);
  });
});
