import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { TOTP } from 'otpauth';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { Mailer } from '../../../src/people/mail/mailer.service.js';
import type { PasskeyListResponse, PasskeyResponse } from '../../../src/people/passkeys/passkeys.dto.js';
import type { MeResponse } from '../../../src/people/profile/me.dto.js';
import type { SessionListResponse } from '../../../src/people/profile/my-sessions.dto.js';
import type { User } from '../../../src/people/users/user.schema.js';
import { Browser } from '../../support/browser.js';
import { answerUnverified, type AuthenticatorAnswer, PasskeyTab } from '../../support/people/passkey-tab.js';
import {
  addPasskey,
  type PasskeyOptions,
  registrationOptionsOf,
  signInOptionsOf,
  verifyPasskey,
} from '../../support/people/passkeys.js';
import { firstOwner, invitedMember, PASSWORD, signIn } from '../../support/people/people.js';
import { PersonClient } from '../../support/people/person-client.js';
import { TestApp } from '../../support/test-app.js';

/** The cookie of a registration. */
const CHALLENGE_COOKIE = 'hopback-passkey-registration';

let app: TestApp;
let browser: Browser;
let owner: PersonClient;
let members = 0;
/** Another site on this machine: the same hostname, which is the id of the server for authenticators. */
let otherSite: Server;

beforeAll(async () => {
  app = await TestApp.start();
  browser = await Browser.start();
  owner = await firstOwner(app);
  otherSite = createServer((_, response) => void response.setHeader('content-type', 'text/html').end('<p>other'));
  await new Promise<void>((resolve) => otherSite.listen(0, '127.0.0.1', resolve));
});
afterAll(async () => {
  otherSite.close();
  await browser.close();
  await app.close();
});

const newClient = (): PersonClient => new PersonClient(app.baseUrl);
const newTab = (): Promise<PasskeyTab> => PasskeyTab.open(browser, `${app.baseUrl}/health/live`);
const newMember = async (): Promise<{ member: PersonClient; email: string }> => {
  const email = `member-${++members}@brand.example`;
  return { member: await invitedMember(app, owner, { email, role: 'editor' }), email };
};
const sorted = (statuses: number[]): number[] => statuses.sort((one, other) => one - other);
const users = () => app.connection.collection<User>('users');
const signInWith = async (tab: PasskeyTab, client = newClient()): Promise<{ status: number; body: unknown }> =>
  verifyPasskey(client, await tab.authenticate(await signInOptionsOf(client)));
const memberWithPasskey = async (): Promise<{
  member: PersonClient;
  email: string;
  tab: PasskeyTab;
  passkey: PasskeyResponse;
}> => {
  const tab = await newTab();
  const person = await newMember();
  return { ...person, tab, passkey: await addPasskey(person.member, tab) };
};

