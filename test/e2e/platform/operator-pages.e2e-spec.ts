import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { MongoHealth } from '../../../src/platform/mongo/mongo-health.service.js';
import { Metrics } from '../../../src/platform/metrics/metrics.js';
import { eventually } from '../../support/eventually.js';
import { OwnRedis } from '../../support/servers/own-redis.js';
import { TestApp } from '../../support/test-app.js';
import { expectProblem } from '../../support/api/expect-problem.js';

const TOKEN = 'a-token-for-the-metrics-0123';
/** What a proxy adds: the request of a stranger. */
const FORWARDED = { 'x-forwarded-for': '203.0.113.9' };

let app: TestApp;
beforeAll(async () => {
  app = await TestApp.start({ env: { METRICS_TOKEN: TOKEN, PUBLIC_URL: 'https://go.brand.example' } });
});
afterAll(() => app.close());

describe('the metrics', () => {
  const read = (headers: Record<string, string> = {}) => app.plain('get', '/metrics').set(headers);

  it('S15 are shown to the operator, who asks straight from this machine', async () => {
    expect((await read()).text).toContain('hopback_redirects_total');
  });

  it.each(['x-forwarded-for', 'forwarded', 'x-real-ip', 'via'])(
    'S15 are not there for a stranger, whose request came through a proxy (%s)',
    async (header) => {
      expectProblem(await read({ [header]: '203.0.113.9' }), 404);
    },
  );

  it.each([
    '/metrics/',
    '/metrics?x=1',
    '/%6detrics',
    '/METRICS',
    '//metrics',
    '/metrics;x',
    '/metrics%2f',
    '/x/../metrics',
  ])('S15 are not there for a stranger who writes the path in another way: %s', async (path) => {
    const { status, text } = await app.plain('get', path).set(FORWARDED);
    expect(status).toBe(404);
    expect(text).not.toContain('hopback_');
  });

  it('S15 are shown to whom the operator gave the token, and to no other', async () => {
    expect((await read({ ...FORWARDED, authorization: `Bearer ${TOKEN}` })).status).toBe(200);
    expectProblem(await read({ ...FORWARDED, authorization: `Bearer ${TOKEN}x` }), 404);
    expectProblem(await read({ ...FORWARDED, authorization: `Basic ${TOKEN}` }), 404);
    expectProblem(await read({ ...FORWARDED, authorization: `Bearer ${app.apiKey}` }), 404);
  });

  it('S15 cost a stranger’s request nothing: they are not collected for it', async () => {
    const collect = vi.spyOn(app.app.get(Metrics).registry, 'metrics');
    for (let i = 0; i < 20; i++) await read(FORWARDED);
    expect(collect).not.toHaveBeenCalled();
  });
});

describe('the health of the dependencies', () => {
  const read = (headers: Record<string, string> = {}) => app.plain('get', '/health/ready').set(headers);
  /** The last round is kept for a second. */
  const readAnew = (status: number) =>
    eventually(
      () => read(),
      (answer) => answer.status === status,
    );

  it('S15 is asked of MongoDB once a second at most, however many requests come', async () => {
    const ping = vi.spyOn(app.app.get(MongoHealth), 'ping');
    for (let i = 0; i < 5; i++) await Promise.all(Array.from({ length: 40 }, () => read()));
    expect(ping.mock.calls.length).toBeLessThanOrEqual(3);
  });

  it('S15 names no host and no port when a dependency fails', async () => {
    const reason = 'connect ECONNREFUSED 10.1.2.3:27017 db.internal';
    const ping = vi.spyOn(app.app.get(MongoHealth), 'ping').mockRejectedValue(new Error(reason));
    const { body, text } = await readAnew(503);
    expect(body.details.mongodb).toEqual({ status: 'down', message: 'It does not answer. The log says why.' });
    expect(text).not.toMatch(/10\.1\.2\.3|27017|internal/);
    ping.mockRestore();
    await readAnew(200);
  });

  it('S15 tells warnings about settings to the operator alone', async () => {
    await read(FORWARDED); // an address that no setting names: the first warning
    expect((await read()).body.warnings).toEqual([expect.stringContaining('TRUSTED_PROXIES')]);
    expect((await read(FORWARDED)).body).not.toHaveProperty('warnings');
  });
});

describe('the description of the API', () => {
  const PATHS = ['/api/openapi.json', '/api/docs', '/api/docs/swagger-ui-init.js', '/api/docs/swagger-ui-bundle.js'];
  const read = (path: string, headers: Record<string, string> = {}) => app.plain('get', path).set(headers);

  it.each(PATHS)('S5 is on the host of PUBLIC_URL, by address and for the operator: %s', async (path) => {
    expect((await read(path, { ...FORWARDED, host: 'go.brand.example' })).status).toBe(200);
    expect((await read(path, { ...FORWARDED, host: '203.0.113.5:3000' })).status).toBe(200);
    expect((await read(path, { host: 'hopback' })).status).toBe(200);
  });

  it.each(PATHS)('S5 is not on the domains of links: %s', async (path) => {
    expectProblem(await read(path, { ...FORWARDED, host: 'go.customer.example' }), 404);
    expectProblem(await read(path, { ...FORWARDED, host: 'go.brand.example.evil.example' }), 404);
  });

  it.each(['/api/docs-yaml', '/api/docs-json', '/api/docs.yaml'])(
    'S5 is not written out as YAML for each request: %s',
    async (path) => {
      expect((await read(path)).status).toBe(404);
    },
  );

  it('S5 is serialised once, and not sent again to a client that has it', async () => {
    const stringify = vi.spyOn(JSON, 'stringify');
    const first = await read('/api/openapi.json');
    const large = (): number => stringify.mock.results.filter(({ value }) => String(value).length > 50_000).length;
    const before = large();
    const again = await Promise.all(Array.from({ length: 20 }, () => read('/api/openapi.json')));
    expect(again.every(({ text }) => text === first.text)).toBe(true);
    expect(large()).toBe(before);
    const known = await read('/api/openapi.json', { 'if-none-match': String(first.headers['etag']) });
    expect(known.status).toBe(304);
    expect(known.text).toBe('');
  });

  it('S5 keeps no API key in the browser', async () => {
    expect((await read('/api/docs/swagger-ui-init.js')).text).not.toContain('persistAuthorization');
  });
});

describe('with a limit for each address', () => {
  let redis: OwnRedis;
  let limited: TestApp;
  beforeAll(async () => {
    redis = await OwnRedis.start(); // all tests come from one address
    limited = await TestApp.start({ env: { RATE_LIMIT_ADDRESS: '20' }, redisUrl: redis.url });
  });
  afterAll(async () => {
    await limited.close();
    await redis.kill();
  });

  it('S5 the description of the API is shown only so often', async () => {
    const statuses: number[] = [];
    for (let i = 0; i < 30; i++) statuses.push((await limited.plain('get', '/api/docs/swagger-ui-init.js')).status);
    expect(statuses.filter((status) => status === 200)).toHaveLength(20);
    const refused = await limited.plain('get', '/api/openapi.json');
    expectProblem(refused, 429);
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
  });

  it('S15 health is not limited: a load balancer must not take a stranger’s haste for a failure', async () => {
    for (let i = 0; i < 30; i++) expect((await limited.plain('get', '/health/ready')).status).toBe(200);
  });
});
