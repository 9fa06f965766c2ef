import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BulkResponse } from '../../../src/links/bulk/link-bulk.dto.js';
import type { LinkResponse } from '../../../src/links/links.dto.js';
import { TestApp } from '../../support/test-app.js';
import { itAsksForKeyAndScope } from '../../support/api/access.js';
import { expectInvalid, expectProblem } from '../../support/api/expect-problem.js';

const UNKNOWN_ID = 'lnk_00000000000000000000';
const OK = 'https://shop.example/';

let app: TestApp;
let second: TestApp;
let other: { id: string; apiKey: string; hostname: string };
beforeAll(async () => {
  app = await TestApp.start();
  second = await TestApp.start({ sharing: app });
  other = await app.createWorkspace();
});
afterAll(async () => {
  await second.close();
  await app.close();
});

const upsert = (body: object, key = app.apiKey) => app.api('put', '/links/upsert', key).send(body);
const patch = (id: string, body: object) => app.api('patch', `/links/${id}`).send(body);
const bulk = async (method: 'post' | 'patch' | 'delete', body: object): Promise<BulkResponse['results']> => {
  const response = await app.api(method, '/links/bulk').send(body);
  expect(response.status).toBe(200);
  return (response.body as BulkResponse).results;
};
const locationOf = async (slug: string): Promise<string | undefined> =>
  (await app.click({ slug, domain: 'localhost' })).headers['location'];

describe('access', () => {
  itAsksForKeyAndScope(
    () => app,
    [
      ['put', '/links/upsert', 'links:write'],
      ['post', '/links/bulk', 'links:write'],
      ['patch', '/links/bulk', 'links:write'],
      ['delete', '/links/bulk', 'links:write'],
      ['post', `/links/${UNKNOWN_ID}/restore`, 'links:write'],
      ['get', `/links/${UNKNOWN_ID}/aliases`, 'links:read'],
      ['delete', `/links/${UNKNOWN_ID}/aliases?slug=a`, 'links:write'],
    ],
  );

  it('another workspace’s link is not there', async () => {
    const theirs = await app.createLink({ externalId: 'theirs' }, other.apiKey);
    for (const id of [theirs.id, 'ext_theirs']) {
      expectProblem(await app.api('post', `/links/${id}/restore`), 404);
      expectProblem(await app.api('get', `/links/${id}/aliases`), 404);
      expectProblem(await app.api('delete', `/links/${id}/aliases?slug=a`), 404);
      const results = [
        ...(await bulk('patch', { ids: [id], changes: { title: 'mine' } })),
        ...(await bulk('delete', { ids: [id] })),
      ];
      expect(results.map(({ status }) => status)).toEqual([404, 404]);
    }
    expect((await upsert({ externalId: 'theirs', url: OK })).status).toBe(201);
    expect(await app.link(theirs.id, other.apiKey)).toEqual(theirs);
  });
});

