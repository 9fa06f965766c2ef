import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { NetworkResponse } from '../../../src/networks/networks.dto.js';
import type { PostbackAnswer } from '../../../src/postbacks/receive/receive-postback.dto.js';
import type { PostbackListResponse } from '../../../src/postbacks/log/postback-log.dto.js';
import { trustedWorkspaceId } from '../../../src/platform/tenancy/workspace-id.js';
import { PostbackRetention } from '../../../src/postbacks/log/postback-retention.service.js';
import { TestApp } from '../../support/test-app.js';
import { itAsksForKeyAndScope } from '../../support/api/access.js';
import { expectInvalid, expectProblem } from '../../support/api/expect-problem.js';

const UNKNOWN_ID = 'pbk_00000000000000000000';
const BODY_LIMIT = 64 * 1024;

let app: TestApp;
let second: TestApp;
let other: { apiKey: string };
let network: NetworkResponse;
let clickId: string;
let theirs: string;
beforeAll(async () => {
  app = await TestApp.start();
  second = await TestApp.start({ sharing: app, env: { TRUSTED_PROXIES: '127.0.0.1' } });
  other = await app.createWorkspace();
  network = await app.createNetwork();
  ({ clickId } = await app.clickedLink());
  theirs = await app.clickId(await app.createLink({}, other.apiKey));
});
afterAll(async () => {
  await second.close();
  await app.close();
});

const list = async (query: string, key = app.apiKey): Promise<PostbackListResponse> => {
  const response = await app.api('get', `/postbacks?${query}`, key);
  expect(response.status).toBe(200);
  return response.body as PostbackListResponse;
};
const idsIn = ({ data }: PostbackListResponse): string[] => data.map(({ id }) => id);

/** What is in the database of one network's doings. */
const traces = async ({ id: networkId }: { id: string }): Promise<{ logged: number; conversions: number }> => ({
  logged: await app.connection.collection('postbacks').countDocuments({ networkId }),
  conversions: await app.connection.collection('conversions').countDocuments({ networkId }),
});

describe('access to the postback log', () => {
  itAsksForKeyAndScope(
    () => app,
    [
      ['get', '/postbacks', 'postbacks:read'],
      ['get', `/postbacks/${UNKNOWN_ID}`, 'postbacks:read'],
      ['post', `/postbacks/${UNKNOWN_ID}/replay`, 'postbacks:write'],
      ['post', `/postbacks/${UNKNOWN_ID}/accept`, 'postbacks:write'],
    ],
  );

  it('is a 404 for an unknown id and for another workspace’s', async () => {
    const theirs = await app.createNetwork({}, other.apiKey);
    const { postbackId } = (await app.postback(theirs, '')).body as PostbackAnswer;
    expect((await app.postbackEntry(postbackId, other.apiKey)).networkId).toBe(theirs.id);
    for (const id of [UNKNOWN_ID, 'nonsense', postbackId]) {
      expectProblem(await app.api('get', `/postbacks/${id}`), 404);
      expectProblem(await app.api('post', `/postbacks/${id}/replay`), 404);
      expectProblem(await app.api('post', `/postbacks/${id}/accept`), 404);
    }
    expect((await list(`networkId=${theirs.id}`)).data).toEqual([]);
  });
});

