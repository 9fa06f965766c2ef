import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ApiKeyCreatedResponse, ApiKeyListResponse } from '../../../src/workspaces/api-keys/api-keys.dto.js';
import { SCOPES } from '../../../src/workspaces/scopes.js';
import { TestApp } from '../../support/test-app.js';
import { itAsksForKeyAndScope } from '../../support/api/access.js';
import { expectInvalid, expectProblem } from '../../support/api/expect-problem.js';

const UNKNOWN_ID = 'key_00000000000000000000';

let app: TestApp;
let other: { apiKey: string };
beforeAll(async () => {
  app = await TestApp.start();
  other = await app.createWorkspace();
});
afterAll(() => app.close());

const create = async (scopes: string[], key = app.apiKey): Promise<ApiKeyCreatedResponse> => {
  const response = await app.api('post', '/api-keys', key).send({ name: 'Test', scopes });
  expect(response.status, response.text).toBe(201);
  return response.body as ApiKeyCreatedResponse;
};
const list = async (key = app.apiKey, query = 'limit=100'): Promise<ApiKeyListResponse> =>
  (await app.api('get', `/api-keys?${query}`, key)).body as ApiKeyListResponse;

describe('access to API keys', () => {
  itAsksForKeyAndScope(
    () => app,
    [
      ['post', '/api-keys', 'api-keys:write'],
      ['get', '/api-keys', 'api-keys:read'],
      ['get', `/api-keys/${UNKNOWN_ID}`, 'api-keys:read'],
      ['patch', `/api-keys/${UNKNOWN_ID}`, 'api-keys:write'],
      ['post', `/api-keys/${UNKNOWN_ID}/rotate`, 'api-keys:write'],
      ['delete', `/api-keys/${UNKNOWN_ID}`, 'api-keys:write'],
    ],
  );

  it.each([
    ['in lower case', (key: string) => `bearer ${key}`],
    ['in upper case', (key: string) => `BEARER ${key}`],
  ])('takes the word Bearer %s', async (_, header) => {
    expect((await app.plain('get', '/api/v1/links').set('authorization', header(app.apiKey))).status).toBe(200);
  });

  it.each([
    ['the key alone', (key: string) => key],
    ['another scheme', (key: string) => `Basic ${key}`],
    ['no key', () => 'Bearer '],
    ['two keys', (key: string) => `Bearer ${key} ${key}`],
    ['a part of the key', (key: string) => `Bearer ${key.slice(0, -1)}`],
    ['a longer key', (key: string) => `Bearer ${key}x`],
    ['the key in another case', (key: string) => `Bearer ${key.toUpperCase()}`],
    ['a very long one', () => `Bearer ${'x'.repeat(5_000)}`],
  ])('refuses %s in the header', async (_, header) => {
    expectProblem(await app.plain('get', '/api/v1/links').set('authorization', header(app.apiKey)), 401);
  });

  it('refuses a key in the query', async () => {
    expectProblem(await app.plain('get', `/api/v1/links?api_key=${app.apiKey}&access_token=${app.apiKey}`), 401);
  });
});