describe('PUT /links/upsert', () => {
  it('makes a link, then changes what is given of it, by externalId', async () => {
    const made = await upsert({ externalId: 'up-1', url: OK, title: 'a', tags: ['x'] });
    expect(made.status).toBe(201);
    const changed = await upsert({ externalId: 'up-1', url: `${OK}new`, slug: 'up-slug' });
    expect(changed.status).toBe(200);
    const { updatedAt: _, shortUrl: __, ...rest } = made.body as LinkResponse;
    expect(changed.body).toMatchObject({ ...rest, url: `${OK}new`, slug: 'up-slug' });
  });

  it('finds a link by domain and slug, also a former one, where no externalId names one', async () => {
    const { id } = await app.createLink({ slug: 'up-2' });
    expect((await upsert({ slug: 'up-2', url: `${OK}2` })).body).toMatchObject({ id, url: `${OK}2` });
    await patch(id, { slug: 'up-2-new', keepOldSlug: true });
    const found = await upsert({ slug: 'up-2', externalId: 'up-2', domain: 'localhost', url: `${OK}3` });
    expect(found.body).toMatchObject({ id, url: `${OK}3`, slug: 'up-2-new', externalId: 'up-2' });
  });

  it('is a 422 without either, and where it would move a link', async () => {
    expectInvalid(await upsert({ url: OK }), 'externalId');
    expectInvalid(await upsert({ externalId: 'x', url: 'nonsense' }), 'url');
    await upsert({ externalId: 'up-3', url: OK });
    expectProblem(await upsert({ externalId: 'up-3', url: OK, domain: 'else.example' }), 409);
  });

  it('takes no link from another externalId', async () => {
    const { id } = await app.createLink({ slug: 'up-owned', externalId: 'up-owner' });
    expectProblem(await upsert({ slug: 'up-owned', externalId: 'up-thief', url: OK }), 409);
    expect(await app.link(id)).toMatchObject({ externalId: 'up-owner' });
    expect((await upsert({ slug: 'up-owned', url: `${OK}bare` })).body).toMatchObject({ id, externalId: 'up-owner' });
  });

  it('makes one link of many at once', async () => {
    const wish = { externalId: 'up-race', slug: 'up-race', url: OK };
    const answers = await Promise.all(Array.from({ length: 8 }, () => upsert(wish)));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(7);
    expect(new Set(answers.map(({ body }) => (body as LinkResponse).id)).size).toBe(1);
  });

  it('makes one link of hundreds at once, on two instances, and fails for none', { timeout: 120_000 }, async () => {
    const send = (i: number) =>
      (i % 2 === 0 ? app : second).api('put', '/links/upsert').send({ externalId: 'up-crowd', url: `${OK}${i}` });
    const answers = await Promise.all(Array.from({ length: 200 }, (_, i) => send(i)));
    const statuses = answers.map(({ status }) => status);
    expect(statuses.toSorted((a, b) => a - b)).toEqual([...Array.from({ length: 199 }, () => 200), 201]);
    expect(new Set(answers.map(({ body }) => (body as LinkResponse).id)).size).toBe(1);
  });

  it('finds a link by its externalId without reading all others', async () => {
    await app.createLink({ externalId: 'up-index' });
    const index = 'workspaceId_1_externalId_1';
    const used = async (): Promise<number> => {
      const stats = await app.connection
        .collection('links')
        .aggregate([{ $indexStats: {} }])
        .toArray();
      return Number((stats.find(({ name }) => name === index) as { accesses: { ops: number } }).accesses.ops);
    };
    const before = await used();
    expect((await app.api('get', '/links/ext_up-index')).status).toBe(200);
    const between = await used();
    expect((await upsert({ externalId: 'up-index', url: OK })).status).toBe(200);
    expect([between > before, (await used()) > between]).toEqual([true, true]);
  });

  it('finds a link whose domain is named in other letters', async () => {
    const { id } = await app.createLink({ externalId: 'up-host' });
    const response = await upsert({ externalId: 'up-host', url: `${OK}host`, domain: 'LocalHost' });
    expect(response.body).toMatchObject({ id, url: `${OK}host`, domain: 'localhost' });
  });
});

