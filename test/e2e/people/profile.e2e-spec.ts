import { createHash } from 'node:crypto';
import { TOTP } from 'otpauth';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { MeResponse, RecoveryCodesResponse, TotpSecretResponse } from '../../../src/people/profile/me.dto.js';
import { eventually } from '../../support/eventually.js';
import { firstOwner, invitedMember, PASSWORD, signIn } from '../../support/people/people.js';
import { PersonClient } from '../../support/people/person-client.js';
import { TestApp } from '../../support/test-app.js';

const NEW_PASSWORD = 'another-horse-9-battery';

let app: TestApp;
let owner: PersonClient;
let number = 0;

beforeAll(async () => {
  app = await TestApp.start();
  owner = await firstOwner(app);
});
afterAll(() => app.close());

const newPerson = async (role: 'admin' | 'editor' = 'editor'): Promise<{ email: string; person: PersonClient }> => {
  const email = `person-${++number}@brand.example`;
  return { email, person: await invitedMember(app, owner, { email, role }) };
};
const newClient = (): PersonClient => new PersonClient(app.baseUrl);
const signInStatus = (email: string, password: string): Promise<number> =>
  newClient().status('post', '/api/v1/auth/sign-in', { email, password });

/** The token of a link whose hash is stored: the test makes one of its own, as the link is only in a mail. */
const challengeToken = async (purpose: string, email: string): Promise<string> => {
  const user = await app.connection.collection('users').findOne({ email });
  const challenges = app.connection.collection<{ _id: string; userId: string; purpose: string }>('challenges');
  const found = await eventually(
    () => challenges.findOne({ purpose, userId: String(user?._id) }),
    (challenge) => challenge !== null,
  );
  if (found === null) throw new Error('no challenge');
  const token = `test-token-${++number}`;
  await challenges.deleteOne({ _id: found._id });
  await challenges.insertOne({ ...found, _id: createHash('sha256').update(token).digest('hex') });
  return token;
};

/** Adds an authenticator app. @returns a function that gives the code of now, later by some steps of 30 seconds. */
const addTotp = async (
  person: PersonClient,
): Promise<{ code: (steps?: number) => string; recoveryCodes: string[] }> => {
  const { secret } = await person.json<TotpSecretResponse>('post', '/api/v1/me/totp');
  const totp = new TOTP({ secret });
  const code = (steps = 0): string => totp.generate({ timestamp: Date.now() + steps * 30_000 });
  const { recoveryCodes } = await person.json<RecoveryCodesResponse>('post', '/api/v1/me/totp/confirm', {
    code: code(-1),
  });
  return { code, recoveryCodes };
};

const challengeOf = async ({ email, person }: { email: string; person: PersonClient }): Promise<string> => {
  await person.json('post', '/api/v1/me/email', { email: `other-${email}` });
  return challengeToken('email-change', email);
};

describe('the profile', () => {
  it('has a name that can be changed', async () => {
    const { person } = await newPerson();
    expect(await person.json('patch', '/api/v1/me', { name: 'Changed' })).toMatchObject({ name: 'Changed' });
    for (const name of ['', 'x'.repeat(101), 1, null]) {
      expect(await person.status('patch', '/api/v1/me', { name })).toBe(422);
    }
    expect(await person.status('patch', '/api/v1/me', { email: 'x@brand.example' })).toBe(422);
  });
});

describe('a password', () => {
  it('is changed in a session, which ends all others', async () => {
    const { email, person } = await newPerson();
    const other = await signIn(newClient(), email);
    expect(await person.status('post', '/api/v1/me/password', { password: 'short' })).toBe(422);
    expect(await person.status('post', '/api/v1/me/password', { password: NEW_PASSWORD })).toBe(204);
    expect(await other.status('get', '/api/v1/me')).toBe(401);
    expect(await person.status('get', '/api/v1/me')).toBe(200);
    expect([await signInStatus(email, PASSWORD), await signInStatus(email, NEW_PASSWORD)]).toEqual([401, 200]);
  });

  it('is reset by a link, once, which ends all sessions', async () => {
    const { email, person } = await newPerson();
    expect(await newClient().status('post', '/api/v1/auth/password/forgot', { email })).toBe(202);
    const token = await challengeToken('password-reset', email);
    const reset = (password: string): Promise<number> =>
      newClient().status('post', '/api/v1/auth/password/reset', { token, password });
    expect(await reset('password12345')).toBe(422);
    const statuses = await Promise.all([reset(NEW_PASSWORD), reset(NEW_PASSWORD), reset(NEW_PASSWORD)]);
    expect(statuses.sort((a, b) => a - b)).toEqual([204, 404, 404]);
    expect(await person.status('get', '/api/v1/me')).toBe(401);
    expect(await signInStatus(email, NEW_PASSWORD)).toBe(200);
    expect(await reset(NEW_PASSWORD)).toBe(404);
  });

  it('of an unknown address is asked for with the same answer', async () => {
    const [known, unknown] = await Promise.all(
      ['owner@brand.example', 'nobody@brand.example'].map((email) =>
        newClient().call('post', '/api/v1/auth/password/forgot', { body: { email } }),
      ),
    );
    expect([known?.status, known?.text]).toEqual([202, '']);
    expect([unknown?.status, unknown?.text]).toEqual([202, '']);
  });
});

