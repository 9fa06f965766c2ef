import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { MeResponse } from '../../../src/people/profile/me.dto.js';
import { OwnerLinks } from '../../../src/people/first-owner/owner-links.service.js';
import type { SessionListResponse } from '../../../src/people/profile/my-sessions.dto.js';
import { firstOwner, PASSWORD, signIn } from '../../support/people/people.js';
import { PersonClient } from '../../support/people/person-client.js';
import { TestApp } from '../../support/test-app.js';

const EMAIL = 'owner@brand.example';

let app: TestApp;
let owner: PersonClient;

beforeAll(async () => {
  app = await TestApp.start();
});
afterAll(() => app.close());

const newClient = (): PersonClient => new PersonClient(app.baseUrl);
const ownerToken = (): string => new URL(app.app.get(OwnerLinks).create()).hash.slice(1);

describe('the first owner', () => {
  it('is missing at first', async () => {
    const methods = await newClient().json('get', '/api/v1/auth/methods');
    expect(methods).toEqual({ needsOwner: true, password: true, passkey: true, oidc: null, mail: false });
  });

  it.each([
    ['a wrong token', { token: 'no-token' }, 403],
    ['a short password', { password: 'short' }, 422],
    ['a common password', { password: 'password12345' }, 422],
    ['no address', { email: 'nobody' }, 422],
    ['a field too many', { role: 'owner' }, 422],
  ])('does not come with %s', async (_, fields, status) => {
    const body = { token: ownerToken(), email: EMAIL, name: 'Owner', password: PASSWORD, ...fields };
    expect(await newClient().status('post', '/api/v1/auth/owner', body)).toBe(status);
  });

  it('signs up by the link of the start, once, also when many try at the same moment', async () => {
    const token = ownerToken();
    const clients = Array.from({ length: 6 }, newClient);
    const statuses = await Promise.all(
      clients.map((client, i) =>
        client.status('post', '/api/v1/auth/owner', {
          token,
          email: `o${i}@brand.example`,
          name: 'O',
          password: PASSWORD,
        }),
      ),
    );
    expect(statuses.sort((a, b) => a - b)).toEqual([200, 409, 409, 409, 409, 409]);
    expect(
      await newClient().status('post', '/api/v1/auth/owner', {
        token: ownerToken(),
        email: EMAIL,
        name: 'O',
        password: PASSWORD,
      }),
    ).toBe(409);
    await app.connection.collection('users').deleteMany({});
    await app.connection.collection('members').deleteMany({});
    owner = await firstOwner(app, EMAIL);
    const me = await owner.json<MeResponse>('get', '/api/v1/me');
    expect(me).toMatchObject({
      email: EMAIL,
      hasPassword: true,
      scopes: ['*'],
      workspaces: [{ role: 'owner', isCurrent: true }],
    });
    expect(await owner.json('get', '/api/v1/auth/methods')).toMatchObject({ needsOwner: false });
  });
});

describe('a sign-in by password', () => {
  it('opens a session that works wherever a key does', async () => {
    const client = await signIn(newClient(), ' OWNER@brand.example ');
    expect(await client.status('get', '/api/v1/links')).toBe(200);
    const created = await client.call('post', '/api/v1/links', { body: { url: 'https://shop.example/' } });
    expect(created.status).toBe(201);
    const { data } = await client.json<{ data: { actor: object }[] }>('get', '/api/v1/audit-log?action=link.created');
    expect(data[0]?.actor).toMatchObject({ kind: 'person', name: 'Owner of all' });
  });

  it('is refused in the same words for a wrong password and an unknown account', async () => {
    const answers = await Promise.all(
      [EMAIL, 'nobody@brand.example'].map((email) =>
        newClient().call('post', '/api/v1/auth/sign-in', { body: { email, password: 'a wrong password' } }),
      ),
    );
    const texts = answers.map(({ status, text }) => ({ status, ...JSON.parse(text), requestId: '' }) as object);
    expect(texts[0]).toMatchObject({ status: 401, code: 'unauthorized' });
    expect(texts[1]).toEqual(texts[0]);
  });

  it('renews the session of the same browser, and ends that of another person', async () => {
    const client = await signIn(newClient(), EMAIL);
    const before = client.clone();
    await signIn(client, EMAIL);
    expect(client.cookies.get('hopback')).not.toBe(before.cookies.get('hopback'));
    expect(await before.status('get', '/api/v1/me')).toBe(401);
    expect(await client.status('get', '/api/v1/me')).toBe(200);
  });
});

describe('sessions', () => {
  it('are listed with device and place, and end one by one or all others', async () => {
    const [one, two, three] = [
      await signIn(newClient(), EMAIL),
      await signIn(newClient(), EMAIL),
      await signIn(newClient(), EMAIL),
    ];
    const { data } = await one.json<SessionListResponse>('get', '/api/v1/me/sessions');
    expect(data.filter(({ isCurrent }) => isCurrent)).toHaveLength(1);
    expect(data[0]).toMatchObject({ method: 'password', device: 'Unknown program', place: null, ip: '127.0.0.1' });
    const { data: ofTwo } = await two.json<SessionListResponse>('get', '/api/v1/me/sessions');
    const idOfTwo = ofTwo.find(({ isCurrent }) => isCurrent)?.id ?? '';
    expect(await one.status('delete', `/api/v1/me/sessions/${idOfTwo}`)).toBe(204);
    expect(await two.status('get', '/api/v1/me')).toBe(401);
    expect(await one.status('delete', `/api/v1/me/sessions/${idOfTwo}`)).toBe(404);
    expect(await one.status('delete', '/api/v1/me/sessions/others')).toBe(204);
    expect(await three.status('get', '/api/v1/me')).toBe(401);
    expect(await one.status('get', '/api/v1/me')).toBe(200);
  });

  it('end with a sign-out, on every instance', async () => {
    const second = await TestApp.start({ sharing: app, env: { PUBLIC_URL: app.baseUrl } });
    try {
      const client = await signIn(newClient(), EMAIL);
      const elsewhere = new PersonClient(second.baseUrl);
      for (const [name, value] of client.cookies) elsewhere.cookies.set(name, value);
      const headers = { host: new URL(app.baseUrl).host, origin: '' };
      expect((await elsewhere.call('get', '/api/v1/me', { headers })).status).toBe(200);
      expect(await client.status('post', '/api/v1/auth/sign-out')).toBe(204);
      expect(client.cookies.has('hopback')).toBe(false);
      expect((await elsewhere.call('get', '/api/v1/me', { headers })).status).toBe(401);
    } finally {
      await second.close();
    }
  });

  it('expire', async () => {
    const client = await signIn(newClient(), EMAIL);
    await app.connection.collection('sessions').updateMany({}, { $set: { expiresAt: new Date(Date.now() - 1) } });
    expect(await client.status('get', '/api/v1/me')).toBe(401);
  });

  it('are for people: a key has no account', async () => {
    await app.api('get', '/me').expect(403);
    await app.api('get', '/me/sessions').expect(403);
  });
});
