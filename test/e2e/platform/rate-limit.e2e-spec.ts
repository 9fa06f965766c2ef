import type { Response } from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '../../support/eventually.js';
import { OwnRedis } from '../../support/servers/own-redis.js';
import { TestApp } from '../../support/test-app.js';
import { expectProblem } from '../../support/api/expect-problem.js';

const PER_KEY = 40;
const PER_ADDRESS = 8;
const FAILED = 6;
const env = { RATE_LIMIT_KEY: `${PER_KEY}`, RATE_LIMIT_ADDRESS: `${PER_ADDRESS}`, RATE_LIMIT_FAILED: `${FAILED}` };

/** Keys that were used before anybody at this address has tried keys out. */
const provedKeys = { freeze: '', kill: '' };

let redis: OwnRedis;
let app: TestApp;
let other: TestApp;
let trusting: TestApp;
let second: TestApp;

beforeAll(async () => {
  redis = await OwnRedis.start();
  app = await TestApp.start({ env, redisUrl: redis.url });
  other = await TestApp.start({ env, redisUrl: redis.url, sharing: app });
  trusting = await TestApp.start({ env: { ...env, TRUSTED_PROXIES: '127.0.0.1' }, redisUrl: redis.url, sharing: app });
  second = await TestApp.start({ env: { ...env, TRUSTED_PROXIES: '127.0.0.1' }, redisUrl: redis.url, sharing: app });
  await redisIsHeard();
  for (const fault of ['freeze', 'kill'] as const) {
    provedKeys[fault] = await app.createKey(['links:read']);
    await app.api('get', '/links', provedKeys[fault]);
  }
});
afterAll(async () => {
  await second.close();
  await trusting.close();
  await other.close();
  await app.close();
  await redis.kill();
});

/** Until all of them count together: a moment after the start they do not know yet that Redis is there. */
const redisIsHeard = async (): Promise<void> => {
  const key = await app.createKey(['links:read']);
  for (const instance of [app, other, trusting, second]) {
    await eventually(
      async () =>
        remaining(await instance.api('get', '/links?limit=1', key)) - remaining(await app.api('get', '/links', key)),
      (difference) => difference === 1,
    );
  }
};

const remaining = ({ headers }: Response): number => Number(headers['ratelimit-remaining']);

/** A key that is used up. */
const spentKey = async (): Promise<string> => {
  const key = await app.createKey(['links:read']);
  await Promise.all(Array.from({ length: PER_KEY }, () => app.api('get', '/links?limit=1', key)));
  return key;
};

const expectTooMany = (response: Response): void => {
  const { detail } = expectProblem(response, 429);
  const seconds = Number(response.headers['retry-after']);
  expect(seconds).toBeGreaterThan(0);
  expect(seconds).toBeLessThanOrEqual(60);
  expect(detail).toContain(`try again in ${seconds} seconds`);
};

describe('an API key', () => {
  it('may be used so often, and each answer says how often still', async () => {
    const key = await app.createKey(['links:read']);
    const answers: Response[] = [];
    for (let i = 0; i < PER_KEY; i++) answers.push(await app.api('get', '/links?limit=1', key));
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
    expect(answers.map(remaining)).toEqual(answers.map((_, i) => PER_KEY - 1 - i));
    expect(answers[0]?.headers['ratelimit-limit']).toBe(`${PER_KEY}`);
    expect(Number(answers[0]?.headers['ratelimit-reset'])).toBeGreaterThan(0);
    const refused = await app.api('get', '/links?limit=1', key);
    expectTooMany(refused);
    expect(remaining(refused)).toBe(0);
  });

  it('is counted by all instances together, and each key for itself', async () => {
    const key = await spentKey();
    expectTooMany(await other.api('get', '/links', key));
    expect((await other.api('get', '/links', await app.createKey(['links:read']))).status).toBe(200);
  });

  it('that is used up stops no redirect and no postback', async () => {
    const link = await app.createLink();
    const network = await app.createNetwork();
    const key = await spentKey();
    expectTooMany(await app.api('get', '/links', key));
    for (let i = 0; i < PER_KEY + 5; i++) expect((await app.click(link)).status).toBe(302);
    const clickId = await app.clickId(link);
    for (let i = 0; i < 10; i++) await app.goodPostback(network, `click_id=${clickId}&txid=${i}`);
  });

  it('is seen in the metrics when it is over', async () => {
    const { text } = await app.plain('get', '/metrics');
    expect(text).toMatch(/hopback_requests_limited_total\{limit="key"\} [1-9]/);
  });
});

describe('an address that tries short links out', () => {
  it('is asked to wait, and is still redirected by links that exist', async () => {
    const link = await trusting.createLink();
    const ask = (slug: string, address: string) =>
      trusting.click({ slug, domain: link.domain }).set('x-forwarded-for', address);
    const statuses: number[] = [];
    for (let i = 0; i <= PER_ADDRESS; i++) statuses.push((await ask(`guess-${i}`, '203.0.113.99')).status);
    expect(statuses).toEqual([...Array.from({ length: PER_ADDRESS }, () => 404), 429]);
    expect((await ask('guess', '203.0.113.99')).headers['retry-after']).toBe('60');
    expect((await ask(link.slug, '203.0.113.99')).status).toBe(302);
    expect((await ask('guess', '198.51.100.99')).status).toBe(404);
  });
});

