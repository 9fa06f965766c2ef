import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BulkResponse } from '../../../src/links/bulk/link-bulk.dto.js';
import type { LinkHistoryResponse } from '../../../src/links/link-history.dto.js';
import type { LinkResponse } from '../../../src/links/links.dto.js';
import type { LinkStatesResponse } from '../../../src/links/list/link-list.dto.js';
import { LinksRepository } from '../../../src/links/links.repository.js';
import { trustedWorkspaceId } from '../../../src/platform/tenancy/workspace-id.js';
import { itAsksForKeyAndScope } from '../../support/api/access.js';
import { expectInvalid, expectProblem } from '../../support/api/expect-problem.js';
import { RestrictedKeys } from '../../support/api/restricted-keys.js';
import { TestApp } from '../../support/test-app.js';

let app: TestApp;
let keys: RestrictedKeys;
beforeAll(async () => {
  app = await TestApp.start();
  keys = new RestrictedKeys(app);
});
afterAll(() => app.close());

itAsksForKeyAndScope(
  () => app,
  [
    ['get', '/links/states', 'links:read'],
    ['get', '/links/lnk_none/history', 'links:read'],
    ['post', '/links/bulk/restore', 'links:write'],
  ],
);

describe('the numbers of links by state', () => {
  const states = async (query = '', key = app.apiKey): Promise<LinkStatesResponse> => {
    const response = await app.api('get', `/links/states${query}`, key);
    expect(response.status).toBe(200);
    return response.body as LinkStatesResponse;
  };
  const listed = async (query: string): Promise<number> =>
    ((await app.api('get', `/links?limit=100&tag=counted&${query}`)).body as { data: unknown[] }).data.length;

  it('are those of the lists with the same filters', async () => {
    const tags = ['counted'];
    await app.createLink({ tags });
    await app.createLink({ tags, title: 'found', startsAt: '2099-01-01', expiresAt: '2099-02-01' });
    await app.createLink({ tags: ['counted', 'mine'], paused: true });
    await app.createLink({ tags, paused: true, expiresAt: '2020-01-01' });
    await app.createLink({ tags, expiresAt: '2020-01-01', campaign: 'c' });
    await app.createLink({ tags, archived: true, paused: true });
    const { id } = await app.createLink({ tags });
    const { body } = await app.api('get', '/workspaces/current');
    const workspaceId = trustedWorkspaceId((body as { id: string }).id);
    const suspended = { reason: 'blocklist', at: new Date() };
    await app.app.get(LinksRepository, { strict: false }).updateById(workspaceId, id, { $set: { suspended } });
    const gone = await app.createLink({ tags });
    await app.api('delete', `/links/${gone.id}`);

    const counted = await states('?tag=counted');
    expect(counted).toEqual({ all: 6, live: 2, paused: 2, archived: 1, expired: 2, suspended: 1 });
    expect(await listed('')).toBe(counted.all);
    expect(await listed('paused=false&expired=false&suspended=false')).toBe(counted.live);
    expect(await listed('paused=true')).toBe(counted.paused);
    expect(await listed('archived=true')).toBe(counted.archived);
    expect(await listed('expired=true')).toBe(counted.expired);
    expect(await listed('suspended=true')).toBe(counted.suspended);
    expect(await states('?tag=counted&search=found')).toMatchObject({ all: 1, live: 1 });
    expect(await states('?campaign=c')).toMatchObject({ all: 1, live: 0, expired: 1 });
    expect(await states('?tag=none')).toEqual({ all: 0, live: 0, paused: 0, archived: 0, expired: 0, suspended: 0 });
  });

  it('are those of the links that a member may see', async () => {
    const limited = await keys.create({ linkLimits: { tags: ['mine'], campaigns: [] } });
    expect(await states('?tag=counted', limited)).toMatchObject({ all: 1, live: 0, paused: 1 });
  });

  it('have no filter by the states themselves', async () => {
    expectInvalid(await app.api('get', '/links/states?paused=true&archived=all'), 'archived', 'paused');
  });
});