describe('an e-mail address', () => {
  it('changes by a link to the new one, once', async () => {
    const { email, person } = await newPerson();
    const next = `next-${email}`;
    expect(await person.status('post', '/api/v1/me/email', { email: next })).toBe(202);
    expect(await person.json<MeResponse>('get', '/api/v1/me')).toMatchObject({ email });
    const token = await challengeToken('email-change', email);
    expect(await newClient().status('post', '/api/v1/auth/email/confirm', { token })).toBe(204);
    expect(await newClient().status('post', '/api/v1/auth/email/confirm', { token })).toBe(404);
    expect(await person.json<MeResponse>('get', '/api/v1/me')).toMatchObject({ email: next });
    expect([await signInStatus(email, PASSWORD), await signInStatus(next, PASSWORD)]).toEqual([401, 200]);
  });

  it('keeps a known device known', async () => {
    const { email, person } = await newPerson();
    const next = `known-${email}`;
    await person.json('post', '/api/v1/me/email', { email: next });
    const device = person.cookies.get('hopback-device');
    const token = await challengeToken('email-change', email);
    expect(await person.status('post', '/api/v1/auth/email/confirm', { token })).toBe(204);
    expect(person.cookies.get('hopback-device')).not.toBe(device);
    const stranger = newClient();
    const other = await challengeOf(await newPerson());
    await stranger.json('post', '/api/v1/auth/email/confirm', { token: other });
    expect(stranger.cookies.size).toBe(0);
  });

  it('is asked for five times an hour at most', async () => {
    const { person } = await newPerson();
    const statuses: number[] = [];
    for (let i = 0; i < 6; i++) {
      statuses.push(await person.status('post', '/api/v1/me/email', { email: `many-${i}@brand.example` }));
    }
    expect(statuses).toEqual([202, 202, 202, 202, 202, 429]);
  });

  it('of another account is not taken', async () => {
    const [one, other] = [await newPerson(), await newPerson()];
    expect(await one.person.status('post', '/api/v1/me/email', { email: other.email })).toBe(202);
    const token = await challengeToken('email-change', one.email);
    expect(await newClient().status('post', '/api/v1/auth/email/confirm', { token })).toBe(409);
    expect(await one.person.json<MeResponse>('get', '/api/v1/me')).toMatchObject({ email: one.email });
  });
});

