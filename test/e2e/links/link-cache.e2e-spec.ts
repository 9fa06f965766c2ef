import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { LinkReadModel } from '../../../src/links/link.read-model.js';
import type { LinkResponse } from '../../../src/links/links.dto.js';
import { RedisService } from '../../../src/platform/redis/redis.service.js';
import { eventually } from '../../support/eventually.js';
import { OwnRedis } from '../../support/servers/own-redis.js';
import { TestApp } from '../../support/test-app.js';

/** More than it takes to notice that Redis is silent; far less than a link is believed for while it is not. */
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
const noneHears = () =>
  eventually(
    () => hears(app) || hears(second),
    (isHearing) => !isHearing,
    SOON_MS,
  );

/** Where the second instance leads; every click must be answered, whatever Redis does. */
const leadsTo = async (link: LinkResponse): Promise<string> => {
  const { status, headers } = await second.click(link);
  expect([302, 404]).toContain(status);
  return status === 404 ? 'nowhere' : new URL(headers['location'] ?? 'none:').host;
};
const leadsSoonTo = (link: LinkResponse, host: string) =>
  eventually(
    () => leadsTo(link),
    (seen) => seen === host,
    SOON_MS,
  );
const change = async (link: LinkResponse, fields: Record<string, unknown>): Promise<void> => {
  const { status } = await app.api('patch', `/links/${link.id}`).send(fields);
  expect(status).toBe(200);
};
/** A link that the second instance knows and believes. */
const knownLink = async (): Promise<LinkResponse> => {
  const link = await app.createLink({ url: 'https://before.example/' });
  expect(await leadsTo(link)).toBe('before.example');
  return link;
};

const OUTAGES: [string, () => void | Promise<void>, () => void | Promise<void>][] = [
  ['frozen', () => redis.freeze(), () => redis.thaw()],
  ['dead', () => redis.kill(), () => redis.revive()],
];

describe.each(OUTAGES)('while Redis is %s', (_, begin, end) => {
  let known: LinkResponse[];
  const early = { slug: `early-${Math.random()}`, domain: 'localhost' };
  beforeAll(async () => {
    known = await Promise.all(Array.from({ length: 6 }, knownLink));
    expect((await second.click(early)).status).toBe(404);
    await begin();
  });

  it('a change takes effect on the other instance, and known links are served all the while', async () => {
    const [changed, paused, deleted, moved, untouched] = known;
    if (!changed || !paused || !deleted || !moved || !untouched) throw new Error('five links');
    await change(changed, { url: 'https://after.example/' });
    await change(paused, { paused: true });
    await change(moved, { slug: `moved-${moved.id}` });
    expect((await app.api('delete', `/links/${deleted.id}`)).status).toBe(204);
    await leadsSoonTo(changed, 'after.example');
    for (const link of [paused, deleted, moved]) await leadsSoonTo(link, 'nowhere');
    expect(await leadsTo(untouched)).toBe('before.example');
    await noneHears();
    expect(await leadsTo(untouched)).toBe('before.example');
    await change(changed, { url: 'https://later.example/' });
    await leadsSoonTo(changed, 'later.example');
  });

  it('a link is made, and found on the other instance, though it was asked for too early', async () => {
    const link = await app.createLink({ ...early, url: 'https://made.example/' });
    await leadsSoonTo(link, 'made.example');
  });

  it('MongoDB is asked for what has changed, not for each link that is clicked', async () => {
    await noneHears();
    const links = await Promise.all(
      Array.from({ length: 20 }, () => app.createLink({ url: 'https://before.example/' })),
    );
    await sleep(600); // so that the second instance has been told of these
    for (const link of links) expect(await leadsTo(link)).toBe('before.example');
    const find = vi.spyOn(second.app.get(LinkReadModel), 'findByAddress');
    const ask = vi.spyOn(second.app.get(LinkReadModel), 'changedSince');
    const begin = Date.now();
    while (Date.now() - begin < 1_200) {
      for (const link of links) expect(await leadsTo(link)).toBe('before.example');
    }
    expect(find.mock.calls.length).toBeLessThanOrEqual(1);
    expect(ask.mock.calls.length).toBeGreaterThan(1);
    expect(ask.mock.calls.length).toBeLessThanOrEqual((Date.now() - begin) / 250 + 1);
  });

  it('a change is made, and seen when Redis is back', async () => {
    const link = known[5];
    if (!link) throw new Error('a sixth link');
    await noneHears();
    await change(link, { url: 'https://meanwhile.example/' });
    await end();
    await bothHear();
    await leadsSoonTo(link, 'meanwhile.example');
  });
});

describe('when Redis is back', () => {
  it('those that were made while the instances came back to it, one sooner than the other, are seen', async () => {
    const links = await Promise.all(Array.from({ length: 20 }, knownLink));
    await redis.kill();
    await noneHears();
    const back = redis.revive();
    for (const link of links) {
      await Promise.all(links.map(leadsTo)); // so that the second instance believes what it has just seen
      await change(link, { url: 'https://then.example/' });
    }
    await back;
    for (const link of links) await leadsSoonTo(link, 'then.example');
    await bothHear();
  });

  it('known links are served without asking MongoDB', async () => {
    const link = await knownLink();
    const find = vi.spyOn(second.app.get(LinkReadModel), 'findByAddress');
    for (let i = 0; i < 50; i++) expect(await leadsTo(link)).toBe('before.example');
    expect(find).not.toHaveBeenCalled();
  });
});

describe('unknown addresses', () => {
  it('make few queries, however often they are asked for', async () => {
    const find = vi.spyOn(app.app.get(LinkReadModel), 'findByAddress');
    const address = { slug: 'nobody-at-all', domain: 'localhost' };
    for (let round = 0; round < 5; round++) {
      const answers = await Promise.all(Array.from({ length: 100 }, () => app.click(address)));
      expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([404]));
    }
    expect(find.mock.calls.length).toBeLessThanOrEqual(4);
  });

  it('do not push links out', async () => {
    const link = await app.createLink();
    expect((await app.click(link)).status).toBe(302);
    await Promise.all(Array.from({ length: 300 }, (_, i) => app.click({ slug: `nobody-${i}`, domain: 'localhost' })));
    const find = vi.spyOn(app.app.get(LinkReadModel), 'findByAddress');
    expect((await app.click(link)).status).toBe(302);
    expect(find).not.toHaveBeenCalled();
  });
});

describe('a link that changes while it is looked up', () => {
  it('is not remembered as it was before', async () => {
    const link = await app.createLink({ url: 'https://before.example/' });
    const readModel = app.app.get(LinkReadModel);
    const findByAddress = readModel.findByAddress.bind(readModel);
    let found: () => void = () => undefined;
    const isFound = new Promise<void>((resolve) => (found = resolve));
    let goOn: () => void = () => undefined;
    const mayGoOn = new Promise<void>((resolve) => (goOn = resolve));
    vi.spyOn(readModel, 'findByAddress').mockImplementationOnce(async (...address) => {
      const result = await findByAddress(...address);
      found();
      await mayGoOn;
      return result;
    });
    const early = app.click(link).then(({ headers }) => headers['location']);
    await isFound;
    await change(link, { url: 'https://after.example/' });
    goOn();
    expect(await early).toContain('before.example');
    expect((await app.click(link)).headers['location']).toContain('after.example');
  });
});
