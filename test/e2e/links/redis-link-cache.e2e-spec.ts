import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { afterAll, afterEach, beforeAll, describe, expect, inject, it, vi } from 'vitest';
import { DomainCache } from '../../../src/domains/domain-cache.service.js';
import { DomainsRepository } from '../../../src/domains/domains.repository.js';
import { LinkCache } from '../../../src/links/cache/link-cache.service.js';
import { LinkReadModel } from '../../../src/links/link.read-model.js';
import type { LinkResponse } from '../../../src/links/links.dto.js';
import { RedisLinkCache } from '../../../src/links/cache/redis-link-cache.service.js';
import { newId } from '../../../src/platform/ids/ids.js';
import { trustedWorkspaceId } from '../../../src/platform/tenancy/workspace-id.js';
import { eventually } from '../../support/eventually.js';
import { MongoProxy } from '../../support/servers/mongo-proxy.js';
import { OwnRedis } from '../../support/servers/own-redis.js';
import { type Options, TestApp } from '../../support/test-app.js';

const SOON_MS = 5_000;
/** Of forty look-ups, so many may be done by MongoDB on a busy machine, because Redis was slow. */
const BUSY = 8;

let redis: OwnRedis;
let admin: Redis;
let app: TestApp;
let second: TestApp;
const others: TestApp[] = [];
beforeAll(async () => {
  redis = await OwnRedis.start();
  admin = new Redis(redis.url);
  admin.on('error', () => undefined);
  app = await TestApp.start({ redisUrl: redis.url });
  second = await start();
  await isReady(app);
});
afterEach(() => vi.restoreAllMocks());
afterAll(async () => {
  redis.thaw();
  admin.disconnect();
  for (const other of others.toReversed()) await other.close();
  await app.close();
  await redis.kill();
});

const isReady = (instance: TestApp) =>
  eventually(
    () => instance.app.get(RedisLinkCache).isReady,
    (ready) => ready,
    SOON_MS,
  );
/** Another instance: it knows no link, as after a start or a scale-out. */
const start = async (options: Options = {}): Promise<TestApp> => {
  const instance = await TestApp.start({ sharing: app, redisUrl: redis.url, ...options });
  others.push(instance);
  await isReady(instance);
  return instance;
};
/** The second instance as it is after a start: it knows no link. To start many takes long. */
const cold = (hostname = 'localhost'): TestApp => {
  second.app.get(LinkCache).forgetHost(hostname);
  return second;
};
const queries = (instance: TestApp) => vi.spyOn(instance.app.get(LinkReadModel), 'findByAddress');
const leadsTo = async (link: Pick<LinkResponse, 'slug' | 'domain'>, instance = second): Promise<string> => {
  const { status, headers } = await instance.click(link);
  expect([302, 404]).toContain(status);
  return status === 404 ? 'nowhere' : new URL(headers['location'] ?? 'none:').host;
};
const leadsSoonTo = (link: LinkResponse, host: string, instance = second) =>
  eventually(
    () => leadsTo(link, instance),
    (seen) => seen === host,
    1_000,
  );
const entryNames = async (link?: LinkResponse): Promise<string[]> => {
  const names = await admin.keys('hopback:{links-*}:of:*');
  return link === undefined ? names : names.filter((name) => name.endsWith(`/${link.slug}`));
};
const isStored = async (...links: LinkResponse[]): Promise<void> => {
  for (const link of links) {
    await eventually(
      async () => {
        const name = (await entryNames(link))[0];
        if (name !== undefined && (await admin.get(name))?.charAt(16) === 'V') return true;
        app.app.get(LinkCache).forgetHost(link.domain); // Redis was slow when it was looked up
        await leadsTo(link, app);
        return false;
      },
      (isThere) => isThere,
      SOON_MS,
    );
  }
};
/** Links that Redis has, looked up by the first instance. */
const hotLinks = async (count: number, fields: Record<string, unknown> = {}): Promise<LinkResponse[]> => {
  const links: LinkResponse[] = [];
  for (let i = 0; i < count; i++) links.push(await app.createLink({ url: 'https://before.example/', ...fields }));
  // Redis forgets links that have changed in the last seconds, whenever an instance starts.
  const updatedAt = new Date(Date.now() - 3_600_000);
  const ids = links.map(({ id }) => id);
  await app.connection.collection<{ _id: string }>('links').updateMany({ _id: { $in: ids } }, { $set: { updatedAt } });
  for (const link of links) expect(await leadsTo(link, app)).not.toBe('nowhere');
  await isStored(...links);
  return links;
};
const hotLink = async (fields: Record<string, unknown> = {}): Promise<LinkResponse> => {
  const [link] = await hotLinks(1, fields);
  if (link === undefined) throw new Error('no link');
  return link;
};

