import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { ApiKeyReadModel } from '../../../src/workspaces/api-keys/api-key.read-model.js';
import type { ApiKeyCreatedResponse, ApiKeyResponse } from '../../../src/workspaces/api-keys/api-keys.dto.js';
import { eventually } from '../../support/eventually.js';
import { TestApp } from '../../support/test-app.js';
import { expectInvalid, expectProblem } from '../../support/api/expect-problem.js';

// What becomes of a key after it was made: used, changed, rotated, expired, the last of its kind.

const UNKNOWN_ID = 'key_00000000000000000000';
const DAY_MS = 86_400_000;

let app: TestApp;
let second: TestApp;
let third: TestApp | undefined;
let other: { apiKey: string };
beforeAll(async () => {
  app = await TestApp.start();
  second = await TestApp.start({ sharing: app });
  other = await app.createWorkspace();
});
afterAll(async () => {
  await third?.close();
  await second.close();
  await app.close();
});

const create = async (fields: object = {}, key = app.apiKey): Promise<ApiKeyCreatedResponse> => {
  const body = { name: 'Test', scopes: ['links:read'], ...fields };
  const response = await app.api('post', '/api-keys', key).send(body);
  expect(response.status, response.text).toBe(201);
  return response.body as ApiKeyCreatedResponse;
};
const read = async (id: string, key = app.apiKey): Promise<ApiKeyResponse> =>
  (await app.api('get', `/api-keys/${id}`, key)).body as ApiKeyResponse;
const patch = (id: string, body: object, key = app.apiKey) => app.api('patch', `/api-keys/${id}`, key).send(body);
const rotate = async (id: string, body: object = {}, key = app.apiKey): Promise<ApiKeyCreatedResponse> => {
  const response = await app.api('post', `/api-keys/${id}/rotate`, key).send(body);
  expect(response.status, response.text).toBe(200);
  return response.body as ApiKeyCreatedResponse;
};
const works = async (key: string, of = app): Promise<number> => (await of.api('get', '/links', key)).status;
const stored = () => app.connection.collection<{ _id: string }>('apiKeys');
const ownerOf = async (key: string): Promise<string> =>
  ((await app.api('get', '/api-keys', key)).body as { data: ApiKeyResponse[] }).data.at(-1)?.id ?? '';
const inDays = (days: number): string => new Date(Date.now() + days * DAY_MS).toISOString();

describe('one key', () => {
  it('is read without its secret', async () => {
    const { key, ...shown } = await create({ expiresAt: inDays(1) });
    expect(await read(shown.id)).toEqual(shown);
    expect(JSON.stringify(await read(shown.id))).not.toContain(key);
  });

  it('says when it was last used, written once a minute', async () => {
    const { id, key } = await create();
    await works(key);
    const { lastUsedAt } = await eventually(
      () => read(id),
      (shown) => shown.lastUsedAt !== null,
    );
    expect(Math.abs(Date.now() - Date.parse(lastUsedAt ?? ''))).toBeLessThan(60_000);
    await Promise.all(Array.from({ length: 20 }, () => works(key, second)));
    expect((await read(id)).lastUsedAt).toBe(lastUsedAt);
    await stored().updateOne({ _id: id }, { $set: { lastUsedAt: new Date(Date.now() - 90_000) } });
    third = await TestApp.start({ sharing: app }); // one that has not noted it lately
    await works(key, third);
    await eventually(
      () => read(id),
      (shown) => Date.parse(shown.lastUsedAt ?? '') > Date.now() - 60_000,
    );
  });

  it('is refused without a look-up when it is junk', async () => {
    const lookUp = vi.spyOn(ApiKeyReadModel.prototype, 'findByHash');
    for (const junk of ['short', `hb_${'0'.repeat(36)}`, 'x'.repeat(300)]) {
      expectProblem(await app.api('get', '/links', junk), 401);
    }
    expect(lookUp).not.toHaveBeenCalled();
    expectProblem(await app.api('get', '/links', 'an-operators-own-key-of-30-chars'), 401);
    expect(lookUp).toHaveBeenCalledTimes(1);
  });

  it('is revoked at once in another process too', async () => {
    const { id, key } = await create();
    expect(await works(key, second)).toBe(200);
    await app.api('delete', `/api-keys/${id}`);
    expect(await works(key, second)).toBe(401);
  });
});

