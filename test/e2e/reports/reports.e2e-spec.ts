import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LinkResponse } from '../../../src/links/links.dto.js';
import type { NetworkResponse } from '../../../src/networks/networks.dto.js';
import type { ReportResponse } from '../../../src/reports/reports.dto.js';
import { itAsksForKeyAndScope } from '../../support/api/access.js';
import { eventually } from '../../support/eventually.js';
import { TestApp } from '../../support/test-app.js';

let app: TestApp;
let summer: LinkResponse;
let winter: LinkResponse;
let network: NetworkResponse;
let converted: string;

beforeAll(async () => {
  app = await TestApp.start();
  await app.startReader();
  await app.loadRates();
  await app.api('patch', '/workspaces/current').send({ currency: 'EUR' });
  network = await app.createNetwork({ name: 'Casino One' });
  summer = await app.createLink({ tags: ['paid', 'social'], campaign: 'summer', networkId: network.id });
  winter = await app.createLink();
  converted = await app.clickId(summer, '?sub1=x&source=mail');
  const other = await app.clickId(summer, '?sub1=y');
  await app.clickId(winter, '?sub1=x');
  await app.plain('get', `/${winter.slug}`).set('host', winter.domain).set('user-agent', 'curl/8.0');
  await app.storedClick(converted);
  await app.storedClick(other);
  await app.goodPostback(network, `click_id=${converted}&event=registration&txid=r1`);
  await app.goodPostback(network, `click_id=${converted}&event=ftd&payout=50.25&status=approved&txid=f1`);
  await app.goodPostback(network, `click_id=${other}&event=ftd&payout=7&status=pending&txid=f2`);
  await eventually(
    () => report('metrics=clicks,conversions'),
    ({ totals }) => totals['clicks'] === 4 && totals['conversions'] === 3,
  );
}, 60_000);

afterAll(() => app.close());

async function report(query: string, key?: string): Promise<ReportResponse> {
  return (await get<ReportResponse>(`?${query}`, key)) as ReportResponse;
}

async function get<T>(path: string, key?: string): Promise<T> {
  const response = await app.api('get', `/reports${path}`, key);
  expect(response.status, response.text).toBe(200);
  return response.body as T;
}

async function problems(query: string): Promise<{ path: string; code: string; message: string }[]> {
  const response = await app.api('get', `/reports${query}`);
  expect(response.status, response.text).toBe(422);
  return (response.body as { errors: { path: string; code: string; message: string }[] }).errors;
}

const today = new Date().toISOString().slice(0, 10);
const eur = (amount: string) => ({ amount, currency: 'EUR' });

