import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LinksRepository } from '../../../src/links/links.repository.js';
import { trustedWorkspaceId } from '../../../src/platform/tenancy/workspace-id.js';
import { type Scope, SCOPES } from '../../../src/workspaces/scopes.js';
import { type ApiAnswer, ApiClient, type Route, routesOf } from '../../support/api/api-client.js';
import {
  makeSamples,
  neededBody,
  neededQuery,
  parametersOf,
  sampleTarget,
  type Samples,
  SHARED_KINDS,
  unknownKinds,
} from '../../support/api/api-samples.js';
import { inParallel } from '../../support/in-parallel.js';
import { report } from '../../support/security-report.js';
import { TestApp } from '../../support/test-app.js';

/** Lists in which nothing has an id, or that begin empty. */
const NAMELESS: ReadonlySet<string> = new Set([
  'GET /api/v1/links/count',
  'GET /api/v1/links/states',
  'GET /api/v1/conversions/totals',
  'GET /api/v1/links/tags',
  'GET /api/v1/postbacks/counts',
  'GET /api/v1/events/stream',
  'GET /api/v1/reports/timeseries',
  'GET /api/v1/reports/funnel',
  'GET /api/v1/reports/heatmap',
  'GET /api/v1/reports/metrics',
]);

/** Routes that several scopes open. Each of these is shown only what its scope may read; see search.e2e-spec.ts. */
const OF_SEVERAL_SCOPES: Readonly<Record<string, Scope[]>> = {
  'GET /api/v1/events/stream': ['clicks:read', 'conversions:read', 'postbacks:read'],
  'GET /api/v1/search': [
    'links:read',
    'clicks:read',
    'conversions:read',
    'domains:read',
    'networks:read',
    'postbacks:read',
    'api-keys:read',
  ],
};

/** The kind of the sample that a list shows, where its path does not say it. */
const SHOWN_IN: Readonly<Record<string, string>> = {
  'GET /api/v1/search': 'networks',
  'GET /api/v1/setup': 'links',
  'GET /api/v1/reports': 'links',
  'GET /api/v1/reports/values': 'links',
};

/** What lists can be filtered by. */
const FILTERS = ['linkId', 'networkId', 'clickId', 'conversionId', 'replayId'];

/** Upper bound for some thousand requests on a busy machine: every route with every scope. */
const MATRIX_TIMEOUT_MS = 60_000;

let app: TestApp;
let api: ApiClient;
let owner: { id: string; apiKey: string };
let stranger: { id: string; apiKey: string };
let routes: Route[];
let samples: Samples;

beforeAll(async () => {
  app = await TestApp.start();
  owner = await app.createWorkspace();
  stranger = await app.createWorkspace();
  api = new ApiClient(app.baseUrl, owner.apiKey);
  routes = routesOf(await api.document()).filter(({ isClosed }) => isClosed);
  samples = await makeSamples(api);
  await app.startReader();
  await app.reportsCaughtUp();
});
afterAll(() => app.close());

const hasId = (route: Route): boolean => parametersOf(route).length > 0;
const isShared = (route: Route): boolean => parametersOf(route).every(({ kind }) => SHARED_KINDS.has(kind));
const ofTenant = (): Route[] => routes.filter((route) => hasId(route) && !isShared(route));

const call = (route: Route, key: string | null, path = sampleTarget(route, samples)): Promise<ApiAnswer> =>
  api.call(route.method, `${path}${neededQuery(route)}`, { key, ...neededBody(route) });

/** Calls every route and gives its status by its name. */
const statuses = async (of: Route[], key: string | null): Promise<Record<string, number>> =>
  Object.fromEntries(await inParallel(of, async (route) => [route.name, (await call(route, key)).status] as const));
const allWith = (of: Route[], status: number): Record<string, number> =>
  Object.fromEntries(of.map((route) => [route.name, status]));

/** All that is stored of a workspace, but for what is noted of every request. */
const everythingOf = async (workspaceId: string): Promise<Record<string, unknown>> => {
  const everything: Record<string, unknown> = {};
  for (const { name } of await app.connection.listCollections()) {
    const found = await app.connection
      .collection(name)
      .find({ $or: [{ workspaceId }, { _id: workspaceId as never }] })
      .project({ lastUsedAt: 0 })
      .sort({ _id: 1 })
      .toArray();
    everything[name] = found;
  }
  return everything;
};

/** Every id of ours, anywhere in what is stored of a workspace: `lnk_…`, click ids, keys. */
const idsOf = async (workspaceId: string): Promise<Set<string>> => {
  const text = JSON.stringify(await everythingOf(workspaceId));
  return new Set(text.match(/(?<=")(?:[a-z]{3}_[0-9A-Za-z]{12,}|[0-9A-Za-z]{20,64})(?=")/g));
};

