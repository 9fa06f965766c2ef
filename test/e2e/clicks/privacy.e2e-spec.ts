import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LinkResponse } from '../../../src/links/links.dto.js';
import { eventually } from '../../support/eventually.js';
import { BROWSER, TestApp } from '../../support/test-app.js';

const DAY_MS = 86_400_000;
const VISITOR = '198.51.100.23';

let app: TestApp;
beforeAll(async () => {
  app = await TestApp.start({ env: { TRUSTED_PROXIES: '127.0.0.1,::1' } });
});
afterAll(() => app.close());

interface Row {
  _id: string;
  workspaceId: string;
  at: Date;
  ip?: string;
  isIpFull?: true;
}
const rows = () => app.connection.collection<Row>('clicks');
const upkeep = () => app.job('retention').runNow();

async function tenant(settings: object): Promise<{ id: string; apiKey: string; link: LinkResponse }> {
  const { id, apiKey } = await app.createWorkspace();
  const response = await app.api('patch', '/workspaces/current', apiKey).send(settings);
  expect(response.status, response.text).toBe(200);
  return { id, apiKey, link: await app.createLink({}, apiKey) };
}

/** Clicks with these headers besides, and gives back the click id. */
async function click(link: LinkResponse, headers: Record<string, string> = {}, query = ''): Promise<string> {
  const response = await app
    .click(link, query)
    .set({ 'x-forwarded-for': VISITOR, referer: 'https://www.blog.example/secret/path?x=1', ...headers });
  const id = new URL(response.headers['location'] ?? 'none:').searchParams.get('click_id');
  expect(id, response.text).not.toBeNull();
  return id ?? '';
}

describe('addresses of clicks', () => {
  it('are kept whole at first', async () => {
    const { apiKey, link } = await tenant({});
    expect(await app.storedClick(await click(link), apiKey)).toMatchObject({ ip: VISITOR, isPrivate: false });
  });

  it('are never kept where they are kept for no day', async () => {
    const { apiKey, link } = await tenant({ privacy: { ipDays: 0 } });
    const id = await click(link);
    expect((await app.storedClick(id, apiKey)).ip).toBeNull();
    expect(await rows().findOne({ _id: id })).not.toHaveProperty('ip');
  });

  it('follow a change of the setting', async () => {
    const { apiKey, link } = await tenant({});
    await app.storedClick(await click(link), apiKey);
    await app.api('patch', '/workspaces/current', apiKey).send({ privacy: { ipDays: 0 } });
    await eventually(
      async () => (await app.storedClick(await click(link), apiKey)).ip,
      (ip) => ip === null,
    );
  });

  it('are truncated when their time has come, in every workspace by its own days', async () => {
    const [short, long] = [await tenant({ privacy: { ipDays: 1 } }), await tenant({ privacy: { ipDays: 30 } })];
    const old = (workspaceId: string, name: string, days: number, ip: string): Row => {
      const _id = `${workspaceId}${name}`;
      const at = new Date(Date.now() - days * DAY_MS);
      return { _id, workspaceId, at, ip, isIpFull: true, visitorKey: _id, isUnique: false } as Row;
    };
    const many = Array.from({ length: 1_500 }, (_, i) => old(short.id, `m${i}`, 3 + i / 1_000, '203.0.113.9'));
    const clicks = [
      ...many,
      old(short.id, 'six', 2, '2001:db8:1:2::3'),
      old(short.id, 'new', 0.5, '203.0.113.9'),
      old(long.id, 'long', 2, '203.0.113.9'),
    ];
    await rows().insertMany(clicks);
    const ids = clicks.map(({ _id }) => _id);
    await upkeep();
    const ip = async (id: string | undefined) => (await rows().findOne({ _id: id ?? '' }))?.ip;
    expect(
      await rows().countDocuments({ workspaceId: short.id, ip: '203.0.113.0', isIpFull: { $exists: false } }),
    ).toBe(1_500);
    expect(await Promise.all(ids.slice(-3).map(ip))).toEqual(['2001:db8:1::', '203.0.113.9', '203.0.113.9']);
    await app.api('patch', '/workspaces/current', long.apiKey).send({ privacy: { ipDays: 1 } });
    await upkeep();
    expect(await ip(ids.at(-1))).toBe('203.0.113.0');
  });

  it('are walked along an index', async () => {
    const filter = { workspaceId: 'x', at: { $gte: new Date(0), $lt: new Date() }, isIpFull: true as const };
    const plan = await rows().find(filter).sort({ at: 1 }).limit(1_000).explain('queryPlanner');
    expect(JSON.stringify(plan)).toContain('IXSCAN');
    expect(JSON.stringify(plan)).not.toContain('"stage":"SORT"');
  });
});