describe('POST /api-keys', () => {
  it('gives the key this once, and it works', async () => {
    const created = await create(['links:read', 'links:write']);
    expect(created).toEqual({
      id: expect.stringMatching(/^key_[0-9A-Za-z]{20}$/),
      name: 'Test',
      key: expect.stringMatching(/^hb_[0-9A-Za-z]{36}$/),
      last4: created.key.slice(-4),
      scopes: ['links:read', 'links:write'],
      userId: null,
      createdAt: expect.any(String),
      expiresAt: null,
      lastUsedAt: null,
      oldKey: null,
    });
    expect((await app.createLink({}, created.key)).domain).toBe('localhost');
    expect(JSON.stringify(await list())).not.toContain(created.key);
    const stored = await app.connection.collection('apiKeys').find().toArray();
    expect(JSON.stringify(stored)).not.toContain(created.key);
  });

  it('acts in the workspace that made the key', async () => {
    const theirs = await create(['links:read'], other.apiKey);
    const link = await app.createLink({}, other.apiKey);
    expect((await app.link(link.id, theirs.key)).id).toBe(link.id);
  });

  it.each(SCOPES)('can grant %s alone', async (scope) => {
    expect((await create([scope])).scopes).toEqual([scope]);
  });

  it('can grant everything', async () => {
    const { key } = await create(['*']);
    expect((await create(['*'], key)).scopes).toEqual(['*']);
  });

  it('grants no more than the granting key has', async () => {
    const { key } = await create(['api-keys:write', 'links:read']);
    expect((await create(['links:read'], key)).scopes).toEqual(['links:read']);
    for (const scopes of [['*'], ['links:write'], ['links:read', 'workspaces:write'], [...SCOPES]]) {
      expectProblem(await app.api('post', '/api-keys', key).send({ name: 'More', scopes }), 403);
    }
    const all = await create([...SCOPES]);
    expectProblem(await app.api('post', '/api-keys', all.key).send({ name: 'More', scopes: ['*'] }), 403);
  });

  it.each<[string, object, ...string[]]>([
    ['nothing', {}, 'name', 'scopes'],
    ['no name', { scopes: ['links:read'] }, 'name'],
    ['an empty name', { name: '', scopes: ['links:read'] }, 'name'],
    ['a long name', { name: 'x'.repeat(101), scopes: ['links:read'] }, 'name'],
    ['no scopes', { name: 'n', scopes: [] }, 'scopes'],
    ['one scope as text', { name: 'n', scopes: 'links:read' }, 'scopes'],
    ['an unknown scope', { name: 'n', scopes: ['links:read', 'links:all'] }, 'scopes'],
    ['a scope twice', { name: 'n', scopes: ['links:read', 'links:read'] }, 'scopes'],
    ['nulls', { name: null, scopes: null }, 'name', 'scopes'],
    ['operators', { name: { $ne: null }, scopes: { $ne: null } }, 'name', 'scopes'],
    ['an operator as scope', { name: 'n', scopes: [{ $ne: null }] }, 'scopes'],
    ['a key of its own', { name: 'n', scopes: ['links:read'], key: 'x'.repeat(30) }, 'key'],
    ['a time in the past', { name: 'n', scopes: ['links:read'], expiresAt: '2020-01-01' }, 'expiresAt'],
    ['no time', { name: 'n', scopes: ['links:read'], expiresAt: 'soon' }, 'expiresAt'],
    ['another workspace', { name: 'n', scopes: ['links:read'], workspaceId: 'x' }, 'workspaceId'],
  ])('refuses %s', async (_, body, ...paths) => {
    expectInvalid(await app.api('post', '/api-keys').send(body), ...paths);
  });
});

describe('GET /api-keys', () => {
  it('lists this workspace’s keys, newest first, in pages', async () => {
    const { apiKey } = await app.createWorkspace();
    const [first, second] = [await create(['links:read'], apiKey), await create(['links:read'], apiKey)];
    const { data } = await list(apiKey);
    expect(data.map(({ id, name }) => [id, name])).toEqual([
      [second.id, 'Test'],
      [first.id, 'Test'],
      [expect.any(String), 'Owner'],
    ]);
    const page = await list(apiKey, 'limit=2');
    expect(page.page.hasMore).toBe(true);
    const rest = await list(apiKey, `limit=2&cursor=${page.page.nextCursor}`);
    expect([...page.data, ...rest.data]).toEqual(data);
  });
});

describe('DELETE /api-keys/{id}', () => {
  it('revokes a key at once', async () => {
    const { id, key } = await create(['links:read']);
    expect((await app.api('get', '/links', key)).status).toBe(200);
    expect((await app.api('delete', `/api-keys/${id}`)).status).toBe(204);
    expectProblem(await app.api('get', '/links', key), 401);
    expectProblem(await app.api('delete', `/api-keys/${id}`), 404);
    expect((await list()).data.map((listed) => listed.id)).not.toContain(id);
  });

  it('is a 404 for an unknown id and another workspace’s key, which stays', async () => {
    const theirs = await create(['links:read'], other.apiKey);
    for (const id of [UNKNOWN_ID, 'nonsense', theirs.id]) {
      expectProblem(await app.api('delete', `/api-keys/${id}`), 404);
    }
    expect((await app.api('get', '/links', theirs.key)).status).toBe(200);
  });
});
