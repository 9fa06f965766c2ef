import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { Mailer } from '../../../src/people/mail/mailer.service.js';
import type { IdentityListResponse } from '../../../src/people/oidc/oidc.dto.js';
import type { MeResponse } from '../../../src/people/profile/me.dto.js';
import { OidcProvider } from '../../support/oidc-provider.js';
import { firstOwner, invitedMember, PASSWORD } from '../../support/people/people.js';
import { PersonClient } from '../../support/people/person-client.js';
import { TestApp } from '../../support/test-app.js';

const BEGIN = '/api/v1/auth/oidc';
const IDENTITIES = '/api/v1/me/identities';

let provider: OidcProvider;
/** Invited people only, with the role claim. */
let app: TestApp;
/** A second instance: it admits everyone, without passwords. */
let openApp: TestApp;
let owner: PersonClient;
let number = 0;

beforeAll(async () => {
  provider = await OidcProvider.create();
  const env = { ...provider.env, OIDC_ROLE_CLAIM: 'roles' };
  app = await TestApp.start({ env });
  openApp = await TestApp.start({ env: { ...env, OIDC_AUTO_JOIN: 'analyst', PASSWORD_LOGIN: 'off' }, sharing: app });
  await provider.start(...[app, openApp].map(({ baseUrl }) => `${baseUrl}${BEGIN}/callback`));
  owner = await firstOwner(app);
});
afterAll(async () => {
  await openApp.close();
  await app.close();
  await provider.stop();
});
afterEach(() => {
  Object.assign(provider, { isRefused: false, isDown: false, usesUnknownKey: false, changeIdToken: undefined });
});

const someone = (): { sub: string; email: string; email_verified: boolean; name: string } => {
  number++;
  return { sub: `sub-${number}`, email: `oidc-${number}@brand.example`, email_verified: true, name: `N ${number}` };
};
const newClient = (at = app): PersonClient => new PersonClient(at.baseUrl);
const pathOf = (url: string): string => `${new URL(url).pathname}${new URL(url).search}`;
const me = (client: PersonClient): Promise<MeResponse> => client.json('get', '/api/v1/me');
const invite = async (email: string, role = 'editor'): Promise<string> => {
  const { url } = await owner.json<{ url: string }>('post', '/api/v1/invitations', { email, role });
  return new URL(url).hash.slice(1);
};

async function begin(client: PersonClient): Promise<string> {
  const { status, headers } = await client.navigate(BEGIN);
  expect(status).toBe(302);
  return String(headers['location']);
}

async function finish(client: PersonClient, url: string): Promise<string> {
  const { status, headers } = await client.navigate(pathOf(await provider.authorize(url)));
  expect(status).toBe(303);
  return String(headers['location']);
}

/** @returns the page that the browser is sent to. */
async function signInAs(claims: OidcProvider['claims'], client = newClient()): Promise<string> {
  provider.claims = claims;
  return finish(client, await begin(client));
}

const failed = (code: string): string => `/app/sign-in#error=${code}`;