describe('bulk', () => {
  it('creates links in order, each with its own outcome', async () => {
    await app.createLink({ slug: 'bulk-taken' });
    const results = await bulk('post', {
      links: [
        { url: OK, slug: 'bulk-1' },
        { url: 'nonsense', title: 1, nope: true },
        { url: OK, slug: 'bulk-taken' },
        'nonsense',
        { url: 'http://10.0.0.1/' },
        { url: OK, slug: 'bulk-1' },
        { url: OK },
      ],
    });
    expect(results.map(({ status }) => status)).toEqual([201, 422, 409, 422, 422, 409, 201]);
    expect(results[0]?.link).toMatchObject({ slug: 'bulk-1' });
    expect(results[1]?.error).toMatchObject({ code: 'invalid' });
    expect(new Set(results[1]?.error?.errors?.map(({ path }) => path))).toEqual(new Set(['nope', 'title', 'url']));
    expect(results[2]?.error).toMatchObject({ code: 'conflict', detail: expect.stringContaining('slug') });
    expect(results[4]?.error?.errors?.[0]?.code).toBe('private_host');
    expect(await app.link(results[6]?.link?.id ?? '')).toEqual(results[6]?.link);
  });

  it('changes links alike, or each its own way', async () => {
    const [a, b] = [await app.createLink({ externalId: 'bulk-a' }), await app.createLink({ externalId: 'bulk-b' })];
    const alike = await bulk('patch', {
      externalIds: ['bulk-a', 'nobody', 'bulk-b'],
      changes: { tags: ['t'], archived: true },
    });
    expect(alike.map(({ status }) => status)).toEqual([200, 404, 200]);
    expect(await app.link(b.id)).toMatchObject({ tags: ['t'], archived: true });
    const own = await bulk('patch', {
      items: [
        { id: a.id, title: 'A' },
        { id: 'ext_bulk-b', archived: false },
        { title: 'no id' },
        { id: a.id, title: 1 },
      ],
    });
    expect(own.map(({ status }) => status)).toEqual([200, 200, 404, 422]);
    expect(await app.link(a.id)).toMatchObject({ title: 'A', archived: true });
    expect(await app.link(b.id)).toMatchObject({ archived: false });
  });

  it('deletes links', async () => {
    const [a, b] = [await app.createLink(), await app.createLink()];
    expect(await bulk('delete', { ids: [a.id, 'nonsense', b.id, a.id] })).toMatchObject([
      { status: 204 },
      { status: 404 },
      { status: 204 },
      { status: 404 },
    ]);
    expectProblem(await app.api('get', `/links/${a.id}`), 404);
  });

  it('refuses what is no list, none, or too many', async () => {
    expectInvalid(await app.api('post', '/links/bulk').send({ links: [] }), 'links');
    expectInvalid(
      await app.api('post', '/links/bulk').send({ links: Array.from({ length: 101 }, () => ({})) }),
      'links',
    );
    expectInvalid(await app.api('patch', '/links/bulk').send({ ids: ['a'] }), 'changes');
    expectInvalid(await app.api('patch', '/links/bulk').send({ changes: {} }), 'ids');
    expectInvalid(await app.api('patch', '/links/bulk').send({ items: [{}], ids: ['a'] }), 'items');
    expectInvalid(await app.api('delete', '/links/bulk').send({ ids: ['a'], externalIds: ['b'] }), 'ids');
  });

  it('runs once for an Idempotency-Key', async () => {
    const key = randomUUID();
    const send = () =>
      app
        .api('post', '/links/bulk')
        .set('idempotency-key', key)
        .send({ links: [{ url: OK }] });
    const first = await send();
    const second = await send();
    expect(second.body).toEqual(first.body);
    expect(second.headers['idempotency-replayed']).toBe('true');
  });
});

describe('POST /links/{id}/restore', () => {
  it('brings a deleted link back, as it was', async () => {
    const link = await app.createLink({ slug: 'phoenix', externalId: 'phoenix', title: 'x' });
    await patch(link.id, { slug: 'phoenix-2', keepOldSlug: true });
    const before = await app.link(link.id);
    await app.api('delete', `/links/${link.id}`);
    expect(await locationOf('phoenix')).toBeUndefined();
    const response = await app.api('post', '/links/ext_phoenix/restore');
    expect(response.status).toBe(200);
    expect(response.body).toEqual({ ...before, updatedAt: (response.body as LinkResponse).updatedAt });
    expect(await locationOf('phoenix')).toContain(OK);
    expect(await locationOf('phoenix-2')).toContain(OK);
  });

  it('is a 409 when its slug has gone to another, and a 404 when it is not deleted or too long ago', async () => {
    const link = await app.createLink({ slug: 'heir' });
    expectProblem(await app.api('post', `/links/${link.id}/restore`), 404);
    await app.api('delete', `/links/${link.id}`);
    const heir = await app.createLink({ slug: 'heir' });
    expectProblem(await app.api('post', `/links/${link.id}/restore`), 409);
    await app.api('delete', `/links/${heir.id}`);
    const longAgo = new Date(Date.now() - 31 * 24 * 3_600_000);
    await app.connection.collection('links').updateOne({ _id: link.id as never }, { $set: { deletedAt: longAgo } });
    expectProblem(await app.api('post', `/links/${link.id}/restore`), 404);
  });

  it('leaves a former slug to the link that has it now', async () => {
    const link = await app.createLink({ slug: 'former-1' });
    await patch(link.id, { slug: 'former-2', keepOldSlug: true });
    await app.api('delete', `/links/${link.id}`);
    await app.createLink({ slug: 'former-1', url: 'https://heir.example/' });
    const response = await app.api('post', `/links/${link.id}/restore`);
    expect(response.body).toMatchObject({ slug: 'former-2', formerSlugs: [] });
    expect(await locationOf('former-1')).toContain('https://heir.example/');
  });
});