describe('an instance that starts', () => {
  it('serves hot links without asking MongoDB', async () => {
    const links = await hotLinks(40);
    const fresh = await start();
    const asked = queries(fresh);
    for (const link of links) expect(await leadsTo(link, fresh)).toBe('before.example');
    expect(asked.mock.calls.length).toBeLessThanOrEqual(BUSY);
    const metrics = (await fresh.plain('get', '/metrics')).text;
    const byRedis = Number(/hopback_link_lookups_total\{level="redis"\} (\d+)/.exec(metrics)?.[1]);
    expect(byRedis).toBeGreaterThanOrEqual(links.length - BUSY);
  });

  it('serves all that a link may have', async () => {
    const preview = { title: 'Größe 😀', description: 'text' };
    const rules = [{ when: [{ field: 'device', op: 'in', values: ['desktop'] }], url: 'https://desktop.example/' }];
    const link = await hotLink({ rules, preview, referrerPolicy: 'origin', campaign: 'sommer/ä' });
    const fresh = cold();
    const answers = await Promise.all([app, fresh].map((instance) => instance.click(link)));
    const comparable = answers.map(({ status, headers }) => ({
      status,
      location: headers['location']?.replace(/click_id=\w+/, ''),
      policy: headers['referrer-policy'],
    }));
    expect(comparable[1]).toEqual(comparable[0]);
    expect(comparable[1]?.location).toContain('desktop.example');
  });

  it('does not serve what has changed while no message could be sent', async () => {
    const link = await hotLink();
    // As by a process that dies between its commit and its message.
    await app.connection
      .collection<{ _id: string }>('links')
      .updateOne({ _id: link.id }, { $set: { url: 'https://after.example/', updatedAt: new Date() } });
    const fresh = await start();
    expect(await leadsTo(link, fresh)).toBe('after.example');
  });
});

describe('a change', () => {
  it('is seen on every instance within a second, whether the link is known there, in Redis, or nowhere', async () => {
    const third = others.at(-1) ?? app;
    for (const instance of [app, second]) {
      const link = await hotLink();
      expect(await leadsTo(link)).toBe('before.example');
      const { id } = link;
      const change = (fields: object) => instance.api('patch', `/links/${id}`).send(fields);
      expect((await change({ url: 'https://after.example/' })).status).toBe(200);
      for (const each of [app, second, third]) await leadsSoonTo(link, 'after.example', each);
      await change({ paused: true });
      for (const each of [app, second, third]) await leadsSoonTo(link, 'nowhere', each);
      await change({ paused: false });
      for (const each of [app, second, third]) await leadsSoonTo(link, 'after.example', each);
      await isStored(link);
      expect((await instance.api('delete', `/links/${id}`)).status).toBe(204);
      for (const each of [app, second, third]) await leadsSoonTo(link, 'nowhere', each);
      await instance.api('post', `/links/${id}/restore`);
      for (const each of [app, second, third]) await leadsSoonTo(link, 'after.example', each);
    }
  });

  it('of the slug ends the address before it, for instances that start later too', async () => {
    const link = await hotLink();
    await app.api('patch', `/links/${link.id}`).send({ slug: `moved-${link.slug}` });
    const fresh = cold();
    expect(await leadsTo(link, fresh)).toBe('nowhere');
    expect(await leadsTo({ ...link, slug: `moved-${link.slug}` }, fresh)).toBe('before.example');
  });

  it('many times at once leaves the last one everywhere', async () => {
    const link = await hotLink();
    const change = async (i: number): Promise<void> => {
      const instance = i % 2 === 0 ? app : second;
      await instance.api('patch', `/links/${link.id}`).send({ url: `https://v${i}.example/` });
    };
    let isOver = false;
    const clicking = [app, second].map(async (instance) => {
      for (; !isOver; await sleep(5)) await leadsTo(link, instance);
    });
    for (let i = 0; i < 24; i += 4) await Promise.all([0, 1, 2, 3].map((j) => change(i + j)));
    isOver = true;
    await Promise.all(clicking);
    const { url } = await app.link(link.id);
    const fresh = cold();
    for (const each of [app, second, fresh, ...others]) await leadsSoonTo(link, new URL(url).host, each);
  });
});

