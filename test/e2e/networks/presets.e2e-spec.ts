import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type {
  NetworkPresetListResponse,
  NetworkPresetResponse,
} from '../../../src/networks/catalogue/network-presets.dto.js';
import type { PresetSample } from '../../../src/networks/catalogue/preset.js';
import { readPresets } from '../../../src/networks/catalogue/read-presets.js';
import type { PostbackAnswer } from '../../../src/postbacks/receive/receive-postback.dto.js';
import { TestApp } from '../../support/test-app.js';
import { itAsksForKeyAndScope } from '../../support/api/access.js';
import { expectInvalid, expectProblem } from '../../support/api/expect-problem.js';

let app: TestApp;
beforeAll(async () => {
  app = await TestApp.start();
});
afterAll(() => app.close());

const PRESETS = readPresets();
const list = async (query = ''): Promise<NetworkPresetListResponse> => {
  const response = await app.api('get', `/network-presets${query}`);
  expect(response.status).toBe(200);
  return response.body as NetworkPresetListResponse;
};

describe('access to presets', () => {
  itAsksForKeyAndScope(
    () => app,
    [
      ['get', '/network-presets', 'networks:read'],
      ['get', '/network-presets/keitaro', 'networks:read'],
    ],
  );
});

describe('GET /network-presets', () => {
  it('lists all with what is known of them, by name', async () => {
    const { data, page } = await list();
    expect(page).toEqual({ nextCursor: null, hasMore: false });
    expect(data.map(({ id }) => id)).toEqual(PRESETS.map(({ id }) => id));
    expect(data.find(({ id }) => id === 'myaffiliates')).toMatchObject({
      kind: 'casino-platform',
      verified: true,
      clickIdParam: 'payload',
      sends: { events: ['registration', 'ftd'], hasOwnEvents: false, statuses: ['approved'], params: ['click_id'] },
      limits: { httpOnly: true, staticPayout: true, noTransactionId: true, noPayout: true, noStatus: true },
      postbackUrls: [{ event: 'registration', note: expect.any(String) as string }, { event: 'ftd' }],
    });
    expect(JSON.stringify(data)).not.toContain('samples');
  });

  it('finds by name and id', async () => {
    expect((await list('?q=KEIT')).data.map(({ id }) => id)).toEqual(['keitaro']);
    expect((await list('?q=hasoffers')).data.map(({ id }) => id)).toEqual(['tune']);
    expect((await list('?q=nobody')).data).toEqual([]);
  });

  it('pages', async () => {
    const seen: string[] = [];
    let cursor = '';
    do {
      const { data, page } = await list(`?limit=7${cursor}`);
      seen.push(...data.map(({ id }) => id));
      cursor = page.nextCursor === null ? '' : `&cursor=${page.nextCursor}`;
    } while (cursor !== '');
    expect(seen).toEqual(PRESETS.map(({ id }) => id));
  });

  it.each([
    ['limit=0', 'limit'],
    ['name=x', 'name'],
    ['q[$ne]=x', 'q[$ne]'],
  ])('refuses ?%s', async (query, path) => {
    expectInvalid(await app.api('get', `/network-presets?${query}`), path);
  });
});

describe('GET /network-presets/{id}', () => {
  it('is as in the list', async () => {
    const { body } = await app.api('get', '/network-presets/cake');
    expect(body).toEqual((await list()).data.find(({ id }) => id === 'cake'));
    expect((body as NetworkPresetResponse).macros).toMatchObject({ click_id: '#s2#' });
  });

  it.each(['nope', 'constructor', '..%2Fcake'])('is a 404 for %s', async (id) => {
    expectProblem(await app.api('get', `/network-presets/${id}`), 404);
  });
});

