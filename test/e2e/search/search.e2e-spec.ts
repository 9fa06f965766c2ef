import { mongo } from 'mongoose';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { ClickIdService } from '../../../src/clicks/click-id.service.js';
import { ConversionSearch } from '../../../src/conversions/conversion-search.service.js';
import type { LinkResponse } from '../../../src/links/links.dto.js';
import type { NetworkResponse } from '../../../src/networks/networks.dto.js';
import type { SearchResponse, SearchResultResponse } from '../../../src/search/search.dto.js';
import { type Scope, SCOPES } from '../../../src/workspaces/scopes.js';
import { ImportClient, lines } from '../../support/api/conversion-import-client.js';
import { expectInvalid, expectProblem } from '../../support/api/expect-problem.js';
import { TestApp } from '../../support/test-app.js';

const READING: Scope[] = [
  'links:read',
  'domains:read',
  'networks:read',
  'conversions:read',
  'clicks:read',
  'postbacks:read',
  'api-keys:read',
];

let app: TestApp;
let workspace: { id: string; apiKey: string; hostname: string };
let stranger: { id: string; apiKey: string };
let network: NetworkResponse;
let link: LinkResponse;
let clickId: string;
let conversionId: string;
let postbackId: string;

beforeAll(async () => {
  app = await TestApp.start();
  workspace = await app.createWorkspace('go-search.example');
  stranger = await app.createWorkspace();
  const { apiKey } = workspace;
  network = await app.createNetwork({ name: 'Royal Casino' }, apiKey);
  link = await app.createLink(
    {
      slug: 'Summer-Sale',
      title: 'Holiday offers',
      externalId: 'crm-4711',
      tags: ['influencers'],
      campaign: 'Q3-launch',
      url: 'https://shop.example/landing/caf%C3%A9?offer=99',
      variants: [{ name: 'B', url: 'https://second-shop.example/b', weight: 1 }],
    },
    apiKey,
  );
  clickId = await app.clickId(link);
  await app.storedClick(clickId, apiKey);
  const query = `click_id=${clickId}&event=sale&txid=TX-2024-1&player_id=player-77&payout=5`;
  const answer = await app.goodPostback(network, query);
  conversionId = answer.conversionId ?? '';
  postbackId = answer.postbackId;
});
afterAll(() => app.close());

const search = async (q: string, key = workspace.apiKey, more = ''): Promise<SearchResponse> => {
  const response = await app.api('get', `/search?q=${encodeURIComponent(q)}${more}`, key);
  expect(response.status, response.text).toBe(200);
  return response.body as SearchResponse;
};
const find = async (q: string, key = workspace.apiKey): Promise<SearchResultResponse[]> => {
  const { results, incomplete, incompleteKinds } = await search(q, key);
  expect({ incomplete, incompleteKinds }).toEqual({ incomplete: false, incompleteKinds: [] });
  return results;
};
const found = async (q: string, key = workspace.apiKey): Promise<string[]> => (await find(q, key)).map(({ id }) => id);

