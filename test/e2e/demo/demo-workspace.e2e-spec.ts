import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { ConversionListResponse } from '../../../src/conversions/conversions.dto.js';
import { DemoFills } from '../../../src/demo/demo-fills.repository.js';
import type { DemoWorkspaceResponse } from '../../../src/demo/demo-workspace.dto.js';
import { WAITING_POSTBACKS } from '../../../src/demo/rules/make-postbacks.js';
import { DnsLookup } from '../../../src/domains/verification/dns-lookup.service.js';
import type { LinkResponse } from '../../../src/links/links.dto.js';
import type { NetworkResponse } from '../../../src/networks/networks.dto.js';
import type { MeResponse } from '../../../src/people/profile/me.dto.js';
import { Outbound } from '../../../src/platform/outbound/outbound.service.js';
import type { PostbackResponse } from '../../../src/postbacks/log/postback-log.dto.js';
import { eventually } from '../../support/eventually.js';
import { firstOwner, invitedMember } from '../../support/people/people.js';
import { PersonClient } from '../../support/people/person-client.js';
import { TestApp } from '../../support/test-app.js';

const DEMO = '/api/v1/demo-workspace';
const FILL_TIMEOUT_MS = 300_000;

let app: TestApp;
let owner: PersonClient;
let demo: DemoWorkspaceResponse;

const ready = (person: PersonClient): Promise<DemoWorkspaceResponse> =>
  eventually(
    () => person.json<DemoWorkspaceResponse>('get', DEMO),
    ({ state }) => state !== 'filling',
    FILL_TIMEOUT_MS,
  );
const switchTo = (person: PersonClient, workspaceId: string): Promise<void> =>
  person.json('post', '/api/v1/me/workspace', { workspaceId });
const allLinks = async (person: PersonClient): Promise<LinkResponse[]> =>
  (await person.json<{ data: LinkResponse[] }>('get', '/api/v1/links?limit=100')).data;
const sum = (values: number[]): number => values.reduce((total, value) => total + value, 0);

beforeAll(async () => {
  app = await TestApp.start();
  await app.startReader();
  owner = await firstOwner(app);
  const lookups = vi.spyOn(app.app.get(DnsLookup), 'txt');
  const requests = vi.spyOn(app.app.get(Outbound), 'request');
  // The process dies twice at the worst moments: when clicks are stored and not counted, and when postbacks are not noted.
  const fills = app.app.get(DemoFills);
  vi.spyOn(fills, 'countClicks').mockRejectedValueOnce(new Error('killed'));
  const extend = fills.extend.bind(fills);
  let isKilled = false;
  vi.spyOn(fills, 'extend').mockImplementation((id, update) => {
    if (isKilled || update?.$set?.['postbacks'] === undefined) return extend(id, update);
    isKilled = true;
    return Promise.reject(new Error('killed'));
  });
  const begun = performance.now();
  demo = await owner.json<DemoWorkspaceResponse>('post', DEMO);
  expect(demo.state).toBe('filling');
  demo = await ready(owner);
  process.stderr.write(`demo workspace filled in ${Math.round(performance.now() - begun)} ms\n`);
  expect(isKilled).toBe(true);
  expect(lookups).not.toHaveBeenCalled();
  expect(requests).not.toHaveBeenCalled();
}, FILL_TIMEOUT_MS);
afterAll(() => app.close());

