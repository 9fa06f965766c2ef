import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { trustedWorkspaceId } from '../../../src/platform/tenancy/workspace-id.js';
import type { RatesResponse } from '../../../src/rates/exchange-rates.dto.js';
import type { Revenue } from '../../../src/rates/rules/rate-days.js';
import { RatesService } from '../../../src/rates/rates.service.js';
import { sampleRates } from '../../../src/rates/rules/sample-rates.js';
import { eventually } from '../../support/eventually.js';
import { TestApp } from '../../support/test-app.js';
import { itAsksForKeyAndScope } from '../../support/api/access.js';
import { expectInvalid, expectProblem } from '../../support/api/expect-problem.js';

const PATH = '/exchange-rates';
const CSV = 'Date,USD,GBP\n2024-05-08,1.08,0.86\n2024-05-07,1.07,0.85\n';
const AT = new Date('2024-05-08T12:00:00Z');
const TEN = { amount: '10', currency: 'EUR' };

let app: TestApp;
let second: TestApp;
beforeAll(async () => {
  app = await TestApp.start();
  second = await TestApp.start({ sharing: app });
});
afterAll(async () => {
  await second.close();
  await app.close();
});

const put = (key: string, csv: string) =>
  app.api('put', PATH, key).set('content-type', 'text/csv; charset=utf-8').send(csv);
const load = async (key: string, csv: string = CSV): Promise<object> => {
  const response = await put(key, csv);
  expect(response.status, response.text).toBe(200);
  return response.body as object;
};
const show = async (key: string, date?: string): Promise<RatesResponse> => {
  const response = await app.api('get', date === undefined ? PATH : `${PATH}?date=${date}`, key);
  expect(response.status).toBe(200);
  return response.body as RatesResponse;
};
const revenue = (id: string, money = TEN, at = AT, of = app): Promise<Revenue> =>
  of.app.get(RatesService).revenueOf(trustedWorkspaceId(id), money, at);
const usd = (amount: string, rateDay: string, source = 'own'): object => ({
  ok: true,
  revenue: { amount, currency: 'USD' },
  rateDay,
  source,
});
const MISSING = { ok: false, reason: 'rate_missing' };

describe('access to exchange rates', () => {
  itAsksForKeyAndScope(
    () => app,
    [
      ['get', PATH, 'rates:read'],
      ['put', PATH, 'rates:write'],
      ['delete', `${PATH}/2024-01-01`, 'rates:write'],
    ],
  );
});

