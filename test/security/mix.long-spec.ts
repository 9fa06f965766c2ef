import { execFile } from 'node:child_process';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { OpenAPIObject } from '@nestjs/swagger';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ApiClient, type Route, routesOf } from '../support/api/api-client.js';
import { makeSamples, samplePath, type Samples } from '../support/api/api-samples.js';
import { canMeasureThreads, residentMb } from '../support/main-thread.js';
import { report } from '../support/security-report.js';
import { cleanUp, ROOT } from '../support/system/system-program.js';
import { SystemServer } from '../support/system/system-server.js';
import { type CostlyInput, LARGEST, largeBodies, largestLink, longQueries, UNKEYED } from './budget-inputs.js';

/** `SECURITY_MIX_MINUTES=60 npx vitest run --project security test/security/mix` is the long one. */
const MINUTES = Number(process.env['SECURITY_MIX_MINUTES'] ?? 3);
/** Until caches are as full as they get, and code is compiled. */
const WARM_UP_MINUTES = Math.max(1, MINUTES / 10);
const REST_MS = 15_000;
/** In percent of what it was before. */
const MAX_GROWTH = 10;
const PAUSE_MS = 20;

let server: SystemServer;
let api: ApiClient;
let requests: (() => Promise<unknown>)[];
let sent = 0;

beforeAll(async () => {
  const env = { RATE_LIMIT_ADDRESS: '0', RATE_LIMIT_FAILED: '0', TRUSTED_PROXIES: '127.0.0.1' };
  server = await SystemServer.start({ env });
  api = new ApiClient(server.baseUrl, server.apiKey);
  const document = await api.document();
  const samples = await makeSamples(api);
  const { slug } = await api.json<{ slug: string }>('post', '/api/v1/links', { body: largestLink() });
  const plain = await api.json<{ slug: string }>('post', '/api/v1/links', { body: { url: 'https://x.example/' } });
  const places: Record<string, string> = {
    slug,
    plain: plain.slug,
    key: samples.get('/postback') ?? '',
    pixel: samples.get('/pixel') ?? '',
  };
  requests = [...ofRoutes(document, samples), ...ofStrangers(places), hostileHeads(slug), silentReaders, brokenHeads];
});
afterAll(cleanUp);

const call = async (method: string, path: string, input: CostlyInput): Promise<unknown> => {
  const { what: _what, path: _path, query, mustPass: _mustPass, ...rest } = input;
  return api.call(method, query === undefined ? path : `${path}?${query}`, rest).catch(() => undefined);
};

/** None that leaves more and more behind in the database: what is looked for is memory that is never given back. */
function ofRoutes(document: OpenAPIObject, samples: Samples): (() => Promise<unknown>)[] {
  const isHarmless = ({ name, method }: Route): boolean => method !== 'delete' && name !== 'POST /api/v1/links/bulk';
  return routesOf(document)
    .filter(isHarmless)
    .flatMap((route) => {
      const queries = route.method === 'get' ? longQueries(document, route) : [];
      const all = [...largeBodies(document, route), ...queries, ...(LARGEST[route.name] ?? [])];
      return all.map((input) => () => call(route.method, samplePath(route, samples), input));
    });
}

function ofStrangers(places: Record<string, string>): (() => Promise<unknown>)[] {
  return UNKEYED.map(({ method, ...input }) => {
    const path = (input.path ?? '').replace(/\{(\w+)\}/g, (_, name: string) => places[name] ?? name);
    return () => call(method, path, { key: null, ...input });
  });
}

const hostileHeads = (slug: string) => (): Promise<unknown> =>
  promisify(execFile)(process.execPath, [
    join(ROOT, 'test', 'security', 'hostile-heads.mjs'),
    `${server.port}`,
    '200',
    slug,
  ]);

/** Opens a connection, sends that, and reads nothing for a while. */
async function unread(text: string): Promise<void> {
  const socket = connect(server.port, '127.0.0.1', () => socket.write(text));
  socket.on('error', () => undefined);
  socket.pause();
  await sleep(200);
  socket.destroy();
}

const silentReaders = (): Promise<unknown> =>
  Promise.all(
    Array.from({ length: 20 }, () =>
      unread('GET /api/docs/swagger-ui-bundle.js HTTP/1.1\r\nHost: localhost\r\n\r\n'.repeat(10)),
    ),
  );

const brokenHeads = (): Promise<unknown> =>
  Promise.all(
    Array.from({ length: 20 }, (_, i) => unread(`GET /${'x'.repeat(i * 700)} HTTP/1.1\r\nHost: localhost\r\nX-A`)),
  );

async function mixFor(minutes: number): Promise<void> {
  const end = performance.now() + minutes * 60_000;
  while (performance.now() < end) {
    await requests[Math.floor(Math.random() * requests.length)]?.();
    sent++;
    await sleep(PAUSE_MS);
  }
}

/** What it keeps: without what a collection of garbage is about to give back. */
async function atRest(): Promise<number> {
  await sleep(REST_MS);
  const samples: number[] = [];
  for (let i = 0; i < 5; i++) {
    samples.push(residentMb(server.pid));
    await sleep(1_000);
  }
  return Math.min(...samples);
}

describe.skipIf(!canMeasureThreads)('a mix of all hostile requests', () => {
  it(
    `S32 leaves no more memory in use after ${MINUTES} minutes than before`,
    async () => {
      const fresh = await atRest();
      await mixFor(WARM_UP_MINUTES);
      const before = await atRest();
      await mixFor(MINUTES);
      const after = await atRest();
      const growth = (after / before - 1) * 100;
      const figures = `${fresh.toFixed(0)} MB fresh, ${before.toFixed(0)} MB before, ${after.toFixed(0)} MB after`;
      process.stdout.write(`mix of ${sent} requests in ${MINUTES} minutes: ${figures} (${growth.toFixed(1)} %)\n`);
      report({ name: 'mix', what: figures, tried: sent, bad: growth > MAX_GROWTH ? 1 : 0 });
      expect(growth).toBeLessThan(MAX_GROWTH);
      expect((await api.call('get', '/health/ready')).status).toBe(200);
    },
    (MINUTES + WARM_UP_MINUTES + 5) * 60_000,
  );
});
