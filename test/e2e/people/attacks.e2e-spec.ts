import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { InvitationSentResponse } from '../../../src/people/invitations/invitations.dto.js';
import type { MeResponse } from '../../../src/people/profile/me.dto.js';
import { inParallel } from '../../support/in-parallel.js';
import { firstOwner, invitedMember, PASSWORD, signIn } from '../../support/people/people.js';
import { PersonClient } from '../../support/people/person-client.js';
import { report } from '../../support/security-report.js';
import { TestApp } from '../../support/test-app.js';

const OWNER = 'owner@brand.example';
const GUESSES = process.env['SECURITY_TESTS'] === 'long' ? 10_000 : 500;
const GUESSES_TIMEOUT_MS = 180_000;

let app: TestApp;
let owner: PersonClient;
let number = 0;

beforeAll(async () => {
  app = await TestApp.start();
  owner = await firstOwner(app, OWNER);
});
afterAll(() => app.close());

const newClient = (): PersonClient => new PersonClient(app.baseUrl);
const newEmail = (): string => `attacked-${++number}@brand.example`;
const tokenOf = ({ url }: { url?: string }): string => new URL(url ?? '').hash.slice(1);
const linksStored = (): Promise<number> => app.connection.collection('links').countDocuments();

describe('a session that was planted in a browser', () => {
  it.each(['a token that does not exist', 'the session of the attacker'])('is not taken over: %s', async (what) => {
    const email = newEmail();
    await invitedMember(app, owner, { email, role: 'editor' });
    const attacker = await invitedMember(app, owner, { email: newEmail(), role: 'analyst' });
    const planted = what.includes('attacker') ? (attacker.cookies.get('hopback') ?? '') : 'A'.repeat(43);
    const victim = newClient();
    victim.cookies.set('hopback', planted);
    await signIn(victim, email);
    expect(victim.cookies.get('hopback')).not.toBe(planted);
    const thief = newClient();
    thief.cookies.set('hopback', planted);
    const { status, text } = await thief.call('get', '/api/v1/me');
    expect(status === 401 || !text.includes(email)).toBe(true);
    report({ name: 'people', what: 'session fixation', tried: 1, bad: status === 200 && text.includes(email) ? 1 : 0 });
  });

  it('is not reached by a challenge of another account', async () => {
    const attacker = newClient();
    await invitedMember(app, owner, { email: newEmail(), role: 'analyst' });
    attacker.cookies.set('hopback-totp', 'B'.repeat(43));
    expect(await attacker.status('post', '/api/v1/auth/totp', { code: '123456' })).toBe(401);
  });
});