describe('an address without a link', () => {
  it('does not hide a link that is made afterwards', async () => {
    for (let i = 0; i < 5; i++) {
      const address = { slug: `absent-${i}`, domain: 'localhost' };
      expect(await leadsTo(address, app)).toBe('nowhere');
      expect(await leadsTo(address)).toBe('nowhere');
      const link = await app.createLink({ ...address, url: 'https://made.example/' });
      await leadsSoonTo(link, 'made.example', app);
      await leadsSoonTo(link, 'made.example');
    }
  });
});

describe('a host that moves to another workspace', () => {
  it('serves the links of its new owner only, though Redis has those of the other', async () => {
    const hostname = 'moving.example';
    const domains = app.app.get(DomainsRepository);
    const claim = (workspaceId: string) =>
      domains.insert(trustedWorkspaceId(workspaceId), {
        _id: newId('dom'),
        hostname,
        status: 'verified',
        createdAt: new Date(),
      });
    const workspaces = await Promise.all([1, 2].map((i) => app.createWorkspace(`other-${i}.example`)));
    const [first, other] = workspaces;
    if (!first || !other) throw new Error('two workspaces');
    const domain = await claim(first.id);
    await app.app.get(DomainCache).refresh();
    const slug = 'same';
    const link = await app.createLink({ url: 'https://first.example/', domain: hostname, slug }, first.apiKey);
    expect(await leadsTo(link, app)).toBe('first.example');
    await isStored(link);
    await domains.deleteById(trustedWorkspaceId(first.id), domain._id);
    await claim(other.id);
    const fresh = cold(hostname);
    await fresh.app.get(DomainCache).refresh();
    expect(await leadsTo(link, fresh)).toBe('nowhere');
    const own = await app.createLink({ url: 'https://other.example/', domain: hostname, slug }, other.apiKey);
    await leadsSoonTo(own, 'other.example', fresh);
  });
});

describe('what Redis holds', () => {
  it('is not readable, and does not count when it was changed, exchanged or made up', async () => {
    const links = await hotLinks(8);
    const names = (await Promise.all(links.map((link) => entryNames(link)))).map(([name]) => name ?? '');
    const values = await Promise.all(names.map(async (name) => (await admin.get(name)) ?? ''));
    const head = (value: string) => value.slice(0, value.indexOf('|') + 1);
    for (const value of values)
      expect(Buffer.from(value.slice(head(value).length), 'base64').toString()).not.toContain('before');
    const [one = '', two = '', three = '', four = '', five = '', six = '', seven = '', eight = ''] = values;
    const swapped = head(one) + two.slice(head(two).length);
    const made = head(three) + JSON.stringify({ schema: 1, link: { url: 'https://evil.example/' } });
    const bad = [
      swapped,
      two.slice(0, -8),
      made,
      head(four),
      `${five}AAAA`,
      'rubbish',
      `${seven.slice(0, 17)}x|`,
      eight.replace('V', '?'),
    ];
    await Promise.all(names.map((name, i) => admin.set(name, bad[i] ?? six)));
    const fresh = cold();
    for (const link of links) expect(await leadsTo(link, fresh)).toBe('before.example');
    await isStored(...links);
  });
});

