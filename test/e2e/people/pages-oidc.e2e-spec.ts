import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Browser } from '../../support/browser.js';
import { OidcProvider } from '../../support/oidc-provider.js';
import { firstOwner, PASSWORD } from '../../support/people/people.js';
import { PersonClient } from '../../support/people/person-client.js';
import { waitForDashboard } from '../../support/people/signed-in-tab.js';
import { TestApp } from '../../support/test-app.js';

const OWNER = 'ann@brand.example';
const GUEST = 'ben@brand.example';

let provider: OidcProvider;
let app: TestApp;
let browser: Browser;
let ownerClient: PersonClient;
let button: string;

beforeAll(async () => {
  provider = await OidcProvider.create();
  app = await TestApp.start({ env: provider.env });
  await provider.start(`${app.baseUrl}/api/v1/auth/oidc/callback`);
  browser = await Browser.start();
  ownerClient = await firstOwner(app, OWNER);
  const methods = await ownerClient.json<{ oidc: { name: string } }>('get', '/api/v1/auth/methods');
  button = `Continue with ${methods.oidc.name}`;
});
afterAll(async () => {
  await browser.close();
  await app.close();
  await provider.stop();
});

/** From now on the provider signs this person in at once, and sends the browser back. */
function nextAtProvider(sub: string, email: string): void {
  provider.claims = { sub, email, email_verified: true, name: `Name of ${sub}` };
}

describe('the sign-in of the organisation on the pages', () => {
  it('accepts an invitation, and signs in later', async () => {
    const body = { email: GUEST, role: 'editor' };
    const { url } = await ownerClient.json<{ url: string }>('post', '/api/v1/invitations', body);
    for (const page of [url, `${app.baseUrl}/app/sign-in`]) {
      const tab = await browser.newVisitor();
      await tab.open(page);
      nextAtProvider('ben', GUEST);
      await tab.click(button);
      expect(await waitForDashboard(tab)).toMatchObject({ email: GUEST, role: 'editor' });
    }
  });

  it('is linked and unlinked on the security page', async () => {
    const tab = await browser.newVisitor();
    await tab.open(`${app.baseUrl}/app/sign-in`);
    await tab.waitForText('E-mail address');
    await tab.fill('E-mail address', OWNER);
    await tab.fill('Password', PASSWORD);
    await tab.click('Sign in');
    await waitForDashboard(tab);
    await tab.open(`${app.baseUrl}/app/security`);
    nextAtProvider('ann', OWNER);
    await tab.click(button.replace('Continue with', 'Link your account at'));
    await tab.click('Unlink');
    await tab.waitForText('This account cannot sign you in any more.');
    await tab.click('Unlink');
    await tab.waitForText('The account is unlinked.');
    expect(await ownerClient.json('get', '/api/v1/me/identities')).toEqual({ data: [] });
    expect(tab.reports.filter(({ source }) => source === 'security' || source === 'error')).toEqual([]);
  });

  it('comes back with the reason of a failure', async () => {
    const tab = await browser.newVisitor();
    await tab.open(`${app.baseUrl}/app/sign-in`);
    nextAtProvider('eve', 'eve@brand.example');
    await tab.click(button);
    await tab.waitForText('Ask an owner or admin to invite you.');
  });
});
