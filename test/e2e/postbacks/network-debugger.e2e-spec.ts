import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PostbackAnswer } from '../../../src/postbacks/receive/receive-postback.dto.js';
import type {
  PreviewPostbackResponse,
  TestNetworkResponse,
} from '../../../src/postbacks/debugger/network-debugger.dto.js';
import { eventually } from '../../support/eventually.js';
import { TestApp } from '../../support/test-app.js';
import { itAsksForKeyAndScope } from '../../support/api/access.js';
import { expectInvalid, expectProblem } from '../../support/api/expect-problem.js';

const UNKNOWN_ID = 'net_00000000000000000000';

let app: TestApp;
/** The same Hopback, as if its public URL led nowhere, or to a proxy that redirects to HTTPS. */
let unreachable: TestApp;
let redirected: TestApp;
let proxy: Server;
beforeAll(async () => {
  app = await TestApp.start();
  proxy = createServer((request, response) => {
    response.writeHead(301, { location: `https://secure.example${request.url ?? ''}` }).end();
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  const proxyUrl = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
  unreachable = await TestApp.start({ sharing: app, env: { PUBLIC_URL: 'http://localhost:1' } });
  redirected = await TestApp.start({ sharing: app, env: { PUBLIC_URL: proxyUrl } });
});
afterAll(async () => {
  await unreachable.close();
  await redirected.close();
  await app.close();
  proxy.close();
});

/** All that is stored but for what a test may leave behind: its click and its log entry. */
const numbers = async (of = app): Promise<unknown> => {
  const rows: Record<string, unknown> = {};
  for (const name of ['conversions', 'linkCounters', 'linkQuarters', 'playerLocks']) {
    rows[name] = await of.connection.collection(name).find().sort({ _id: 1 }).toArray();
  }
  return rows;
};
const run = async (id: string, body: object = {}, of = app): Promise<TestNetworkResponse> => {
  const response = await of.api('post', `/networks/${id}/test`).send(body);
  expect(response.status).toBe(200);
  return response.body as TestNetworkResponse;
};
const preview = async (id: string, body: object): Promise<PreviewPostbackResponse> => {
  const response = await app.api('post', `/networks/${id}/preview`).send(body);
  expect(response.status).toBe(200);
  return response.body as PreviewPostbackResponse;
};
const stepsOf = ({ steps }: TestNetworkResponse): [string, boolean][] => steps.map(({ name, ok }) => [name, ok]);
const detailOf = ({ steps }: TestNetworkResponse, wanted: string): string =>
  steps.find(({ name }) => name === wanted)?.detail ?? '';

describe('access to tests and previews', () => {
  itAsksForKeyAndScope(
    () => app,
    [
      ['post', `/networks/${UNKNOWN_ID}/test`, 'postbacks:write'],
      ['post', `/networks/${UNKNOWN_ID}/preview`, 'postbacks:read'],
    ],
  );

  it('is a 404 for an unknown network and for another workspace’s', async () => {
    const other = await app.createWorkspace();
    const theirs = await app.createNetwork({}, other.apiKey);
    for (const id of [UNKNOWN_ID, theirs.id]) {
      expectProblem(await app.api('post', `/networks/${id}/test`).send({}), 404);
      expectProblem(await app.api('post', `/networks/${id}/preview`).send({ query: '' }), 404);
    }
    expect(await app.connection.collection('clicks').countDocuments({ isTest: true })).toBe(0);
  });

  it.each([
    [{ event: 'party' }, 'event'],
    [{ payout: 5 }, 'payout'],
    [{ currency: 'ZZZ' }, 'currency'],
    [{ linkId: 'lnk_00000000000000000000' }, 'linkId'],
    [{ url: 'x' }, 'url'],
  ])('of a test is a 422 for %j', async (body, path) => {
    const { id } = await app.createNetwork();
    expectInvalid(await app.api('post', `/networks/${id}/test`).send(body), path);
  });

  it.each([
    [{}, 'url'],
    [{ url: 'https://x/', query: 'a=1' }, 'url'],
    [{ query: 5 }, 'query'],
    [{ body: 'x'.repeat(65_537) }, 'body'],
    [{ query: '', method: 'PUT' }, 'method'],
    [{ query: '', headers: {} }, 'headers'],
    [{ query: '', mapping: { params: { clickid: ['a'] } } }, 'mapping.params'],
    [{ query: '', mapping: { events: { a: 'no such event' } } }, 'mapping.events'],
  ])('of a preview is a 422 for %j', async (body, path) => {
    const { id } = await app.createNetwork();
    expectInvalid(await app.api('post', `/networks/${id}/preview`).send(body), path);
  });
});

describe('a test', () => {
  it('says so where there is no link to click', async () => {
    const other = await app.createWorkspace();
    const { id } = await app.createNetwork({}, other.apiKey);
    const response = await app.api('post', `/networks/${id}/test`, other.apiKey).send({});
    expect(response.body).toMatchObject({ ok: false, steps: [{ name: 'link', ok: false }], clickId: null });
  });

  it('goes the whole way, and tests are never counted', async () => {
    const network = await app.createNetwork({
      mapping: { params: { click_id: ['tid'] }, events: { dep: 'ftd' }, statuses: {} },
    });
    await app.createLink();
    const link = await app.createLink({ networkId: network.id, url: 'https://shop.example/lp?tid={click_id}' });
    const newer = await app.createLink();
    const before = await numbers();
    const result = await run(network.id, { payout: '12.50', currency: 'USD' });
    expect(stepsOf(result)).toEqual(
      ['link', 'click', 'redirect', 'request', 'answer', 'reading', 'verdict'].map((name) => [name, true]),
    );
    expect(result).toMatchObject({
      ok: true,
      verdict: 'test',
      reason: null,
      hint: expect.stringContaining('tests are never counted') as string,
      wouldBe: { eventType: 'ftd', status: 'approved', payout: { amount: '12.50', currency: 'USD' } },
    });
    const { clickId, postbackId } = result;
    expect(detailOf(result, 'redirect')).toContain(`https://shop.example/lp?tid=${clickId}`);
    expect(JSON.stringify(result)).not.toContain(network.key);
    expect(await app.postbackEntry(postbackId ?? '')).toMatchObject({
      verdict: 'test',
      networkId: network.id,
      clickId,
      linkId: link.id,
      conversionId: null,
      query: expect.stringContaining('event=dep') as string,
      headers: expect.objectContaining({ 'user-agent': 'Hopback-Test' }) as object,
    });
    const click = await app.api('get', `/clicks/${clickId}`);
    expect(click.body).toMatchObject({ id: clickId, linkId: link.id, isTest: true });
    expect(await app.storedClick(await app.clickId(newer))).toMatchObject({ isTest: false });

    const replayed = await app.api('post', `/postbacks/${postbackId}/replay`);
    expect(replayed.body).toMatchObject({ verdict: 'test', conversionId: null });
    const unchanged = (await numbers()) as Record<string, { linkId?: string }[]>;
    const withoutNewer = Object.fromEntries(
      Object.entries(unchanged).map(([name, rows]) => [name, rows.filter(({ linkId }) => linkId !== newer.id)]),
    );
    expect(withoutNewer).toEqual(before);
  });

  it('takes the link that is asked for, and says when its destination loses the click id', async () => {
    const network = await app.createNetwork();
    const link = await app.createLink({ clickIdParam: null });
    const result = await run(network.id, { linkId: link.id, event: 'registration', status: 'pending' });
    expect(result).toMatchObject({
      ok: false,
      verdict: 'test',
      wouldBe: { eventType: 'registration', status: 'pending' },
    });
    expect(stepsOf(result).filter(([, ok]) => !ok)).toEqual([['redirect', false]]);
    expect(detailOf(result, 'redirect')).toContain('{click_id}');
  });

  it('fails where the real thing would: an event that is not mapped', async () => {
    const network = await app.createNetwork({ mapping: { statuses: { approved: 'ignore' } } });
    const result = await run(network.id);
    expect(result).toMatchObject({ ok: false, verdict: 'ignored' });
    expect(stepsOf(result).at(-1)).toEqual(['verdict', false]);
  });
});

describe('a test through a public URL that', () => {
  it('leads nowhere says so, and that Hopback itself would have answered', async () => {
    const { link } = await app.clickedLink();
    const network = await app.createNetwork();
    const result = await run(network.id, { linkId: link.id }, unreachable);
    expect(result).toMatchObject({ ok: false, verdict: 'test' });
    expect(stepsOf(result).filter(([, ok]) => !ok)).toEqual([['request', false]]);
    expect(stepsOf(result)).toContainEqual(['request_locally', true]);
    expect(detailOf(result, 'request')).toMatch(/failed: .*ECONNREFUSED.*PUBLIC_URL/);
  });

  it('redirects to HTTPS says so', async () => {
    const network = await app.createNetwork();
    const result = await run(network.id, {}, redirected);
    expect(result.ok).toBe(false);
    expect(detailOf(result, 'answer')).toMatch(/^301.*redirected to https:\/\/secure\.example/);
    expect(result.verdict).toBe('test');
  });
});

describe('a preview', () => {
  it('says what a request would do, and does nothing', async () => {
    const network = await app.createNetwork();
    const { clickId, link } = await app.clickedLink();
    await eventually(
      () => app.link(link.id),
      ({ stats }) => stats.clicks.total === 1,
    );
    const query = `click_id=${clickId}&event=deposit&payout=5&txid=p1`;
    const before = await numbers();
    const logged = await app.connection.collection('postbacks').countDocuments();
    const first = await preview(network.id, { query });
    expect(first).toMatchObject({
      verdict: 'accepted',
      reason: null,
      clickId,
      linkId: link.id,
      event: { eventType: 'deposit', status: 'approved', payout: { amount: '5.00', currency: 'EUR' }, txid: 'p1' },
      wouldBe: { verdict: 'accepted', conversionId: null },
      suggestion: null,
      problems: [],
    });
    expect(await numbers()).toEqual(before);
    expect(await app.connection.collection('postbacks').countDocuments()).toBe(logged);

    const { conversionId } = await app.goodPostback(network, query);
    const body = {
      body: `click_id=${clickId}&event=deposit&txid=p1`,
      contentType: 'application/x-www-form-urlencoded',
    };
    expect((await preview(network.id, body)).wouldBe).toEqual({ verdict: 'duplicate', conversionId });
    const later = await preview(network.id, { query: query.replace('payout=5', 'payout=6'), method: 'GET' });
    expect(later.wouldBe).toEqual({ verdict: 'updated', conversionId });
  });

  it('explains what would be rejected, and how to correct it', async () => {
    const network = await app.createNetwork();
    const { clickId } = await app.clickedLink();
    const misplaced = await preview(network.id, { query: `foo=${clickId}&event=ftd` });
    expect(misplaced).toMatchObject({
      verdict: 'rejected',
      reason: 'missing_click_id',
      hint: expect.stringContaining('"foo"') as string,
      wouldBe: null,
      suggestion: { mapping: { params: { click_id: ['foo'] } } },
    });
    expect(await preview(network.id, { body: '{"a":', contentType: 'application/json' })).toMatchObject({
      verdict: 'rejected',
      reason: 'malformed_request',
    });
    expect(await preview(network.id, { query: 'click_id=#s2#' })).toMatchObject({ reason: 'unfilled_macro' });
  });

  it('reads by a draft of the mapping, and stores none of it', async () => {
    const network = await app.createNetwork({ mapping: { params: { txid: ['xid'] } } });
    const { clickId } = await app.clickedLink();
    const query = `foo=${clickId}&event=xyzzy&payout=5&xid=t1`;
    const mapping = { params: { click_id: ['foo'] }, events: { XYZZY: 'ftd' } };
    const read = await preview(network.id, { query, mapping });
    expect(read).toMatchObject({
      verdict: 'accepted',
      clickId,
      event: { eventType: 'ftd', payout: { amount: '5.00', currency: 'EUR' } },
      suggestion: null,
    });
    expect(await preview(network.id, { query })).toMatchObject({ verdict: 'rejected' });
    const { body } = await app.api('get', `/networks/${network.id}`);
    expect(body).toEqual(network);
  });

  it('recognises a pasted URL of another network, or of none', async () => {
    const [network, another] = [await app.createNetwork(), await app.createNetwork({ name: 'Rivals' })];
    const other = await app.createWorkspace();
    const theirs = await app.createNetwork({}, other.apiKey);
    const { clickId } = await app.clickedLink();
    const paste = async (base: string): Promise<[string, string | undefined]> => {
      const { verdict, problems } = await preview(network.id, { url: `${base}?click_id=${clickId}` });
      return [verdict, problems[0]?.code];
    };
    const urlOf = (key: string): string => `https://go.brand.com/postback/${key}`;
    expect(await paste(urlOf(network.key))).toEqual(['accepted', undefined]);
    expect(await paste(urlOf(another.key))).toEqual(['accepted', 'other_network']);
    expect(await paste(urlOf(theirs.key))).toEqual(['accepted', 'unknown_key']);
    expect(await paste(urlOf('nobody'))).toEqual(['accepted', 'unknown_key']);
    expect(await paste('https://shop.example/')).toEqual(['accepted', 'no_key']);
    const { problems } = await preview(network.id, { url: urlOf(another.key) });
    expect(problems[0]?.message).toContain('"Rivals"');
  });

  it('of a test’s click id stays a test', async () => {
    const network = await app.createNetwork();
    const { clickId } = await run(network.id);
    expect(await preview(network.id, { query: `click_id=${clickId}&event=ftd` })).toMatchObject({
      verdict: 'test',
      event: { eventType: 'ftd' },
      wouldBe: null,
    });
    const answer = (await app.postback(network, `click_id=${clickId}&event=ftd`)).body as PostbackAnswer;
    expect(answer).toMatchObject({ verdict: 'test' });
  });
});