describe('who asked not to be tracked', () => {
  it.each(['dnt', 'sec-gpc'])('is counted, and converts, without anything personal: %s', async (wish) => {
    const { apiKey, link, id } = await tenant({ privacy: { honourDoNotTrack: true } });
    const headers = { [wish]: '1', 'accept-language': 'de-DE' };
    const clickId = await click(link, headers, '?sub1=s&source=a-blog&utm_source=u&email=a@b.example');
    const stored = await app.storedClick(clickId, apiKey);
    expect(stored).toMatchObject({
      isPrivate: true,
      ip: null,
      userAgent: '',
      referrer: null,
      referrerHost: 'blog.example',
      city: null,
      device: 'desktop',
      isBot: false,
      isUnique: false,
      subs: { sub1: 's' },
    });
    expect(stored.query.map(({ name }) => name)).toEqual(['sub1', 'utm_source']);
    const again = await click(link, headers);
    await app.storedClick(again, apiKey);
    const keys = await rows().distinct('visitorKey' as never, { workspaceId: id });
    expect(keys).toHaveLength(2);
    expect(JSON.stringify(await rows().find({ workspaceId: id }).toArray())).not.toMatch(/198\.51|secret|a@b|Mozilla/);
    await eventually(
      () => app.link(link.id, apiKey),
      ({ stats }) => stats.clicks.human === 2,
    );
    const network = await app.createNetwork({}, apiKey);
    expect((await app.goodPostback(network, `click_id=${clickId}&event=ftd`)).verdict).toBe('accepted');
    const conversion = await app.connection.collection('conversions').findOne({ clickId });
    const copied = {
      city: null,
      asn: null,
      language: 'de',
      referrer: 'blog.example',
      source: 'u',
      subs: { sub1: 's' },
    };
    expect(conversion?.['facts']).toMatchObject(copied);
    expect(JSON.stringify(conversion)).not.toMatch(/198\.51|secret|a@b|Mozilla|a-blog/);
  });

  it('is ignored where the workspace does not honour it, and when its value is 0', async () => {
    const [heedless, heedful] = [await tenant({}), await tenant({ privacy: { honourDoNotTrack: true } })];
    const one = await app.storedClick(await click(heedless.link, { dnt: '1' }), heedless.apiKey);
    const two = await app.storedClick(await click(heedful.link, { dnt: '0' }), heedful.apiKey);
    for (const stored of [one, two]) {
      expect(stored).toMatchObject({ isPrivate: false, ip: VISITOR, userAgent: BROWSER, isUnique: true });
    }
  });
});

describe('retention', () => {
  it('deletes clicks and audit entries that are older than the workspace says, and no others', async () => {
    const [short, ever] = [await tenant({ retention: { clickDays: 10, auditDays: 5 } }), await tenant({})];
    for (const { id } of [short, ever]) {
      for (const days of [9, 11]) {
        const _id = `${id}${days}`;
        const at = new Date(Date.now() - days * DAY_MS);
        await rows().insertOne({ _id, workspaceId: id, at, visitorKey: _id, isUnique: false } as Row);
      }
      const entry = { _id: `aud_0000000${id}`, workspaceId: id, action: 'x.old' };
      await app.connection.collection<{ _id: string }>('auditEntries').insertOne(entry);
    }
    await upkeep();
    const left = async (workspaceId: string) => (await rows().find({ workspaceId }).toArray()).map(({ _id }) => _id);
    expect(await left(short.id)).toEqual([`${short.id}9`]);
    expect((await left(ever.id)).toSorted()).toEqual([`${ever.id}11`, `${ever.id}9`]);
    const { data } = (await app.api('get', '/audit-log', short.apiKey)).body as { data: { action: string }[] };
    expect(data.map(({ action }) => action)).not.toContain('x.old');
    expect(data.length).toBeGreaterThan(0);
  });
});
