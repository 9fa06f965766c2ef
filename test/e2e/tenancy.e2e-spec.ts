import type { OpenAPIObject } from '@nestjs/swagger';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LinksRepository } from '../../src/links/links.repository.js';
import { trustedWorkspaceId } from '../../src/platform/tenancy/workspace-id.js';
import { eventually } from '../support/eventually.js';
import { TestApp } from '../support/test-app.js';

type Method = 'get' | 'post' | 'patch' | 'delete' | 'put';
interface Route {
  method: Method;
  /** Below /api/v1, e.g. `/links/{id}`. */
  path: string;
}

/**
 * A body for routes with a path parameter that ask for one, so that they are not refused for their input.
 * Key: `POST /links/{id}/something`.
 */
const BODIES: Record<string, object> = {
  'PATCH /conversions/{id}': { note: 'a note' },
  'POST /networks/{id}/preview': { query: 'click_id=1' },
};

/** What belongs to no workspace, and is the same for all: its kind → the id of one. */
const SHARED: Record<string, string> = { 'network-presets': 'keitaro' };

/** Where pages tell of conversions: nobody has a key there, and nothing is told. */
const PUBLIC = new Set(['/api/v1/track']);

let app: TestApp;
let owner: { id: string; apiKey: string };
let stranger: { id: string; apiKey: string };
let routes: Route[];
/** One object of the owner for each kind that a route can name: what stands before `{…}` → its id. */
let samples: Record<string, string>;

beforeAll(async () => {
  app = await TestApp.start();
  owner = await app.createWorkspace();
  stranger = await app.createWorkspace();
  const document = (await app.plain('get', '/api/openapi.json')).body as OpenAPIObject;
  routes = Object.entries(document.paths)
    .filter(([path]) => path.startsWith('/api/v1/') && !PUBLIC.has(path))
    .flatMap(([path, item]) =>
      Object.keys(item).map((method) => ({ method: method as Method, path: path.slice('/api/v1'.length) })),
    );
  samples = await makeSamples();
});
afterAll(() => app.close());

const makeSamples = async (): Promise<Record<string, string>> => {
  const key = owner.apiKey;
  const network = await app.createNetwork({}, key);
  const link = await app.createLink({ networkId: network.id, externalId: 'sample' }, key);
  const clickId = await app.clickId(link, '?sub1=secret');
  await app.storedClick(clickId, key);
  const { conversionId = '', postbackId } = await app.goodPostback(network, `click_id=${clickId}&event=ftd`);
  const rates = [{ date: '2001-02-03', currency: 'USD', rate: '1.1' }];
  await app.api('put', '/exchange-rates', key).send({ base: 'EUR', rates });
  const imported = await app
    .api('post', '/conversions/import', key)
    .set('content-type', 'text/csv')
    .send(`click_id,event\n${clickId},lead\n`);
  const importId = (imported.body as { id: string }).id;
  await eventually(
    () => app.api('get', `/conversions/imports/${importId}`, key),
    ({ body }) => (body as { status: string }).status === 'done',
  );
  const [domain] = (await app.api('get', '/domains', key)).body.data as { id: string }[];
  const [apiKey] = (await app.api('get', '/api-keys', key)).body.data as { id: string }[];
  const replay = await app.api('post', '/postbacks/replay', key).send({ filter: {}, dryRun: true });
  // What goes on by itself has ended before anybody looks.
  const done = (path: string, id: string): Promise<unknown> =>
    eventually(
      () => app.api('get', `${path}/${id}`, key),
      ({ body }) => [body.state, body.status].includes('done'),
    );
  await done('/postbacks/replays', (replay.body as { id: string }).id);
  await done('/conversions/imports', (imported.body as { id: string }).id);
  return {
    replays: (replay.body as { id: string }).id,
    networks: network.id,
    links: link.id,
    clicks: clickId,
    conversions: conversionId,
    imports: importId,
    postbacks: postbackId,
    domains: domain?.id ?? '',
    'api-keys': apiKey?.id ?? '',
    workspaces: owner.id,
    'exchange-rates': '2001-02-03',
  };
};

const nameOf = ({ method, path }: Route): string => `${method.toUpperCase()} ${path}`;
const hasId = ({ path }: Route): boolean => path.includes('{');
const kindOf = ({ path }: Route): string => (path === '/conversions/imports' ? 'imports' : (path.split('/')[1] ?? ''));

/** The route's path with the owner's objects in place of its parameters. */
const samplePath = (route: Route): string =>
  route.path.replaceAll(/([^/]+)\/\{\w+\}/g, (_, kind: string) => {
    const id = samples[kind] ?? SHARED[kind];
    if (!id) throw new Error(`${nameOf(route)} needs a sample of "${kind}": add one to makeSamples()`);
    return `${kind}/${id}`;
  });

const call = async (route: Route, path: string, key: string | null): Promise<{ status: number; text: string }> => {
  const request = app.api(route.method, path, key);
  return route.method === 'get' ? request : request.send(BODIES[nameOf(route)] ?? {});
};

/** Calls every route and gives its status by its name. */
const statuses = async (of: Route[], key: (route: Route) => string | null): Promise<Record<string, number>> => {
  const found: Record<string, number> = {};
  for (const route of of) found[nameOf(route)] = (await call(route, samplePath(route), key(route))).status;
  return found;
};
const allWith = (of: Route[], status: number): Record<string, number> =>
  Object.fromEntries(of.map((route) => [nameOf(route), status]));