describe('a network made with a preset', () => {
  it('has the URL in the network’s own macros, its click-id parameter and what to check', async () => {
    const network = await app.createNetwork({ preset: 'cake' });
    expect(network).toMatchObject({
      preset: 'cake',
      clickIdParam: 's2',
      postbackUrl: `${app.baseUrl}/postback/${network.key}?click_id=#s2#&payout=#price#&txid=#tid#`,
      mapping: { params: {}, events: {}, statuses: {} },
    });
    expect(network.checks).toContainEqual(expect.stringContaining('#name#'));
    const link = await app.createLink({ networkId: network.id });
    expect(link.clickIdParam).toBe('s2');
  });

  it('has a URL for each event where the network wants that', async () => {
    const { postbackUrls, postbackUrl } = await app.createNetwork({ preset: '1win' });
    expect(postbackUrls.map(({ event }) => event)).toEqual(['registration', 'ftd', 'deposit']);
    expect(postbackUrl).toBe(postbackUrls[0]?.url);
    expect(postbackUrls[1]?.url).toMatch(/\?click_id=\{sub1\}&status=ftd&payout=\{amount\}&txid=\{transaction_id\}$/);
  });

  it('says what it cannot do', async () => {
    const { checks, postbackUrls } = await app.createNetwork({ preset: 'myaffiliates' });
    expect(checks.join(' ')).toMatch(/http:\/\/ only.*no amounts.*come late/);
    expect(postbackUrls[0]?.url).toMatch(/^http:/);
    expect(postbackUrls[0]?.note).toMatch(/http:\/\/ only/);
    expect((await app.createNetwork({ preset: 'netrefer' })).checks[0]).toMatch(/unverified/);
  });

  it('is its owner’s all the same: own parameter, own names, own words', async () => {
    const network = await app.createNetwork({
      preset: 'keitaro',
      clickIdParam: 'mine',
      mapping: { params: { payout: ['money'] }, statuses: { lead: 'approved' } },
    });
    expect(network.clickIdParam).toBe('mine');
    expect(network.postbackUrl).toContain('money={revenue}');
    const { clickId } = await app.clickedLink();
    const { conversionId = '' } = await app.goodPostback(network, `subid=${clickId}&status=lead&money=7&payout=9`);
    expect(await app.conversion(conversionId)).toMatchObject({ status: 'approved', payout: { amount: '7.00' } });
  });

  it('may change its preset, and lose it', async () => {
    const { id, clickIdParam } = await app.createNetwork({ preset: 'cake' });
    const changed = await app.api('patch', `/networks/${id}`).send({ preset: 'affise' });
    expect(changed.body).toMatchObject({ preset: 'affise', clickIdParam });
    expect(changed.body).toMatchObject({ postbackUrl: expect.stringContaining('{sum}') as string });
    expect((await app.api('patch', `/networks/${id}`).send({ preset: null })).body).toMatchObject({
      preset: null,
      checks: [],
    });
  });

  it('names the macro as the network writes it', async () => {
    const network = await app.createNetwork({ preset: 'cake' });
    const { body } = await app.postback(network, 'click_id={clickid}');
    const { hint } = await app.postbackEntry((body as PostbackAnswer).postbackId);
    expect(hint).toContain('`{clickid}` was sent unfilled in "click_id": this network\'s macro is `#s2#`.');
  });
});

describe('every preset’s samples', () => {
  const send = async (key: string, request: PresetSample['request']): Promise<PostbackAnswer> => {
    const { clickId } = await app.clickedLink();
    const fill = (text: string): string => text.replaceAll('<click_id>', clickId);
    if (typeof request === 'string') return (await app.postback({ key }, fill(request))).body as PostbackAnswer;
    const posted = app.plain('post', `/postback/${key}?${fill(request.query)}`).type(request.contentType);
    return (await posted.send(fill(request.body))).body as PostbackAnswer;
  };

  it.each(PRESETS.map((preset) => [preset.id, preset] as const))('%s', async (id, { samples }) => {
    const { key } = await app.createNetwork({ preset: id });
    for (const { request, verdict, reason, event, status, payout, txid } of samples) {
      const answer = await send(key, request);
      expect({ request, verdict: answer.verdict, reason: answer.reason }).toEqual({ request, verdict, reason });
      if (answer.conversionId === undefined) continue;
      const conversion = await app.conversion(answer.conversionId);
      const { eventType, status: was, txid: id } = conversion;
      expect({ eventType, status: was, txid: id }).toMatchObject({
        ...(event && { eventType: event }),
        ...(status && { status }),
        ...(txid && { txid }),
      });
      if (payout !== undefined) expect(Number(conversion.payout?.amount)).toBe(Number(payout));
    }
  });
});