describe('a request that another site causes', () => {
  const TYPES: Record<string, string> = {
    'application/json': '{"url":"https://evil.example/"}',
    'text/plain': '{"url":"https://evil.example/"}',
    'application/x-www-form-urlencoded': 'url=https%3A%2F%2Fevil.example%2F',
    'multipart/form-data; boundary=x':
      '--x\r\ncontent-disposition: form-data; name="url"\r\n\r\nhttps://evil.example/\r\n--x--',
    'application/csp-report': '{"url":"https://evil.example/"}',
    'text/csv': 'url\nhttps://evil.example/\n',
  };
  const SOURCES: Record<string, Record<string, string>> = {
    'without any header': { origin: '', 'sec-fetch-site': '', 'sec-fetch-mode': '' },
    'with a null Origin': { origin: 'null', 'sec-fetch-site': '', 'sec-fetch-mode': '' },
    'with the Origin of another site': { origin: 'https://evil.example', 'sec-fetch-site': '', 'sec-fetch-mode': '' },
    'by a form of another site': {
      origin: 'https://evil.example',
      'sec-fetch-site': 'cross-site',
      'sec-fetch-mode': 'navigate',
    },
    'by a sandboxed form': { origin: 'null', 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' },
    'by a script of another site': { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' },
    'by a script of a subdomain': { origin: 'http://sub.localhost', 'sec-fetch-site': 'same-site' },
    'by a link domain on the same machine': { origin: 'http://go.brand.example', 'sec-fetch-site': 'cross-site' },
    'that claims to be typed in': { origin: '', 'sec-fetch-site': 'none', 'sec-fetch-mode': 'navigate' },
    'with two Sec-Fetch-Site values': { origin: '', 'sec-fetch-site': 'same-origin, cross-site' },
  };

  it('changes nothing, whatever its content type and headers', async () => {
    const before = await linksStored();
    const targets: [string, string][] = [
      ['post', '/api/v1/links'],
      ['post', '/api/v1/links/bulk'],
      ['post', '/api/v1/links/import'],
      ['put', '/api/v1/links/upsert'],
      ['delete', '/api/v1/me/sessions/others'],
      ['post', '/api/v1/invitations'],
      ['post', '/api/v1/me/workspace'],
      ['post', '/api/v1/auth/sign-out'],
      ['post', '/api/v1/auth/sign-in'],
      ['post', '/api/v1/auth/invitations/accept'],
    ];
    const wrong: string[] = [];
    let tried = 0;
    for (const [method, path] of targets) {
      for (const [source, fetchHeaders] of Object.entries(SOURCES)) {
        // A request of a program, without cookie and without headers of a browser, may sign in.
        if (source === 'without any header' && path.startsWith('/api/v1/auth/')) continue;
        for (const [type, body] of Object.entries(TYPES)) {
          const headers = { ...fetchHeaders, 'content-type': type };
          const { status } = await owner.clone().call(method, path, { headers, body });
          tried++;
          if (
            ![403, 415, 422].includes(status) ||
            (status !== 403 && type === 'application/json' && !path.includes('/auth/'))
          )
            wrong.push(`${method} ${path} ${source} as ${type}: ${status}`);
        }
      }
    }
    report({ name: 'people', what: 'CSRF: routes × sources × content types', tried, bad: wrong.length });
    expect(wrong).toEqual([]);
    expect(await linksStored()).toBe(before);
    expect(await owner.status('get', '/api/v1/me')).toBe(200);
  });

  it('reads nothing but by navigation', async () => {
    const cors = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'cors', origin: 'https://evil.example' };
    expect((await owner.call('get', '/api/v1/links', { headers: cors })).status).toBe(403);
    const image = { 'sec-fetch-site': 'same-site', 'sec-fetch-mode': 'no-cors', origin: '' };
    expect((await owner.call('get', '/api/v1/links', { headers: image })).status).toBe(403);
    const { headers } = await owner.call('get', '/api/v1/links');
    expect(headers['access-control-allow-origin']).toBeUndefined();
  });
});

describe('the cookie', () => {
  it('is for this host alone, and not for scripts', async () => {
    const { headers } = await newClient().call('post', '/api/v1/auth/sign-in', {
      body: { email: OWNER, password: PASSWORD },
    });
    const cookies = [headers['set-cookie'] ?? []].flat();
    expect(cookies.map((cookie) => cookie.split('=')[0])).toEqual(['hopback', 'hopback-device']);
    for (const cookie of cookies) {
      expect(cookie).toMatch(/; Path=\/; Max-Age=\d+; HttpOnly; SameSite=Lax$/);
      expect(cookie).not.toMatch(/domain/i);
    }
  });

  it('has the prefix __Host- and Secure behind TLS', async () => {
    const secure = await TestApp.start({ sharing: app, env: { PUBLIC_URL: 'https://go.secure.example' } });
    try {
      const client = new PersonClient(secure.baseUrl);
      const headers = { host: 'go.secure.example', origin: 'https://go.secure.example' };
      const { headers: answer } = await client.call('post', '/api/v1/auth/sign-in', {
        body: { email: OWNER, password: PASSWORD },
        headers,
      });
      const cookies = [answer['set-cookie'] ?? []].flat();
      for (const cookie of cookies) expect(cookie).toMatch(/^__Host-hopback(-device)?=.*; Path=\/; .*; Secure$/);
      expect((await client.call('get', '/api/v1/me', { headers })).status).toBe(200);
      // A cookie without the prefix may have been set by a subdomain.
      client.cookies.set('hopback', client.cookies.get('__Host-hopback') ?? '');
      client.cookies.delete('__Host-hopback');
      expect((await client.call('get', '/api/v1/me', { headers })).status).toBe(401);
    } finally {
      await secure.close();
    }
  });

  it('is not taken on link domains, addresses and other ports, where nobody can sign in either', async () => {
    const { hostname } = await app.createWorkspace();
    const port = new URL(app.baseUrl).port;
    const hosts = [
      hostname,
      `${hostname}:${port}`,
      `127.0.0.1:${port}`,
      'localhost',
      'localhost:1',
      `localhost.:${port}`,
    ];
    const wrong: string[] = [];
    for (const host of hosts) {
      const headers = { host, origin: '' };
      const { status } = await owner.clone().call('get', '/api/v1/me', { headers });
      const body = { email: OWNER, password: PASSWORD };
      const signedIn = await newClient().call('post', '/api/v1/auth/sign-in', { headers, body });
      if (status !== 401 || ![403, 404].includes(signedIn.status)) wrong.push(`${host}: ${status} ${signedIn.status}`);
    }
    report({ name: 'people', what: 'cookie on other hosts', tried: hosts.length * 2, bad: wrong.length });
    expect(wrong).toEqual([]);
  });

  it('twice is none, and does not help a wrong API key', async () => {
    const cookie = `${owner.cookieHeader}; hopback=${'C'.repeat(43)}`;
    expect((await owner.clone().call('get', '/api/v1/me', { headers: { cookie } })).status).toBe(401);
    const authorization = 'Bearer a-key-that-was-never-created';
    expect((await owner.clone().call('get', '/api/v1/links', { headers: { authorization } })).status).toBe(401);
    // A proxy in front may ask for a password of its own.
    const ofProxy = { authorization: 'Basic dXNlcjpwYXNz' };
    expect((await owner.clone().call('get', '/api/v1/links', { headers: ofProxy })).status).toBe(200);
    expect((await newClient().call('get', '/api/v1/links', { headers: ofProxy })).status).toBe(401);
  });

  it.each(['', 'x', 'A'.repeat(43), '../../etc/passwd', '%00', 'null', `${'A'.repeat(8_000)}`])(
    'with %j is no session',
    async (value) => {
      const client = newClient();
      client.cookies.set('hopback', value);
      expect(await client.status('get', '/api/v1/me')).toBe(401);
    },
  );
});

describe('an invitation', () => {
  it('to an address that its person has changed is for the new person with that address alone', async () => {
    const email = newEmail();
    const person = await invitedMember(app, owner, { email, role: 'analyst' });
    const workspace = await app.createWorkspace();
    const send = async (to: string): Promise<string> => {
      const body = { email: to, role: 'owner' };
      return tokenOf(
        (await app.api('post', '/invitations', workspace.apiKey).send(body)).body as InvitationSentResponse,
      );
    };
    const toOld = await send(email);
    const users = app.connection.collection('users');
    const next = newEmail();
    await users.updateOne({ email }, { $set: { email: next, emailKey: next } });
    const accept = (client: PersonClient, token: string, fields: object = {}): Promise<number> =>
      client.status('post', '/api/v1/auth/invitations/accept', { token, ...fields });
    expect(await accept(person, toOld)).toBe(403);
    expect(await accept(newClient(), toOld, { name: 'Someone else', password: PASSWORD })).toBe(200);
    expect((await person.json<MeResponse>('get', '/api/v1/me')).workspaces).toHaveLength(1);
    // A change that the new address has not confirmed counts for nothing.
    const toUnconfirmed = await send(newEmail());
    await person.json('post', '/api/v1/me/email', { email: `attacked-${number}@brand.example` });
    expect(await accept(person, toUnconfirmed)).toBe(403);
    report({ name: 'people', what: 'invitation to a changed address', tried: 2, bad: 0 });
  });
});

describe('an Idempotency-Key', () => {
  it('gives a person the answer of the first request, and no other person', async () => {
    const other = await invitedMember(app, owner, { email: newEmail(), role: 'admin' });
    const body = { name: 'once', scopes: ['links:read'] };
    const send = (person: PersonClient): Promise<{ status: number; text: string }> =>
      person.call('post', '/api/v1/api-keys', { body, headers: { 'idempotency-key': 'the-same-for-all' } });
    const [first, again, stolen] = [await send(owner), await send(owner), await send(other)];
    expect([first.status, again.status, stolen.status]).toEqual([201, 201, 409]);
    expect(again.text).toBe(first.text);
    const { key } = JSON.parse(first.text) as { key: string };
    expect(stolen.text).not.toContain(key);
    const stored = await app.connection.collection('idempotencyRecords').find().toArray();
    expect(JSON.stringify(stored)).not.toContain(key);
  });
});

describe('secrets at rest', () => {
  it('are hashes: no token of a cookie or a link is in the database', async () => {
    const invitation = await owner.json<InvitationSentResponse>('post', '/api/v1/invitations', {
      email: newEmail(),
      role: 'analyst',
    });
    await owner.json('post', '/api/v1/auth/password/forgot', { email: OWNER });
    const secrets = [owner.cookies.get('hopback') ?? '', tokenOf(invitation), PASSWORD];
    for (const { name } of await app.connection.listCollections()) {
      const text = JSON.stringify(await app.connection.collection(name).find().toArray());
      for (const secret of secrets) expect(text.includes(secret), name).toBe(false);
    }
    const stored = await app.connection.collection('sessions').findOne({
      tokenHash: createHash('sha256')
        .update(secrets[0] ?? '')
        .digest('hex'),
    });
    expect(stored).not.toBeNull();
  });
});

describe('guesses', () => {
  it(
    'of thousands of passwords for one account do not keep its owner out from a known device',
    async () => {
      const email = newEmail();
      const known = await invitedMember(app, owner, { email, role: 'editor' });
      const device = newClient();
      device.cookies.set('hopback-device', known.cookies.get('hopback-device') ?? '');
      const statuses = new Map<number, number>();
      const guesses = Array.from({ length: GUESSES }, (_, i) => `guess number ${i} of many`);
      await inParallel(guesses, async (password) => {
        const status = await newClient().status('post', '/api/v1/auth/sign-in', { email, password });
        statuses.set(status, (statuses.get(status) ?? 0) + 1);
      });
      expect(new Set(statuses.keys())).toEqual(new Set([401, 429]));
      expect(statuses.get(401)).toBeLessThanOrEqual(20);
      expect(await device.status('post', '/api/v1/auth/sign-in', { email, password: PASSWORD })).toBe(200);
      // An unknown device has to wait, though its password is right: else the guesses could go on.
      expect(await newClient().status('post', '/api/v1/auth/sign-in', { email, password: PASSWORD })).toBe(429);
      // Another account is not affected, from another device of its own.
      expect(await owner.clone().status('post', '/api/v1/auth/sign-in', { email: OWNER, password: PASSWORD })).toBe(
        200,
      );
      report({ name: 'people', what: 'wrong passwords for one account', tried: GUESSES, bad: 0 });
    },
    GUESSES_TIMEOUT_MS,
  );
});
