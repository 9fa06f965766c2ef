import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LinkResponse } from '../../../src/links/links.dto.js';
import type { NetworkResponse } from '../../../src/networks/networks.dto.js';
import { ReportDocuments } from '../../../src/reports/fallback/report-documents.read-model.js';
import type { ReportResponse } from '../../../src/reports/reports.dto.js';
import { CostGroup } from '../../../src/reports/rules/fold/cost-shares.js';
import { expectProblem } from '../../support/api/expect-problem.js';
import { eventually } from '../../support/eventually.js';
import { EventListener } from '../../support/event-listener.js';
import { TestApp } from '../../support/test-app.js';

// Reports that are read from MongoDB. fallback-recount.e2e-spec.ts has the proof of their numbers.

let app: TestApp;
let summer: LinkResponse;
let winter: LinkResponse;
let network: NetworkResponse;

beforeAll(async () => {
  app = await TestApp.start({ env: { REPORTS: 'mongodb' } });
  await app.startReader({}, { cachedMs: 0 });
  await app.loadRates();
  await app.api('patch', '/workspaces/current').send({ currency: 'EUR' });
  network = await app.createNetwork({ name: 'Casino One' });
  const cost = { amount: '0.05', currency: 'EUR' };
  summer = await app.createLink({ tags: ['paid', 'social'], campaign: 'summer', networkId: network.id, cost });
  winter = await app.createLink();
  const converted = await app.clickId(summer, '?sub1=x&source=mail');
  await app.clickId(summer, '?sub1=y');
  await app.clickId(winter, '?sub1=x');
  await app.plain('get', `/${winter.slug}`).set('host', winter.domain).set('user-agent', 'curl/8.0');
  await app.storedClick(converted);
  await app.goodPostback(network, `click_id=${converted}&event=registration&txid=r1`);
  await app.goodPostback(network, `click_id=${converted}&event=ftd&payout=50.25&status=approved&txid=f1`);
  await eventually(
    () => report('metrics=clicks,conversions'),
    ({ totals }) => totals['clicks'] === 4 && totals['conversions'] === 2,
  );
}, 60_000);

afterAll(() => app.close());

async function report(query: string, key?: string): Promise<ReportResponse> {
  return get<ReportResponse>(`?${query}`, key);
}

async function get<T>(path: string, key?: string): Promise<T> {
  const response = await app.api('get', `/reports${path}`, key);
  expect(response.status, response.text).toBe(200);
  return response.body as T;
}

const today = new Date().toISOString().slice(0, 10);
const daysAgo = (days: number): string => new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10);
const eur = (amount: string) => ({ amount, currency: 'EUR' });