describe('an authenticator app', () => {
  it('is asked for after the password, and each code works once', async () => {
    const { email, person } = await newPerson();
    const { code } = await addTotp(person);
    const client = newClient();
    expect(await client.json('post', '/api/v1/auth/sign-in', { email, password: PASSWORD })).toEqual({ next: 'totp' });
    expect(await client.status('get', '/api/v1/me')).toBe(401);
    const copy = client.clone();
    expect(await client.status('post', '/api/v1/auth/totp', { code: '000000' })).toBe(401);
    const now = code();
    const statuses = await Promise.all(
      [client, copy].map((one) => one.status('post', '/api/v1/auth/totp', { code: now })),
    );
    expect(statuses.sort((a, b) => a - b)).toEqual([200, 401]);
    const again = newClient();
    await again.json('post', '/api/v1/auth/sign-in', { email, password: PASSWORD });
    expect(await again.status('post', '/api/v1/auth/totp', { code: now })).toBe(401);
    expect(await again.status('post', '/api/v1/auth/totp', { code: code(1) })).toBe(200);
  });

  it('is replaced by a recovery code, each once; new ones end the old', async () => {
    const { email, person } = await newPerson();
    const { recoveryCodes } = await addTotp(person);
    expect(recoveryCodes).toHaveLength(10);
    const withCode = async (code: string): Promise<number> => {
      const client = newClient();
      await client.json('post', '/api/v1/auth/sign-in', { email, password: PASSWORD });
      return client.status('post', '/api/v1/auth/totp', { code });
    };
    expect(await withCode(` ${recoveryCodes[0]?.toUpperCase()} `)).toBe(200);
    expect(await withCode(recoveryCodes[0] ?? '')).toBe(401);
    expect(await person.json<MeResponse>('get', '/api/v1/me')).toMatchObject({ hasTotp: true, recoveryCodesLeft: 9 });
    const renewed = await person.json<RecoveryCodesResponse>('post', '/api/v1/me/recovery-codes');
    expect(await withCode(recoveryCodes[1] ?? '')).toBe(401);
    expect(await withCode(renewed.recoveryCodes[1] ?? '')).toBe(200);
  });

  it('refuses more than five codes of one sign-in', async () => {
    const { email, person } = await newPerson();
    const { code } = await addTotp(person);
    const client = newClient();
    await client.json('post', '/api/v1/auth/sign-in', { email, password: PASSWORD });
    for (let i = 0; i < 5; i++) expect(await client.status('post', '/api/v1/auth/totp', { code: '000000' })).toBe(401);
    expect(await client.status('post', '/api/v1/auth/totp', { code: code() })).toBe(401);
  });

  it('is not in the database as it is, and can be removed', async () => {
    const { email, person } = await newPerson();
    const { secret } = await person.json<TotpSecretResponse>('post', '/api/v1/me/totp');
    expect(JSON.stringify(await app.connection.collection('users').findOne({ email }))).not.toContain(secret);
    expect(await person.status('delete', '/api/v1/me/totp')).toBe(404);
    expect(await person.status('post', '/api/v1/me/totp/confirm', { code: '000000' })).toBe(422);
    await addTotp(person);
    expect(await person.status('delete', '/api/v1/me/totp')).toBe(204);
    expect(await newClient().json('post', '/api/v1/auth/sign-in', { email, password: PASSWORD })).toEqual({
      next: null,
    });
    expect(await person.status('post', '/api/v1/me/recovery-codes')).toBe(409);
  });
});

describe('a person', () => {
  it('gets all that is stored about them, without secrets', async () => {
    const { email, person } = await newPerson();
    await addTotp(person);
    await person.json('post', '/api/v1/links', { url: 'https://shop.example/' });
    const { text } = await person.call('get', '/api/v1/me/export');
    const lines = text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { section: string; counts?: object });
    expect(lines.at(-1)).toEqual({ section: 'end', counts: { account: 1, sessions: 1, memberships: 1, changes: 2 } });
    expect(text).toContain(email);
    expect(text).not.toMatch(/argon2|tokenHash|passwordHash|"secret"|hopback_/);
  });

  it('is deleted, and has no name in the audit log any more', async () => {
    const { email, person } = await newPerson();
    const { id, name } = await person.json<MeResponse>('get', '/api/v1/me');
    await person.json('post', '/api/v1/links', { url: 'https://shop.example/' });
    expect(await person.status('delete', '/api/v1/me', { confirm: 'x@brand.example' })).toBe(422);
    expect(await person.status('delete', '/api/v1/me', { confirm: email.toUpperCase() })).toBe(204);
    expect(await person.status('get', '/api/v1/me')).toBe(401);
    expect(await signInStatus(email, PASSWORD)).toBe(401);
    for (const collection of await app.connection.listCollections()) {
      const rows = await app.connection.collection(collection.name).find().toArray();
      const text = JSON.stringify(rows);
      expect(text.includes(email) || text.includes(name), collection.name).toBe(false);
    }
    const { data } = await owner.json<{ data: object[] }>('get', `/api/v1/audit-log?actor=${id}`);
    expect(data.length).toBeGreaterThan(1);
    for (const entry of data) expect(entry).toMatchObject({ actor: { id, name: 'Deleted person' }, ip: 'erased' });
  });

  it('who is the last owner of others is not deleted', async () => {
    await newPerson();
    expect(await owner.status('delete', '/api/v1/me', { confirm: 'owner@brand.example' })).toBe(409);
  });
});