describe('access to the search', () => {
  it('needs a key, and one of the scopes for reading', async () => {
    const path = '/search?q=sale';
    expectProblem(await app.api('get', path, null), 401);
    expectProblem(await app.api('get', path, 'junk-of-more-than-24-characters'), 401);
    const without = await app.createKey(
      SCOPES.filter((scope) => !READING.includes(scope)),
      workspace.apiKey,
    );
    expect(expectProblem(await app.api('get', path, without), 403).detail).toContain('links:read or domains:read');
    for (const scope of READING) {
      const key = await app.createKey([scope], workspace.apiKey);
      expect((await app.api('get', path, key)).status, scope).toBe(200);
    }
  });

  it('searches only what the scopes allow to read', async () => {
    const texts = ['sale', 'TX-2024-1', 'player-77', clickId, conversionId, postbackId, 'Casino', 'go-search', link.id];
    const kindsOf: Record<string, string[]> = {
      'links:read': ['link', 'utm_template', 'import'],
      'domains:read': ['domain'],
      'networks:read': ['network'],
      'conversions:read': ['conversion', 'import'],
      'clicks:read': ['click', 'visitor_rule'],
      'postbacks:read': ['postback', 'replay'],
      'api-keys:read': ['api_key'],
    };
    for (const scope of READING) {
      const key = await app.createKey([scope], workspace.apiKey);
      const kinds = new Set<string>();
      for (const text of texts) for (const { kind } of await find(text, key)) kinds.add(kind);
      expect(kinds.size, scope).toBeGreaterThan(scope === 'api-keys:read' ? -1 : 0);
      expect(
        [...kinds].filter((kind) => !kindsOf[scope]?.includes(kind)),
        scope,
      ).toEqual([]);
    }
  });

  it('finds nothing of another workspace', async () => {
    const texts = [
      'sale',
      'TX-2024-1',
      'player-77',
      'Royal',
      'go-search.example',
      'crm-4711',
      'Summer-Sale',
      'shop.example',
      'go-search.example/Summer-Sale',
      clickId,
      conversionId,
      postbackId,
      link.id,
      network.id,
      network.key,
    ];
    for (const text of texts) {
      expect(await found(text), text).not.toEqual([]);
      expect(await found(text, stranger.apiKey), text).toEqual([]);
      expect(await found(text, app.apiKey), text).toEqual([]);
    }
  });

  it('takes a text of 1 to 200 characters and a limit of 1 to 50', async () => {
    for (const query of ['', 'q=', 'q=%20%20', `q=${'x'.repeat(201)}`, 'q[]=a', 'q=a&q=b', 'q[$ne]=']) {
      expectProblem(await app.api('get', `/search?${query}`), 422);
    }
    expectInvalid(await app.api('get', '/search'), 'q');
    for (const limit of ['0', '51', 'x', '1.5']) {
      expectInvalid(await app.api('get', `/search?q=a&limit=${limit}`), 'limit');
    }
    expectInvalid(await app.api('get', '/search?q=a&other=1'), 'other');
    expect(await found(`  ${link.id}  `)).toEqual([link.id]);
    expect(await found('x'.repeat(200))).toEqual([]);
  });
});

