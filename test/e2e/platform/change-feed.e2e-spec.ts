import { Redis } from 'ioredis';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RedisService } from '../../../src/platform/redis/redis.service.js';
import { eventually } from '../../support/eventually.js';
import { workerRedisUrl } from '../../support/servers/servers.js';

const CHANNEL = 'test:news';

let admin: Redis;
const services: RedisService[] = [];
beforeAll(() => {
  admin = new Redis(workerRedisUrl());
});
afterAll(() => {
  for (const service of services) service.onApplicationShutdown();
  admin.disconnect();
});

const clientIds = async (): Promise<string[]> =>
  [...String(await admin.client('LIST')).matchAll(/^id=(\d+)/gm)].map(([, id = '']) => id);

/** A service that hears, and the ids of its connections. */
async function start(): Promise<{ service: RedisService; ids: string[] }> {
  const before = await clientIds();
  const service = new RedisService(workerRedisUrl(), pino({ level: 'fatal' }));
  services.push(service);
  await eventually(
    () => service.hearingSince(Date.now()),
    (since) => since < Date.now(),
  );
  return { service, ids: (await clientIds()).filter((id) => !before.includes(id)) };
}

describe('announced changes', () => {
  it('all reach the listeners, though the connection of the sender breaks', async () => {
    const [teller, hearer] = [await start(), await start()];
    const heard = new Set<string>();
    hearer.service.subscribe(CHANNEL, (message) => heard.add(message));
    await eventually(
      () => teller.service.publish(CHANNEL, 'begin').then(() => heard.has('begin')),
      (isHeard) => isHeard,
    );
    const told = Array.from({ length: 300 }, (_, i) => `news ${i}`);
    const since = hearer.service.hearingSince(Date.now());
    for (const [index, message] of told.entries()) {
      if (index % 100 === 50) for (const id of teller.ids) await admin.client('KILL', 'ID', id).catch(() => undefined);
      void teller.service.publish(CHANNEL, message);
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
    await eventually(
      () => told.filter((message) => !heard.has(message)),
      (missing) => missing.length === 0,
      5_000,
    );
    // Or the hearer would have known that something may be missing.
    expect(hearer.service.hearingSince(Date.now())).toBe(since);
  });

  it('may have been missed when the connection of who hears broke, which then says so', async () => {
    const { service, ids } = await start();
    const since = service.hearingSince(Date.now());
    for (const id of ids) await admin.client('KILL', 'ID', id).catch(() => undefined);
    await eventually(
      () => service.hearingSince(Date.now()),
      (now) => now > since && now !== Number.POSITIVE_INFINITY,
    );
  });

  it('are nothing to wait for without a Redis', async () => {
    const service = new RedisService(undefined, pino({ level: 'fatal' }));
    await service.publish(CHANNEL, 'to nobody');
    await service.ping();
    expect([service.isConfigured, service.hearingSince(Date.now())]).toEqual([false, 0]);
    service.onApplicationShutdown();
  });
});