describe('expiry', () => {
  it('ends a key, and the answer says so', async () => {
    const { id, key, expiresAt } = await create({ expiresAt: inDays(1) });
    expect(expiresAt).not.toBeNull();
    expect(await works(key)).toBe(200);
    await stored().updateOne({ _id: id }, { $set: { expiresAt: new Date(Date.now() - 1_000) } });
    const response = await app.api('get', '/links', key);
    expect(expectProblem(response, 401).detail).toMatch(/"Test" expired on 20/);
    expect(response.headers['www-authenticate']).toContain('error="invalid_token"');
    expect((await patch(id, { expiresAt: null })).status).toBe(200);
    expect(await works(key)).toBe(200);
  });

  it('holds for what an expiring key makes', async () => {
    const temporary = await create({ scopes: ['api-keys:write', 'links:read'], expiresAt: inDays(2) });
    const body = { name: 'n', scopes: ['links:read'] };
    for (const expiresAt of [undefined, null, inDays(3)]) {
      expectProblem(await app.api('post', '/api-keys', temporary.key).send({ ...body, expiresAt }), 403);
    }
    await create({ expiresAt: inDays(1) }, temporary.key);
    expectProblem(await patch(temporary.id, { expiresAt: null }, temporary.key), 403);
    expect((await rotate(temporary.id, {}, temporary.key)).expiresAt).toBe(temporary.expiresAt);
  });
});

describe('PATCH /api-keys/{id}', () => {
  it('changes what is given, at once', async () => {
    const { id, key } = await create();
    expect((await patch(id, {})).body).toEqual(await read(id));
    const response = await patch(id, { name: 'New', scopes: ['networks:read'], expiresAt: inDays(1) });
    expect(response.body).toMatchObject({ id, name: 'New', scopes: ['networks:read'], expiresAt: expect.any(String) });
    expect(await works(key)).toBe(403);
    expect((await app.api('get', '/networks', key)).status).toBe(200);
  });

  it('grants no more than the changing key has, but lets it take away and rename', async () => {
    const { key } = await create({ scopes: ['api-keys:write', 'links:read', 'links:write'] });
    const equal = await create({ scopes: ['links:read', 'links:write'] });
    expectProblem(await patch(equal.id, { scopes: ['*'] }, key), 403);
    expect((await patch(equal.id, { name: 'Renamed' }, key)).status).toBe(200);
    expect((await patch(equal.id, { scopes: ['links:read'] }, key)).status).toBe(200);
    expect((await app.api('delete', `/api-keys/${equal.id}`, key)).status).toBe(204);
  });

  it.each([[['*']], [['links:read', 'links:write']], [['workspaces:delete']]])(
    'S26 a key that may do more (%j) is neither renamed, cut, ended, rotated nor revoked',
    async (scopes) => {
      const { id: ownId, key } = await create({ scopes: ['api-keys:write', 'api-keys:read', 'links:read'] });
      const strong = await create({ scopes });
      const path = `/api-keys/${strong.id}`;
      const before = await read(strong.id);
      const changes = [{ name: 'x' }, { scopes: ['links:read'] }, { expiresAt: '2099-01-01' }, {}];
      for (const change of changes) expectProblem(await patch(strong.id, change, key), 403);
      expectProblem(await app.api('post', `${path}/rotate`, key).send({ overlapHours: 0 }), 403);
      expect(expectProblem(await app.api('delete', path, key), 403).detail).toContain(
        'has scopes that this one does not have',
      );
      expect(await read(strong.id)).toEqual(before);
      // Its own it may end, and an owner may end any.
      expect((await app.api('delete', `/api-keys/${ownId}`, key)).status).toBe(204);
      expect((await app.api('delete', path)).status).toBe(204);
    },
  );

  it.each<[string, object, ...string[]]>([
    ['nulls', { name: null, scopes: null }, 'name', 'scopes'],
    ['no scopes', { scopes: [] }, 'scopes'],
    ['a time in the past', { expiresAt: '2020-01-01' }, 'expiresAt'],
    ['a secret', { key: 'x'.repeat(30), hash: 'x' }, 'key', 'hash'],
  ])('refuses %s', async (_, body, ...paths) => {
    const { id } = await create();
    expectInvalid(await patch(id, body), ...paths);
  });

  it('is a 404 for an unknown id and another workspace’s key', async () => {
    const theirs = await create({}, other.apiKey);
    for (const id of [UNKNOWN_ID, theirs.id]) {
      expectProblem(await patch(id, { name: 'x' }), 404);
      expectProblem(await app.api('get', `/api-keys/${id}`), 404);
      expectProblem(await app.api('post', `/api-keys/${id}/rotate`).send({}), 404);
    }
    expect((await read(theirs.id, other.apiKey)).name).toBe('Test');
  });
});