describe('a report', () => {
  itAsksForKeyAndScope(
    () => app,
    [
      ['get', '/reports', 'reports:read'],
      ['get', '/reports/timeseries', 'reports:read'],
      ['get', '/reports/funnel', 'reports:read'],
      ['get', '/reports/heatmap', 'reports:read'],
      ['get', '/reports/values?dimension=country', 'reports:read'],
      ['get', '/reports/metrics', 'reports:read'],
    ],
  );

  it('has the totals of the last seven days by default', async () => {
    const { rows, totals, others, complete, asOf, timezone, timeBy, currency } = await report('');
    expect({ rows, others, complete, timezone, timeBy, currency }).toEqual({
      rows: [],
      others: null,
      complete: true,
      timezone: 'UTC',
      timeBy: 'click',
      currency: 'EUR',
    });
    expect(Date.parse(asOf ?? '')).toBeGreaterThan(Date.now() - 60_000);
    expect(totals).toMatchObject({
      clicks: 4,
      humanClicks: 3,
      botClicks: 1,
      registrations: 1,
      ftds: 2,
      approved: 2,
      pending: 1,
      rejected: 0,
      payout: eur('50.25'),
      revenue: eur('50.25'),
      cost: eur('0.00'),
      epc: eur('16.75'),
      roi: null,
      crRegistration: 33.333333,
    });
  });

  it('groups by up to three dimensions, with the names of links and networks', async () => {
    const { rows, labels, groups } = await report('groupBy=link,network,sub1&metrics=clicks,ftds');
    expect(groups).toBe(4);
    expect(rows).toContainEqual({ link: summer.id, network: network.id, sub1: 'x', clicks: 1, ftds: 1 });
    expect(labels).toEqual({
      link: { [summer.id]: `localhost/${summer.slug}`, [winter.id]: `localhost/${winter.slug}` },
      network: { [network.id]: 'Casino One' },
    });
  });

  it('takes campaign, tags and domain of links as they are now', async () => {
    await app.api('patch', `/links/${winter.id}`).send({ campaign: 'late', tags: ['paid'] });
    const rows = await eventually(
      async () => (await report('groupBy=campaign,domain&metrics=clicks')).rows,
      (found) => found.some(({ campaign }) => campaign === 'late'),
    );
    expect(rows).toEqual([
      { campaign: 'late', domain: 'localhost', clicks: 2 },
      { campaign: 'summer', domain: 'localhost', clicks: 2 },
    ]);
    const byTag = await report('groupBy=tag&metrics=clicks');
    expect(byTag.rows).toEqual([
      { tag: 'paid', clicks: 4 },
      { tag: 'social', clicks: 2 },
    ]);
    expect(byTag.totals).toEqual({ clicks: 4 });
  });

  it('filters by every form of a filter', async () => {
    const clicksOf = async (query: string) => (await report(`metrics=clicks&${query}`)).totals['clicks'];
    expect(await clicksOf('sub1=x')).toBe(2);
    expect(await clicksOf('sub1=x,y')).toBe(3);
    expect(await clicksOf('sub1=-x')).toBe(2);
    expect(await clicksOf('sub1=(none)')).toBe(1);
    expect(await clicksOf('source=~AI')).toBe(1);
    expect(await clicksOf('source=-~AI')).toBe(3);
    expect(await clicksOf('tag=social')).toBe(2);
    expect(await clicksOf(`link=${summer.id}&sub1=x`)).toBe(1);
    expect(await clicksOf('botReason=(none)')).toBe(3);
    expect(await clicksOf('eventType=ftd')).toBe(4);
    expect(await clicksOf('under=eventType:ftd')).toBe(0);
    expect(await clicksOf('under=sub1:x')).toBe(2);
  });

  it('limits rows and sums up the others', async () => {
    const { rows, others, totals } = await report('groupBy=sub1&metrics=clicks,epc&limit=1&sort=sub1');
    expect(rows).toEqual([{ sub1: 'x', clicks: 2, epc: eur('25.125') }]);
    expect(others).toEqual({ groups: 2, clicks: 2, epc: eur('0.00') });
    expect(totals).toEqual({ clicks: 4, epc: eur('16.75') });
  });

  it('compares with another period', async () => {
    const { rows, totals, compare } = await report('groupBy=day&metrics=clicks&compare=previous');
    expect(rows).toEqual([{ day: today, clicks: 4, compare: { clicks: 0 } }]);
    expect(totals).toEqual({ clicks: 4, compare: { clicks: 0 } });
    expect(compare).not.toBeNull();
    const from = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10);
    const before = await report(`from=${from}&to=${from}&compare=${today}..${today}&groupBy=sub1&metrics=clicks`);
    expect(before.totals).toEqual({ clicks: 0, compare: { clicks: 4 } });
    expect(before.rows).toContainEqual({ sub1: 'x', clicks: 0, compare: { clicks: 2 } });
  });

  it('says zeros where there is nothing', async () => {
    const { rows, totals } = await report('from=2020-01-01&to=2020-01-02&groupBy=country&metrics=clicks,revenue,epc');
    expect({ rows, totals }).toEqual({ rows: [], totals: { clicks: 0, revenue: eur('0.00'), epc: null } });
  });

  it('streams as CSV exactly what is asked', async () => {
    const response = await app
      .api('get', '/reports?groupBy=link,sub1&metrics=clicks,revenue&sort=-revenue,sub1&limit=2')
      .set('accept', 'text/csv');
    expect(response.headers['content-type']).toContain('text/csv');
    expect(response.text.split('\r\n').slice(0, 3)).toEqual([
      'link,linkName,sub1,clicks,revenue,currency',
      `${summer.id},localhost/${summer.slug},x,1,50.25,EUR`,
      `${winter.id},localhost/${winter.slug},x,1,0.00,EUR`,
    ]);
  });

  it('names all that is wrong with it, and what there is', async () => {
    const errors = await problems('?groupBy=lunk&metrics=click&sort=-foo&asn=x&under=a&timezone=Berlin&compare=x');
    expect(errors.map(({ path, code }) => `${path} ${code}`)).toEqual([
      'timezone unknown_timezone',
      'groupBy unknown_dimension',
      'metrics unknown_metric',
      'sort unknown_metric',
      'asn invalid_value',
      'under invalid',
      'compare invalid',
    ]);
    expect(errors[0]?.message).toContain('Europe/Berlin');
    expect(errors[1]?.message).toContain('link, source, sub1');
    expect(errors[2]?.message).toContain('humanClicks');
    const four = await problems('?groupBy=link,country,city,os');
    expect(four).toMatchObject([{ path: 'groupBy', code: 'too_many' }]);
    expect(await problems('?colour=red')).toMatchObject([{ path: 'colour', code: 'unknown_field' }]);
    expect(await problems('?from=2026-01-02&to=2026-01-01')).toMatchObject([{ path: 'to' }]);
  });

  it('shows a workspace nothing of another one', async () => {
    const { apiKey } = await app.createWorkspace();
    expect((await report('groupBy=link&metrics=clicks', apiKey)).rows).toEqual([]);
    expect((await report(`link=${summer.id}&metrics=clicks`, apiKey)).totals).toEqual({ clicks: 0 });
    const { values } = await get<{ values: unknown[] }>('/values?dimension=sub1', apiKey);
    expect(values).toEqual([]);
  });
});