describe('a passkey', () => {
  it('is added and signs in without an address, all in a browser', async () => {
    const { email } = await newMember();
    const tab = await newTab();
    expect(await tab.fetch('POST', '/api/v1/auth/sign-in', { email, password: PASSWORD })).toMatchObject({
      status: 200,
    });
    const registration = await tab.fetch<PasskeyOptions>('POST', '/api/v1/me/passkeys/options');
    const response = await tab.register(registration.body);
    const added = await tab.fetch<PasskeyResponse>('POST', '/api/v1/me/passkeys', { name: ' Laptop ', response });
    expect(added).toMatchObject({
      status: 201,
      body: { id: expect.stringMatching(/^psk_/), name: 'Laptop', lastUsedAt: null, isBackedUp: false },
    });
    expect((await tab.fetch('POST', '/api/v1/auth/sign-out')).status).toBe(204);
    expect((await tab.fetch('GET', '/api/v1/me')).status).toBe(401);

    const options = await tab.fetch<PasskeyOptions>('POST', '/api/v1/auth/passkey/options');
    expect(options.body).not.toHaveProperty('allowCredentials');
    const answer = await tab.authenticate(options.body);
    expect(await tab.fetch('POST', '/api/v1/auth/passkey/verify', answer)).toEqual({
      status: 200,
      body: { next: null },
    });
    expect((await tab.fetch<MeResponse>('GET', '/api/v1/me')).body).toMatchObject({ email, passkeys: 1 });
    const { data } = (await tab.fetch<SessionListResponse>('GET', '/api/v1/me/sessions')).body;
    expect(data.find(({ isCurrent }) => isCurrent)).toMatchObject({ method: 'passkey' });
    const listed = await tab.fetch<PasskeyListResponse>('GET', '/api/v1/me/passkeys');
    expect(listed.body.data).toEqual([{ ...added.body, lastUsedAt: expect.any(String) }]);
  });

  it('is named after the browser by default, renews the session, and a mail tells of it and of its removal', async () => {
    const { member, email } = await newMember();
    const tab = await newTab();
    const before = member.clone();
    const mails = vi.spyOn(app.app.get(Mailer), 'enqueue');
    const { id, name } = await addPasskey(member, tab);
    expect(name).toBe('Unknown program');
    expect(await before.status('get', '/api/v1/me')).toBe(401);
    expect(await member.status('get', '/api/v1/me')).toBe(200);
    expect(member.cookies.has(CHALLENGE_COOKIE)).toBe(false);
    const renamed = await member.json('patch', `/api/v1/me/passkeys/${id}`, { name: 'Key of the office' });
    expect(renamed).toMatchObject({ id, name: 'Key of the office' });
    expect(await member.status('delete', `/api/v1/me/passkeys/${id}`)).toBe(204);
    const told = mails.mock.calls.map(([{ to, values }]) => ({ to, ...values }));
    expect(told).toMatchObject([
      { to: email, change: 'passkey-added', passkeyName: 'Unknown program' },
      { to: email, change: 'passkey-removed', passkeyName: 'Key of the office' },
    ]);
    mails.mockRestore();
  });

  it('gives a signed-in person a fresh sign-in', async () => {
    const { member, tab, email } = await memberWithPasskey();
    const { _id: userId } = (await users().findOne({ email })) as User;
    const old = { $set: { authenticatedAt: new Date(Date.now() - 3_600_000) } };
    await app.connection.collection('sessions').updateMany({ userId }, old);
    expect(await member.status('post', '/api/v1/me/passkeys/options')).toBe(403);
    expect(await signInWith(tab, member)).toEqual({ status: 200, body: { next: null } });
    expect(await member.status('post', '/api/v1/me/passkeys/options')).toBe(200);
  });

  it('no longer signs in once it is removed', async () => {
    const { member, tab, passkey } = await memberWithPasskey();
    expect((await signInWith(tab)).status).toBe(200);
    expect(await member.status('delete', `/api/v1/me/passkeys/${passkey.id}`)).toBe(204);
    expect((await signInWith(tab)).status).toBe(401);
    expect(await member.status('delete', `/api/v1/me/passkeys/${passkey.id}`)).toBe(404);
  });

  it('is not made twice by one authenticator, and not stored twice', async () => {
    const { member, tab } = await memberWithPasskey();
    await expect(registrationOptionsOf(member).then((options) => tab.register(options))).rejects.toThrow(
      /previously registered/,
    );
    const [credential] = await tab.credentials();
    const again = await registrationOptionsOf(member);
    const id = Buffer.from(credential?.credentialId ?? '', 'base64').toString('base64url');
    expect(again['excludeCredentials']).toMatchObject([{ id }]);
  });
});