describe('POST /api-keys/{id}/rotate', () => {
  it('gives a new secret this once, and both are valid for a day', async () => {
    const before = await create();
    const rotated = await rotate(before.id);
    expect(rotated).toMatchObject({ id: before.id, last4: rotated.key.slice(-4), oldKey: { last4: before.last4 } });
    expect(Date.parse(rotated.oldKey?.validUntil ?? '') - Date.now()).toBeGreaterThan(DAY_MS - 60_000);
    for (const of of [app, second]) {
      expect([await works(before.key, of), await works(rotated.key, of)]).toEqual([200, 200]);
    }
    await stored().updateOne({ _id: before.id }, { $set: { oldValidUntil: new Date(Date.now() - 1) } });
    expect(expectProblem(await app.api('get', '/links', before.key), 401).detail).toContain('was rotated');
    expect(await works(rotated.key)).toBe(200);
    expect((await read(before.id)).oldKey).toBeNull();
  });

  it('ends the old secret now when that is wished, and an older one in any case', async () => {
    const first = await create();
    const then = await rotate(first.id, { overlapHours: 1 });
    const now = await rotate(first.id, { overlapHours: 0 });
    expect([await works(first.key), await works(then.key), await works(now.key)]).toEqual([401, 401, 200]);
  });

  it('grants nothing: neither what the rotating key lacks, nor to an old secret', async () => {
    const { key } = await create({ scopes: ['api-keys:write'] });
    const strong = await create({ scopes: ['links:write'] });
    expectProblem(await app.api('post', `/api-keys/${strong.id}/rotate`, key).send({}), 403);
    const admin = await create({ scopes: ['api-keys:write'] });
    await rotate(admin.id);
    expectProblem(await app.api('post', `/api-keys/${admin.id}/rotate`, admin.key).send({}), 403);
    expectProblem(await app.api('post', '/api-keys', admin.key).send({ name: 'n', scopes: ['api-keys:write'] }), 403);
  });

  it('gives the same secret again to who repeats the request', async () => {
    const { id } = await create();
    const send = () => app.api('post', `/api-keys/${id}/rotate`).set('idempotency-key', `rotate-${id}`).send({});
    expect((await send()).body).toEqual((await send()).body);
  });

  it.each([-1, 721, 0.5, '24', null])('refuses an overlap of %s', async (overlapHours) => {
    const { id } = await create();
    expectInvalid(await app.api('post', `/api-keys/${id}/rotate`).send({ overlapHours }), 'overlapHours');
  });
});

describe('the last key with all scopes', () => {
  it('cannot be removed, limited or made to expire, until there is another', async () => {
    const { apiKey } = await app.createWorkspace();
    const id = await ownerOf(apiKey);
    await create({ scopes: ['*'], expiresAt: inDays(1) }, apiKey); // will not last
    expectProblem(await app.api('delete', `/api-keys/${id}`, apiKey), 409);
    expectProblem(await patch(id, { scopes: ['links:read'] }, apiKey), 409);
    expectProblem(await patch(id, { expiresAt: inDays(9) }, apiKey), 409);
    expect((await read(id, apiKey)).scopes).toEqual(['*']);
    await create({ scopes: ['*'] }, apiKey);
    expect((await app.api('delete', `/api-keys/${id}`, apiKey)).status).toBe(204);
  });

  it('is there still when two are removed at once', async () => {
    const { apiKey } = await app.createWorkspace();
    const ids = [await ownerOf(apiKey), (await create({ scopes: ['*'] }, apiKey)).id];
    const { key } = await create({ scopes: ['*'], expiresAt: '2099-01-01' }, apiKey);
    const answers = await Promise.all(ids.map((id, i) => [app, second][i]!.api('delete', `/api-keys/${id}`, key)));
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([204, 409]);
  });
});