const noneIsReady = () =>
  eventually(
    () => [app, second].some((instance) => instance.app.get(RedisLinkCache).isReady),
    (ready) => !ready,
    SOON_MS,
  );
const OUTAGES: [string, () => void | Promise<void>, () => void | Promise<void>][] = [
  ['frozen', () => redis.freeze(), () => redis.thaw()],
  ['killed', () => redis.kill(), () => redis.revive()],
];

describe.each(OUTAGES)('while Redis is %s', (_, begin, finish) => {
  it('known and unknown links are served, and what changes meanwhile is not served from Redis afterwards', async () => {
    const [known, changed, deleted] = await hotLinks(3);
    if (!known || !changed || !deleted) throw new Error('three links');
    const unknown: LinkResponse[] = [];
    for (let i = 0; i < 20; i++) unknown.push(await app.createLink({ url: 'https://unknown.example/' }));
    await begin();
    for (const link of unknown.slice(0, 10)) expect(await leadsTo(link)).toBe('unknown.example');
    await noneIsReady();
    const find = vi.spyOn(second.app.get(RedisLinkCache), 'find');
    for (const link of unknown.slice(10)) expect(await leadsTo(link)).toBe('unknown.example');
    for (const { value } of find.mock.results) expect(await value).toBeUndefined();
    expect(await leadsTo(known, app)).toBe('before.example');
    expect((await app.api('patch', `/links/${changed.id}`).send({ url: 'https://after.example/' })).status).toBe(200);
    expect((await app.api('delete', `/links/${deleted.id}`)).status).toBe(204);
    await finish();
    await Promise.all([app, ...others].map(isReady));
    const fresh = cold();
    expect(await leadsTo(changed, fresh)).toBe('after.example');
    expect(await leadsTo(deleted, fresh)).toBe('nowhere');
    expect(await leadsTo(known, fresh)).toBe('before.example');
    const link = await hotLink();
    expect(await leadsTo(link)).toBe('before.example');
  });
});

describe('a Redis that is', () => {
  it('emptied is filled again, and no redirect notices', async () => {
    const links = await hotLinks(10);
    await admin.flushall();
    for (const link of links) expect(await leadsTo(link, app)).toBe('before.example');
    for (const link of links) expect(await leadsTo(link)).toBe('before.example');
    await isStored(...links);
  });

  it('full serves what it has, holds no more, and learns of changes', async () => {
    const [kept, changed] = await hotLinks(2);
    if (!kept || !changed) throw new Error('two links');
    await admin.config('SET', 'maxmemory', '1mb');
    try {
      const fresh = cold();
      const asked = queries(fresh);
      await eventually(
        () => leadsTo(kept, fresh),
        (host) => host === 'before.example',
      );
      expect(asked.mock.calls.length).toBeLessThanOrEqual(1);
      const more = await app.createLink({ url: 'https://more.example/' });
      expect(await leadsTo(more, fresh)).toBe('more.example');
      expect(await entryNames(more)).toEqual([]);
      await app.api('patch', `/links/${changed.id}`).send({ url: 'https://after.example/' });
      await leadsSoonTo(changed, 'after.example', fresh);
    } finally {
      await admin.config('SET', 'maxmemory', '0');
    }
  });
});

// The last one: the instance that was started last checks the API keys of all (docs/traps.md).
describe('an instance whose MongoDB is away', () => {
  it('serves hot links while MongoDB is away, and answers 503 for others within the usual time', async () => {
    const proxy = await MongoProxy.start(inject('mongodbUri'));
    const fresh = await start({ mongodbUri: proxy.uri });
    const link = await hotLink();
    const unseen = await app.createLink();
    await fresh.app.get(DomainCache).refresh();
    proxy.cut();
    // On a busy machine Redis may be slow once.
    await eventually(
      async () => (await fresh.click(link)).headers['location'] ?? '',
      (location) => location.startsWith('https://before.example/'),
    );
    expect((await fresh.click(unseen)).status).toBe(503);
    proxy.heal();
    others.pop();
    await fresh.close();
    await proxy.close();
  });
});
