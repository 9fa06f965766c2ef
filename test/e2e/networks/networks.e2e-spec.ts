import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { NetworkListResponse, NetworkResponse } from '../../../src/networks/networks.dto.js';
import { TestApp } from '../../support/test-app.js';
import { itAsksForKeyAndScope } from '../../support/api/access.js';
import { expectInvalid, expectProblem } from '../../support/api/expect-problem.js';

const UNKNOWN_ID = 'net_00000000000000000000';

let app: TestApp;
let other: { apiKey: string };
let networkId: string;
beforeAll(async () => {
  app = await TestApp.start();
  other = await app.createWorkspace();
  networkId = (await app.createNetwork()).id;
});
afterAll(() => app.close());

const read = async (id: string, key = app.apiKey): Promise<NetworkResponse> =>
  (await app.api('get', `/networks/${id}`, key)).body as NetworkResponse;

const genericUrl = (key: string): string =>
  `${app.baseUrl}/postback/${key}?click_id={click_id}&event={event}&status={status}&payout={payout}&currency={currency}&txid={txid}`;

const FULL = {
  name: 'Casino Partners',
  clickIdParam: 'aff_sub',
  mapping: {
    params: { click_id: ['tid'], payout: ['sum', 'amount'], event: ['goal'], txid: ['xid'] },
    events: { reg: 'registration', dep: 'ftd', redep: 'deposit' },
    statuses: { '1': 'approved', '2': 'pending', '3': 'rejected', ping: 'ignore' },
  },
  defaults: { event: 'ftd', status: 'pending', currency: 'EUR', payout: '50.00' },
  repeats: { deposit: 'count', sale: 'ignore' },
};

/** What of a network is said, and not made of that. */
const settings = (network: NetworkResponse): Partial<NetworkResponse> => {
  const { updatedAt: _, dialectChangedAt: __, postbackUrl: ___, postbackUrls: ____, ...rest } = network;
  return rest;
};

describe('access to networks', () => {
  itAsksForKeyAndScope(
    () => app,
    [
      ['post', '/networks', 'networks:write'],
      ['get', '/networks', 'networks:read'],
      ['get', `/networks/${UNKNOWN_ID}`, 'networks:read'],
      ['patch', `/networks/${UNKNOWN_ID}`, 'networks:write'],
      ['delete', `/networks/${UNKNOWN_ID}`, 'networks:write'],
      ['post', `/networks/${UNKNOWN_ID}/rotate-key`, 'networks:write'],
      ['delete', `/networks/${UNKNOWN_ID}/old-key`, 'networks:write'],
    ],
  );
});

describe('POST /networks', () => {
  it('needs no more than a name', async () => {
    const response = await app.api('post', '/networks').send({ name: 'Casino' });
    expect(response.status).toBe(201);
    const { key } = response.body as NetworkResponse;
    expect(key).toMatch(/^[0-9A-Za-z]{24}$/);
    expect(response.body).toEqual({
      id: expect.stringMatching(/^net_[0-9A-Za-z]{20}$/),
      name: 'Casino',
      preset: null,
      presetName: null,
      verified: null,
      unverifiedParts: [],
      key,
      oldKey: null,
      pixelKey: expect.stringMatching(/^[0-9A-Za-z]{24}$/),
      postbackUrl: genericUrl(key),
      postbackUrls: [{ event: null, url: genericUrl(key), note: null }],
      clickIdParam: 'click_id',
      checks: [],
      checksDone: [],
      sends: null,
      limits: null,
      mapping: { params: {}, events: {}, statuses: {} },
      defaults: { currency: 'USD' },
      repeats: {},
      transactions: 'click',
      security: { ips: [], token: null, hmac: null, ratePerMinute: 60_000 },
      answer: { alwaysOk: false, text: false },
      windows: {},
      dialectChangedAt: expect.any(String),
      createdAt: expect.any(String),
      updatedAt: expect.any(String),
    });
  });

  it('takes every field, and shows it again', async () => {
    const network = await app.createNetwork({ ...FULL, currency: undefined });
    expect(network).toMatchObject(FULL);
    expect(await read(network.id)).toEqual(network);
  });

  it('puts the names that the network sends into the postback URL', async () => {
    const { postbackUrl, key } = await app.createNetwork({ ...FULL, currency: undefined });
    expect(postbackUrl).toBe(
      `${app.baseUrl}/postback/${key}?tid={click_id}&goal={event}&status={status}&sum={payout}&currency={currency}&xid={txid}`,
    );
  });

  it('makes another key each time', async () => {
    const networks = await Promise.all(Array.from({ length: 10 }, () => app.createNetwork()));
    expect(new Set(networks.map(({ key }) => key)).size).toBe(10);
  });

  it('takes currency as short for defaults.currency', async () => {
    expect((await app.createNetwork({ currency: 'GBP' })).defaults).toEqual({ currency: 'GBP' });
  });
});