describe('views of reports', () => {
  it('show metrics over time without gaps', async () => {
    const { points, totals } = await get<{ points: Record<string, unknown>[]; totals: object }>(
      '/timeseries?interval=day&metrics=clicks,ftds&compare=previous',
    );
    expect(points).toHaveLength(7);
    expect(points[0]).toMatchObject({ clicks: 0, ftds: 0, compare: { clicks: 0, ftds: 0 } });
    expect(points[0]).not.toHaveProperty('unfinished');
    expect(points.at(-1)).toEqual({
      start: `${today}T00:00:00.000Z`,
      unfinished: true,
      clicks: 4,
      ftds: 2,
      compare: { clicks: 0, ftds: 0 },
    });
    expect(totals).toMatchObject({ clicks: 4 });
    const tooMany = await problems('/timeseries?interval=hour&from=2020-01-01');
    expect(tooMany).toMatchObject([{ path: 'interval', code: 'too_many' }]);
  });

  it('mark changes of links and networks, and loaded rates', async () => {
    await app.api('patch', `/links/${winter.id}`).send({ url: 'https://shop.example/other', title: 'Other' });
    const { annotations } = await get<{ annotations: object[] }>('/timeseries?metrics=clicks');
    expect(annotations).toContainEqual(expect.objectContaining({ kind: 'rates_loaded', label: '', fields: [] }));
    expect(annotations.at(-1)).toMatchObject({
      kind: 'link_changed',
      objectId: winter.id,
      label: `localhost/${winter.slug}`,
      fields: ['url'],
    });
    const ofSummer = await get<{ annotations: { kind: string }[] }>(`/timeseries?link=${summer.id}`);
    expect(ofSummer.annotations.filter(({ kind }) => kind === 'link_changed')).toEqual([]);
  });

  it('show the funnel', async () => {
    const { steps } = await get<{ steps: Record<string, unknown>[] }>('/funnel');
    expect(steps.map(({ name, count }) => [name, count])).toEqual([
      ['humanClicks', 3],
      ['registrations', 1],
      ['ftds', 2],
      ['deposits', 0],
      ['qualified', 0],
      ['approved', 2],
    ]);
    expect(steps[2]).toMatchObject({ fromPrevious: 200, fromFirst: 66.666667, compare: null });
    expect(steps[3]).toMatchObject({ fromPrevious: 0 });
    expect(steps[4]).toMatchObject({ fromPrevious: null });
    expect(steps[1]?.['medianSeconds']).toBeGreaterThanOrEqual(0);
  });

  it.each([
    ['/funnel?metrics=clicks', 'metrics'],
    ['/values?dimension=sub1&metrics=clicks', 'metrics'],
    ['/values?dimension=sub1&compare=previous', 'compare'],
    ['/values?dimension=sub1&matchWeekday=true', 'matchWeekday'],
  ])('refuse a parameter without a meaning in %s', async (path, parameter) => {
    expect(await problems(path)).toMatchObject([{ path: parameter }]);
  });

  it('show the hours of the week', async () => {
    const { cells } = await get<{ cells: Record<string, number>[] }>('/heatmap?metrics=clicks');
    expect(cells).toHaveLength(168);
    expect(cells.reduce((sum, { clicks = 0 }) => sum + clicks, 0)).toBe(4);
  });

  it('list the values of a dimension', async () => {
    const all = await get<{ values: object[] }>('/values?dimension=sub1');
    expect(all.values).toEqual([
      { value: 'x', label: 'x', clicks: 2, conversions: 2 },
      { value: 'y', label: 'y', clicks: 1, conversions: 1 },
      { value: null, label: '', clicks: 1, conversions: 0 },
    ]);
    expect((await get<{ values: object[] }>('/values?dimension=sub1&q=Y')).values).toHaveLength(1);
    const links = await get<{ values: { value: string; label: string }[]; hasMore: boolean }>(
      `/values?dimension=link&q=${summer.slug}`,
    );
    expect(links.values).toMatchObject([{ value: summer.id, label: `localhost/${summer.slug}` }]);
    expect((await get<{ hasMore: boolean }>('/values?dimension=link&limit=1')).hasMore).toBe(true);
    expect(await problems('/values?dimension=colour')).toMatchObject([{ path: 'dimension' }]);
  });
});