describe('reports with REPORTS=mongodb', () => {
  it('need no copy on the disk', () => {
    expect(existsSync(join(app.dataDir, 'reports', 'facts-1.duckdb'))).toBe(false);
  });

  it('have totals, and say that all is counted', async () => {
    const { rows, totals, complete, coveredFrom, progress, asOf } = await report('');
    expect({ rows, complete, coveredFrom, progress }).toEqual({
      rows: [],
      complete: true,
      coveredFrom: null,
      progress: null,
    });
    expect(Date.parse(asOf ?? '')).toBeGreaterThan(Date.now() - 60_000);
    expect(totals).toMatchObject({
      clicks: 4,
      humanClicks: 3,
      botClicks: 1,
      registrations: 1,
      ftds: 1,
      revenue: eur('50.25'),
      cost: eur('0.10'),
      profit: eur('50.15'),
    });
  });

  it('have rows with names, others and the compared period', async () => {
    const { rows, labels, others } = await report(
      'groupBy=link,network,sub1&metrics=clicks,ftds&compare=previous&limit=1&sort=-ftds',
    );
    expect(rows).toEqual([
      { link: summer.id, network: network.id, sub1: 'x', clicks: 1, ftds: 1, compare: { clicks: 0, ftds: 0 } },
    ]);
    expect(others).toMatchObject({ groups: 3, clicks: 3, compare: { clicks: 0, ftds: 0 } });
    expect(labels).toEqual({
      link: { [summer.id]: `localhost/${summer.slug}` },
      network: { [network.id]: 'Casino One' },
    });
    const byTag = await report('groupBy=tag&metrics=clicks&sort=tag&campaign=summer');
    expect(byTag).toMatchObject({
      rows: [
        { tag: 'paid', clicks: 2 },
        { tag: 'social', clicks: 2 },
      ],
      totals: { clicks: 2 },
    });
  });

  it('have all their views', async () => {
    const series = await get<{ points: object[]; progress: unknown }>('/timeseries?interval=day&metrics=clicks');
    expect(series.points).toHaveLength(7);
    expect(series.points.at(-1)).toMatchObject({ clicks: 4 });
    expect(series.progress).toBeNull();
    const { steps } = await get<{ steps: { name: string; count: number }[] }>('/funnel');
    expect(steps.map(({ count }) => count)).toEqual([3, 1, 1, 0, 0, 2]);
    const { cells } = await get<{ cells: { clicks: number }[] }>('/heatmap?metrics=clicks');
    expect(cells.reduce((sum, { clicks }) => sum + clicks, 0)).toBe(4);
    const { values } = await get<{ values: object[] }>(`/values?dimension=link&q=${summer.slug}`);
    expect(values).toMatchObject([{ value: summer.id, clicks: 2, conversions: 2 }]);
  });

  it('are files', async () => {
    const response = await app
      .api('get', '/reports?groupBy=link,sub1&metrics=clicks,revenue&sort=-revenue,sub1')
      .set('accept', 'text/csv');
    expect(response.text.split('\r\n').slice(0, 3)).toEqual([
      'link,linkName,sub1,clicks,revenue,currency',
      `${summer.id},localhost/${summer.slug},x,1,50.25,EUR`,
      `${winter.id},localhost/${winter.slug},x,1,0.00,EUR`,
    ]);
  });

  it('show a workspace nothing of another one', async () => {
    const { apiKey } = await app.createWorkspace();
    expect(await report('groupBy=link,campaign&metrics=clicks,conversions', apiKey)).toMatchObject({
      rows: [],
      totals: { clicks: 0, conversions: 0 },
      labels: { link: {} },
    });
    expect((await report(`link=${summer.id}&metrics=clicks`, apiKey)).totals).toEqual({ clicks: 0 });
    const { values } = await get<{ values: unknown[] }>('/values?dimension=sub1', apiKey);
    expect(values).toEqual([]);
  });

  it('count erased clicks and changed conversions as they are now', async () => {
    const { link, clickId } = await app.clickedLink();
    await app.storedClick(clickId);
    const withSub = async () => (await report(`link=${link.id}&metrics=clicks,rejected`)).totals;
    expect(await withSub()).toEqual({ clicks: 1, rejected: 0 });
    await app.goodPostback(network, `click_id=${clickId}&event=sale&payout=1&status=rejected&txid=s1`);
    expect(await withSub()).toEqual({ clicks: 1, rejected: 1 });
    await app.connection.collection<{ _id: string }>('clicks').deleteOne({ _id: clickId });
    expect(await withSub()).toEqual({ clicks: 0, rejected: 1 });
  });
});

describe('live events with REPORTS=mongodb', () => {
  it('are sent', async () => {
    const listener = await EventListener.open(app.baseUrl, { key: app.apiKey });
    const id = await app.clickId(winter);
    await eventually(
      () => listener.of('click').map((event) => event['id']),
      (ids) => ids.includes(id),
    );
    listener.close();
    await app.connection.collection<{ _id: string }>('clicks').deleteOne({ _id: id });
  });
});