describe('the history of a link', () => {
  const history = async (id: string, query = '', key = app.apiKey): Promise<LinkHistoryResponse> => {
    const response = await app.api('get', `/links/${id}/history${query}`, key);
    expect(response.status).toBe(200);
    return response.body as LinkHistoryResponse;
  };

  it('says who changed what, from what to what, newest first and page by page', async () => {
    const link = await app.createLink({
      url: 'https://one.example/',
      externalId: 'with-history',
      cost: { amount: '0.5', currency: 'EUR' },
    });
    await app.api('patch', `/links/${link.id}`).send({ url: 'https://two.example/', password: 'open sesame' });
    await app.api('patch', `/links/${link.id}`).send({ cost: { amount: '73519.46', currency: 'EUR' }, paused: true });
    const { data, page } = await history('ext_with-history');
    expect(data.map(({ action }) => action)).toEqual(['link.updated', 'link.updated', 'link.created']);
    expect(data[0]).toEqual({
      id: expect.stringMatching(/^aud_/),
      at: expect.any(String),
      actor: { kind: 'key', id: expect.any(String), name: expect.any(String) },
      action: 'link.updated',
      before: { cost: { amount: '0.5', currency: 'EUR' }, paused: false },
      after: { cost: { amount: '73519.46', currency: 'EUR' }, paused: true },
    });
    expect(data[1]).toMatchObject({
      before: { url: 'https://one.example/', password: null },
      after: { url: 'https://two.example/', password: '***' },
    });
    expect(JSON.stringify(data)).not.toMatch(/sesame|argon2/);
    expect(page).toEqual({ nextCursor: null, hasMore: false });

    const first = await history(link.id, '?limit=2');
    const rest = await history(link.id, `?limit=2&cursor=${first.page.nextCursor}`);
    expect([...first.data, ...rest.data]).toEqual(data);
  });

  it('hides money, and the links outside the limits of a member', async () => {
    const hidden = await keys.create({ hidesMoney: true });
    const { data } = await history('ext_with-history', '', hidden);
    expect(data[0]).toMatchObject({ before: { cost: null, paused: false }, after: { cost: null, paused: true } });
    expect(JSON.stringify(data)).not.toContain('73519');
    const limited = await keys.create({ linkLimits: { tags: ['mine'], campaigns: [] } });
    expectProblem(await app.api('get', '/links/ext_with-history/history', limited), 404);
    expectProblem(await app.api('get', '/links/lnk_none/history'), 404);
  });
});

describe('the restoration of many links', () => {
  const restore = async (body: object, key = app.apiKey): Promise<BulkResponse['results']> => {
    const response = await app.api('post', '/links/bulk/restore', key).send(body);
    expect(response.status).toBe(200);
    return (response.body as BulkResponse).results;
  };

  it('takes back a bulk deletion, each link with its own outcome, in the order of the request', async () => {
    const links: LinkResponse[] = [];
    for (const slug of ['bulk-a', 'bulk-b', 'bulk-c']) links.push(await app.createLink({ slug, externalId: slug }));
    const ids = links.map(({ id }) => id);
    await app.api('delete', '/links/bulk').send({ ids });
    expect((await app.click(links[0]!)).status).toBe(404);
    await app.createLink({ slug: 'bulk-b' });

    const results = await restore({ ids: [ids[2], 'lnk_none', ids[1], ids[0]] });
    expect(results.map(({ status, link, error }) => [status, link?.id ?? error?.code])).toEqual([
      [200, ids[2]],
      [404, 'not_found'],
      [409, 'conflict'],
      [200, ids[0]],
    ]);
    expect((await app.click(links[0]!)).status).toBe(302);
    expect((await restore({ externalIds: ['bulk-c'] })).map(({ status }) => status)).toEqual([404]);
  });

  it('restores no link outside the limits of a member', async () => {
    const limited = await keys.create({ linkLimits: { tags: ['mine'], campaigns: [] } });
    const link = await app.createLink();
    await app.api('delete', `/links/${link.id}`);
    expect(await restore({ ids: [link.id] }, limited)).toMatchObject([{ status: 404 }]);
  });

  it('refuses too many, none, and both kinds of names', async () => {
    const post = (body: object) => app.api('post', '/links/bulk/restore').send(body);
    expectInvalid(await post({ ids: [] }), 'ids');
    expectInvalid(await post({ ids: Array.from({ length: 101 }, (_, i) => `lnk_${i}`) }), 'ids');
    expectInvalid(await post({}), 'ids');
    expectInvalid(await post({ ids: ['a'], externalIds: ['a'] }), 'ids');
  });
});