describe('the routes of the OpenAPI document', () => {
  it('are known here, each with an example of what its path names', () => {
    expect(routes.map(({ name }) => name)).toContain('GET /api/v1/links/{id}');
    expect(routes.length).toBeGreaterThan(40);
    expect(unknownKinds(routes, samples), 'to be added to test/support/api/api-samples.ts').toEqual([]);
  });

  it('find their example with the owner’s key, so that what follows means something', async () => {
    const reading = routes.filter((route) => hasId(route) && route.method === 'get');
    expect(await statuses(reading, owner.apiKey)).toEqual(allWith(reading, 200));
  });

  it('are closed without a key and with a wrong one', async () => {
    const before = await everythingOf(owner.id);
    expect(await statuses(routes, null)).toEqual(allWith(routes, 401));
    expect(await statuses(routes, 'a-key-that-nobody-ever-made')).toEqual(allWith(routes, 401));
    expect(await everythingOf(owner.id)).toEqual(before);
  });

  it(
    'are opened by one scope each, and show no scope of another workspace anything',
    async () => {
      const before = await everythingOf(owner.id);
      const ids = await idsOf(owner.id);
      const opened = new Map(routes.map(({ name }) => [name, [] as string[]]));
      const wrong: string[] = [];
      let leaks = 0;
      for (const scope of SCOPES) {
        const key = await app.createKey([scope], stranger.apiKey);
        await inParallel(routes, async (route) => {
          const { status, text } = await call(route, key);
          if (status !== 403) opened.get(route.name)?.push(scope);
          const isFound = hasId(route) && !isShared(route) && status !== 404 && status !== 403;
          const shown = [...ids].filter((id) => text.includes(id));
          if (isFound || status >= 500 || shown.length > 0)
            wrong.push(`${route.name}, ${scope}: ${status} ${shown.join()}`);
          if (isFound || shown.length > 0) leaks++;
        });
      }
      report({
        name: 'tenancy',
        tried: routes.length * SCOPES.length,
        what: 'routes × scopes, other workspace',
        bad: leaks,
      });
      expect(wrong).toEqual([]);
      for (const [name, scopes] of Object.entries(OF_SEVERAL_SCOPES)) {
        expect(opened.get(name), name).toEqual(scopes);
        opened.delete(name);
      }
      const notOne = [...opened].filter(([, scopes]) => scopes.length !== 1);
      expect(notOne, 'routes that are opened by no scope or by several').toEqual([]);
      expect(await everythingOf(owner.id)).toEqual(before);
    },
    MATRIX_TIMEOUT_MS,
  );

  it(
    'show the owner his own to keys of one scope each, and nothing to all others',
    async () => {
      const reading = routes.filter(({ method }) => method === 'get');
      const wrong: string[] = [];
      const opened = new Set<string>();
      for (const scope of SCOPES) {
        const key = await app.createKey([scope], owner.apiKey);
        await inParallel(reading, async (route) => {
          const { status } = await call(route, key);
          if (status === 200) opened.add(route.name);
          else if (status !== 403) wrong.push(`${route.name}, ${scope}: ${status}`);
        });
      }
      report({
        name: 'tenancy',
        what: 'routes × scopes, own workspace',
        tried: reading.length * SCOPES.length,
        bad: wrong.length,
      });
      expect(wrong).toEqual([]);
      expect(opened.size).toBe(reading.length);
    },
    MATRIX_TIMEOUT_MS,
  );

  it('know nothing of another workspace’s objects, and change none', async () => {
    const withId = ofTenant();
    const before = await everythingOf(owner.id);
    expect(await statuses(withId, stranger.apiKey)).toEqual(allWith(withId, 404));
    expect(await everythingOf(owner.id)).toEqual(before);
  });

  it('know nothing of another workspace’s link under its externalId', async () => {
    const ofLinks = routes.filter((route) => parametersOf(route)[0]?.kind === 'links');
    for (const route of ofLinks) {
      const path = route.path.replace(/\{\w+\}/, 'ext_sample');
      expect((await call(route, stranger.apiKey, path)).status, route.name).toBe(404);
    }
  });

  it('show nothing of another workspace in lists, whatever is filtered by', async () => {
    const lists = routes.filter((route) => !hasId(route) && route.method === 'get');
    const ids = [...(await idsOf(owner.id)), owner.id];
    const wanted = ['', ...FILTERS.map((name) => `?${name}=${samples.get(`${name.slice(0, -2)}s`) ?? ''}`)];
    for (const route of lists) {
      for (const filter of wanted) {
        const { text } = await call(route, stranger.apiKey, `${route.path}${filter}`);
        const asked = filter.split('=')[1];
        const shown = ids.filter((id) => id !== asked && text.includes(id));
        expect(shown, `${route.name}${filter}`).toEqual([]);
      }
    }
  });

  it('show the owner his own in each of those lists', async () => {
    const lists = routes.filter((route) => !hasId(route) && route.method === 'get');
    const without: string[] = [];
    for (const route of lists) {
      const { text } = await call(route, owner.apiKey);
      const kind = route.path.replace('/api/v1/', '');
      const sample = samples.get(SHOWN_IN[route.name] ?? kind) ?? samples.get(kind.split('/')[0] ?? '');
      if (!NAMELESS.has(route.name) && (sample === undefined || !text.includes(sample))) without.push(route.name);
    }
    expect(without).toEqual([]);
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