describe('GET /networks', () => {
  it('pages through this workspace’s networks, newest first', async () => {
    const { apiKey } = await app.createWorkspace();
    const made: string[] = [];
    for (let i = 0; i < 3; i++) made.unshift((await app.createNetwork({}, apiKey)).id);
    const first = (await app.api('get', '/networks?limit=2', apiKey)).body as NetworkListResponse;
    const path = `/networks?limit=2&cursor=${first.page.nextCursor}`;
    const second = (await app.api('get', path, apiKey)).body as NetworkListResponse;
    expect(first.page.hasMore).toBe(true);
    expect(second.page).toEqual({ hasMore: false, nextCursor: null });
    expect([...first.data, ...second.data].map(({ id }) => id)).toEqual(made);
  });

  it.each([
    ['limit=0', 'limit'],
    ['cursor=%24', 'cursor'],
    ['name=x', 'name'],
  ])('refuses ?%s', async (query, path) => {
    expectInvalid(await app.api('get', `/networks?${query}`), path);
  });
});

describe('PATCH /networks/{id}', () => {
  it.each<[string, unknown]>([
    ['name', 'New name'],
    ['clickIdParam', 'subid'],
    ['repeats', { rebill: 'count' }],
    ['repeats', {}],
    ['windows', { ftd: 30 }],
    ['answer', { alwaysOk: true, text: true }],
    ['defaults', { currency: 'GBP', payout: '1.5' }],
    ['mapping', { params: { txid: ['id'] }, events: {}, statuses: {} }],
  ])('changes %s as a whole to %j and keeps all else', async (field, value) => {
    const before = await app.createNetwork({ ...FULL, currency: undefined });
    const response = await app.api('patch', `/networks/${before.id}`).send({ [field]: value });
    expect(response.status).toBe(200);
    expect(settings(response.body as NetworkResponse)).toEqual({ ...settings(before), [field]: value });
    expect(await read(before.id)).toEqual(response.body);
  });

  it('keeps the other defaults when only the currency changes', async () => {
    const { id } = await app.createNetwork({ ...FULL, currency: undefined });
    const { body } = await app.api('patch', `/networks/${id}`).send({ currency: 'GBP' });
    expect((body as NetworkResponse).defaults).toEqual({ ...FULL.defaults, currency: 'GBP' });
  });

  it('never leaves amounts without a currency', async () => {
    const network = await app.createNetwork();
    await app.api('patch', `/networks/${network.id}`).send({ defaults: { event: 'ftd' } });
    const clickId = await app.clickId(await app.createLink());
    expect((await app.postback(network, `click_id=${clickId}&payout=5`)).body).toMatchObject({ verdict: 'accepted' });
  });

  it('changes nothing by an empty change', async () => {
    const { updatedAt: _, ...before } = await app.createNetwork({ ...FULL, currency: undefined });
    expect((await app.api('patch', `/networks/${before.id}`).send({})).body).toMatchObject(before);
  });

  it('is in force for the next postback', async () => {
    const network = await app.createNetwork();
    const clickId = await app.clickId(await app.createLink());
    const query = `click_id=${clickId}&event=welcome`;
    expect((await app.postback(network, query)).body).toMatchObject({ reason: 'unmapped_event' });
    await app.api('patch', `/networks/${network.id}`).send({ mapping: { events: { Welcome: 'registration' } } });
    expect((await app.postback(network, query)).body).toMatchObject({ verdict: 'accepted' });
  });
});

describe('DELETE /networks/{id}', () => {
  it('refuses the key at once; conversions and links stay', async () => {
    const network = await app.createNetwork();
    const link = await app.createLink({ networkId: network.id });
    const clickId = await app.clickId(link);
    const { conversionId } = (await app.postback(network, `click_id=${clickId}`)).body as { conversionId: string };
    const response = await app.api('delete', `/networks/${network.id}`);
    expect(response.status).toBe(204);
    expect(response.text).toBe('');
    expectProblem(await app.postback(network, `click_id=${clickId}&txid=2`), 404);
    expect((await app.conversion(conversionId)).networkId).toBe(network.id);
    expect((await app.click(link)).status).toBe(302);
  });
});

