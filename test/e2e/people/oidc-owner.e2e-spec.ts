import { afterAll, beforeAll, expect, it } from 'vitest';
import { OwnerLinks } from '../../../src/people/first-owner/owner-links.service.js';
import type { MeResponse } from '../../../src/people/profile/me.dto.js';
import { OidcProvider } from '../../support/oidc-provider.js';
import { PASSWORD } from '../../support/people/people.js';
import { PersonClient } from '../../support/people/person-client.js';
import { TestApp } from '../../support/test-app.js';

let provider: OidcProvider;
let app: TestApp;

beforeAll(async () => {
  provider = await OidcProvider.create();
  app = await TestApp.start({ env: { ...provider.env, PASSWORD_LOGIN: 'off' } });
  await provider.start(`${app.baseUrl}/api/v1/auth/oidc/callback`);
});
afterAll(async () => {
  await app.close();
  await provider.stop();
});

const ownerToken = (): string => new URL(app.app.get(OwnerLinks).create()).hash.slice(1);
const pathOf = (url: string): string => `${new URL(url).pathname}${new URL(url).search}`;

/** Begins with a token of the owner's link, and comes back from the provider. @returns the page that follows. */
async function becomeOwner(
  client: PersonClient,
  claims: OidcProvider['claims'],
  token = ownerToken(),
): Promise<string> {
  provider.claims = claims;
  const { url } = await client.json<{ url: string }>('post', '/api/v1/auth/oidc', { owner: token });
  const { headers } = await client.navigate(pathOf(await provider.authorize(url)));
  return String(headers['location']);
}

it('a server without passwords gets its first owner by the provider, with the link of the start', async () => {
  const client = new PersonClient(app.baseUrl);
  const body = { token: ownerToken(), email: 'ann@brand.example', name: 'Ann', password: PASSWORD };
  expect(await client.status('post', '/api/v1/auth/owner', body)).toBe(403);
  expect(await client.status('post', '/api/v1/auth/oidc', { owner: 'no-token' })).toBe(403);
  const unverified = { sub: 'ann', email: 'ann@brand.example', email_verified: false };
  expect(await becomeOwner(client, unverified)).toBe('/app/sign-in#error=email_not_verified');
  const [first, second] = [new PersonClient(app.baseUrl), new PersonClient(app.baseUrl)];
  const token = ownerToken();
  const ann = { ...unverified, email_verified: true, name: 'Ann' };
  expect(await becomeOwner(first, ann, token)).toBe('/app');
  expect(await first.json<MeResponse>('get', '/api/v1/me')).toMatchObject({
    name: 'Ann',
    hasPassword: false,
    workspaces: [{ role: 'owner' }],
  });
  expect(await second.status('post', '/api/v1/auth/oidc', { owner: token })).toBe(409);
});