describe('a demo workspace', () => {
  it('is filled, and there is one per person', async () => {
    expect(demo.state).toBe('ready');
    expect(demo.done).toBe(demo.total);
    expect(demo.total).toBeGreaterThan(25_000);
    expect(await owner.json('post', DEMO)).toEqual(demo);
  });

  it('differs from other workspaces in its name and in isDemo', async () => {
    const { workspaces } = await owner.json<MeResponse>('get', '/api/v1/me');
    expect(workspaces.map(({ id, name, isDemo }) => ({ id: id === demo.workspaceId, name, isDemo }))).toEqual([
      { id: false, name: expect.any(String) as string, isDemo: false },
      { id: true, name: 'Demo', isDemo: true },
    ]);
  });

  it('shows the same numbers of links, reports and conversions', async () => {
    await switchTo(owner, demo.workspaceId);
    const links = await allLinks(owner);
    expect(links).toHaveLength(38);
    await app.reportsCaughtUp();
    const question = '/api/v1/reports?groupBy=link&from=2000-01-01&to=2100-01-01&limit=1000';
    const { totals, rows } = await owner.json<{ totals: Record<string, number>; rows: Record<string, unknown>[] }>(
      'get',
      question,
    );
    const stored = await app.connection.collection('clicks').countDocuments({ workspaceId: demo.workspaceId });
    expect(sum(links.map(({ stats }) => stats.clicks.total))).toBe(stored);
    expect(totals).toMatchObject({
      clicks: stored,
      humanClicks: sum(links.map(({ stats }) => stats.clicks.human)),
      uniqueClicks: sum(links.map(({ stats }) => stats.clicks.unique)),
      registrations: sum(links.map(({ stats }) => stats.registrations)),
      ftds: sum(links.map(({ stats }) => stats.ftds)),
      deposits: sum(links.map(({ stats }) => stats.deposits)),
      approved: sum(links.map(({ stats }) => stats.approved)),
      pending: sum(links.map(({ stats }) => stats.pending)),
      rejected: sum(links.map(({ stats }) => stats.rejected)),
    });
    for (const link of links) {
      const row = rows.find((one) => one['link'] === link.id);
      expect(row).toMatchObject({ clicks: link.stats.clicks.total, ftds: link.stats.ftds });
    }
    const conversions = app.connection.collection('conversions');
    const count = (filter: object): Promise<number> =>
      conversions.countDocuments({ workspaceId: demo.workspaceId, ...filter });
    expect(await count({})).toBe(sum(links.map(({ stats }) => stats.conversions)));
    expect(await count({ isFtd: true, status: { $ne: 'rejected' } })).toBe(totals['ftds']);
    expect(await count({ status: 'pending' })).toBe(totals['pending']);
    expect(totals['ftds']).toBeGreaterThan(100);
    expect(totals['pending']).toBeGreaterThan(10);
    expect(totals['rejected']).toBeGreaterThan(10);
    expect(await count({ revenue: null, payout: { $ne: null } })).toBe(0);
  });

  it('stored nothing twice, though its process died', async () => {
    const clicks = app.connection.collection('clicks');
    const filter = { workspaceId: demo.workspaceId };
    const [stored, postbacks] = await Promise.all([
      clicks.countDocuments(filter),
      app.connection.collection('postbacks').countDocuments(filter),
    ]);
    expect(stored + postbacks).toBe(demo.total);
    expect(await clicks.countDocuments({ ...filter, at: { $gt: new Date() } })).toBe(0);
  });

  it('has every verdict, and 49 requests that wait for a mapping of tid', async () => {
    const postbacks = app.connection.collection('postbacks');
    const verdicts = await postbacks.distinct('verdict', { workspaceId: demo.workspaceId });
    expect(verdicts.map(String).toSorted((a, b) => a.localeCompare(b))).toEqual([
      'accepted',
      'duplicate',
      'ignored',
      'rejected',
      'test',
      'updated',
    ]);
    const reasons = await postbacks.distinct('reason', { workspaceId: demo.workspaceId, verdict: 'rejected' });
    expect(reasons).toEqual(
      expect.arrayContaining([
        'unfilled_macro',
        'unmapped_event',
        'forged_click_id',
        'malformed_click_id',
        'missing_click_id',
        'invalid_amount',
        'unknown_click',
        'outside_window',
      ]),
    );
    const waiting = '/api/v1/postbacks?waiting=true&reason=unfilled_macro&limit=100';
    const { data } = await owner.json<{ data: PostbackResponse[] }>('get', waiting);
    expect(data).toHaveLength(WAITING_POSTBACKS);
    expect(data.every(({ query, hint }) => query.includes('tid=') && hint?.includes('map click_id to "tid"'))).toBe(
      true,
    );
  });

  it('lists conversions nearly in the order of their times', async () => {
    const { data } = await owner.json<ConversionListResponse>('get', '/api/v1/conversions?limit=100');
    const times = data.map(({ convertedAt }) => Date.parse(convertedAt));
    const sorted = times.toSorted((a, b) => b - a);
    const places = times.map((time, i) => Math.abs(sorted.indexOf(time) - i));
    expect(Math.max(...places)).toBeLessThan(15);
  });

  it('counts 47 of them once tid is mapped, and says of 2 that their event is unknown', async () => {
    const networks = await owner.json<{ data: NetworkResponse[] }>('get', '/api/v1/networks?limit=100');
    const bluebird = networks.data.find(({ name }) => name === 'Bluebird Media');
    if (bluebird === undefined) throw new Error('no network');
    const params = { ...bluebird.mapping.params, click_id: ['tid', 'clickid'] };
    await owner.json('patch', `/api/v1/networks/${bluebird.id}`, { mapping: { ...bluebird.mapping, params } });
    const broken = { workspaceId: demo.workspaceId, query: /tid=/, networkId: bluebird.id };
    const postbacks = app.connection.collection('postbacks');
    const count = (verdict: string, reason: string | null): Promise<number> =>
      postbacks.countDocuments({ ...broken, verdict, reason });
    await eventually(
      () => count('accepted', null),
      (accepted) => accepted === WAITING_POSTBACKS - 2,
      30_000,
    );
    expect(await count('rejected', 'unmapped_event')).toBe(2);
    const counted = await app.connection
      .collection('conversions')
      .find({ workspaceId: demo.workspaceId, networkId: bluebird.id, status: 'pending', 'payout.amount': '77.5' })
      .toArray();
    expect(counted.length).toBeGreaterThanOrEqual(16);
  }, 40_000);

  it('serves none of its links', async () => {
    const [link] = await allLinks(owner);
    if (link === undefined) throw new Error('no link');
    expect(link.domain).toMatch(/\.example$/);
    expect((await app.click(link)).status).toBe(404);
    expect((await app.plain('get', `/internal/tls-allow?domain=${link.domain}`)).status).toBe(404);
    const { data } = await owner.json<{ data: { id: string }[] }>('get', '/api/v1/domains');
    const lookups = vi.spyOn(app.app.get(DnsLookup), 'txt');
    await owner.json('post', `/api/v1/domains/${data[0]?.id}/verify`);
    expect(lookups).not.toHaveBeenCalled();
  });

  it('is for people who may create workspaces', async () => {
    expect(await new PersonClient(app.baseUrl).status('post', DEMO)).toBe(401);
    for (const method of ['get', 'post', 'delete'] as const) {
      const { status, body } = await app.api(method, '/demo-workspace');
      expect([status, (body as { code: string }).code]).toEqual([403, 'forbidden']);
    }
    const first = (await owner.json<MeResponse>('get', '/api/v1/me')).workspaces.find(({ isDemo }) => !isDemo);
    await switchTo(owner, first?.id ?? '');
    const editor = await invitedMember(app, owner, { email: 'editor@brand.example', role: 'editor' });
    expect(await editor.status('post', DEMO)).toBe(403);
    expect(await editor.status('get', DEMO)).toBe(404);
    expect(await editor.status('delete', DEMO)).toBe(404);
    const { id, apiKey } = await app.createWorkspace();
    const by = {
      json: async <T>(method: string, path: string, body?: unknown): Promise<T> =>
        (await app.api(method as 'post', path.replace('/api/v1', ''), apiKey).send(body as object)).body as T,
    };
    const tenant = await invitedMember(app, by, { email: 'tenant@other.example', role: 'owner' });
    expect(await tenant.status('post', DEMO)).toBe(403);
    expect(id).not.toBe(first?.id);
  });

  it('is removed by one request, and can be made again', async () => {
    const answer = await owner.json<{ id: string; status: string }>('delete', DEMO);
    expect(answer).toMatchObject({ id: demo.workspaceId, status: 'deleting' });
    expect(await owner.status('get', DEMO)).toBe(404);
    await app.finishDeletion(demo.workspaceId);
    for (const name of ['clicks', 'postbacks', 'conversions', 'links', 'networks', 'domains', 'demoFills', 'members']) {
      expect([name, await app.connection.collection(name).countDocuments({ workspaceId: demo.workspaceId })]).toEqual([
        name,
        0,
      ]);
    }
    const again = await owner.json<DemoWorkspaceResponse>('post', DEMO);
    expect(again.workspaceId).not.toBe(demo.workspaceId);
    expect((await owner.json<{ id: string }>('delete', DEMO)).id).toBe(again.workspaceId);
    await app.finishDeletion(again.workspaceId);
    expect(await app.connection.collection('demoFills').countDocuments()).toBe(0);
  }, 60_000);
});