describe('PUT /exchange-rates', () => {
  it('takes CSV as the ECB writes it', async () => {
    const { apiKey } = await app.createWorkspace();
    expect(await load(apiKey, 'Date,USD,JPY,\n2024-05-08,1.08,N/A,\n2024-05-06,1.07,165,\n')).toEqual({
      days: 2,
      rates: 3,
      firstDay: '2024-05-06',
      lastDay: '2024-05-08',
    });
    expect(await show(apiKey, '2024-05-08')).toEqual({
      date: '2024-05-08',
      base: 'EUR',
      source: 'own',
      rates: [
        { currency: 'JPY', rate: '165', day: '2024-05-06' },
        { currency: 'USD', rate: '1.08', day: '2024-05-08' },
      ],
      loadedDays: ['2024-05-08', '2024-05-06'],
    });
  });

  it('takes JSON', async () => {
    const { apiKey } = await app.createWorkspace();
    const rates = [
      { date: '2024-05-08', currency: 'USD', rate: '1.08' },
      { date: '2024-05-08', currency: 'GBP', rate: '0.86' },
    ];
    const response = await app.api('put', PATH, apiKey).send({ base: 'EUR', rates });
    expect(response.status).toBe(200);
    expect(response.body).toEqual({ days: 1, rates: 2, firstDay: '2024-05-08', lastDay: '2024-05-08' });
    expect((await show(apiKey, '2024-05-08')).rates).toHaveLength(2);
  });

  it('replaces the days that it names, whole, and no other', async () => {
    const { apiKey } = await app.createWorkspace();
    await load(apiKey);
    await load(apiKey, 'Date,USD\n2024-05-08,2\n');
    expect((await show(apiKey, '2024-05-08')).rates).toEqual([
      { currency: 'GBP', rate: '0.85', day: '2024-05-07' },
      { currency: 'USD', rate: '2', day: '2024-05-08' },
    ]);
    expect((await show(apiKey, '2024-05-07')).rates).toContainEqual({
      currency: 'USD',
      rate: '1.07',
      day: '2024-05-07',
    });
  });

  it('stores nothing when a line is bad, and names each bad line', async () => {
    const { apiKey } = await app.createWorkspace();
    await load(apiKey);
    const bad = 'Date,USD\n2024-05-08,9\nnever,1\n2024-05-06,x\n';
    expectInvalid(await put(apiKey, bad), 'line 3', 'line 4');
    expect((await show(apiKey, '2024-05-08')).rates).toContainEqual({
      currency: 'USD',
      rate: '1.08',
      day: '2024-05-08',
    });
    expect((await show(apiKey)).loadedDays).toEqual(['2024-05-08', '2024-05-07']);
  });

  const rate = { date: '2024-05-08', currency: 'USD', rate: '1.08' };
  it.each<[string, object, ...string[]]>([
    ['nothing', {}, 'base', 'rates'],
    ['another base', { base: 'USD', rates: [rate] }, 'base'],
    ['no rate', { base: 'EUR', rates: [] }, 'rates'],
    ['a number', { base: 'EUR', rates: [{ ...rate, rate: 1.08 }] }, 'rates.0.rate'],
    ['an unknown field', { base: 'EUR', rates: [{ ...rate, x: 1 }], y: 1 }, 'rates.0.x', 'y'],
    ['a rate twice', { base: 'EUR', rates: [rate, rate] }, 'rates.1'],
    [
      'bad fields in several rates',
      { base: 'EUR', rates: [{ ...rate, date: '2024-02-30' }, rate, { ...rate, currency: 'EUR', rate: '0' }] },
      'rates.0.date',
      'rates.2.currency',
      'rates.2.rate',
    ],
  ])('refuses JSON with %s', async (_, body, ...paths) => {
    expectInvalid(await app.api('put', PATH).send(body), ...paths);
    expect((await show(app.apiKey)).loadedDays).toEqual([]);
  });

  it('takes no other type, and CSV nowhere else', async () => {
    expectProblem(await app.api('put', PATH).set('content-type', 'text/plain').send(CSV), 415);
    expectProblem(await app.api('post', '/links').set('content-type', 'text/csv').send('url\nx'), 415);
    expectProblem(
      await app
        .api('put', PATH)
        .set('content-type', 'text/csv')
        .send('x'.repeat(1024 * 1024 + 1)),
      413,
    );
  });

  it('may be asked twice at once', async () => {
    const { apiKey } = await app.createWorkspace();
    const answers = await Promise.all(Array.from({ length: 5 }, () => put(apiKey, CSV)));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
    expect((await show(apiKey)).loadedDays).toEqual(['2024-05-08', '2024-05-07']);
  });
});

describe('GET /exchange-rates', () => {
  it('shows the sample where nothing is loaded, and says so', async () => {
    const [newest] = sampleRates();
    const shown = await show(app.apiKey, newest?.day);
    expect(shown).toMatchObject({ source: 'sample', loadedDays: [] });
    expect(shown.rates).toContainEqual({ currency: 'USD', rate: newest?.rates['USD'], day: newest?.day });
  });

  it('shows none for a day that has none within the week before it, today when no day is named', async () => {
    expect(await show(app.apiKey, '2020-01-01')).toMatchObject({ source: null, rates: [] });
    expect((await show(app.apiKey)).date).toMatch(/^\d{4}-\d\d-\d\d$/);
  });

  it.each(['today', '2024-02-30', '20 May 2024', ''])('refuses the date "%s"', async (date) => {
    expectInvalid(await app.api('get', `${PATH}?date=${encodeURIComponent(date)}`), 'date');
  });
});