describe('a search', () => {
  it('finds each kind by its id alone, with a path that leads to it', async () => {
    const key = workspace.apiKey;
    const post = async (path: string, body: object): Promise<string> =>
      ((await app.api('post', path, key).send(body)).body as { id: string }).id;
    const domains = (await app.api('get', '/domains', key)).body as { data: { id: string }[] };
    const client = new ImportClient(app);
    const csv = lines('click_id,event', `${clickId},lead`);
    const upload = await client.upload(csv, '', key);
    const linkImport = await app
      .api('post', '/links/import?dryRun=true', key)
      .set('content-type', 'text/csv')
      .set('prefer', 'respond-async')
      .send('url,slug\nhttps://shop.example/,imported\n');
    const ids = {
      link: link.id,
      domain: domains.data[0]?.id,
      network: network.id,
      conversion: conversionId,
      postback: postbackId,
      replay: await post('/postbacks/replay', { filter: {}, dryRun: true }),
      visitor_rule: await post('/visitor-rules', { match: { userAgent: 'AcmeScanner' }, as: 'bot', name: 'Mail' }),
      utm_template: await post('/utm-templates', { name: 'Newsletter', utm: { source: 'mail' } }),
      api_key: await post('/api-keys', { name: 'Partner dashboard', scopes: ['links:read'] }),
    };
    const imports = [(upload.body as { id: string }).id, (linkImport.body as { id: string }).id];
    for (const [kind, id] of [...Object.entries(ids), ...imports.map((one) => ['import', one] as const)]) {
      const results = await find(id ?? '');
      expect(results, kind).toMatchObject([{ kind, id, title: expect.any(String) }]);
      expect((await app.api('get', results[0]?.url.replace('/api/v1', '') ?? '', key)).status, kind).toBe(200);
    }
    expect(await found('acmescan')).toEqual([ids.visitor_rule]);
    expect(await found('newsl')).toEqual([ids.utm_template]);
    expect(await found('partner')).toEqual([ids.api_key]);
    expect(await found('lnk_00000000000000000000')).toEqual([]);
  });

  it.each([
    ['a slug', 'Summer-Sale'],
    ['a slug in another case', 'summer-sale'],
    ['the beginning of a slug', 'Summer'],
    ['a part of a slug', 'er-sal'],
    ['a short URL', 'https://go-search.example/Summer-Sale'],
    ['a short URL without scheme', 'go-search.example/Summer-Sale'],
    ['a short URL with a query', 'http://go-search.example/Summer-Sale/?sub1=x#y'],
    ['the preview of a short URL', 'go-search.example/Summer-Sale+'],
    ['the beginning of a short URL', 'go-search.example/Summ'],
    ['a title', 'holiday offers'],
    ['an external id', 'crm-4711'],
    ['a tag', 'INFLUENCERS'],
    ['a campaign', 'q3-laun'],
    ['a part of the destination', 'shop.example/landing'],
    ['a part of the destination that is encoded', 'café'],
    ['a destination of a variant', 'second-shop'],
    ['a sub id or offer in the destination', 'offer=99'],
  ])('finds a link by %s', async (_, text) => {
    const results = await find(text);
    expect(results[0]).toEqual({
      kind: 'link',
      id: link.id,
      title: 'Holiday offers',
      detail: 'go-search.example/Summer-Sale',
      url: `/api/v1/links/${link.id}`,
    });
  });

  it('finds a former slug, and no deleted link', async () => {
    const key = workspace.apiKey;
    const moved = await app.createLink({ slug: 'first-name' }, key);
    await app.api('patch', `/links/${moved.id}`, key).send({ slug: 'second-name', keepOldSlug: true });
    expect((await found('go-search.example/first-name'))[0]).toBe(moved.id);
    expect(await found('first-name')).toEqual([moved.id]);
    await app.api('delete', `/links/${moved.id}`, key);
    for (const text of ['first-name', 'second-name', moved.id]) expect(await found(text)).toEqual([]);
  });

  it('finds a domain by its hostname, and a network by name or key without showing the key', async () => {
    expect((await find('https://go-search.example'))[0]).toMatchObject({ kind: 'domain', title: 'go-search.example' });
    expect((await find('GO-SEARCH'))[0]).toMatchObject({ kind: 'domain' });
    for (const text of ['royal casino', 'casino', network.key, network.postbackUrl, network.pixelKey ?? '']) {
      const results = await find(text);
      expect(results[0], text).toMatchObject({ kind: 'network', id: network.id, title: 'Royal Casino' });
      expect(JSON.stringify(results)).not.toContain(network.key);
    }
  });

  it('finds a conversion by its transaction, its player, and their beginnings', async () => {
    for (const text of ['TX-2024-1', 'player-77', 'TX-2024', 'play']) {
      expect((await find(text))[0], text).toEqual({
        kind: 'conversion',
        id: conversionId,
        title: 'sale, approved',
        detail: 'transaction TX-2024-1, player player-77',
        url: `/api/v1/conversions/${conversionId}`,
      });
    }
    expect(await found('2024-1')).toEqual([]);
  });

  it('finds everything of a click by its id', async () => {
    const results = await find(clickId);
    expect(results[0]).toMatchObject({ kind: 'click', id: clickId, url: `/api/v1/clicks/${clickId}` });
    const ids = results.map(({ id }) => id);
    expect(ids).toEqual(expect.arrayContaining([link.id, conversionId, postbackId]));
  });

  it('finds the link of a click that is not stored, and none for a forged click id', async () => {
    const { number } = (await app.connection
      .collection<{ _id: string; number: number }>('links')
      .findOne({ _id: link.id })) as { number: number };
    const unstored = app.app.get(ClickIdService).mint(number, Date.now());
    expect(await find(unstored)).toMatchObject([{ kind: 'link', id: link.id }]);
    const forged = `${unstored.slice(0, -1)}${unstored.endsWith('0') ? '1' : '0'}`;
    expect(await found(forged)).toEqual([]);
  });

  it('finds a request by what it sent as its click id', async () => {
    const refused = await app.postback(network, 'click_id=not-a-click-id&event=sale');
    const { postbackId: id } = refused.body as { postbackId: string };
    expect(await find('not-a-click-id')).toMatchObject([
      { kind: 'postback', id, title: 'rejected: malformed_click_id' },
    ]);
  });

  it('puts exact values before prefixes and parts, and shows as many as asked for', async () => {
    const key = workspace.apiKey;
    const part = await app.createLink({ slug: 'my-zebra' }, key);
    const prefix = await app.createLink({ slug: 'zebra-crossing' }, key);
    const exact = await app.createLink({ slug: 'zebra' }, key);
    const named = await app.createNetwork({ name: 'The zebra' }, key);
    expect(await found('zebra')).toEqual([exact.id, prefix.id, part.id, named.id]);
    expect((await search('zebra', key, '&limit=2')).results.map(({ id }) => id)).toEqual([exact.id, prefix.id]);
  });

  it('takes every text literally', async () => {
    const key = workspace.apiKey;
    const odd = await app.createLink({ title: 'a.*b (c) [d] \\ $e ^f' }, key);
    for (const text of ['.*b (c)', '[d] \\', '$e ^f']) expect(await found(text), text).toEqual([odd.id]);
    for (const text of ['.*', '^a', '(?i)holiday', 'a{1,}', '$where', '{"$gt":""}', '\\', '\0', '%00', '(a+)+$']) {
      const ids = await found(text);
      expect(ids, text).not.toContain(link.id);
    }
  });

  it('says what took too long, and shows the rest', async () => {
    const tooSlow = new mongo.MongoServerError({ message: 'operation exceeded time limit', code: 50 });
    vi.spyOn(app.app.get(ConversionSearch), 'findByPrefix').mockRejectedValue(tooSlow);
    const { results, incomplete, incompleteKinds } = await search('Summer-Sale');
    expect(results).toMatchObject([{ id: link.id }]);
    expect({ incomplete, incompleteKinds }).toEqual({ incomplete: true, incompleteKinds: ['conversion'] });
  });
});