describe('a network that is not there', () => {
  it.each([
    ['an unknown id', async () => UNKNOWN_ID],
    ['a malformed id', async () => 'nonsense'],
    ['an operator', async () => encodeURIComponent('{"$ne":null}')],
    ['another workspace’s id', async () => (await app.createNetwork({}, other.apiKey)).id],
    [
      'a deleted network',
      async () => {
        const { id } = await app.createNetwork();
        await app.api('delete', `/networks/${id}`);
        return id;
      },
    ],
  ] as [string, () => Promise<string>][])('is a 404 for GET, PATCH and DELETE: %s', async (_, reference) => {
    const path = `/networks/${await reference()}`;
    expectProblem(await app.api('get', path), 404);
    expectProblem(await app.api('patch', path).send({ name: 'mine' }), 404);
    expectProblem(await app.api('delete', path), 404);
    expectProblem(await app.api('post', `${path}/rotate-key`), 404);
    expectProblem(await app.api('delete', `${path}/old-key`), 404);
  });

  it('leaves another workspace’s network as it was', async () => {
    const network = await app.createNetwork({ name: 'theirs' }, other.apiKey);
    await app.api('patch', `/networks/${network.id}`).send({ name: 'mine', clickIdParam: 'x' });
    await app.api('delete', `/networks/${network.id}`);
    await app.api('post', `/networks/${network.id}/rotate-key`);
    expect(await read(network.id, other.apiKey)).toEqual(network);
  });
});

