import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CheckResultsRepository } from '../../../src/links/check-results/check-results.repository.js';
import type { LinkResponse } from '../../../src/links/links.dto.js';
import type { NetworkResponse } from '../../../src/networks/networks.dto.js';
import type { WorkspaceId } from '../../../src/platform/tenancy/workspace-id.js';
import type { TestNetworkResponse } from '../../../src/postbacks/debugger/network-debugger.dto.js';
import type { SetupResponse, SetupStepResponse } from '../../../src/setup/setup.dto.js';
import { trustedWorkspaceId } from '../../../src/platform/tenancy/workspace-id.js';
import { expectProblem } from '../../support/api/expect-problem.js';
import { firstOwner, invitedMember } from '../../support/people/people.js';
import { TestApp } from '../../support/test-app.js';

type Id = SetupStepResponse['id'];
type Step<I extends Id> = Extract<SetupStepResponse, { id: I }>;

const HOP = { url: 'https://orchid.example/lp', status: 302, ms: 4 };

let app: TestApp;
let link: LinkResponse;
let network: NetworkResponse;
let clickId: string;

const setup = async (key = app.apiKey): Promise<SetupResponse> => {
  const response = await app.api('get', '/setup', key);
  if (response.status !== 200) throw new Error(`setup: ${response.status} ${response.text}`);
  return response.body as SetupResponse;
};
const stepIn = <I extends Id>({ steps }: SetupResponse, id: I): Step<I> => {
  const step = steps.find((one) => one.id === id);
  if (step === undefined) throw new Error(`no step ${id}`);
  return step as Step<I>;
};
const step = async <I extends Id>(id: I): Promise<Step<I>> => stepIn(await setup(), id);
const states = ({ steps }: SetupResponse): string => steps.map(({ state }) => state).join(' ');

beforeAll(async () => {
  app = await TestApp.start();
});
afterAll(() => app.close());

