import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LinkListResponse, LinkResponse } from '../../../src/links/links.dto.js';
import { type ApiAnswer, ApiClient, type Route, routesOf } from '../../support/api/api-client.js';
import { makeSamples, samplePath, type Samples } from '../../support/api/api-samples.js';
import { RestrictedKeys } from '../../support/api/restricted-keys.js';
import { inParallel } from '../../support/in-parallel.js';
import { firstOwner, invitedMember } from '../../support/people/people.js';
import { TestApp } from '../../support/test-app.js';

/** In every text of a link outside the limits, and in what belongs to it. */
const CANARY = 'outside7q';
const AMOUNT = '73519.46';
const LIMITS = { tags: ['mine'], campaigns: ['my-campaign'] };

/** What GET routes need in their query to answer 200. */
const QUERIES: Readonly<Record<string, string>> = {
  'GET /api/v1/reports/values': '?dimension=link',
  'GET /api/v1/search': `?q=${CANARY}`,
};
/** More questions, whose answers must not show anything outside either. */
const QUESTIONS = [
  '/links?archived=all&limit=100',
  `/links?search=${CANARY}`,
  '/links?sort=clicks',
  '/links/count?groupBy=tag',
  '/links/states',
  '/clicks?limit=100',
  '/links/count?groupBy=campaign',
  ...['link', 'tag', 'campaign', 'domain', 'network', 'sub1', 'source', 'country'].map(
    (dimension) => `/reports?groupBy=${dimension}`,
  ),
  '/reports?groupBy=link,tag&compare=previous&metrics=clicks,revenue,cost',
  `/reports/values?dimension=tag&q=${CANARY}`,
  `/reports/values?dimension=link&q=${CANARY}`,
  '/reports/values?dimension=sub1',
  '/reports/timeseries?interval=hour',
  '/conversions?limit=100',
  '/links/export?format=json',
];

interface Belongings {
  link: LinkResponse;
  clickId: string;
  conversionId: string;
}

let app: TestApp;
let api: ApiClient;
let limited: string;
let nowhere: string;
let routes: Route[];
let samples: Samples;
let tagged: Belongings;
let ofCampaign: Belongings;
let outside: Belongings;

const ask = (method: string, path: string, body?: unknown, key = limited): Promise<ApiAnswer> =>
  api.call(method, `/api/v1${path}`, { key, body });
const json = async <T>(path: string, key = limited): Promise<T> => api.json<T>('get', `/api/v1${path}`, { key });

async function makeLink(fields: Record<string, unknown>, mark: string, payout: string): Promise<Belongings> {
  const link = await app.createLink(fields);
  const clickId = await app.clickId(link, `?sub1=${mark}&source=${mark}`);
  await app.storedClick(clickId);
  const network = await app.createNetwork();
  const { conversionId } = await app.goodPostback(
    network,
    `click_id=${clickId}&event=sale&payout=${payout}&currency=EUR&txid=${mark}`,
  );
  if (!conversionId) throw new Error('no conversion');
  return { link, clickId, conversionId };
}

/** The canaries of the link outside that an answer shows. */
function leaksOf({ text }: ApiAnswer): string[] {
  const { link, clickId, conversionId } = outside;
  return [CANARY, AMOUNT, link.id, clickId, conversionId].filter((one) => text.includes(one));
}

