import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LinkResponse } from '../../../src/links/links.dto.js';
import { type ApiAnswer, ApiClient, type Route, routesOf } from '../../support/api/api-client.js';
import { makeSamples, type Samples, sampleTarget } from '../../support/api/api-samples.js';
import { RestrictedKeys } from '../../support/api/restricted-keys.js';
import { EventListener } from '../../support/event-listener.js';
import { eventually } from '../../support/eventually.js';
import { firstOwner, invitedMember } from '../../support/people/people.js';
import { TestApp } from '../../support/test-app.js';

/** Every amount of the test has these digits, and nothing else has. */
const DIGITS = '73519';
const AMOUNT = `${DIGITS}.46`;
const EUR = { amount: AMOUNT, currency: 'EUR' };
const TODAY = new Date().toISOString().slice(0, 10);
const CSV = { accept: 'text/csv' };
/** The second one: keys have no account. */
const REFUSALS = ['Money is hidden from you', 'This is for signed-in people'];

/** Routes that show amounts to callers from whom money is not hidden. */
const SHOWING = [
  'GET /api/v1/links',
  'GET /api/v1/links/{id}',
  'GET /api/v1/links/export',
  'GET /api/v1/clicks/{clickId}',
  'GET /api/v1/clicks/export',
  'GET /api/v1/conversions',
  'GET /api/v1/conversions/totals',
  'GET /api/v1/conversions/{id}',
  'GET /api/v1/conversions/{id}/story',
  'GET /api/v1/conversions/export',
  'GET /api/v1/networks',
  'GET /api/v1/networks/{id}',
  'GET /api/v1/postbacks',
  'GET /api/v1/postbacks/{id}',
  'GET /api/v1/postbacks/export',
  'GET /api/v1/reports',
  'GET /api/v1/reports/timeseries',
  'GET /api/v1/reports/heatmap',
  'GET /api/v1/reports/formulas',
  'GET /api/v1/reports/metrics',
  'GET /api/v1/costs',
  'GET /api/v1/clicks',
  'GET /api/v1/links/{id}/history',
  'GET /api/v1/audit-log',
  'GET /api/v1/workspaces/export',
];

let app: TestApp;
let api: ApiClient;
let hidden: string;
let reading: Route[];
let samples: Samples;
let link: LinkResponse;

const call = (route: Route, key: string, headers: Record<string, string> = {}): Promise<ApiAnswer> =>
  api.call(route.method, sampleTarget(route, samples), { key, headers });
const asHidden = (method: string, path: string, body?: unknown): Promise<ApiAnswer> =>
  api.call(method, `/api/v1${path}`, { key: hidden, body });

/** The samples, with an amount wherever there may be one. */
async function makeAmounts(): Promise<Samples> {
  const made = new Map(await makeSamples(api));
  const post = (path: string, body: unknown, headers = {}): Promise<{ id: string }> =>
    api.json('post', `/api/v1/${path}`, { body, headers });
  const network = await app.createNetwork({ defaults: { payout: AMOUNT, currency: 'EUR' } });
  const variants = ['a', 'b'].map((name) => ({ url: `https://shop.example/${name}`, name }));
  link = await app.createLink({
    cost: EUR,
    networkId: network.id,
    variants,
    rotation: { mode: 'optimised', goal: 'epc' },
  });
  const clickId = await app.clickId(link, `?cost=${AMOUNT}&sub1=amounts`);
  await app.storedClick(clickId);
  const query = `click_id=${clickId}&event=ftd&txid=t1&payout=${AMOUNT}&currency=EUR`;
  const { conversionId, postbackId } = await app.goodPostback(network, query);
  if (!conversionId) throw new Error('no conversion');
  await api.json('patch', `/api/v1/conversions/${conversionId}`, { body: { payout: EUR, note: 'by a person' } });
  const file = `click_id,event,payout,currency\n${clickId},lead,${AMOUNT},EUR\n`;
  const imported = await post('conversions/import', file, { 'content-type': 'text/csv' });
  await eventually(
    () => api.call('get', `/api/v1/conversions/imports/${imported.id}`),
    ({ text }) => (JSON.parse(text) as { status: string }).status === 'done',
  );
  await api.json('put', '/api/v1/costs', { body: { costs: [{ day: TODAY, link: link.id, amount: AMOUNT }] } });
  const change = await post(`networks/${network.id}/mapping-changes`, {
    defaults: { payout: AMOUNT, currency: 'EUR' },
  });
  const rates = [{ date: '2001-02-03', currency: 'JPY', rate: AMOUNT }];
  await api.json('put', '/api/v1/exchange-rates', { body: { base: 'EUR', rates } });
  await post(`links/${link.id}/check`, { path: '/none' });
  await post('reports/formulas', { name: 'corrected', expression: `revenue - ${AMOUNT}` });
  return made
    .set('links', link.id)
    .set('networks', network.id)
    .set('networks/{id}/mapping-changes', change.id)
    .set('clicks', clickId)
    .set('conversions', conversionId)
    .set('postbacks', postbackId)
    .set('conversions/imports', imported.id);
}

