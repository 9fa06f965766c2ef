import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Test } from 'supertest';
import { TestApp } from '../../support/test-app.js';

let app: TestApp;
beforeAll(async () => {
  app = await TestApp.start();
});
afterAll(() => app.close());

const create = (path: string, key: string, body: object, apiKey = app.apiKey): Test =>
  app.api('post', path, apiKey).set('idempotency-key', key).send(body);

describe('Idempotency-Key', () => {
  it.each([
    ['/links', { url: 'https://shop.example/' }],
    ['/networks', { name: 'Casino' }],
    ['/api-keys', { name: 'ci', scopes: ['links:read'] }],
    ['/workspaces', { name: 'Team' }],
  ])('makes a repeated POST %s give the first answer', async (path, body) => {
    const first = await create(path, 'one', body);
    expect(first.status).toBe(201);
    const second = await create(path, 'one', body);
    expect(second.status).toBe(201);
    expect(second.body).toEqual(first.body);
    expect(second.headers['idempotency-replayed']).toBe('true');
    expect((await create(path, 'two', body)).body).not.toEqual(first.body);
  });

  it('keeps no secret of an answer readable in the database', async () => {
    const { body } = await create('/api-keys', 'secret', { name: 'ci', scopes: ['links:read'] });
    const stored = await app.connection.collection('idempotencyRecords').find({}).toArray();
    expect(stored.length).toBeGreaterThan(0);
    expect(JSON.stringify(stored)).not.toContain((body as { key: string }).key);
  });

  it('refuses another body under the same key', async () => {
    await create('/links', 'three', { url: 'https://shop.example/a' });
    const response = await create('/links', 'three', { url: 'https://shop.example/b' });
    expect(response.status).toBe(409);
    expect(response.body).toMatchObject({ code: 'idempotency_conflict' });
  });

  it('refuses another object under the same key: a secret is not the answer for another key', async () => {
    const [one, other] = await Promise.all(
      ['one', 'other'].map(async (name) => {
        const { body } = await app.api('post', '/api-keys').send({ name, scopes: ['links:read'] });
        return (body as { id: string }).id;
      }),
    );
    expect((await create(`/api-keys/${one}/rotate`, 'rotate', {})).body).toMatchObject({ id: one });
    expect((await create(`/api-keys/${other}/rotate`, 'rotate', {})).body).toMatchObject({
      code: 'idempotency_conflict',
    });
    expect((await create(`/api-keys/${one}/rotate`, 'rotate', {})).headers['idempotency-replayed']).toBe('true');
  });

  it('runs once however many come at the same time', async () => {
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => create('/links', 'four', { url: 'https://shop.example/', title: 'four' })),
    );
    const created = answers.filter(({ status }) => status === 201);
    expect(new Set(created.map(({ body }) => (body as { id: string }).id)).size).toBe(1);
    expect(answers.every(({ status }) => status === 201 || status === 409)).toBe(true);
    const { data } = (await app.api('get', '/links?limit=100')).body as { data: { title: string | null }[] };
    expect(data.filter(({ title }) => title === 'four')).toHaveLength(1);
  });

  it('lets a request that failed be sent again', async () => {
    expect((await create('/links', 'five', { url: 'nonsense' })).status).toBe(422);
    expect((await create('/links', 'five', { url: 'https://shop.example/' })).status).toBe(201);
  });

  it('is the workspace’s own', async () => {
    const other = await app.createWorkspace();
    const mine = await create('/networks', 'six', { name: 'Casino' });
    const theirs = await create('/networks', 'six', { name: 'Casino' }, other.apiKey);
    expect(theirs.status).toBe(201);
    expect((theirs.body as { id: string }).id).not.toBe((mine.body as { id: string }).id);
  });

  it('must be readable', async () => {
    expect((await create('/networks', 'x'.repeat(256), { name: 'Casino' })).status).toBe(422);
  });
});