describe('the queries of a search', () => {
  it('use an index for conversions, clicks, postbacks and slugs', async () => {
    const workspaceId = workspace.id;
    const text = { $eq: 'x', $type: 'string' };
    const range = { $gte: 'x', $lt: 'y', $ne: 'x', $type: 'string' };
    const keys = { $exists: true, $elemMatch: { $gte: 'x', $lt: 'y' } };
    const plans: [collection: string, filter: object, index: RegExp][] = [
      ['conversions', { workspaceId, txid: text }, /workspaceId_1_txid_1/],
      ['conversions', { workspaceId, playerId: text }, /workspaceId_1_playerId_1/],
      ['conversions', { workspaceId, clickId: 'x' }, /workspaceId_1_clickId_1/],
      ['conversions', { workspaceId, txid: range }, /workspaceId_1_txid_1/],
      ['conversions', { workspaceId, playerId: range }, /workspaceId_1_playerId_1/],
      ['postbacks', { workspaceId, clickId: 'x' }, /workspaceId_1_clickId_1/],
      ['links', { workspaceId, live: true, hostname: { $in: ['x'] }, slugKeys: keys }, /hostname_1_slugKeys_1/],
      ['links', { workspaceId, live: true, externalId: text }, /workspaceId_1_externalId_1/],
    ];
    for (const [collection, filter, index] of plans) {
      const plan = await app.connection.collection(collection).find(filter).explain('queryPlanner');
      const { winningPlan } = plan['queryPlanner'] as { winningPlan: object };
      expect(JSON.stringify(winningPlan), JSON.stringify(filter)).toMatch(index);
    }
  });
});