describe('a changed slug', () => {
  it('continues to lead to the link if requested, until it is released', async () => {
    const link = await app.createLink({ slug: 'été/1' });
    await app.click(link);
    const changed = await patch(link.id, { slug: 'winter', keepOldSlug: true });
    expect(changed.body).toMatchObject({ slug: 'winter', formerSlugs: ['été/1'] });
    expect(await locationOf('été/1')).toContain(OK);
    expect(await locationOf('winter')).toContain(OK);
    const aliases = await app.api('get', `/links/${link.id}/aliases`);
    expect(aliases.body).toEqual({ data: [{ slug: 'été/1', shortUrl: `${app.baseUrl}/%C3%A9t%C3%A9/1` }] });

    expectProblem(await app.api('post', '/links').send({ url: OK, slug: 'été/1' }), 409);
    const another = await app.createLink();
    expectProblem(await patch(another.id, { slug: 'été/1' }), 409);

    await patch(link.id, { url: 'https://new.example/' });
    expect(await locationOf('été/1')).toContain('https://new.example/');

    const free = () => app.api('delete', `/links/${link.id}/aliases?slug=${encodeURIComponent('été/1')}`);
    expect((await free()).status).toBe(204);
    expectProblem(await free(), 404);
    expect(await locationOf('été/1')).toBeUndefined();
    await app.createLink({ slug: 'été/1' });
  });

  it('can be given to a link again, and is free at once by default', async () => {
    const { id } = await app.createLink({ slug: 'back-1' });
    await patch(id, { slug: 'back-2', keepOldSlug: true });
    expect((await patch(id, { slug: 'back-1', keepOldSlug: true })).body).toMatchObject({
      slug: 'back-1',
      formerSlugs: ['back-2'],
    });
    expect((await patch(id, { slug: 'back-3' })).body).toMatchObject({ formerSlugs: ['back-2'] });
    expect(await locationOf('back-1')).toBeUndefined();
    await app.createLink({ slug: 'back-1' });
  });
});

describe('utm', () => {
  it('is put into the destination, where it can be seen', async () => {
    const link = await app.createLink({
      url: `${OK}?a=1#x`,
      utm: { source: 'fb', campaign: '{campaign}' },
      campaign: 'S',
    });
    expect(link.url).toBe(`${OK}?a=1&utm_source=fb&utm_campaign={campaign}#x`);
    expect((await app.click(link)).headers['location']).toContain('utm_source=fb&utm_campaign=S');
    const changed = await patch(link.id, { utm: { source: 'x y', campaign: null } });
    expect(changed.body).toMatchObject({ url: `${OK}?a=1&utm_source=x%20y#x` });
    const both = await patch(link.id, { url: OK, utm: { medium: 'cpc' } });
    expect(both.body).toMatchObject({ url: `${OK}?utm_medium=cpc` });
  });

  it('is refused where it makes no destination', async () => {
    const link = await app.createLink({ url: `${OK}${'x'.repeat(1_950)}` });
    expectInvalid(await patch(link.id, { utm: { source: 's'.repeat(150) } }), 'url');
    expectInvalid(await patch(link.id, { utm: { source: '{nobody}', nope: 1 } }), 'utm.nope');
    expectInvalid(await patch(link.id, { utm: { source: '{nobody}' } }), 'url');
  });
});
