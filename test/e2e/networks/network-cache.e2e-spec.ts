import type { mongo } from 'mongoose';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { NetworkCache } from '../../../src/networks/cache/network-cache.service.js';
import { havingKey, NetworkReadModel } from '../../../src/networks/cache/network.read-model.js';
import type { Network } from '../../../src/networks/network.schema.js';
import type { NetworkResponse } from '../../../src/networks/networks.dto.js';
import { RedisService } from '../../../src/platform/redis/redis.service.js';
import { eventually } from '../../support/eventually.js';
import { OwnRedis } from '../../support/servers/own-redis.js';
import { TestApp } from '../../support/test-app.js';

/** More than it takes to notice that Redis is silent. */
const SOON_MS = 5_000;

let redis: OwnRedis;
let app: TestApp;
let second: TestApp;
beforeAll(async () => {
  redis = await OwnRedis.start();
  app = await TestApp.start({ redisUrl: redis.url });
  second = await TestApp.start({ sharing: app, redisUrl: redis.url });
  await bothHear();
});
afterEach(() => vi.restoreAllMocks());
afterAll(async () => {
  redis.thaw();
  await second.close();
  await app.close();
  await redis.kill();
});

const hears = (instance: TestApp): boolean => {
  const now = Date.now();
  return instance.app.get(RedisService).hearingSince(now) < now;
};
const bothHear = () =>
  eventually(
    () => hears(app) && hears(second),
    (isHearing) => isHearing,
  );
const directory = (instance = second): NetworkCache => instance.app.get(NetworkCache);
const nameBy = async (key: string, instance = second): Promise<string | undefined> =>
  (await directory(instance).findByKey(key))?.name;
const soon = (key: string, name: string | undefined, ms = SOON_MS) =>
  eventually(
    () => nameBy(key),
    (seen) => seen === name,
    ms,
  );
const change = async (id: string, fields: object): Promise<void> => {
  expect((await app.api('patch', `/networks/${id}`).send(fields)).status).toBe(200);
};
/** A network that the second instance knows. */
const knownNetwork = async (): Promise<NetworkResponse> => {
  const network = await app.createNetwork({ name: 'before' });
  expect(await nameBy(network.key)).toBe('before');
  return network;
};

describe('a key', () => {
  it('that is known costs no question, and one that is not costs one', async () => {
    const { key } = await knownNetwork();
    const asked = vi.spyOn(second.app.get(NetworkReadModel), 'findByKey');
    for (let i = 0; i < 20; i++) expect(await nameBy(key)).toBe('before');
    expect(asked).not.toHaveBeenCalled();
    const nobody = 'x'.repeat(24);
    const answers = await Promise.all(Array.from({ length: 20 }, () => nameBy(nobody)));
    expect(new Set(answers)).toEqual(new Set([undefined]));
    expect(await nameBy(nobody)).toBeUndefined();
    expect(asked).toHaveBeenCalledTimes(1);
  });

  it.each(['', 'short', 'x'.repeat(25), `${'x'.repeat(23)}$`, '__proto__', '{"$ne":null}'])(
    'that cannot be a key is not looked up: %j',
    async (key) => {
      const asked = vi.spyOn(second.app.get(NetworkReadModel), 'findByKey');
      expect(await nameBy(key)).toBeUndefined();
      expect(asked).not.toHaveBeenCalled();
    },
  );

  it('that is given out after it was asked for is found', async () => {
    const { id, key } = await app.createNetwork();
    await app.connection
      .collection<{ _id: string }>('networks')
      .updateOne({ _id: id }, { $set: { key: 'y'.repeat(24) } });
    expect(await nameBy(key)).toBeUndefined();
    await app.connection.collection<{ _id: string }>('networks').updateOne({ _id: id }, { $set: { key } });
    await soon(key, 'Casino');
  });
});

describe('the look-up of a key', () => {
  it('takes an index, whichever key it is', async () => {
    const found = app.connection
      .collection<Network>('networks')
      .find(havingKey('x'.repeat(24)) as mongo.Filter<Network>);
    const plan = JSON.stringify(await found.explain('queryPlanner'));
    expect(plan).toContain('IXSCAN');
    expect(plan).not.toContain('COLLSCAN');
  });
});

describe('a change', () => {
  it('is seen at once where it is made', async () => {
    const network = await app.createNetwork({ name: 'before' });
    expect(await nameBy(network.key, app)).toBe('before');
    await change(network.id, { name: 'after' });
    expect(await nameBy(network.key, app)).toBe('after');
    await app.api('delete', `/networks/${network.id}`);
    expect(await nameBy(network.key, app)).toBeUndefined();
  });

  it('is heard of by the others, over Redis', async () => {
    const network = await knownNetwork();
    const asked = vi.spyOn(second.app.get(NetworkReadModel), 'findByIds');
    await change(network.id, { name: 'after' });
    await soon(network.key, 'after', 1_000);
    const { key } = (await app.api('post', `/networks/${network.id}/rotate-key`)).body as NetworkResponse;
    await soon(key, 'after', 1_000);
    expect(await nameBy(network.key)).toBe('after');
    await app.api('delete', `/networks/${network.id}/old-key`);
    await soon(network.key, undefined, 1_000);
    expect(await nameBy(key)).toBe('after');
    await app.api('delete', `/networks/${network.id}`);
    await soon(key, undefined, 1_000);
    expect(asked.mock.calls.length).toBeLessThan(2);
  });
});

const OUTAGES: [string, () => void | Promise<void>, () => void | Promise<void>][] = [
  ['frozen', () => redis.freeze(), () => redis.thaw()],
  ['dead', () => redis.kill(), () => redis.revive()],
];

describe.each(OUTAGES)('while Redis is %s', (_, begin, end) => {
  it('changes, rotations and deletions are looked up in the background, without delaying postbacks', async () => {
    const [changed, rotated, deleted] = [await knownNetwork(), await knownNetwork(), await knownNetwork()];
    await begin();
    try {
      await eventually(
        () => hears(app) || hears(second),
        (isHearing) => !isHearing,
        SOON_MS,
      );
      const asked = vi.spyOn(second.app.get(NetworkReadModel), 'findByKey');
      await change(changed.id, { name: 'after' });
      await app.api('post', `/networks/${rotated.id}/rotate-key`);
      await app.api('delete', `/networks/${rotated.id}/old-key`);
      await soon(changed.key, 'after');
      expect(asked).not.toHaveBeenCalled();
      await soon(rotated.key, undefined);
      await app.api('delete', `/networks/${deleted.id}`);
      await soon(deleted.key, undefined);
    } finally {
      await end();
      await bothHear();
    }
    await change(changed.id, { name: 'once more' });
    await soon(changed.key, 'once more');
  });
});

describe('while MongoDB is away', () => {
  it('networks are served as they are known', async () => {
    const { key } = await knownNetwork();
    const readModel = second.app.get(NetworkReadModel);
    const away = () => Promise.reject(new Error('MongoDB is away'));
    const asked = vi.spyOn(readModel, 'findByIds').mockImplementation(away);
    vi.spyOn(readModel, 'findByKey').mockImplementation(away);
    await redis.kill();
    try {
      await eventually(
        () => asked.mock.calls.length,
        (calls) => calls > 2,
        SOON_MS,
      );
      expect(await nameBy(key)).toBe('before');
      await expect(directory().findByKey('z'.repeat(24))).rejects.toThrow('MongoDB is away');
    } finally {
      await redis.revive();
      await bothHear();
    }
  });
});