describe('a sign-in by passkey is refused', () => {
  it('for a challenge that was used, never existed, is of another browser, or of another purpose', async () => {
    const { member, tab } = await memberWithPasskey();
    const client = newClient();
    const answer = await tab.authenticate(await signInOptionsOf(client));
    const replay = client.clone();
    expect((await verifyPasskey(newClient(), answer)).status).toBe(401);
    expect((await verifyPasskey(client, answer)).status).toBe(200);
    expect((await verifyPasskey(replay, answer)).status).toBe(401);

    const other = newClient();
    await signInOptionsOf(other);
    expect((await verifyPasskey(other, answer)).status).toBe(401);
    expect((await verifyPasskey(other, await tab.authenticate(await signInOptionsOf(newClient())))).status).toBe(401);

    const { challenge } = await registrationOptionsOf(member);
    const forRegistration = await tab.authenticate({ ...(await signInOptionsOf(newClient())), challenge });
    expect((await verifyPasskey(member, forRegistration)).status).toBe(401);
  });

  it('for all but one of many answers to one challenge at the same moment', async () => {
    const { tab } = await memberWithPasskey();
    const client = newClient();
    const answer = await tab.authenticate(await signInOptionsOf(client));
    const all = await Promise.all(Array.from({ length: 8 }, () => verifyPasskey(client.clone(), answer)));
    expect(sorted(all.map(({ status }) => status))).toEqual([200, 401, 401, 401, 401, 401, 401, 401]);
  });

  it('for a signature on another site', async () => {
    const { tab } = await memberWithPasskey();
    const client = newClient();
    const { port } = otherSite.address() as AddressInfo;
    await tab.goTo(`http://localhost:${port}/`);
    expect((await verifyPasskey(client, await tab.authenticate(await signInOptionsOf(client)))).status).toBe(401);
    await tab.goTo(`http://127.0.0.1:${port}/`);
    await expect(signInOptionsOf(client).then((options) => tab.authenticate(options))).rejects.toThrow(
      /invalid domain/,
    );
  });

  it('on another host than that of PUBLIC_URL, and for requests of other sites', async () => {
    const path = '/api/v1/auth/passkey/options';
    const onLinkDomain = { host: 'go.brand.example', origin: 'https://go.brand.example' };
    expect((await newClient().call('post', path, { headers: onLinkDomain })).status).toBe(403);
    const crossSite = { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' };
    expect((await newClient().call('post', path, { headers: crossSite })).status).toBe(403);
  });

  it('for a copy of the authenticator, by its counter', async () => {
    const { tab } = await memberWithPasskey();
    const [copy] = await tab.credentials();
    expect((await signInWith(tab)).status).toBe(200);
    expect((await signInWith(tab)).status).toBe(200);
    await tab.copy(copy as NonNullable<typeof copy>);
    const { status, body } = await signInWith(tab);
    expect(status).toBe(401);
    expect(body).toMatchObject({ detail: expect.stringContaining('counter') as string });
  });

  it("for another person's passkey", async () => {
    const [one, two] = [await memberWithPasskey(), await memberWithPasskey()];
    const [ofOne, ofTwo] = (await Promise.all(
      [one, two].map(({ email }) => users().findOne({ email })),
    )) as unknown as [User, User];
    const userHandle = Buffer.from(ofTwo._id).toString('base64url');
    for (const change of [{ userHandle }, { userHandle: null }]) {
      const client = newClient();
      const answer = await one.tab.authenticate(await signInOptionsOf(client));
      expect((await verifyPasskey(client, { ...answer, response: { ...answer.response, ...change } })).status).toBe(
        401,
      );
    }
    const client = newClient();
    const answer = await one.tab.authenticate(await signInOptionsOf(client));
    const id = ofTwo.passkeys?.[0]?._id;
    expect((await verifyPasskey(client, { ...answer, id, rawId: id })).status).toBe(401);
    expect(await two.member.status('delete', `/api/v1/me/passkeys/${one.passkey.id}`)).toBe(404);
    expect(await two.member.status('patch', `/api/v1/me/passkeys/${one.passkey.id}`, { name: 'Mine' })).toBe(404);
    expect((await users().findOne({ _id: ofOne._id }))?.passkeys?.[0]?.name).toBe(one.passkey.name);
  });
});

describe('an authenticator that does not verify its person', () => {
  it('signs in alone, but is followed by the code of an authenticator app if there is one', async () => {
    const { member, email, tab } = await memberWithPasskey();
    const [credential] = await tab.credentials();
    let uses = 0;
    const signInUnverified = async (client: PersonClient): Promise<{ status: number; body: unknown }> => {
      const used = { ...(credential as NonNullable<typeof credential>) };
      used.signCount += uses++;
      return verifyPasskey(client, answerUnverified(used, await signInOptionsOf(client), app.baseUrl));
    };
    expect(await signInUnverified(newClient())).toEqual({ status: 200, body: { next: null } });

    const { secret } = await member.json<{ secret: string }>('post', '/api/v1/me/totp');
    const totp = new TOTP({ secret });
    await member.json('post', '/api/v1/me/totp/confirm', { code: totp.generate() });
    const client = newClient();
    expect(await signInUnverified(client)).toEqual({ status: 200, body: { next: 'totp' } });
    expect(await client.status('get', '/api/v1/me')).toBe(401);
    const code = totp.generate({ timestamp: Date.now() + 30_000 });
    expect(await client.json('post', '/api/v1/auth/totp', { code })).toEqual({ next: null });
    expect(await client.json('get', '/api/v1/me')).toMatchObject({ email });
  });

  it('is not asked for a code where the passkey verifies the person', async () => {
    const { member, tab } = await memberWithPasskey();
    const { secret } = await member.json<{ secret: string }>('post', '/api/v1/me/totp');
    await member.json('post', '/api/v1/me/totp/confirm', { code: new TOTP({ secret }).generate() });
    expect(await signInWith(tab)).toEqual({ status: 200, body: { next: null } });
  });
});

describe('a registration is refused', () => {
  it('without a sign-in, with a key, without a fresh sign-in, and after its challenge', async () => {
    const { member, email } = await newMember();
    const tab = await newTab();
    for (const [method, path] of [
      ['get', '/api/v1/me/passkeys'],
      ['post', '/api/v1/me/passkeys/options'],
      ['post', '/api/v1/me/passkeys'],
      ['delete', '/api/v1/me/passkeys/psk_1'],
      ['patch', '/api/v1/me/passkeys/psk_1'],
    ] as const) {
      expect(await newClient().status(method, path)).toBe(401);
      expect((await app.api(method, path.slice('/api/v1'.length))).status).toBe(403);
    }
    const response = await tab.register(await registrationOptionsOf(member));
    const replay = member.cookies.get(CHALLENGE_COOKIE) ?? '';
    expect(await member.status('post', '/api/v1/me/passkeys', { response })).toBe(201);
    expect(await member.status('post', '/api/v1/me/passkeys', { response })).toBe(409);
    member.cookies.set(CHALLENGE_COOKIE, replay);
    expect(await member.status('post', '/api/v1/me/passkeys', { response })).toBe(409);

    const { _id: userId } = (await users().findOne({ email })) as User;
    const old = { $set: { authenticatedAt: new Date(Date.now() - 3_600_000) } };
    await app.connection.collection('sessions').updateMany({ userId }, old);
    const { data } = await member.json<PasskeyListResponse>('get', '/api/v1/me/passkeys');
    const path = `/api/v1/me/passkeys/${data[0]?.id}`;
    expect(await member.status('post', '/api/v1/me/passkeys', { response })).toBe(403);
    expect(await member.status('delete', path)).toBe(403);
    expect(await member.status('patch', path, { name: 'Renamed' })).toBe(200);
  });

  it('for a challenge of another session, person or purpose', async () => {
    const { member, email } = await newMember();
    const tab = await newTab();
    const elsewhere = await signIn(newClient(), email);
    const { member: stranger } = await newMember();
    for (const thief of [elsewhere, stranger]) {
      const response = await tab.register(await registrationOptionsOf(member));
      thief.cookies.set(CHALLENGE_COOKIE, member.cookies.get(CHALLENGE_COOKIE) ?? '');
      expect(await thief.status('post', '/api/v1/me/passkeys', { response })).toBe(409);
    }
    const { challenge } = await signInOptionsOf(member);
    const cookie = member.cookies.get('hopback-passkey-sign-in') ?? '';
    const response = await tab.register({ ...(await registrationOptionsOf(member)), challenge });
    member.cookies.set(CHALLENGE_COOKIE, cookie);
    expect(await member.status('post', '/api/v1/me/passkeys', { response })).toBe(409);
  });

  it('on another site, and with certificates', async () => {
    const { member } = await newMember();
    const tab = await newTab();
    const direct = await tab.register({ ...(await registrationOptionsOf(member)), attestation: 'direct' });
    expect(await member.status('post', '/api/v1/me/passkeys', { response: direct })).toBe(422);
    const { port } = otherSite.address() as AddressInfo;
    await tab.goTo(`http://localhost:${port}/`);
    const elsewhere = await tab.register(await registrationOptionsOf(member));
    expect(await member.status('post', '/api/v1/me/passkeys', { response: elsewhere })).toBe(422);
  });

  it('for the 21st passkey, also when many arrive at once', async () => {
    const { tab, email } = await memberWithPasskey();
    const { passkeys: [first] = [] } = (await users().findOne({ email })) as User;
    const many = Array.from({ length: 18 }, (_, i) => ({
      ...first,
      _id: Buffer.from(`${email}-${i}`).toString('base64url'),
    }));
    await users().updateOne({ email }, { $push: { passkeys: { $each: many } } } as object);
    const ready = await Promise.all(
      Array.from({ length: 3 }, async () => {
        const client = await signIn(newClient(), email);
        return { client, options: { ...(await registrationOptionsOf(client)), excludeCredentials: [] } };
      }),
    );
    const tabs = [await newTab(), await newTab(), await newTab()];
    const answers: AuthenticatorAnswer[] = [];
    for (const [i, { options }] of ready.entries()) answers.push(await (tabs[i] ?? tab).register(options));
    const statuses = await Promise.all(
      ready.map(({ client }, i) => client.status('post', '/api/v1/me/passkeys', { response: answers[i] })),
    );
    expect(sorted(statuses)).toEqual([201, 409, 409]);
    const client = await signIn(newClient(), email);
    expect(await client.status('post', '/api/v1/me/passkeys/options')).toBe(409);
  });
});

describe('the last way to sign in', () => {
  it('is kept: one of two passkeys can be removed, also when both are removed at once', async () => {
    const { member, email, passkey } = await memberWithPasskey();
    const second = await addPasskey(member, await newTab());
    await users().updateOne({ email }, { $unset: { passwordHash: 1 } });
    const removals = await Promise.all(
      [passkey, second].map(({ id }) => member.call('delete', `/api/v1/me/passkeys/${id}`)),
    );
    expect(sorted(removals.map(({ status }) => status))).toEqual([204, 409]);
    expect(removals.find(({ status }) => status === 409)?.text).toContain('only way to sign in');
    expect((await member.json<PasskeyListResponse>('get', '/api/v1/me/passkeys')).data).toHaveLength(1);
  });
});

describe('a server without https and a hostname', () => {
  it('refuses passkeys with one sentence', async () => {
    const plain = await TestApp.start({ sharing: app, env: { PUBLIC_URL: 'http://go.brand.example' } });
    try {
      const headers = { host: 'go.brand.example', origin: 'http://go.brand.example' };
      const client = new PersonClient(plain.baseUrl);
      const { status, text } = await client.call('post', '/api/v1/auth/passkey/options', { headers });
      expect(status).toBe(403);
      expect(text).toContain('Passkeys need https');
    } finally {
      await plain.close();
    }
  });
});