/** All that is stored of a workspace. */
const everythingOf = async (workspaceId: string): Promise<Record<string, unknown>> => {
  const everything: Record<string, unknown> = {};
  for (const { name } of await app.connection.listCollections()) {
    const collection = app.connection.collection(name);
    everything[name] = await collection
      .find({ $or: [{ workspaceId }, { _id: workspaceId as never }] })
      .sort({ _id: 1 })
      .toArray();
  }
  return everything;
};

describe('every route of the API', () => {
  it('is known here', () => {
    expect(routes.map(nameOf)).toContain('GET /links/{id}');
    expect(routes.length).toBeGreaterThan(15);
  });

  it('is closed without a key and with a wrong one', async () => {
    const before = await everythingOf(owner.id);
    expect(await statuses(routes, () => null)).toEqual(allWith(routes, 401));
    expect(await statuses(routes, () => 'a-key-that-nobody-ever-made')).toEqual(allWith(routes, 401));
    expect(await everythingOf(owner.id)).toEqual(before);
  });

  it('is closed to a key of the owner that has another scope', async () => {
    const forLinks = await app.createKey(['networks:read'], owner.apiKey);
    const forOthers = await app.createKey(['links:read'], owner.apiKey);
    const before = await everythingOf(owner.id);
    const answers = await statuses(routes, (route) => (kindOf(route) === 'links' ? forLinks : forOthers));
    expect(answers).toEqual(allWith(routes, 403));
    expect(await everythingOf(owner.id)).toEqual(before);
  });

  it('finds its sample with the owner’s key, so that what follows means something', async () => {
    const reading = routes.filter((route) => hasId(route) && route.method === 'get');
    expect(await statuses(reading, () => owner.apiKey)).toEqual(allWith(reading, 200));
  });

  it('knows nothing of another workspace’s objects, and changes none', async () => {
    const withId = routes.filter((route) => hasId(route) && !(kindOf(route) in SHARED));
    const before = await everythingOf(owner.id);
    expect(await statuses(withId, () => stranger.apiKey)).toEqual(allWith(withId, 404));
    expect(await everythingOf(owner.id)).toEqual(before);
  });

  it('knows nothing of another workspace’s link under its externalId', async () => {
    const ofLinks = routes.filter((route) => hasId(route) && kindOf(route) === 'links');
    for (const route of ofLinks) {
      const path = route.path.replace(/\{\w+\}/, 'ext_sample');
      expect((await call(route, path, stranger.apiKey)).status, nameOf(route)).toBe(404);
    }
  });

  it('shows nothing of another workspace in its lists, whatever is filtered by', async () => {
    const lists = routes.filter((route) => !hasId(route) && route.method === 'get');
    const filters = [
      '',
      ...['linkId', 'networkId', 'clickId'].map((name) => `?${name}=${samples[`${name.slice(0, -2)}s`]}`),
    ];
    const secrets = [...Object.values(samples), owner.id];
    for (const route of lists) {
      for (const filter of filters) {
        const { text } = await call(route, `${route.path}${filter}`, stranger.apiKey);
        expect(
          secrets.filter((secret) => text.includes(secret)),
          `${nameOf(route)}${filter}`,
        ).toEqual([]);
      }
    }
  });

  it('shows the owner his own in each of those lists', async () => {
    const lists = routes.filter((route) => !hasId(route) && route.method === 'get');
    for (const route of lists) {
      const { text } = await call(route, route.path, owner.apiKey);
      const [last = ''] = route.path.split('/').slice(-1); // e.g. imports, which are a list below conversions
      const sample = samples[last] ?? samples[kindOf(route)] ?? SHARED[kindOf(route)];
      expect(text, nameOf(route)).toContain(sample);
    }
  });
});

describe('a repository', () => {
  it.each([
    ['names it', () => ({ workspaceId: owner.id })],
    ['names it under $or', () => ({ $or: [{ workspaceId: owner.id }, {}] })],
    ['excludes the own one', () => ({ workspaceId: { $ne: stranger.id } })],
  ])('stays within the workspace even when a filter %s', async (_, filter) => {
    const links = app.app.get(LinksRepository);
    const within = trustedWorkspaceId(stranger.id);
    expect(await links.findMany(within, filter() as never)).toEqual([]);
    expect(await links.findOne(within, filter() as never)).toBeUndefined();
    expect((await links.page(within, filter() as never, { limit: 10, cursor: 'z' })).rows).toEqual([]);
    expect(await links.updateOne(within, filter() as never, { $set: { paused: true } })).toBeUndefined();
  });

  it('changes nothing that was read in another workspace', async () => {
    const links = app.app.get(LinksRepository);
    const [before] = await links.findMany(trustedWorkspaceId(owner.id), { externalId: 'sample' });
    if (before === undefined) throw new Error('there is no sample');
    const changes = [{ before, after: { ...before, title: 'taken' } }];
    const stolen = links.saveMany(trustedWorkspaceId(stranger.id), { inserts: [], changes });
    await expect(stolen).rejects.toThrow(`${before._id} was not read in ${stranger.id}`);
    expect(await links.findById(trustedWorkspaceId(owner.id), before._id)).toEqual(before);
    await links.saveMany(trustedWorkspaceId(owner.id), { inserts: [], changes });
    expect(await links.findById(trustedWorkspaceId(owner.id), before._id)).toEqual({ ...before, title: 'taken' });
  });
});