describe('the setup checklist, step by step', () => {
  it('begins with the link', async () => {
    const empty = await setup();
    expect(empty).toMatchObject({ current: 'link', done: 0, total: 7 });
    expect(states(empty)).toBe('waiting open open open open open open');
    expect(empty.steps.every(({ seen, at }) => seen === null && at === null)).toBe(true);
  });

  it('shows the first link, and what may keep clicks away', async () => {
    link = await app.createLink({ url: 'https://Orchid.example/lp?s={sub1}', slug: 'summer', paused: true });
    const after = await setup();
    expect(stepIn(after, 'link')).toMatchObject({
      state: 'done',
      at: link.createdAt,
      seen: { linkId: link.id, shortUrl: link.shortUrl, destinationHost: 'orchid.example' },
      checks: [],
    });
    expect(after.current).toBe('click');
    expect(stepIn(after, 'click').checks).toEqual([
      { key: 'link_paused', linkId: link.id },
      { key: 'open_short_link', linkId: link.id, url: link.shortUrl },
    ]);
    await app.api('patch', `/links/${link.id}`).send({ paused: false });
    expect((await step('click')).checks.map(({ key }) => key)).toEqual(['open_short_link']);
  });

  it('shows the first click, which is none of a test', async () => {
    network = await app.createNetwork({ name: 'Orchid Partners', preset: 'affilka' });
    const { body } = await app
      .api('post', `/networks/${network.id}/test`)
      .send({ event: 'ftd', payout: '1.00', currency: 'EUR' });
    expect((body as TestNetworkResponse).ok).toBe(true);
    expect((await step('click')).state).toBe('waiting');
    clickId = await app.clickId(link);
    await app.storedClick(clickId);
    const { state, seen } = await step('click');
    expect(state).toBe('done');
    expect(seen).toMatchObject({ clickId, linkId: link.id, isBot: false, device: 'desktop' });
  });

  it('shows the network and the last test, with its steps', async () => {
    expect((await step('network')).seen).toEqual({
      networkId: network.id,
      name: 'Orchid Partners',
      preset: 'affilka',
      clickIdParam: 'stag',
      postbackUrl: network.postbackUrl,
    });
    const { state, seen } = await step('testConversion');
    expect(state).toBe('done');
    expect(seen).toMatchObject({
      networkId: network.id,
      ok: true,
      eventType: 'ftd',
      payout: { amount: '1.00', currency: 'EUR' },
      reason: null,
    });
    expect(seen?.ip).toMatch(/127\.0\.0\.1|::1/);
    expect(seen?.steps.map(({ name, ok }) => [name, ok])).toEqual(
      ['link', 'click', 'redirect', 'request', 'answer', 'reading', 'verdict'].map((name) => [name, true]),
    );
  });

  it('shows a failed test as a problem, until a later one succeeds', async () => {
    const ips = ['203.0.113.0/24'];
    await app.api('patch', `/networks/${network.id}`).send({ security: { ips } });
    await app.api('post', `/networks/${network.id}/test`).send({});
    const failed = await setup();
    expect(failed.current).toBe('testConversion');
    const { state, seen, checks } = stepIn(failed, 'testConversion');
    expect([state, seen?.ok, seen?.reason]).toEqual(['problem', false, 'not_allowed']);
    expect(checks).toMatchObject([{ key: 'test_step_failed', networkId: network.id, reason: 'not_allowed' }]);
    await app.api('patch', `/networks/${network.id}`).send({ security: { ips: [] } });
    await app.api('post', `/networks/${network.id}/test`).send({ event: 'ftd', payout: '1.00', currency: 'EUR' });
    expect((await step('testConversion')).state).toBe('done');
    expect(await app.connection.collection('networkTestResults').countDocuments()).toBe(1);
  });

  it('waits for a real conversion: tests do not count, and says what to check', async () => {
    const waiting = await setup();
    expect(waiting).toMatchObject({ current: 'conversion', done: 4 });
    // The refused test of before is a request of the log like any other.
    await app.connection.collection('postbacks').deleteMany({ verdict: 'rejected' });
    expect((await step('conversion')).checks).toEqual([
      { key: 'postback_not_configured', networkId: network.id, url: network.postbackUrl },
      { key: 'link_without_network', linkId: link.id, networkId: network.id },
    ]);
    await app.api('patch', `/links/${link.id}`).send({ networkId: network.id, clickIdParam: 'cid' });
    expect((await step('conversion')).checks.at(-1)).toEqual({
      key: 'click_id_param_differs',
      linkId: link.id,
      networkId: network.id,
      param: 'stag',
      actualParam: 'cid',
    });
    await app.api('patch', `/links/${link.id}`).send({ clickIdParam: 'stag' });
    const { body } = await app.postback(network, 'stag={stag}&event=ftd');
    const { checks, state } = await step('conversion');
    expect(state).toBe('waiting');
    expect(checks).toEqual([
      {
        key: 'postback_rejected',
        postbackId: (body as { postbackId: string }).postbackId,
        networkId: network.id,
        reason: 'unfilled_macro',
      },
    ]);
  });

  it('shows the first real conversion, which proves that the click id came back', async () => {
    const { conversionId } = await app.goodPostback(network, `stag=${clickId}&event=registration`);
    await app.goodPostback(network, `stag=${clickId}&event=ftd&payout=50&currency=EUR&status=pending`);
    const after = await setup();
    const { state, seen } = stepIn(after, 'conversion');
    expect(state).toBe('done');
    expect(seen).toMatchObject({
      conversionId,
      eventType: 'registration',
      isFtd: false,
      status: 'approved',
      payout: null,
      linkId: link.id,
      networkId: network.id,
    });
    expect(seen?.ip).toMatch(/127\.0\.0\.1|::1/);
    expect(stepIn(after, 'parameters')).toMatchObject({
      state: 'done',
      seen: { source: 'conversion', linkId: link.id, conversionId, ok: true, hops: null },
    });
  });

  it('believes the last check of a link more, and says what it found', async () => {
    const checks = app.app.get(CheckResultsRepository);
    const { body } = await app.api('get', '/workspaces/current');
    const workspaceId = trustedWorkspaceId((body as { id: string }).id);
    const result = {
      _id: link.id,
      checkedAt: new Date(),
      ok: true,
      hops: [HOP, HOP],
      problems: [],
      withoutAppended: null,
    };
    const problems = [{ hop: 1, code: 'click_id_lost', param: 'stag', message: 'lost' }];
    await checks.save(workspaceId, { ...result, ok: false, problems });
    expect(await step('parameters')).toMatchObject({
      state: 'problem',
      seen: { source: 'check', linkId: link.id, ok: false, hops: 2 },
    });
    await checks.save(workspaceId, result);
    expect(await step('parameters')).toMatchObject({ state: 'done', seen: { source: 'check', ok: true } });
  });

  it('notes a network that sends no transaction ids, and is done when it does', async () => {
    const none = await setup();
    expect(none.current).toBe('transactionIds');
    expect(stepIn(none, 'transactionIds')).toMatchObject({
      state: 'problem',
      seen: { networkId: network.id, conversions: 2, withTransactionId: 0, reused: 0 },
      checks: [{ key: 'transaction_ids_missing', networkId: network.id }],
    });
    await app.goodPostback(network, `stag=${clickId}&event=deposit&payout=20&currency=EUR&txid=T-1`);
    const all = await setup();
    expect(all).toMatchObject({ current: null, done: 7 });
    expect(states(all)).toBe('done done done done done done done');
  });

  it('notes a transaction id that came with another click', async () => {
    const location = (await app.click(link)).headers['location'] ?? '';
    const second = new URL(location).searchParams.get('stag') ?? '';
    await app.goodPostback(network, `stag=${second}&event=deposit&payout=20&currency=EUR&txid=T-1`);
    expect(await step('transactionIds')).toMatchObject({
      state: 'problem',
      checks: [{ key: 'transaction_ids_reused', networkId: network.id }],
    });
  });
});