describe('bad networks', () => {
  const WRITES = [
    ['POST', (body: object) => app.api('post', '/networks').send({ name: 'n', ...body })],
    ['PATCH', (body: object) => app.api('patch', `/networks/${networkId}`).send(body)],
  ] as const;
  const everyWrite = <const C extends readonly unknown[]>(cases: readonly C[]) =>
    WRITES.flatMap(([method, send]) => cases.map((values) => ({ method, send, values })));

  it.each(
    everyWrite([
      ['name', 1, 'name'],
      ['name', '', 'name'],
      ['name', 'x'.repeat(101), 'name'],
      ['currency', 'eur', 'currency'],
      ['currency', 'ZZZ', 'currency'],
      ['currency', 1, 'currency'],
      ['clickIdParam', 'a b', 'clickIdParam'],
      ['clickIdParam', ['a'], 'clickIdParam'],
      ['mapping', 'x', 'mapping'],
      ['mapping', [], 'mapping'],
      ['mapping', [{ params: {} }], 'mapping'],
      ['mapping', { nope: {} }, 'mapping.nope'],
      ['mapping', { params: [] }, 'mapping.params'],
      ['mapping', { params: null }, 'mapping.params'],
      ['mapping', { params: { click_id: 'tid' } }, 'mapping.params'],
      ['mapping', { params: { click_id: [1] } }, 'mapping.params'],
      ['mapping', { params: { click_id: [{ $ne: null }] } }, 'mapping.params'],
      ['mapping', { params: { nope: ['tid'] } }, 'mapping.params'],
      ['mapping', { params: { $ne: ['tid'] } }, 'mapping.params'],
      ['mapping', { events: { reg: 'nope' } }, 'mapping.events'],
      ['mapping', { events: { $gt: 'ftd' } }, 'mapping.events'],
      ['mapping', { events: { '': 'ftd' } }, 'mapping.events'],
      ['mapping', { currencies: { _bsontype: 'ObjectId' } }, 'mapping.currencies._bsontype'],
      ['mapping', { events: { 'a\u0000b': 'ftd' } }, 'mapping.events'],
      ['mapping', { statuses: { '\u0000': 'approved' } }, 'mapping.statuses'],
      ['mapping', { params: { click_id: ['a\u0000b'] } }, 'mapping.params'],
      ['mapping', { events: { reg: { $ne: null } } }, 'mapping.events'],
      ['mapping', { statuses: { ok: 'done' } }, 'mapping.statuses'],
      ['mapping', { statuses: { ok: null } }, 'mapping.statuses'],
      ['defaults', 'x', 'defaults'],
      ['defaults', [], 'defaults'],
      ['defaults', [{ currency: 'EUR' }], 'defaults'],
      ['defaults', { event: 'nope' }, 'defaults.event'],
      ['defaults', { event: null }, 'defaults.event'],
      ['defaults', { status: 'ignore' }, 'defaults.status'],
      ['defaults', { currency: 'EURO' }, 'defaults.currency'],
      ['defaults', { currency: 'ZZZ' }, 'defaults.currency'],
      ['defaults', { payout: 50 }, 'defaults.payout'],
      ['defaults', { payout: '50,00' }, 'defaults.payout'],
      ['defaults', { payout: '-1' }, 'defaults.payout'],
      ['defaults', { nope: 1 }, 'defaults.nope'],
      ['repeats', [], 'repeats'],
      ['repeats', { ftd: 'count' }, 'repeats'],
      ['repeats', { deposit: 'twice' }, 'repeats'],
      ['preset', 'nope', 'preset'],
      ['preset', 'constructor', 'preset'],
      ['preset', 7, 'preset'],
      ['mapping', { events: { ref: 'Chargeback' } }, 'mapping.events'],
      ['mapping', { params: { sub11: ['x'] } }, 'mapping.params'],
      ['windows', { dep: 30 }, 'windows'],
      ['windows', { ftd: 0 }, 'windows'],
      ['windows', { ftd: 3651 }, 'windows'],
      ['windows', { ftd: 1.5 }, 'windows'],
      ['windows', { ftd: '30' }, 'windows'],
      ['windows', [], 'windows'],
      ['answer', { alwaysOk: 'yes' }, 'answer.alwaysOk'],
      ['answer', { text: null }, 'answer.text'],
      ['answer', { html: true }, 'answer.html'],
      ['security', { ips: '10.0.0.0/8' }, 'security.ips'],
      ['security', { ips: ['10.0.0.0/33'] }, 'security.ips'],
      ['security', { ips: ['2001:db8::/129'] }, 'security.ips'],
      ['security', { ips: ['1'] }, 'security.ips'],
      ['security', { ips: ['10.0.0.1/8/8'] }, 'security.ips'],
      ['security', { ips: ['example.com'] }, 'security.ips'],
      ['security', { ips: [{ $ne: null }] }, 'security.ips'],
      ['security', { token: { param: 'a b', value: 'x' } }, 'security.token.param'],
      ['security', { token: { param: 'token' } }, 'security.token.value'],
      ['security', { token: { param: 'token', value: '***abc' } }, 'security.token.value'],
      ['security', { token: 'x' }, 'security.token'],
      ['security', { hmac: { secret: 'too short' } }, 'security.hmac.secret'],
      ['security', { hmac: { secret: '***abc' } }, 'security.hmac.secret'],
      ['security', { hmac: { secret: 'x'.repeat(201) } }, 'security.hmac.secret'],
      ['security', { hmac: { secret: 'x'.repeat(16), toleranceSeconds: 29 } }, 'security.hmac.toleranceSeconds'],
      ['security', { hmac: { secret: 'x'.repeat(16), toleranceSeconds: 86_401 } }, 'security.hmac.toleranceSeconds'],
      ['security', { ratePerMinute: 59 }, 'security.ratePerMinute'],
      ['security', { ratePerMinute: 1_000_001 }, 'security.ratePerMinute'],
      ['security', { nope: 1 }, 'security.nope'],
      ['key', 'x', 'key'],
      ['id', 'x', 'id'],
      ['workspaceId', 'x', 'workspaceId'],
      ['$set', {}, '$set'],
    ] as const),
  )('$method refuses the $values.0 $values.1', async ({ send, values: [field, value, path] }) => {
    expectInvalid(await send({ [field]: value }), path);
  });

  it.each(everyWrite([[]]))('$method refuses half of a character, by its place', async ({ send }) => {
    const answer = await send({ mapping: { params: { click_id: ['\ud800'] } } });
    expectInvalid(answer, 'mapping.params', 'mapping.params.click_id.0');
  });

  it.each(
    everyWrite(
      ['name', 'mapping', 'defaults', 'currency', 'clickIdParam', 'repeats', 'security', 'answer', 'windows'].map(
        (field) => [field] as const,
      ),
    ),
  )('$method refuses null and an operator object as $values.0', async ({ send, values: [field] }) => {
    expectInvalid(await send({ [field]: null }), field);
    const { errors } = expectProblem(await send({ [field]: { $ne: null } }), 422);
    expect(errors?.map(({ path }) => path.split('.')[0])).toContain(field);
  });

  it.each(WRITES)('%s lists every bad field at once', async (_, send) => {
    const bad = { name: '', clickIdParam: '&', mapping: { events: { a: 'b' } }, defaults: { payout: 1 }, nope: 1 };
    expectInvalid(await send(bad), 'clickIdParam', 'defaults.payout', 'mapping.events', 'name', 'nope');
    expectInvalid(
      await send({ name: '', currency: 'ZZZ', defaults: { currency: 'QQQ' } }),
      'currency',
      'defaults.currency',
      'name',
    );
  });

  it('POST asks for the name', async () => {
    expectInvalid(await app.api('post', '/networks').send({}), 'name');
  });

  it('takes words that MongoDB could stumble over', async () => {
    const events = { 'a.b': 'deposit', 'in process': 'lead', 夏: 'sale' };
    const { mapping } = await app.createNetwork({ mapping: { events } });
    expect(mapping.events).toEqual(events);
  });
});