beforeAll(async () => {
  app = await TestApp.start();
  api = new ApiClient(app.baseUrl, app.apiKey);
  await api.json('patch', '/api/v1/workspaces/current', { body: { currency: 'EUR' } });
  const keys = new RestrictedKeys(app);
  limited = await keys.create({ linkLimits: LIMITS });
  nowhere = await keys.create({ linkLimits: { tags: [], campaigns: [] } });
  tagged = await makeLink({ tags: ['mine', 'shared'], slug: 'tagged' }, 'inside-a', '10');
  ofCampaign = await makeLink({ campaign: 'my-campaign', slug: 'of-campaign' }, 'inside-b', '20');
  outside = await makeLink(
    {
      url: `https://shop.example/${CANARY}`,
      slug: CANARY,
      title: CANARY,
      notes: CANARY,
      tags: [`${CANARY}-tag`, 'shared'],
      campaign: `${CANARY}-campaign`,
      externalId: `${CANARY}-id`,
      cost: { amount: AMOUNT, currency: 'EUR' },
    },
    CANARY,
    AMOUNT,
  );
  samples = new Map(await makeSamples(api))
    .set('links', outside.link.id)
    .set('clicks', outside.clickId)
    .set('conversions', outside.conversionId);
  await ask('patch', `/links/${outside.link.id}`, { url: `https://shop.example/${CANARY}2` }, app.apiKey);
  await ask('patch', `/links/${tagged.link.id}`, { url: 'https://shop.example/changed' }, app.apiKey);
  routes = routesOf(await api.document()).filter(({ isClosed }) => isClosed);
  await app.startReader();
  await app.reportsCaughtUp();
});
afterAll(() => app.close());