it('shows the last check of a link, which says more than a conversion', async () => {
  const workspaceId = (await app.connection.collection('links').findOne({ slug: 'summer' }))?.[
    'workspaceId'
  ] as WorkspaceId;
  const problem = { hop: 1, code: 'click_id_lost', param: 'stag', message: 'lost' };
  const hops = [302, 200].map((status) => ({ url: 'https://orchid.example/', status, ms: 4 }));
  const check = { _id: link.id, checkedAt: new Date(), hops, withoutAppended: null };
  const results = app.app.get(CheckResultsRepository);
  await results.save(workspaceId, { ...check, ok: false, problems: [problem] });
  expect(await step('parameters')).toMatchObject({ state: 'problem', seen: { source: 'check', ok: false, hops: 2 } });
  await results.save(workspaceId, { ...check, ok: true, problems: [] });
  expect(await step('parameters')).toMatchObject({
    state: 'done',
    seen: { source: 'check', linkId: link.id, ok: true },
  });
});

describe('the setup checklist and its readers', () => {
  it('needs links:read, and hides the steps of other scopes', async () => {
    expectProblem(await app.api('get', '/setup', null), 401);
    const others = ['clicks:read', 'networks:read', 'conversions:read'];
    expectProblem(await app.api('get', '/setup', await app.createKey(others)), 403);
    const shown = await setup(await app.createKey(['links:read', ...others]));
    expect(stepIn(shown, 'network').seen?.postbackUrl).not.toContain(network.key);
    expect(stepIn(shown, 'conversion').seen?.ip).toBeNull();
    expect(stepIn(shown, 'testConversion').seen?.steps.map(({ detail }) => detail)).toEqual(Array(7).fill(null));
    const least = await setup(await app.createKey(['links:read']));
    expect(states(least)).toBe('done hidden hidden hidden hidden hidden hidden');
    expect(least.steps.slice(1).every(({ seen, checks }) => seen === null && checks.length === 0)).toBe(true);
  });

  it('shows nothing of other workspaces', async () => {
    const { apiKey } = await app.createWorkspace();
    expect(states(await setup(apiKey))).toBe('waiting open open open open open open');
  });

  it('obeys hidden money and link limits', async () => {
    const owner = await firstOwner(app);
    const poor = await invitedMember(app, owner, { email: 'poor@brand.example', role: 'analyst', hideMoney: true });
    const shown = await poor.json<SetupResponse>('get', '/api/v1/setup');
    expect(stepIn(shown, 'testConversion').seen).toMatchObject({ eventType: 'ftd', payout: null });
    expect(JSON.stringify(shown)).not.toMatch(/1\.00(?!\d)|payout=/); // times such as 51.000Z may be there
    const limited = await invitedMember(app, owner, {
      email: 'limited@brand.example',
      role: 'analyst',
      linkLimits: { tags: ['theirs'], campaigns: [] },
    });
    const before = await limited.json<SetupResponse>('get', '/api/v1/setup');
    expect(states(before)).toBe('waiting open done open open open open');
    const theirs = await app.createLink({ tags: ['theirs'], slug: 'theirs' });
    const after = await limited.json<SetupResponse>('get', '/api/v1/setup');
    expect(stepIn(after, 'link').seen?.linkId).toBe(theirs.id);
    expect(JSON.stringify(after)).not.toContain(link.id);
  });

  it('asks bounded queries that indexes answer', async () => {
    const { db } = app.connection;
    if (db === undefined) throw new Error('not connected');
    await db.command({ profile: 2 });
    await setup();
    await db.command({ profile: 0 });
    const found = await db
      .collection('system.profile')
      .find({ ns: { $not: /system\.profile/ }, planSummary: { $exists: true } })
      .toArray();
    expect(found.length).toBeGreaterThan(5);
    expect(found.filter(({ planSummary }) => planSummary === 'COLLSCAN').map(({ ns }) => ns as string)).toEqual([]);
    expect(Math.max(...found.map(({ docsExamined = 0 }) => Number(docsExamined)))).toBeLessThanOrEqual(60);
  });
});