describe('a report that takes longer than a request may', () => {
  const query = `from=${daysAgo(89)}&to=${today}&groupBy=sub1&metrics=clicks,ftds`;

  it('is answered in parts, each of which says how much it counts', async () => {
    await app.startReader({}, { answerWithinMs: 0 });
    const answers: ReportResponse[] = [];
    await eventually(
      async () => answers[answers.push(await report(query)) - 1],
      (answer) => answer?.complete === true,
    );
    const first = answers[0] as ReportResponse;
    const last = answers.at(-1) as ReportResponse;
    expect(first).toMatchObject({ complete: false, progress: { ofDays: 90 } });
    expect(Date.parse(first.coveredFrom ?? '')).toBeGreaterThan(Date.parse(first.from));
    expect(last).toMatchObject({ complete: true, coveredFrom: null, progress: null, totals: { clicks: 4, ftds: 1 } });
    // It was read once: all answers are of the same reading, and each one counts as much as the one before.
    expect(new Set(answers.map(({ asOf }) => asOf)).size).toBe(1);
    const days = answers.slice(0, -1).map(({ progress }) => progress?.days ?? -1);
    expect(days).toEqual([...days].sort((a, b) => a - b));
  });

  it('is no file before it is complete', async () => {
    await app.startReader({}, { answerWithinMs: 0 });
    const file = () => app.api('get', `/reports?${query}`).set('accept', 'text/csv');
    const problem = expectProblem(await file(), 503);
    expect(problem.detail).toContain('still being read');
    const response = await eventually(file, ({ status }) => status === 200);
    expect(response.text).toContain('x,2,1,EUR');
  });

  it('is refused when it has more groups than may be in memory', async () => {
    await app.startReader({}, { groups: 2 });
    const response = await app.api('get', '/reports?groupBy=sub1&metrics=clicks');
    expect(response.status).toBe(422);
    expect(response.body).toMatchObject({ errors: [{ path: 'groupBy', code: 'too_many_groups' }] });
    expect((await report('groupBy=botReason&metrics=clicks')).groups).toBe(2);
    await app.startReader();
  });
});

describe('the queries', () => {
  /** The index that MongoDB would use, and whether it would sort by itself. */
  async function planOf(run: () => AsyncGenerator<unknown>): Promise<string> {
    const database = app.connection.getClient().db(app.connection.name);
    await database.command({ profile: 2 });
    for await (const batch of run()) void batch;
    await database.command({ profile: 0 });
    const profile = database.collection('system.profile');
    // Background jobs read other workspaces meanwhile.
    const places = ['command.filter.workspaceId', 'command.pipeline.0.$match.workspaceId'];
    const isOwn = { $or: places.map((place) => ({ [place]: 'wsp_1' })) };
    const [entry] = await profile.find({ ns: /\.(?:clicks|conversions)$/, ...isOwn }).toArray();
    await profile.drop();
    return String(entry?.['planSummary']);
  }

  const period = { from: Date.now() - 86_400_000, to: Date.now(), offsets: [] };
  const question = {
    workspaceId: 'wsp_1',
    groupBy: [],
    filters: [],
    under: [{ dimension: 'country' as const, value: 'DE' }],
    period,
    currency: 'EUR',
    metrics: [],
    sort: [],
  };

  it('follow an index on the workspace and a time', async () => {
    const documents = new ReportDocuments(app.connection);
    const ofClicks = await planOf(() => documents.clicks({ ...question, timeBy: 'click' }, period, []));
    expect(ofClicks).toBe('IXSCAN { workspaceId: 1, at: -1 }');
    const byClick = await planOf(() => documents.conversions({ ...question, timeBy: 'click' }));
    expect(byClick).toBe('IXSCAN { workspaceId: 1, _id: -1 }');
    const byConversion = await planOf(() => documents.conversions({ ...question, timeBy: 'conversion' }));
    expect(byConversion).toBe('IXSCAN { workspaceId: 1, convertedAt: 1 }');
    const cost = { workspaceId: 'wsp_1', id: 'cst_1', fromMs: period.from, toMs: period.to, cost: eur('1') };
    const ofCosts = await planOf(() => documents.countClicks('wsp_1', new CostGroup([], [{ ...cost, values: [] }])));
    expect(ofCosts).toBe('IXSCAN { workspaceId: 1, at: -1 }');
  });
});