describe('every route', () => {
  it('shows a limited member nothing of links outside, and changes nothing of them', async () => {
    const before = await app.link(outside.link.id);
    const wrong: string[] = [];
    await inParallel(routes, async (route) => {
      // Deletions and changes of shared things are refused, not tried with an effect.
      const path = samplePath(route, samples) + (QUERIES[route.name] ?? '');
      for (const accept of ['application/json', 'text/csv']) {
        const answer = await api.call(route.method, path, {
          key: limited,
          headers: { accept },
          ...(route.method !== 'get' && { body: {} }),
        });
        const namesOutside =
          /\{(id|clickId)\}/.test(route.path) && /^\/api\/v1\/(links|clicks|conversions)\/\{/.test(route.path);
        const isRefused = answer.status === 403 && answer.text.includes('You may only work with some links');
        if (namesOutside && answer.status !== 404 && !isRefused && answer.status !== 422)
          wrong.push(`${route.name}: ${answer.status}`);
        if (answer.status >= 500) wrong.push(`${route.name}: ${answer.status}`);
        const leaks = leaksOf(answer);
        if (leaks.length > 0) wrong.push(`${route.name} shows ${leaks.join()}: ${answer.text.slice(0, 300)}`);
      }
    });
    expect(wrong).toEqual([]);
    expect(await app.link(outside.link.id)).toEqual(before);
  });

  it('does so for a signed-in editor, who may read their own account', async () => {
    const owner = await firstOwner(app);
    const editor = await invitedMember(app, owner, { email: 'e@brand.example', role: 'editor', linkLimits: LIMITS });
    const wrong: string[] = [];
    for (const route of routes.filter(({ method }) => method === 'get')) {
      const path = samplePath(route, samples) + (QUERIES[route.name] ?? '');
      const answer = await editor.call('get', path);
      if (leaksOf(answer).length > 0 || answer.status >= 500) wrong.push(`${route.name}: ${answer.status}`);
    }
    expect(wrong).toEqual([]);
    expect(await editor.status('get', `/api/v1/links/${tagged.link.id}`)).toBe(200);
    expect(await editor.status('get', `/api/v1/links/${outside.link.id}`)).toBe(404);
    expect(await editor.status('get', '/api/v1/postbacks')).toBe(403);
    expect(await editor.status('get', '/api/v1/me')).toBe(200);
  });

  it('does so for every question about many links', async () => {
    const wrong: string[] = [];
    for (const question of QUESTIONS) {
      for (const accept of ['application/json', 'text/csv']) {
        const answer = await api.call('get', `/api/v1${question}`, { key: limited, headers: { accept } });
        const leaks = leaksOf({ ...answer, text: answer.text });
        if (answer.status !== 200 || leaks.length > 0) wrong.push(`${question}: ${answer.status} ${leaks.join()}`);
      }
    }
    expect(wrong).toEqual([]);
  });

  it('shows the owner the link outside, so that the above means something', async () => {
    const without: string[] = [];
    for (const question of QUESTIONS) {
      if (question.includes('country') || question.includes('domain') || question.includes('network')) continue;
      const answer = await ask('get', question, undefined, app.apiKey);
      if (leaksOf(answer).length === 0 && !/count\?|states|timeseries/.test(question)) without.push(question);
    }
    expect(without).toEqual([]);
  });

  it('is refused where it is not limited', async () => {
    const open: string[] = [];
    for (const route of routes.filter(({ method }) => method === 'get')) {
      const path = samplePath(route, samples) + (QUERIES[route.name] ?? '');
      const { status } = await api.call('get', path, { key: limited });
      if (status !== 403) open.push(route.name);
    }
    expect(open.toSorted()).toEqual(
      [
        'GET /api/v1/clicks',
        'GET /api/v1/clicks/export',
        'GET /api/v1/clicks/{clickId}',
        'GET /api/v1/conversions',
        'GET /api/v1/conversions/export',
        'GET /api/v1/conversions/totals',
        'GET /api/v1/conversions/{id}',
        'GET /api/v1/conversions/{id}/story',
        'GET /api/v1/domains',
        'GET /api/v1/domains/{id}',
        'GET /api/v1/exchange-rates',
        'GET /api/v1/links',
        'GET /api/v1/links/count',
        'GET /api/v1/links/export',
        'GET /api/v1/links/states',
        'GET /api/v1/links/tags',
        'GET /api/v1/links/{id}',
        'GET /api/v1/links/{id}/aliases',
        'GET /api/v1/links/{id}/check',
        'GET /api/v1/links/{id}/history',
        'GET /api/v1/links/{id}/qr',
        'GET /api/v1/links/{id}/rotation',
        'GET /api/v1/network-presets',
        'GET /api/v1/network-presets/{id}',
        'GET /api/v1/networks',
        'GET /api/v1/networks/{id}',
        'GET /api/v1/networks/{id}/mapping-changes/{changeId}',
        'GET /api/v1/reports',
        'GET /api/v1/reports/formulas',
        'GET /api/v1/reports/funnel',
        'GET /api/v1/reports/heatmap',
        'GET /api/v1/reports/metrics',
        'GET /api/v1/reports/timeseries',
        'GET /api/v1/reports/values',
        'GET /api/v1/setup',
        'GET /api/v1/utm-templates',
        'GET /api/v1/utm-templates/{id}',
        'GET /api/v1/workspaces/current',
        'GET /api/v1/workspaces/{id}/deletion',
      ].toSorted(),
    );
  });
});

describe('links within the limits', () => {
  it('are listed, counted, read, checked and simulated', async () => {
    const { data } = await json<LinkListResponse>('/links?limit=100');
    expect(data.map(({ id }) => id).toSorted()).toEqual([tagged.link.id, ofCampaign.link.id].toSorted());
    expect(await json('/links/count')).toEqual({ total: 2 });
    expect(await json('/links/tags')).toEqual({
      data: [
        { tag: 'mine', links: 1 },
        { tag: 'shared', links: 1 },
      ],
    });
    for (const { link } of [tagged, ofCampaign]) {
      expect((await ask('get', `/links/${link.id}`)).status).toBe(200);
      expect((await ask('get', `/links/${link.id}/qr`)).status).toBe(200);
      expect((await ask('get', `/links/${link.id}/rotation`)).status).toBe(200);
      expect((await ask('get', `/links/${link.id}/aliases`)).status).toBe(200);
      expect((await ask('post', `/links/${link.id}/simulate`, {})).status).toBe(200);
    }
  });

  it('may be created, and others may not', async () => {
    const url = 'https://shop.example/new';
    expect((await ask('post', '/links', { url, tags: ['mine'] })).status).toBe(201);
    expect((await ask('post', '/links', { url, campaign: 'my-campaign' })).status).toBe(201);
    for (const fields of [{}, { tags: ['other'] }, { campaign: 'other' }, { tags: ['Mine'] }]) {
      const { status, text } = await ask('post', '/links', { url, ...fields });
      expect({ status, text }).toMatchObject({
        status: 403,
        text: expect.stringContaining('one of the tags mine') as unknown,
      });
    }
    const bulk = await ask('post', '/links/bulk', { links: [{ url }, { url, tags: ['mine'] }] });
    expect((JSON.parse(bulk.text) as { results: { status: number }[] }).results.map(({ status }) => status)).toEqual([
      403, 201,
    ]);
  });

  it('may be changed as long as they stay within', async () => {
    const { id } = tagged.link;
    expect((await ask('patch', `/links/${id}`, { title: 'new' })).status).toBe(200);
    expect((await ask('patch', `/links/${id}`, { tags: ['other'] })).status).toBe(403);
    expect((await ask('patch', `/links/${id}`, { tags: [] })).status).toBe(403);
    expect((await app.link(id)).tags).toEqual(['mine', 'shared']);
    expect((await ask('patch', `/links/${id}`, { tags: ['other'], campaign: 'my-campaign' })).status).toBe(200);
    expect((await ask('patch', `/links/${id}`, { tags: ['mine', 'shared'], campaign: null })).status).toBe(200);
    const items = [id, outside.link.id].map((one) => ({ id: one, title: 'bulk' }));
    const bulk = await ask('patch', '/links/bulk', { items });
    expect((JSON.parse(bulk.text) as { results: { status: number }[] }).results.map(({ status }) => status)).toEqual([
      200, 404,
    ]);
    expect((await app.link(outside.link.id)).title).toBe(CANARY);
  });

  it('may be deleted and restored, and links outside may not', async () => {
    const { id } = await app.createLink({ tags: ['mine'] });
    expect((await ask('delete', `/links/${id}`)).status).toBe(204);
    expect((await ask('post', `/links/${id}/restore`)).status).toBe(200);
    const other = await app.createLink({ tags: ['other'] });
    expect((await ask('delete', `/links/${other.id}`)).status).toBe(404);
    expect((await ask('delete', '/links/bulk', { ids: [other.id] })).text).toContain('404');
    expect((await app.link(other.id)).id).toBe(other.id);
    await ask('delete', `/links/${other.id}`, undefined, app.apiKey);
    expect((await ask('post', `/links/${other.id}/restore`)).status).toBe(404);
  });

  it('may be upserted; one outside is a conflict that tells nothing of it', async () => {
    const url = 'https://shop.example/upsert';
    const mine = { url, externalId: 'upserted', tags: ['mine'] };
    expect((await ask('put', '/links/upsert', mine)).status).toBe(201);
    expect((await ask('put', '/links/upsert', { ...mine, title: 'again' })).status).toBe(200);
    expect((await ask('put', '/links/upsert', { url, externalId: 'third', tags: ['other'] })).status).toBe(403);
    for (const found of [{ externalId: `${CANARY}-id` }, { slug: CANARY }]) {
      const answer = await ask('put', '/links/upsert', { url, tags: ['mine'], ...found });
      expect({ status: answer.status, leaks: leaksOf(answer) }).toEqual({ status: 409, leaks: [] });
    }
    expect((await app.link(outside.link.id)).tags).toEqual([`${CANARY}-tag`, 'shared']);
  });

  it('are those of today: a link that gets the tag is within', async () => {
    const moving = await makeLink({ tags: ['other'] }, 'moving', '5');
    expect((await ask('get', `/clicks/${moving.clickId}`)).status).toBe(404);
    await ask('patch', `/links/${moving.link.id}`, { tags: ['mine'] }, app.apiKey);
    expect((await ask('get', `/clicks/${moving.clickId}`)).status).toBe(200);
    expect((await ask('get', `/conversions/${moving.conversionId}`)).status).toBe(200);
    await app.reportsCaughtUp();
    const { rows } = await json<{ rows: { link: string }[] }>('/reports?groupBy=link');
    expect(rows.map(({ link }) => link)).toContain(moving.link.id);
    await ask('patch', `/links/${moving.link.id}`, { tags: ['other'] }, app.apiKey);
    await app.reportsCaughtUp();
    const later = await json<{ rows: { link: string }[] }>('/reports?groupBy=link');
    expect(later.rows.map(({ link }) => link)).not.toContain(moving.link.id);
  });
});

describe('what belongs to links within the limits', () => {
  it('is shown: clicks and conversions with their stories', async () => {
    for (const { clickId, conversionId, link } of [tagged, ofCampaign]) {
      expect((await ask('get', `/clicks/${clickId}`)).status).toBe(200);
      expect((await ask('get', `/conversions/${conversionId}`)).status).toBe(200);
      const story = await json<{ entries: { kind: string; request?: unknown }[] }>(
        `/conversions/${conversionId}/story`,
      );
      expect(story.entries.map(({ kind }) => kind)).toContain('postback');
      expect(story.entries.flatMap(({ request }) => request ?? [])).toEqual([]);
      const { data } = await json<{ data: { id: string }[] }>(`/conversions?linkId=${link.id}`);
      expect(data.map(({ id }) => id)).toEqual([conversionId]);
    }
    expect((await json<{ data: unknown[] }>(`/conversions?linkId=${outside.link.id}`)).data).toEqual([]);
    const { data } = await json<{ data: { id: string }[] }>('/conversions');
    expect(data.map(({ id }) => id)).toEqual([ofCampaign.conversionId, tagged.conversionId]);
    expect(await json('/conversions/totals')).toMatchObject({ count: 2 });
    expect(await json(`/conversions/totals?linkId=${outside.link.id}`)).toMatchObject({ count: 0 });
    expect((await json<{ data: unknown[] }>(`/conversions?q=${outside.conversionId}`)).data).toEqual([]);
    const clicks = (await ask('get', '/clicks/export')).text;
    expect(clicks).toContain(tagged.clickId);
    expect(clicks).toContain(ofCampaign.clickId);
  });

  it('is shown in time series with the changes of those links', async () => {
    const { annotations } = await json<{ annotations: { kind: string; objectId: string }[] }>('/reports/timeseries');
    const changed = annotations.filter(({ kind }) => kind === 'link_changed').map(({ objectId }) => objectId);
    expect(changed).toContain(tagged.link.id);
    expect(changed).not.toContain(outside.link.id);
  });

  it('is nothing for limits without a tag or campaign', async () => {
    expect((await json<LinkListResponse>('/links', nowhere)).data).toEqual([]);
    expect((await json<{ data: unknown[] }>('/conversions', nowhere)).data).toEqual([]);
    expect(await json('/conversions/totals', nowhere)).toMatchObject({ count: 0 });
    expect(await json('/reports', nowhere)).toMatchObject({ totals: { clicks: 0, ftds: 0 } });
    const { status, text } = await ask('post', '/links', { url: 'https://shop.example/' }, nowhere);
    expect({ status, text }).toMatchObject({
      status: 403,
      text: expect.stringContaining('ask an owner or admin') as unknown,
    });
  });
});

describe('reports within the limits', () => {
  const numbers = 'metrics=clicks,uniqueClicks,conversions,revenue,cost';

  it('are those of these links, from the copy and from MongoDB', async () => {
    const sums = async (query: string, key: string): Promise<unknown> =>
      (await json<{ totals: unknown }>(`/reports?${numbers}&${query}`, key)).totals;
    const asked = ['', 'timeBy=conversion', 'country=(none)', 'groupBy=tag', 'under=tag:mine'];
    const ofCopy = await inParallel(asked, (query) => sums(query, limited));
    const both = await json<{ data: LinkResponse[] }>('/links?limit=100');
    const filter = `link=${both.data.map(({ id }) => id).join(',')}`;
    const ofOwner = await inParallel(asked, (query) => sums(`${filter}&${query}`, app.apiKey));
    expect(ofCopy).toEqual(ofOwner);
    expect(ofCopy[0]).toMatchObject({ revenue: { amount: '30.00', currency: 'EUR' } });
    const other = await TestApp.start({ sharing: app, env: { REPORTS: 'mongodb' } });
    try {
      await other.startReader();
      const key = await new RestrictedKeys(other).create({ linkLimits: LIMITS });
      const slow = new ApiClient(other.baseUrl, key);
      const ofMongo = await inParallel(asked, async (query) => {
        const report = await slow.json<{ totals: unknown }>('get', `/api/v1/reports?${numbers}&${query}`);
        return report.totals;
      });
      expect(ofMongo).toEqual(ofOwner);
    } finally {
      await other.close();
    }
  });
});