beforeAll(async () => {
  app = await TestApp.start();
  api = new ApiClient(app.baseUrl, app.apiKey);
  await api.json('patch', '/api/v1/workspaces/current', { body: { currency: 'EUR' } });
  hidden = await new RestrictedKeys(app).create({ hidesMoney: true });
  samples = await makeAmounts();
  reading = routesOf(await api.document()).filter(({ method, isClosed }) => method === 'get' && isClosed);
  await app.startReader();
  await app.reportsCaughtUp();
});
afterAll(() => app.close());

describe('all routes that read', () => {
  it('show amounts to callers from whom money is not hidden, where the list says so', async () => {
    const without: string[] = [];
    for (const name of SHOWING) {
      const route = reading.find((one) => one.name === name);
      const { text } = route ? await call(route, app.apiKey) : { text: '' };
      if (!text.includes(DIGITS)) without.push(name);
    }
    expect(without).toEqual([]);
  });

  it.each([
    ['JSON', {}],
    ['CSV', CSV],
  ])('show none where money is hidden, as %s', async (_, headers) => {
    const wrong: string[] = [];
    for (const route of reading) {
      const { status, text } = await call(route, hidden, headers);
      const isRefused = status === 403 && REFUSALS.some((reason) => text.includes(reason));
      if (status !== 200 && !isRefused) wrong.push(`${route.name}: ${status} ${text}`);
      if (text.includes(DIGITS) || text.includes('"amount":')) wrong.push(`${route.name} shows ${text.slice(0, 300)}`);
    }
    expect(wrong).toEqual([]);
  });

  it('show none to a signed-in analyst from whom money is hidden, who may read their own account', async () => {
    const owner = await firstOwner(app);
    const analyst = await invitedMember(app, owner, { email: 'a@brand.example', role: 'analyst', hideMoney: true });
    const wrong: string[] = [];
    let answered = 0;
    for (const route of reading) {
      const { status, text } = await analyst.call('get', sampleTarget(route, samples));
      if (status === 200) answered++;
      else if (![403, 404].includes(status)) wrong.push(`${route.name}: ${status} ${text}`);
      if (text.includes(DIGITS) || text.includes('"amount":')) wrong.push(`${route.name} shows ${text.slice(0, 300)}`);
    }
    expect(wrong).toEqual([]);
    expect(answered).toBeGreaterThan(25);
    expect(await analyst.status('get', '/api/v1/me')).toBe(200);
    expect(await analyst.status('get', '/api/v1/me/sessions')).toBe(200);
  });

  it('still answer most questions', async () => {
    const refused: string[] = [];
    const ofPeople = /^\/api\/v1\/(me|members|invitations)(\/|$)/;
    for (const route of reading.filter(({ path }) => !ofPeople.test(path))) {
      if ((await call(route, hidden)).status === 403) refused.push(route.name);
    }
    expect(refused.toSorted()).toEqual(
      [
        'GET /api/v1/audit-log',
        'GET /api/v1/conversions/imports',
        'GET /api/v1/conversions/imports/{id}',
        'GET /api/v1/conversions/imports/{id}/rows',
        'GET /api/v1/conversions/imports/{id}/rows.csv',
        'GET /api/v1/costs',
        'GET /api/v1/exchange-rates',
        'GET /api/v1/links/import',
        'GET /api/v1/links/import/{id}',
        'GET /api/v1/links/import/{id}/rows',
        'GET /api/v1/links/import/{id}/rows.csv',
        'GET /api/v1/links/{id}/rotation',
        'GET /api/v1/postbacks',
        'GET /api/v1/postbacks/counts',
        'GET /api/v1/postbacks/export',
        'GET /api/v1/postbacks/replays/{id}',
        'GET /api/v1/postbacks/{id}',
        'GET /api/v1/reports/formulas',
        'GET /api/v1/workspaces/export',
      ].toSorted(),
    );
  });

  it('keep the fields of amounts, as null', async () => {
    const body = JSON.parse((await asHidden('get', `/links/${link.id}`)).text) as LinkResponse;
    expect(body).toMatchObject({ cost: null, stats: { payouts: null, revenues: null, ftds: 1 } });
    const click = JSON.parse((await asHidden('get', `/clicks/${samples.get('clicks')}`)).text) as object;
    expect(click).toMatchObject({
      cost: null,
      query: expect.arrayContaining([{ name: 'cost', value: null }]) as unknown,
    });
    const conversion = JSON.parse((await asHidden('get', `/conversions/${samples.get('conversions')}`)).text) as object;
    expect(conversion).toMatchObject({ payout: null, revenue: null, status: 'approved' });
  });
});