describe('the copy for reports', () => {
  it('has a click once, however often its reader ends', async () => {
    for (let round = 0; round < 3; round++) {
      await app.stopReader();
      await app.startReader();
    }
    await app.reportsCaughtUp();
    expect((await report('metrics=clicks,conversions')).totals).toEqual({ clicks: 4, conversions: 3 });
  });

  it('follows a conversion that changes, and an erased click', async () => {
    await app.goodPostback(network, `click_id=${converted}&event=ftd&status=rejected&txid=f1`);
    expect((await app.api('delete', `/clicks/${converted}`)).status).toBeLessThan(300);
    await app.reportsCaughtUp();
    const { rows } = await report('groupBy=source,sub1&metrics=clicks,rejected,revenue&sort=source,sub1');
    expect(rows.find(({ source }) => source === 'mail')).toBeUndefined();
    expect(rows).toContainEqual({ source: null, sub1: null, clicks: 2, rejected: 1, revenue: eur('0.00') });
  });

  it('is made again when it is lost', async () => {
    await app.loseReports();
    await app.reportsCaughtUp();
    const { totals, complete } = await report('metrics=clicks,conversions,rejected');
    expect({ totals, complete }).toEqual({ totals: { clicks: 4, conversions: 3, rejected: 1 }, complete: true });
  });

  it('says 503 and what to do while its reader is away', async () => {
    await app.stopReader();
    const response = await app.api('get', '/reports');
    expect(response.status).toBe(503);
    expect(response.body).toMatchObject({
      code: 'unavailable',
      detail: expect.stringContaining('try again') as string,
    });
    await app.startReader();
  });
});

describe('own formulas', () => {
  itAsksForKeyAndScope(
    () => app,
    [
      ['get', '/reports/formulas', 'reports:read'],
      ['post', '/reports/formulas', 'reports:write'],
      ['patch', '/reports/formulas/fml_x', 'reports:write'],
      ['delete', '/reports/formulas/fml_x', 'reports:write'],
    ],
  );

  const create = (body: object) => app.api('post', '/reports/formulas').send(body);

  it('are metrics like the built-in ones, also over one another', async () => {
    const made = await create({ name: 'perFtd', expression: 'revenueExpected / ftds', unit: 'money' });
    expect(made.status, made.text).toBe(201);
    await create({ name: 'doubled', expression: 'perFtd * 2' });
    const { totals, rows } = await report('groupBy=sub1&metrics=clicks,perFtd,doubled&sort=-doubled&limit=1');
    expect(totals).toMatchObject({ clicks: 4 });
    expect(rows[0]).toHaveProperty('perFtd.currency', 'EUR');
    expect(typeof rows[0]?.['doubled']).toBe('number');
    const { metrics } = await get<{ metrics: { name: string; isOwn: boolean }[] }>('/metrics');
    expect(metrics.filter(({ isOwn }) => isOwn).map(({ name }) => name)).toEqual(['doubled', 'perFtd']);
  });

  it('are changed, and deleted once no other formula uses them', async () => {
    const { data } = await get<{ data: { id: string; name: string }[] }>('/formulas');
    const idOf = (name: string) => data.find((formula) => formula.name === name)?.id ?? '';
    const renamed = await app.api('patch', `/reports/formulas/${idOf('perFtd')}`).send({ name: 'other' });
    expect(renamed.status).toBe(409);
    const changed = await app.api('patch', `/reports/formulas/${idOf('perFtd')}`).send({ expression: 'cost / ftds' });
    expect(changed.body).toMatchObject({ name: 'perFtd', expression: 'cost / ftds', unit: 'money' });
    expect((await app.api('delete', `/reports/formulas/${idOf('perFtd')}`)).status).toBe(409);
    expect((await app.api('delete', `/reports/formulas/${idOf('doubled')}`)).status).toBe(204);
    expect((await app.api('delete', `/reports/formulas/${idOf('perFtd')}`)).status).toBe(204);
    expect((await app.api('delete', `/reports/formulas/${idOf('perFtd')}`)).status).toBe(404);
  });

  it('are refused with what is wrong', async () => {
    expect((await create({ name: 'epc', expression: 'cost' })).status).toBe(409);
    expect((await create({ name: 'country', expression: 'cost' })).status).toBe(409);
    const unknown = await create({ name: 'a', expression: 'cost / ftdz' });
    expect(unknown.status).toBe(422);
    expect(unknown.body).toMatchObject({
      errors: [{ path: 'expression', message: expect.stringContaining('ftds') as string }],
    });
    expect((await create({ name: 'b', expression: 'b + 1' })).status).toBe(422);
    expect((await create({ name: '1b', expression: '1' })).status).toBe(422);
    expect((await create({ name: 'c', expression: '(1' })).status).toBe(422);
  });
});