describe('a rejected postback', () => {
  it.each([
    ['', 'missing_click_id', /click_id/],
    ['event=ftd&payout=5', 'missing_click_id', /click_id/],
    ['click_id=', 'missing_click_id', /click_id/],
    ['foo=<id>', 'missing_click_id', /"foo".*map click_id to "foo"/],
    ['click_id=12345', 'malformed_click_id', /does not look like a click id/],
    ['click_id=<id>x', 'malformed_click_id', /does not look like a click id/],
    ['click_id=12345&foo=<id>', 'malformed_click_id', /map click_id to "foo"/],
    ['click_id=<forged>', 'forged_click_id', /did not make it|was changed/],
    ['click_id=<theirs>', 'unknown_click', /no link of this workspace/],
    ['click_id={click_id}', 'unfilled_macro', /"click_id" came as \{click_id\}/],
    ['clickid={{subid}}', 'unfilled_macro', /\{\{subid\}\}/],
    ['click_id=%23s2%23', 'unfilled_macro', /#s2#/],
    ['click_id=[SUBID]', 'unfilled_macro', /\[SUBID\]/],
    ['cid=%25cid%25', 'unfilled_macro', /%cid%/],
    ['cid=%3Ccid%3E', 'unfilled_macro', /<cid>/],
    ['click_id={click_id}&foo=<id>', 'unfilled_macro', /map click_id to "foo"/],
    ['click_id=<id>&event=bonus', 'unmapped_event', /"bonus".*mapping\.events/],
    ['click_id=<id>&event=constructor', 'unmapped_event', /"constructor"/],
    ['click_id=<id>&status=maybe', 'unmapped_status', /"maybe".*mapping\.statuses/],
    ['click_id=<id>&event=ftd&status=reg', 'unmapped_status', /"reg"/],
    ['click_id=<id>&payout=many', 'invalid_amount', /"many" is not an amount/],
    ['click_id=<id>&payout=1e31', 'invalid_amount', /1e31/],
    ['click_id=<id>&payout=Infinity', 'invalid_amount', /Infinity/],
    ['click_id=<id>&payout=1.2.3,4,5', 'invalid_amount', /1\.2\.3,4,5/],
    ['click_id=<id>&payout=9999999999999999', 'invalid_amount', /9999999999999999/],
    ['click_id=<id>&payout=-5', 'invalid_amount', /negative/i],
    ['click_id=<id>&payout=-5&status=pending', 'invalid_amount', /negative/i],
    ['click_id=<id>&payout=5&currency=Z1', 'invalid_currency', /"Z1"/],
    ['click_id=<id>&payout=5&currency=kr', 'invalid_currency', /"kr"/],
  ])('is a 422, logged with a hint: %s → %s', async (template, reason, hint) => {
    const strict = await app.createNetwork();
    const forged = clickId.slice(0, -1) + (clickId.endsWith('0') ? '1' : '0');
    const query = template.replace('<id>', clickId).replace('<theirs>', theirs).replace('<forged>', forged);
    const response = await app.postback(strict, query);
    expect(response.status).toBe(422);
    expect(response.headers['content-type']).toMatch(/^application\/json/);
    expect(response.body).toEqual({ verdict: 'rejected', reason, postbackId: expect.stringMatching(/^pbk_/) });
    expect(await app.postbackEntry((response.body as PostbackAnswer).postbackId)).toMatchObject({
      networkId: strict.id,
      method: 'GET',
      query,
      verdict: 'rejected',
      reason,
      hint: expect.stringMatching(hint),
      conversionId: null,
    });
    expect(await traces(strict)).toEqual({ logged: 1, conversions: 0 });
  });

  it.each([
    ['application/json', '{"click_id":'],
    ['application/json', '[]'],
    ['application/json', '"text"'],
    ['application/json', 'click_id=1'],
    ['application/x-www-form-urlencoded', '{"click_id":'],
  ])('is one whose body cannot be read (%s: %s), kept as it came', async (type, body) => {
    const response = await app.plain('post', `/postback/${network.key}`).set('content-type', type).send(body);
    expect(response.status).toBe(422);
    expect(response.body).toMatchObject({ verdict: 'rejected', reason: 'malformed_request' });
    const entry = await app.postbackEntry((response.body as PostbackAnswer).postbackId);
    expect(entry).toMatchObject({ method: 'POST', body, hint: expect.stringContaining('could be read') });
  });

  it('looks for the click id in the network’s own parameter first, and says where it is instead', async () => {
    const mapped = await app.createNetwork({ mapping: { params: { click_id: ['ref'] } } });
    const { postbackId } = (await app.postback(mapped, `click_id=${clickId}`)).body as PostbackAnswer;
    expect(await app.postbackEntry(postbackId)).toMatchObject({
      reason: 'missing_click_id',
      hint: expect.stringContaining('map click_id to "click_id"'),
    });
  });
});

describe('the log', () => {
  it('keeps a request with all that came and what became of it', async () => {
    const link = await app.createLink();
    const id = await app.clickId(link);
    const before = Date.now();
    const response = await app
      .plain('post', `/postback/${network.key}?click_id=${id}&x=%C3%A9`)
      .set('x-custom', 'custom')
      .set('user-agent', 'Network/1.0')
      .type('form')
      .send('event=ftd&txid=kept&sum=5,00');
    const { postbackId, conversionId } = response.body as PostbackAnswer;
    const entry = await app.postbackEntry(postbackId);
    expect(entry).toEqual({
      id: postbackId,
      networkId: network.id,
      receivedAt: expect.any(String),
      method: 'POST',
      path: `/postback/***${network.key.slice(-3)}`,
      query: `click_id=${id}&x=%C3%A9`,
      body: 'event=ftd&txid=kept&sum=5,00',
      headers: expect.objectContaining({ 'x-custom': 'custom', 'user-agent': 'Network/1.0' }),
      ip: '127.0.0.1',
      verdict: 'accepted',
      reason: null,
      hint: null,
      clickId: id,
      linkId: link.id,
      conversionId,
      origin: 'postback',
      parameters: expect.any(Array),
      headline: 'Counted: ftd, approved, 5.00 EUR.',
      summary: {
        eventWord: 'ftd',
        statusWord: null,
        payoutSent: '5,00',
        currencySent: null,
        eventType: 'ftd',
        status: 'approved',
        statusBefore: null,
        payout: { amount: '5.00', currency: 'EUR' },
      },
      waitsUntil: null,
      attempts: [],
      suggestion: null,
      answer: {
        status: 200,
        body: JSON.stringify(response.body),
        note: expect.stringContaining('does not keep the answer') as string,
      },
    });
    expect(Date.parse(entry.receivedAt)).toBeGreaterThanOrEqual(before);
    expect((await app.conversion(conversionId ?? '')).history[0]?.postbackId).toBe(postbackId);
  });

  it('keeps every request, repeats too', async () => {
    const busy = await app.createNetwork();
    const verdicts: string[] = [];
    for (const query of [`click_id=${clickId}`, `click_id=${clickId}`, 'click_id=nobody']) {
      verdicts.push(((await app.postback(busy, query)).body as PostbackAnswer).verdict);
    }
    const { data } = await list(`networkId=${busy.id}`);
    expect(data.map(({ verdict }) => verdict)).toEqual(verdicts.reverse());
  });

  it('says who asked, and believes X-Forwarded-For from a trusted proxy only', async () => {
    const path = `/postback/${network.key}`;
    const ips: string[] = [];
    for (const instance of [app, second]) {
      const { body } = await instance.plain('get', path).set('x-forwarded-for', '1.1.1.1, 198.51.100.7');
      ips.push((await app.postbackEntry((body as PostbackAnswer).postbackId)).ip);
    }
    expect(ips).toEqual(['127.0.0.1', '198.51.100.7']);
  });

  it.each([
    ['query', 'get', `token=S3CR3T&Secret=S3CR3T&api_key=S3CR3T&x=1`],
    ['form', 'post', 'x=1&password=S3CR3T&TOKEN=S3CR3T'],
    ['JSON', 'post', '{"x":1,"token":"S3CR3T","hash":"S3\\"CR3T","inner":{"key":"S3CR3T"}}'],
    ['percent-encoded name', 'get', '%74oken=S3CR3T&x=1'],
  ] as const)('masks secrets in a %s', async (_, method, text) => {
    const url = `/postback/${network.key}`;
    const request =
      method === 'get'
        ? app.plain('get', `${url}?${text}`)
        : app.plain('post', url).set('content-type', 'x/y').send(text);
    const { body } = await request;
    const entry = await app.postbackEntry((body as PostbackAnswer).postbackId);
    expect(JSON.stringify(entry)).not.toMatch(/S3CR3T|CR3T/);
    expect(entry.query + entry.body).toMatch(/x"?[=:]1/);
  });

  it.each(['authorization', 'cookie', 'proxy-authorization', 'x-api-key'])('masks the header %s', async (header) => {
    const { body } = await app.plain('get', `/postback/${network.key}`).set(header, 'Bearer S3CR3T');
    const entry = await app.postbackEntry((body as PostbackAnswer).postbackId);
    expect(entry.headers[header]).toBe('***');
    expect(JSON.stringify(entry)).not.toContain('S3CR3T');
  });

  it('does not hold the network’s key, in the database neither', async () => {
    const { body } = await app.postback(network, `click_id=${clickId}`);
    const { postbackId } = body as PostbackAnswer;
    const stored = await app.connection.collection('postbacks').findOne({ _id: postbackId as never });
    expect(JSON.stringify(stored)).not.toContain(network.key);
  });

  it('finds entries by network, verdict, reason and click', async () => {
    const [one, two] = [await app.createNetwork(), await app.createNetwork()];
    const id = (await app.clickedLink()).clickId;
    const accepted = await app.goodPostback(one, `click_id=${id}`);
    const repeated = await app.goodPostback(one, `click_id=${id}`);
    const missing = (await app.postback(one, '')).body as PostbackAnswer;
    const broken = (await app.postback(one, 'click_id=1')).body as PostbackAnswer;
    const elsewhere = await app.goodPostback(two, `click_id=${id}`);
    const found = async (query: string): Promise<string[]> => idsIn(await list(query));
    expect(await found(`networkId=${one.id}`)).toEqual(
      [broken, missing, repeated, accepted].map(({ postbackId }) => postbackId),
    );
    expect(await found(`networkId=${one.id}&verdict=accepted`)).toEqual([accepted.postbackId]);
    expect(await found(`networkId=${one.id}&verdict=rejected`)).toEqual([broken.postbackId, missing.postbackId]);
    expect(await found(`networkId=${one.id}&reason=missing_click_id`)).toEqual([missing.postbackId]);
    expect(await found(`clickId=${id}`)).toEqual([elsewhere, repeated, accepted].map(({ postbackId }) => postbackId));
    expect(await found('networkId=net_00000000000000000000')).toEqual([]);
  });

  it('is kept for as long as the workspace says, what is in it already too', async () => {
    const own = await app.createWorkspace();
    const ours = await app.createNetwork({}, own.apiKey);
    const stored = app.connection.collection('postbacks');
    const keptFor = async (of: string): Promise<number[]> =>
      (await stored.find({ networkId: of }).toArray()).map(({ expiresAt, receivedAt }) =>
        Math.round(((expiresAt as Date).getTime() - (receivedAt as Date).getTime()) / 86_400_000),
      );
    await app.postback(ours, '');
    await app.postback(ours, 'click_id=1');
    const others = await keptFor(network.id);
    expect(await keptFor(ours.id)).toEqual([90, 90]);
    await app.app.get(PostbackRetention).redate(trustedWorkspaceId(own.id), 7);
    expect(await keptFor(ours.id)).toEqual([7, 7]);
    expect(await keptFor(network.id)).toEqual(others);
  });

  it.each([
    ['a link', { linkId: 'lnk_x' }, 'linkId'],
    ['a conversion', { conversionId: 'cnv_x' }, 'conversionId'],
    ['a chargeback', { networkId: { $in: ['net_x'] }, waitsForTxid: { $in: ['t1', 't2'] } }, 'waitsForTxid'],
    ['what waits', { networkId: 'net_x', waitsUntil: { $gt: new Date() } }, 'waitsUntil'],
  ])('is looked through by an index for %s', async (_, filter, field) => {
    const query = { workspaceId: 'wsp_x', ...filter };
    const plan = await app.connection.collection('postbacks').find(query).explain('queryPlanner');
    const text = JSON.stringify((plan as { queryPlanner: { winningPlan: unknown } }).queryPlanner.winningPlan);
    expect(text).toContain('IXSCAN');
    expect(text).toContain(`"${field}":`);
  });

  it('pages, newest first', async () => {
    const busy = await app.createNetwork();
    const made: string[] = [];
    for (let i = 0; i < 3; i++) made.unshift(((await app.postback(busy, '')).body as PostbackAnswer).postbackId);
    const first = await list(`networkId=${busy.id}&limit=2`);
    const rest = await list(`networkId=${busy.id}&limit=2&cursor=${first.page.nextCursor}`);
    expect([first, rest].flatMap(idsIn)).toEqual(made);
    expect(rest.page).toEqual({ hasMore: false, nextCursor: null });
  });

  it.each([
    ['verdict=maybe', 'verdict'],
    ['verdict[$ne]=accepted', 'verdict[$ne]'],
    ['networkId=a&networkId=b', 'networkId'],
    ['workspaceId=x', 'workspaceId'],
    ['limit=0', 'limit'],
    ['q=a', 'q'],
    [`q=${'a'.repeat(101)}`, 'q'],
    ['origin=nobody', 'origin'],
    ['from=yesterday', 'from'],
    ['to=2026-02-30', 'to'],
    ['waiting=maybe', 'waiting'],
  ])('refuses ?%s', async (query, path) => {
    expectInvalid(await app.api('get', `/postbacks?${query}`), path);
  });
});

describe('what is no postback', () => {
  it.each(['get', 'post'] as const)('is a %s with an unknown key', async (method) => {
    for (const key of [
      'nobody',
      'A'.repeat(24),
      network.key.slice(1),
      `${network.key}x`,
      network.id,
      'x'.repeat(200),
      '%7B%7D',
    ]) {
      expectProblem(await app.plain(method, `/postback/${key}?click_id=${clickId}`), 404);
    }
  });

  it.each(['put', 'patch', 'delete', 'head', 'options'] as const)('is a %s: it makes no conversion', async (method) => {
    const quiet = await app.createNetwork();
    const response = await app.plain(method, `/postback/${quiet.key}?click_id=${clickId}`);
    expect(response.status).toBe(method === 'head' || method === 'options' ? 200 : 405);
    expect(await traces(quiet)).toEqual({ logged: 1, conversions: 0 });
  });

  it('is a body of more than 64 KiB, and one of 64 KiB is', async () => {
    const roomy = await app.createNetwork();
    const post = (length: number) => {
      const start = `click_id=${clickId}&event=lead&pad=`;
      return app.plain('post', `/postback/${roomy.key}`).type('form').send(start.padEnd(length, 'x'));
    };
    expectProblem(await post(BODY_LIMIT + 1), 413);
    expectProblem(await post(2 * 1024 * 1024), 413);
    expect((await traces(roomy)).conversions).toBe(0);
    expect((await post(BODY_LIMIT)).body).toMatchObject({ verdict: 'accepted' });
  });

  it('but is in the log all the same when it is only too long', async () => {
    const roomy = await app.createNetwork();
    await app
      .plain('post', `/postback/${roomy.key}`)
      .type('form')
      .send('x'.repeat(BODY_LIMIT + 1));
    expect(await traces(roomy)).toEqual({ logged: 1, conversions: 0 });
  });
});