describe('an address without a valid key', () => {
  const from = (instance: TestApp, address: string, key = 'a-key-that-nobody-ever-made'): Promise<Response> =>
    Promise.resolve(instance.api('get', '/links?limit=1', key).set('x-forwarded-for', address));

  it('is not listened to after so many tries, and comes no further with a header', async () => {
    const tries: number[] = [];
    for (let i = 0; i < FAILED; i++) tries.push((await from(trusting, '198.51.100.1')).status);
    expect(tries).toEqual(tries.map(() => 401));
    expectTooMany(await from(trusting, '198.51.100.1'));
    expectTooMany(await from(trusting, '198.51.100.1'));
    // Who is no trusted proxy can claim what he wants: it is the socket's address that counts.
    const claims = await Promise.all(Array.from({ length: FAILED + 1 }, (_, i) => from(app, `192.0.2.${i}`)));
    const refused = claims.filter(({ status }) => status === 429);
    expect({ refused: refused.length, of: claims.length }).toEqual({ refused: 1, of: FAILED + 1 });
    expectTooMany(await from(app, '192.0.2.99'));
    expect((await from(trusting, '198.51.100.2')).status).toBe(401);
  });

  it('is the same from whatever port, which some proxies write behind it', async () => {
    for (let i = 0; i < FAILED; i++) expect((await from(trusting, `198.51.100.9:${4_000 + i}`)).status).toBe(401);
    expectTooMany(await from(trusting, '198.51.100.9:5000'));
    expectTooMany(await from(trusting, '198.51.100.9'));
  });

  it('is one with all others of its /64', async () => {
    for (let i = 0; i < FAILED; i++) expect((await from(trusting, `2001:db8::${i + 1}`)).status).toBe(401);
    expectTooMany(await from(trusting, '2001:db8::ffff'));
    expect((await from(trusting, '2001:db8:0:1::1')).status).toBe(401);
  });

  it('does not affect valid keys of others at the same address', async () => {
    const key = await app.createKey(['links:read']);
    const unknown = await app.createKey(['links:read']);
    expect((await from(trusting, '198.51.100.7', key)).status).toBe(200);
    for (let i = 0; i <= FAILED; i++) await from(trusting, '198.51.100.7');
    expectTooMany(await from(trusting, '198.51.100.7'));
    expect((await from(trusting, '198.51.100.7', key)).status).toBe(200);
    expectTooMany(await from(trusting, '198.51.100.7', unknown));
  });

  it('is counted by all instances together', async () => {
    for (let i = 0; i <= FAILED; i++) await from(trusting, '198.51.100.30');
    expectTooMany(await from(second, '198.51.100.30'));
  });
});

describe('a public route', () => {
  it('may be asked so often from an address, whatever it claims to be', async () => {
    const track = (i: number): Promise<Response> =>
      Promise.resolve(
        app
          .plain('post', '/api/v1/track')
          .set('x-forwarded-for', `192.0.2.${i}`)
          .send({ key: 'nobody', click_id: 'x' }),
      );
    const answers: Response[] = [];
    for (let i = 0; i <= PER_ADDRESS; i++) answers.push(await track(i));
    expect(answers.map(({ status }) => status)).toEqual([...answers.slice(1).map(() => 422), 429]);
    expectTooMany(await track(99));
    expect((await app.plain('get', '/health/ready')).status).toBe(200);
  });
});

describe('while Redis is away', () => {
  it.each(['freeze', 'kill'] as const)(
    '(%s) the API is limited by each process, and nothing else is',
    async (fault) => {
      const link = await app.createLink();
      const network = await app.createNetwork();
      const key = provedKeys[fault];
      const clickId = await app.clickId(link);
      if (fault === 'freeze') redis.freeze();
      else await redis.kill();
      try {
        const statuses: number[] = [];
        for (let i = 0; i < 2 * PER_KEY + 10; i++) statuses.push((await app.api('get', '/links?limit=1', key)).status);
        const admitted = statuses.filter((status) => status === 200).length;
        expect(new Set(statuses)).toEqual(new Set([200, 429]));
        expect(admitted).toBeGreaterThanOrEqual(PER_KEY);
        expect(admitted).toBeLessThanOrEqual(2 * PER_KEY); // those that Redis may have counted before it went
        expectTooMany(await app.api('get', '/links', key));
        for (let i = 0; i < PER_KEY + 5; i++) expect((await app.click(link)).status).toBe(302);
        for (let i = 0; i < 10; i++) await app.goodPostback(network, `click_id=${clickId}&txid=${fault}${i}`);
      } finally {
        if (fault === 'freeze') redis.thaw();
        else await redis.revive();
      }
    },
  );
});