describe('DELETE /exchange-rates/{date}', () => {
  it('removes a day, once, and only in its own workspace', async () => {
    const [one, two] = [await app.createWorkspace(), await app.createWorkspace()];
    await load(one.apiKey);
    expectProblem(await app.api('delete', `${PATH}/2024-05-08`, two.apiKey), 404);
    expect((await app.api('delete', `${PATH}/2024-05-08`, one.apiKey)).status).toBe(204);
    expect((await show(one.apiKey)).loadedDays).toEqual(['2024-05-07']);
    for (const date of ['2024-05-08', 'never', '%7B%7D']) {
      expectProblem(await app.api('delete', `${PATH}/${date}`, one.apiKey), 404);
    }
  });
});

describe('revenue', () => {
  it('goes by the day of the event, or by the latest with rates at most seven days before it', async () => {
    const { id, apiKey } = await app.createWorkspace();
    await load(apiKey);
    expect(await revenue(id)).toEqual(usd('10.8', '2024-05-08'));
    expect(await revenue(id, TEN, new Date('2024-05-07T23:59:59Z'))).toEqual(usd('10.7', '2024-05-07'));
    expect(await revenue(id, TEN, new Date('2024-05-15T23:59:59Z'))).toEqual(usd('10.8', '2024-05-08'));
    expect(await revenue(id, TEN, new Date('2024-05-16T00:00:00Z'))).toEqual(MISSING);
    expect(await revenue(id, TEN, new Date('2024-05-06T12:00:00Z'))).toEqual(MISSING);
    expect(await revenue(id, { amount: '1', currency: 'BRL' })).toEqual(MISSING);
  });

  it('is in the workspace’s currency, and as it came where it came in that', async () => {
    const { id, apiKey } = await app.createWorkspace();
    expect(await revenue(id, { amount: '1.23456789', currency: 'USD' })).toEqual(
      usd('1.23456789', '2024-05-08', 'none'),
    );
    await load(apiKey);
    await app.api('patch', '/workspaces/current', apiKey).send({ currency: 'GBP' });
    expect(await revenue(id)).toMatchObject({ ok: true, revenue: { amount: '8.6', currency: 'GBP' } });
  });

  it('goes by the sample only while the workspace has nothing for the week', async () => {
    const { id, apiKey } = await app.createWorkspace();
    const [newest] = sampleRates();
    const at = new Date(`${newest?.day}T12:00:00Z`);
    expect(await revenue(id, TEN, at)).toMatchObject({ ok: true, source: 'sample', rateDay: newest?.day });
    await load(apiKey, `Date,GBP\n${newest?.day},0.86\n`);
    expect(await revenue(id, TEN, at)).toEqual(MISSING);
    expect(await revenue(id, { amount: '0.86', currency: 'GBP' }, at)).toEqual(MISSING);
  });

  it('follows a new table at once in the process that took it, and soon in another', async () => {
    const { id, apiKey } = await app.createWorkspace();
    expect(await revenue(id)).toEqual(MISSING);
    expect(await revenue(id, TEN, AT, second)).toEqual(MISSING);
    await load(apiKey);
    expect(await revenue(id)).toEqual(usd('10.8', '2024-05-08'));
    await app.api('delete', `${PATH}/2024-05-08`, apiKey);
    expect(await revenue(id)).toEqual(usd('10.7', '2024-05-07'));
    await eventually(
      () => revenue(id, TEN, AT, second),
      (found) => found.ok && found.rateDay === '2024-05-07',
      5_000,
    );
  });

  it('is of one workspace’s rates alone', async () => {
    const [one, two] = [await app.createWorkspace(), await app.createWorkspace()];
    await load(one.apiKey);
    expect(await revenue(two.id)).toEqual(MISSING);
  });

  it('can be loaded for many days at once, and then need no further query', async () => {
    const { id, apiKey } = await app.createWorkspace();
    await load(apiKey);
    const times = ['2024-05-07T01:00:00Z', '2024-05-08T01:00:00Z', '2024-05-08T02:00:00Z'].map(
      (time) => new Date(time),
    );
    const rates = await app.app.get(RatesService).ratesFor(trustedWorkspaceId(id), times);
    expect(rates.currency).toBe('USD');
    expect(times.map((at) => rates.revenueOf(TEN, at))).toEqual([
      usd('10.7', '2024-05-07'),
      usd('10.8', '2024-05-08'),
      usd('10.8', '2024-05-08'),
    ]);
    expect(() => rates.revenueOf(TEN, new Date('2024-05-09'))).toThrow('not loaded');
  });
});