describe('the authorization request', () => {
  it('has PKCE, state and nonce, and is offered by the list of methods', async () => {
    const { searchParams, origin } = new URL(await begin(newClient()));
    expect(origin).toBe(provider.issuer);
    expect(Object.fromEntries(searchParams)).toMatchObject({
      response_type: 'code',
      code_challenge_method: 'S256',
      redirect_uri: `${app.baseUrl}${BEGIN}/callback`,
    });
    for (const name of ['state', 'nonce', 'code_challenge']) expect(searchParams.get(name)).toHaveLength(43);
    const { oidc } = await newClient().json<{ oidc: unknown }>('get', '/api/v1/auth/methods');
    expect(oidc).toEqual({ name: 'Test provider', url: `${app.baseUrl}${BEGIN}` });
  });

  it('is refused on link domains, and the POST for other sites', async () => {
    const onLinkDomain = await newClient().call('get', BEGIN, { headers: { host: 'go.brand.example' } });
    expect(onLinkDomain.status).not.toBe(302);
    expect(onLinkDomain.headers['set-cookie']).toBeUndefined();
    const headers = { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' };
    expect((await newClient().call('post', BEGIN, { headers, body: {} })).status).toBe(403);
    expect(await newClient().status('post', BEGIN, { invitation: 'unknown' })).toBe(404);
    expect(await newClient().status('post', BEGIN, { other: 1 })).toBe(422);
  });

  it('is 404 without a provider', async () => {
    const plain = await TestApp.start({ sharing: app });
    const client = newClient(plain);
    expect(await client.status('get', BEGIN)).toBe(404);
    expect(await client.status('get', `${BEGIN}/callback?code=1&state=2`)).toBe(404);
    expect(await client.status('post', BEGIN, {})).toBe(404);
    await plain.close();
  });
});

describe('accounts', () => {
  it('need an invitation, or a verified address of an account', async () => {
    expect(await signInAs(someone())).toBe(failed('not_invited'));
    for (const email_verified of [false, 'true', undefined]) {
      const claims = { ...someone(), email: 'owner@brand.example', email_verified };
      expect(await signInAs(claims)).toBe(failed('email_not_verified'));
    }
    expect((await owner.json<IdentityListResponse>('get', IDENTITIES)).data).toEqual([]);
  });

  it('are made for the invitations of the address, and found by the subject later', async () => {
    const claims = someone();
    await invite(claims.email);
    const client = newClient();
    expect(await signInAs(claims, client)).toBe('/app');
    const { id, email, name, hasPassword, workspaces } = await me(client);
    expect({ email, name, hasPassword }).toEqual({ email: claims.email, name: claims.name, hasPassword: false });
    expect(workspaces).toMatchObject([{ role: 'editor' }]);
    const again = newClient();
    expect(await signInAs({ sub: claims.sub, email: 'new@brand.example', email_verified: false }, again)).toBe('/app');
    expect((await me(again)).id).toBe(id);
    const { data } = await again.json<{ data: { method: string }[] }>('get', '/api/v1/me/sessions');
    expect(data[0]?.method).toBe('oidc');
  });

  it('accept the invitation that the sign-in began with, for its address only', async () => {
    const [invited, other] = [someone(), someone()];
    const invitation = await invite(invited.email, 'analyst');
    provider.claims = other;
    const wrong = newClient();
    const begun = await wrong.json<{ url: string }>('post', BEGIN, { invitation });
    expect(await finish(wrong, begun.url)).toBe(failed('wrong_address'));
    provider.claims = invited;
    const client = newClient();
    expect(await finish(client, (await client.json<{ url: string }>('post', BEGIN, { invitation })).url)).toBe('/app');
    expect((await me(client)).workspaces).toMatchObject([{ role: 'analyst' }]);
  });

  it('are linked by a verified address, and by no second identity of the provider', async () => {
    const claims = someone();
    const member = await invitedMember(app, owner, { email: claims.email, role: 'editor' });
    const client = newClient();
    const enqueue = vi.spyOn(app.app.get(Mailer), 'enqueue');
    expect(await signInAs(claims, client)).toBe('/app');
    expect(enqueue.mock.calls.map(([{ kind, to }]) => [kind, to])).toEqual([
      ['twoFactorChanged', claims.email],
      ['newSignIn', claims.email],
    ]);
    enqueue.mockRestore();
    expect((await me(client)).id).toBe((await me(member)).id);
    expect(await signInAs({ ...claims, sub: 'reused-address' })).toBe(failed('other_identity'));
  });

  it('with an authenticator app are linked by their owner only', async () => {
    const claims = someone();
    await invitedMember(app, owner, { email: claims.email, role: 'editor' });
    const totp = { secret: 'sealed', confirmedAt: new Date(), lastStep: 0 };
    await app.connection.collection('users').updateOne({ email: claims.email }, { $set: { totp } });
    expect(await signInAs(claims)).toBe(failed('link_first'));
  });

  it('join the first workspace with OIDC_AUTO_JOIN, but not again after they were removed', async () => {
    const claims = someone();
    const client = newClient(openApp);
    expect(await signInAs(claims, client)).toBe('/app');
    const [workspace] = (await me(client)).workspaces;
    expect(workspace?.role).toBe('analyst');
    await app.connection.collection('members').deleteOne({ userId: (await me(client)).id });
    expect(await signInAs(claims, client)).toBe('/app');
    expect((await me(client)).workspaces).toEqual([]);
  });

  it('of one identity are one, however many sign-ins come at once', async () => {
    const claims = someone();
    provider.claims = claims;
    const clients = Array.from({ length: 5 }, () => newClient(openApp));
    const callbacks = await Promise.all(clients.map(async (client) => provider.authorize(await begin(client))));
    const pages = await Promise.all(clients.map((client, index) => client.navigate(pathOf(callbacks[index] ?? ''))));
    expect(pages.map(({ headers }) => headers['location'])).toEqual(clients.map(() => '/app'));
    expect(new Set((await Promise.all(clients.map(me))).map(({ id }) => id)).size).toBe(1);
    expect(await app.connection.collection('users').countDocuments({ 'identities.subject': claims.sub })).toBe(1);
  });

  it('without passwords: PASSWORD_LOGIN=off', async () => {
    const client = newClient(openApp);
    const body = { email: 'owner@brand.example', password: PASSWORD };
    expect(await client.status('post', '/api/v1/auth/sign-in', body)).toBe(403);
    expect(await signInAs(someone(), client)).toBe('/app');
  });
});

describe('the role claim', () => {
  it('is applied at each sign-in, with an audit entry; unknown values change nothing', async () => {
    const claims = someone();
    const roleAfter = async (roles: unknown): Promise<string | undefined> => {
      const client = newClient(openApp);
      expect(await signInAs({ ...claims, roles }, client)).toBe('/app');
      return (await me(client)).workspaces[0]?.role;
    };
    expect(await roleAfter('editor')).toBe('editor');
    expect(await roleAfter(['analyst', 'admin', 'staff'])).toBe('admin');
    expect(await roleAfter(['staff'])).toBe('admin');
    expect(await roleAfter(undefined)).toBe('admin');
    expect(await roleAfter('analyst')).toBe('analyst');
    const entries = app.connection.collection('auditEntries');
    expect(await entries.countDocuments({ action: 'member.updated', 'actor.name': claims.name })).toBe(2);
  });

  it('does not remove the last owner', async () => {
    const client = newClient();
    const claims = { ...someone(), email: 'owner@brand.example', roles: 'analyst' };
    expect(await signInAs(claims, client)).toBe('/app');
    expect((await me(client)).workspaces[0]?.role).toBe('owner');
  });
});

describe('a callback', () => {
  const ready = async (client = newClient(openApp)): Promise<{ client: PersonClient; callback: URL }> => {
    provider.claims = someone();
    return { client, callback: new URL(await provider.authorize(await begin(client))) };
  };
  const pageOf = async (client: PersonClient, callback: URL): Promise<unknown> =>
    (await client.navigate(pathOf(callback.href))).headers['location'];

  it('works once', async () => {
    const { client, callback } = await ready();
    const copy = client.clone();
    expect(await pageOf(client, callback)).toBe('/app');
    expect(await pageOf(copy, callback)).toBe(failed('sign_in_ended'));
    expect(await pageOf(client, callback)).toBe(failed('sign_in_ended'));
  });

  it('of two at once works in one', async () => {
    const { client, callback } = await ready();
    const pages = await Promise.all([pageOf(client.clone(), callback), pageOf(client.clone(), callback)]);
    expect(pages.toSorted()).toEqual(['/app', failed('sign_in_ended')]);
  });

  it('of another browser is refused', async () => {
    const { callback } = await ready();
    const victim = newClient(openApp);
    expect(await pageOf(victim, callback)).toBe(failed('sign_in_ended'));
    await begin(victim);
    expect(await pageOf(victim, callback)).toBe(failed('sign_in_ended'));
    expect(await victim.status('get', '/api/v1/me')).toBe(401);
  });

  it('with another state is refused, and does not end the sign-in', async () => {
    const { client, callback } = await ready();
    for (const state of ['', 'other']) {
      const changed = new URL(callback);
      changed.searchParams.set('state', state);
      expect(await pageOf(client, changed)).toBe(failed('sign_in_ended'));
    }
    expect(await pageOf(client, new URL(`${openApp.baseUrl}${BEGIN}/callback`))).toBe(failed('sign_in_ended'));
    expect(await pageOf(client, callback)).toBe('/app');
  });

  it.each([
    ['the issuer of another provider', (url: URL) => url.searchParams.set('iss', 'https://evil.example')],
    ['no issuer', (url: URL) => url.searchParams.delete('iss')],
    ['another code', (url: URL) => url.searchParams.set('code', 'other')],
    ['two codes', (url: URL) => url.searchParams.append('code', 'other')],
  ])('with %s is refused', async (_what, change) => {
    const { client, callback } = await ready();
    change(callback);
    expect(await pageOf(client, callback)).toBe(failed('provider_error'));
    expect(await client.status('get', '/api/v1/me')).toBe(401);
  });

  it.each<[string, (claims: Record<string, unknown>) => Record<string, unknown>]>([
    ['nonce', (claims) => ({ ...claims, nonce: 'other' })],
    ['missing nonce', ({ nonce: _nonce, ...claims }) => claims],
    ['issuer', (claims) => ({ ...claims, iss: 'https://evil.example' })],
    ['audience', (claims) => ({ ...claims, aud: 'another-client' })],
    ['expiry', (claims) => ({ ...claims, exp: Math.floor(Date.now() / 1000) - 600 })],
    ['missing subject', ({ sub: _sub, ...claims }) => claims],
  ])('with an ID token with a wrong %s is refused', async (_what, change) => {
    const { client, callback } = await ready();
    provider.changeIdToken = change;
    expect(await pageOf(client, callback)).toBe(failed('provider_error'));
    expect(await client.status('get', '/api/v1/me')).toBe(401);
  });

  it('with an ID token that was signed again, unchanged, is taken: the refusals are about its claims', async () => {
    const { client, callback } = await ready();
    provider.changeIdToken = (claims) => claims;
    expect(await pageOf(client, callback)).toBe('/app');
  });

  it('with an ID token of an unknown key is refused', async () => {
    const { client, callback } = await ready();
    provider.usesUnknownKey = true;
    expect(await pageOf(client, callback)).toBe(failed('provider_error'));
  });

  it('of a person who refuses shows no text of the provider', async () => {
    provider.isRefused = true;
    const { client, callback } = await ready();
    expect(callback.searchParams.get('error')).toBe('access_denied');
    expect(await pageOf(client, callback)).toBe(failed('denied'));
  });
});

describe('a provider that is down', () => {
  it('is reported, and used again afterwards; the start does not wait for it', async () => {
    provider.isDown = true;
    const later = await TestApp.start({ env: { ...provider.env }, sharing: app });
    const client = newClient(later);
    const { status, headers } = await client.navigate(BEGIN);
    expect([status, headers['location']]).toEqual([302, failed('provider_unreachable')]);
    expect(await client.status('post', BEGIN, {})).toBe(503);
    provider.isDown = false;
    expect(await client.status('post', BEGIN, {})).toBe(200);
    await later.close();
  });

  it('during a callback is reported', async () => {
    const client = newClient();
    provider.claims = someone();
    const callback = await provider.authorize(await begin(client));
    provider.isDown = true;
    const { headers } = await client.navigate(pathOf(callback));
    expect(headers['location']).toBe(failed('provider_unreachable'));
  });

  it('is found once for many sign-ins', async () => {
    await begin(newClient(openApp));
    const before = provider.requests.length;
    await Promise.all([begin(newClient(openApp)), begin(newClient(openApp))]);
    expect(provider.requests.slice(before)).toEqual([]);
  });
});

describe('a signed-in person', () => {
  const memberOf = async (email: string): Promise<PersonClient> => invitedMember(app, owner, { email, role: 'editor' });
  const link = async (client: PersonClient, claims: OidcProvider['claims']): Promise<string> => {
    provider.claims = claims;
    return finish(client, (await client.json<{ url: string }>('post', `${IDENTITIES}/oidc`)).url);
  };

  it('links and unlinks an account of the provider with any address', async () => {
    const claims = { ...someone(), email_verified: false };
    const client = await memberOf(`link-${number}@brand.example`);
    expect(await link(client, claims)).toBe('/app/security');
    const { data } = await client.json<IdentityListResponse>('get', IDENTITIES);
    expect(data).toMatchObject([{ issuer: provider.issuer, subject: claims.sub }]);
    expect(await link(client, { ...claims, sub: 'a-second-one' })).toBe('/app/security#error=other_identity');
    const signedIn = newClient();
    expect(await signInAs(claims, signedIn)).toBe('/app');
    expect((await me(signedIn)).id).toBe((await me(client)).id);
    const other = await memberOf(`other-${number}@brand.example`);
    expect(await link(other, claims)).toBe('/app/security#error=identity_taken');
    expect(await other.status('delete', `${IDENTITIES}/${data[0]?.id}`)).toBe(404);
    expect(await client.status('delete', `${IDENTITIES}/${data[0]?.id}`)).toBe(204);
    expect(await signInAs(claims)).toBe(failed('email_not_verified'));
  });

  it('has a fresh sign-in only as far as the provider says that it asked', async () => {
    const claims = someone();
    await invite(claims.email);
    const client = newClient();
    const hourAgo = Math.floor(Date.now() / 1_000) - 3_600;
    provider.changeIdToken = (token) => ({ ...token, auth_time: hourAgo });
    expect(await signInAs(claims, client)).toBe('/app');
    expect(await client.status('post', '/api/v1/me/totp')).toBe(403);
    provider.changeIdToken = undefined;
    const again = await begin(client);
    expect(Object.fromEntries(new URL(again).searchParams)).toMatchObject({ prompt: 'login', max_age: '600' });
    expect(await finish(client, again)).toBe('/app');
    expect(await client.status('post', '/api/v1/me/totp')).toBe(200);
  });

  it('of two who link one account at once, one gets it', async () => {
    provider.claims = someone();
    const clients = [await memberOf(`race-a-${number}@x.example`), await memberOf(`race-b-${number}@x.example`)];
    const begun = await Promise.all(
      clients.map((client) => client.json<{ url: string }>('post', `${IDENTITIES}/oidc`)),
    );
    const pages = await Promise.all(clients.map((client, index) => finish(client, begun[index]?.url ?? '')));
    expect(pages.toSorted()).toEqual(['/app/security', '/app/security#error=identity_taken']);
  });

  it('cannot complete the link in another session', async () => {
    const [victim, attacker] = [await memberOf(`v-${++number}@x.example`), await memberOf(`a-${number}@x.example`)];
    provider.claims = someone();
    const { url } = await attacker.json<{ url: string }>('post', `${IDENTITIES}/oidc`);
    const mixed = victim.clone();
    mixed.cookies.set('hopback-oidc', attacker.cookies.get('hopback-oidc') ?? '');
    expect(await finish(mixed, url)).toBe('/app/security#error=sign_in_ended');
    expect((await victim.json<IdentityListResponse>('get', IDENTITIES)).data).toEqual([]);
  });

  it('keeps the last way to sign in', async () => {
    const client = newClient(openApp);
    expect(await signInAs(someone(), client)).toBe('/app');
    const { data } = await client.json<IdentityListResponse>('get', IDENTITIES);
    expect(await client.status('delete', `${IDENTITIES}/${data[0]?.id}`)).toBe(409);
  });

  it('is needed, with a fresh sign-in; keys are refused', async () => {
    expect(await newClient().status('get', IDENTITIES)).toBe(401);
    expect((await app.api('get', '/me/identities')).status).toBe(403);
    const client = await memberOf(`stale-${++number}@x.example`);
    const authenticatedAt = new Date(Date.now() - 3_600_000);
    const { id: userId } = await me(client);
    await app.connection.collection('sessions').updateMany({ userId }, { $set: { authenticatedAt } });
    expect(await client.status('post', `${IDENTITIES}/oidc`)).toBe(403);
    expect(await client.status('delete', `${IDENTITIES}/idn_unknown`)).toBe(403);
    expect(await client.status('get', IDENTITIES)).toBe(200);
  });
});