describe('reports where money is hidden', () => {
  it('have no metric that follows from amounts, and no amounts in other currencies', async () => {
    const { totals, ...report } = JSON.parse((await asHidden('get', '/reports?groupBy=link')).text) as Record<
      string,
      object
    >;
    expect(Object.keys(totals ?? {})).toEqual(
      'clicks humanClicks uniqueClicks botClicks registrations ftds deposits approved pending rejected crRegistration crFtd regToFtd'.split(
        ' ',
      ),
    );
    expect(report).toMatchObject({ otherCurrencies: null, otherCosts: null });
    const { metrics } = JSON.parse((await asHidden('get', '/reports/metrics')).text) as { metrics: { name: string }[] };
    const names = metrics.map(({ name }) => name);
    expect(names).toContain('crFtd');
    for (const name of ['payout', 'revenue', 'cost', 'profit', 'roi', 'epc', 'cpa', 'sample', 'corrected']) {
      expect(names).not.toContain(name);
    }
  });

  it.each([
    ['metrics', 'revenue'],
    ['metrics', 'clicks,roi'],
    ['metrics', 'corrected'],
    ['sort', '-profit'],
    ['sort', 'epc'],
    ['sort', '-corrected'],
  ])('refuse %s=%s with the reason', async (parameter, value) => {
    for (const path of ['/reports?groupBy=link&', '/reports/timeseries?', '/reports/heatmap?']) {
      if (parameter === 'sort' && !path.includes('groupBy')) continue;
      for (const accept of ['application/json', 'text/csv']) {
        const path422 = `/api/v1${path}${parameter}=${value}`;
        const { status, text } = await api.call('get', path422, { key: hidden, headers: { accept } });
        expect({ path422, status, text }).toMatchObject({
          status: 422,
          text: expect.stringContaining('money_hidden') as unknown,
        });
      }
    }
  });
});

describe('live events where money is hidden', () => {
  it('have conversions without their amounts', async () => {
    const listener = await EventListener.open(app.baseUrl, { key: hidden, query: '?types=conversion' });
    const clickId = await app.clickId(link);
    const network = await app.createNetwork();
    await app.goodPostback(network, `click_id=${clickId}&event=sale&txid=live&payout=${AMOUNT}&currency=EUR`);
    await listener.until(() => listener.of('conversion').length > 0);
    expect(listener.of('conversion')[0]).toMatchObject({ eventType: 'sale', payout: null, revenue: null });
    expect(JSON.stringify(listener.events)).not.toContain(DIGITS);
    listener.close();
  });
});

describe('requests that write amounts where money is hidden', () => {
  it('are refused, and others work', async () => {
    const url = 'https://shop.example/lp';
    const refusals = [
      await asHidden('post', '/links', { url, cost: EUR }),
      await asHidden('patch', `/links/${link.id}`, { cost: null }),
      await asHidden('post', '/links/bulk', { links: [{ url, cost: EUR }] }),
      await asHidden('patch', '/links/bulk', { ids: [link.id], changes: { cost: EUR } }),
      await asHidden('post', '/conversions', { clickId: samples.get('clicks'), eventType: 'sale', payout: EUR }),
      await asHidden('patch', `/conversions/${samples.get('conversions')}`, { payout: EUR }),
      await asHidden('put', '/costs', { costs: [{ day: TODAY, amount: '1' }] }),
      await asHidden('patch', `/networks/${samples.get('networks')}`, { defaults: { payout: '1' } }),
    ];
    expect(refusals.map(({ status }) => status)).toEqual(refusals.map(() => 403));
    expect((await app.link(link.id)).cost).toEqual(EUR);
    const renamed = await asHidden('patch', `/links/${link.id}`, { title: 'renamed' });
    expect({ status: renamed.status, cost: (JSON.parse(renamed.text) as LinkResponse).cost }).toEqual({
      status: 200,
      cost: null,
    });
    expect((await asHidden('post', '/links/bulk', { links: [{ url }] })).status).toBe(200);
    expect((await app.link(link.id)).cost).toEqual(EUR);
  });
});
