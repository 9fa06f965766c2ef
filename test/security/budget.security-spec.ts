import type { OpenAPIObject } from '@nestjs/swagger';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ApiAnswer, ApiClient, type Route, routesOf } from '../support/api/api-client.js';
import { makeSamples, samplePath, type Samples, unknownKinds } from '../support/api/api-samples.js';
import { canMeasureThreads } from '../support/main-thread.js';
import { reportCost } from '../support/security-report.js';
import { cleanUp } from '../support/system/system-program.js';
import { SystemServer } from '../support/system/system-server.js';
import { type CostlyInput, LARGEST, largeBodies, largestLink, longQueries, UNKEYED } from './budget-inputs.js';
import { type Budget, type Cost, costOf } from './costs.js';

const isLong = process.env['SECURITY_TESTS'] === 'long';
/**
 * No request keeps the main thread for longer, or takes more memory. Beside other tests a thread's time is not its own
 * alone, as they share caches and cores: the short edition finds what is out of all proportion.
 */
const BUDGET: Budget = { maxMs: isLong ? 50 : 200, maxMb: 32, repetitions: isLong ? 2 : 1 };
/** Browsers and proxies take no larger heads. */
const MAX_HEAD_BYTES = 8 * 1024;
/** These do something to many things, one after the other: others have their turn in between. */
const ONE_BY_ONE = /\/(?:bulk|import|export|rows\.csv|exchange-rates|check)$/;
/** The short edition sends every eighth of the inputs that are made for all routes. */
const STEP = isLong ? 1 : 8;

let server: SystemServer;
let api: ApiClient;
let document: OpenAPIObject;
let routes: Route[];
let samples: Samples;
let places: Record<string, string>;

beforeAll(async () => {
  server = await SystemServer.start({ env: { RATE_LIMIT_ADDRESS: '0', RATE_LIMIT_FAILED: '0' } });
  api = new ApiClient(server.baseUrl, server.apiKey);
  document = await api.document();
  const all = routesOf(document).filter(({ name }) => name !== 'DELETE /api/v1/workspaces/current');
  // Last what takes away that which others are about.
  routes = [...all.filter((route) => !takesAway(route)), ...all.filter(takesAway)];
  samples = await makeSamples(api);
  const largest = await api.json<{ slug: string }>('post', '/api/v1/links', { body: largestLink() });
  const plain = await api.json<{ slug: string }>('post', '/api/v1/links', { body: { url: 'https://x.example/' } });
  places = {
    slug: largest.slug,
    plain: plain.slug,
    key: samples.get('/postback') ?? '',
    pixel: samples.get('/pixel') ?? '',
  };
});
afterAll(cleanUp);

const takesAway = ({ method, path }: Route): boolean => method === 'delete' || /\/rotate(?:-key)?$/.test(path);

/** Measures a request, and tells what is wrong with its cost. */
async function judge(route: string, method: string, path: string, input: CostlyInput): Promise<string[]> {
  let answer: ApiAnswer | undefined;
  const target = input.query === undefined ? path : `${path}?${input.query}`;
  const send = async (): Promise<void> => {
    const { what: _what, path: _path, query: _query, mustPass: _mustPass, ...call } = input;
    answer = await api.call(method, target, call).catch(cutOff);
  };
  const measure = (): Promise<Cost> =>
    costOf(server.pid, send, BUDGET, () => api.call('get', '/health/live', { key: null }));
  let cost = await measure();
  // On a busy machine MongoDB may not answer in time, once.
  if (answer?.status === 503) cost = await measure();
  const status = answer?.status ?? 0;
  reportCost({ route, what: input.what, status, ...cost });
  const line = (why: string): string => `${route}, ${input.what}: ${why}`;
  const counted = ONE_BY_ONE.test(path) ? cost.stretchMs : cost.totalMs;
  return [
    ...(counted > BUDGET.maxMs ? [line(`${counted.toFixed(0)} ms of the main thread`)] : []),
    ...(cost.memoryMb > BUDGET.maxMb ? [line(`${cost.memoryMb.toFixed(0)} MB`)] : []),
    ...(status >= 500 ? [line(`answered ${status}`)] : []),
    ...(input.mustPass && status >= 400 ? [line(`refused: ${status} ${answer?.text.slice(0, 300)}`)] : []),
  ];
}

/** A server that has read enough of a body may close while the rest is being sent. */
function cutOff(error: NodeJS.ErrnoException): ApiAnswer {
  if (!['EPIPE', 'ECONNRESET', 'UND_ERR_SOCKET'].includes(error.code ?? '')) throw error;
  return { status: 413, type: '', headers: {}, text: '' };
}

/** Another part of the inputs with each route: all kinds have their turn. */
let turn = 0;
const inputsOf = (route: Route): CostlyInput[] => {
  const all = [...largeBodies(document, route), ...(route.method === 'get' ? longQueries(document, route) : [])];
  return [...all.filter(() => turn++ % STEP === 0), ...(LARGEST[route.name] ?? [])];
};
describe.skipIf(!canMeasureThreads)('the budget of a request', () => {
  it('S32 knows all routes', () => {
    expect(unknownKinds(routes, samples), 'to be added to test/support/api/api-samples.ts').toEqual([]);
    const names = new Set(routes.map(({ name }) => name));
    expect(Object.keys(LARGEST).filter((name) => !names.has(name))).toEqual([]);
  });

  it('S32 is kept by what strangers may ask for', async () => {
    const wrong: string[] = [];
    for (const { route, method, ...input } of UNKEYED) {
      const path = (input.path ?? '').replace(/\{(\w+)\}/g, (_, name: string) => places[name] ?? name);
      wrong.push(...(await judge(route, method, path, { key: null, ...input })));
    }
    expect(wrong).toEqual([]);
  });

  it('S4 no answer of a short link has a head of more than 8 KB', async () => {
    const queries = [`sub1=${'<'.repeat(15_000)}`, `${'a=<&'.repeat(3_700)}`, `sub1=${'x'.repeat(7_900)}`, 'sub1=x'];
    for (const slug of [places['slug'], places['plain']]) {
      for (const query of queries) {
        const { headers } = await api.call('get', `/${slug}?${query}`, { key: null });
        expect(JSON.stringify(headers).length, `${slug} ${query.slice(0, 20)}`).toBeLessThan(MAX_HEAD_BYTES);
      }
    }
  });

  it('S32 is kept by every route of the API, whatever is sent', async () => {
    const wrong: string[] = [];
    for (const route of routes) {
      const path = samplePath(route, samples);
      for (const input of inputsOf(route)) wrong.push(...(await judge(route.name, route.method, path, input)));
    }
    expect(wrong).toEqual([]);
  });
});
