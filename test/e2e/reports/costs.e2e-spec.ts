import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LinkResponse } from '../../../src/links/links.dto.js';
import type { CostResponse } from '../../../src/reports/costs/costs.dto.js';
import type { ReportResponse } from '../../../src/reports/reports.dto.js';
import { itAsksForKeyAndScope } from '../../support/api/access.js';
import { eventually } from '../../support/eventually.js';
import { TestApp } from '../../support/test-app.js';

let app: TestApp;
beforeAll(async () => {
  app = await TestApp.start();
  await app.startReader();
  await app.loadRates();
  await app.api('patch', '/workspaces/current').send({ currency: 'EUR' });
}, 60_000);
afterAll(() => app.close());

const today = new Date().toISOString().slice(0, 10);
const eur = (amount: string) => ({ amount, currency: 'EUR' });

const upload = (...costs: object[]) => app.api('put', '/costs').send({ costs });

async function stored(key?: string): Promise<CostResponse[]> {
  const response = await app.api('get', '/costs', key);
  expect(response.status, response.text).toBe(200);
  return (response.body as { data: CostResponse[] }).data;
}

async function report(query: string, key?: string): Promise<ReportResponse> {
  const response = await app.api('get', `/reports?${query}`, key);
  expect(response.status, response.text).toBe(200);
  return response.body as ReportResponse;
}

/** Rows by their only dimension, as `cost`, when all clicks are there. */
async function costsBy(dimension: string, link: LinkResponse): Promise<Record<string, string>> {
  const { rows } = await report(`groupBy=${dimension}&metrics=cost&link=${link.id}`);
  return Object.fromEntries(rows.map((row) => [String(row[dimension]), (row['cost'] as { amount: string }).amount]));
}

async function deleteAll(): Promise<void> {
  for (const { id } of await stored()) expect((await app.api('delete', `/costs/${id}`)).status).toBe(204);
}

async function audited(action: string): Promise<{ before: object | null; after: object | null }[]> {
  const { body } = await app.api('get', `/audit-log?action=${action}`);
  return (body as { data: { before: object | null; after: object | null }[] }).data;
}

describe('uploaded costs', () => {
  itAsksForKeyAndScope(
    () => app,
    [
      ['get', '/costs', 'reports:read'],
      ['put', '/costs', 'reports:write'],
      ['delete', '/costs/cst_x', 'reports:write'],
    ],
  );

  it('are spread over the clicks of their source, in place of the cost of the link', async () => {
    const link = await app.createLink({ cost: eur('0.10') });
    for (const query of ['?source=ads', '?source=ads', '?source=ads', '?source=mail', ''])
      await app.clickId(link, query);
    await eventually(
      () => costsBy('source', link),
      (costs) => JSON.stringify(costs) === JSON.stringify({ ads: '0.30', mail: '0.10', null: '0.10' }),
    );
    const answer = await upload({ day: today, source: 'ads', amount: '10' });
    expect(answer.status, answer.text).toBe(200);
    expect(answer.body).toEqual({ created: 1, replaced: 0, unchanged: 0 });
    await eventually(
      () => costsBy('source', link),
      (costs) => costs['ads'] === '10.00',
    );
    const { totals, rows } = await report(`metrics=cost,cpc,profit&groupBy=source&link=${link.id}`);
    expect(totals).toEqual({ cost: eur('10.20'), cpc: eur('2.04'), profit: eur('-10.20') });
    expect(rows.find(({ source }) => source === 'ads')).toMatchObject({ cpc: eur('3.333333') });

    const [cost] = await stored();
    expect(cost).toMatchObject({ day: today, timezone: 'UTC', by: { source: 'ads' }, given: eur('10.00'), clicks: 3 });
    await app.clickId(link, '?source=ads');
    await eventually(
      () => report(`metrics=clicks,cost&link=${link.id}`),
      ({ totals: all }) => all['clicks'] === 6 && (all['cost'] as { amount: string }).amount === '10.20',
    );

    await deleteAll();
    await eventually(
      () => costsBy('source', link),
      (costs) => costs['ads'] === '0.40',
    );
    expect((await audited('cost.deleted'))[0]?.before).toMatchObject({ by: { source: 'ads' }, given: eur('10') });
  });

  it('follow the campaign of a link, and the values of two dimensions', async () => {
    const link = await app.createLink({ campaign: 'autumn' });
    await app.clickId(link, '?sub1=a');
    await app.clickId(link, '?sub1=b');
    await upload(
      { day: today, campaign: 'autumn', sub1: 'a', amount: '1.50' },
      { day: today, campaign: 'winter', sub1: 'a', amount: '7' },
    );
    await eventually(
      () => costsBy('sub1', link),
      (costs) => JSON.stringify(costs) === JSON.stringify({ a: '1.50', b: '0.00' }),
    );
    await app.api('patch', `/links/${link.id}`).send({ campaign: 'winter' });
    await eventually(
      () => costsBy('sub1', link),
      (costs) => costs['a'] === '7.00',
    );
    await deleteAll();
  });

  it('are replaced by those of the same day and values; the audit log has both amounts', async () => {
    const day = '2026-11-20';
    expect((await upload({ day, source: 'x', amount: '5' }, { day, source: 'y', amount: '6' })).body).toEqual({
      created: 2,
      replaced: 0,
      unchanged: 0,
    });
    const before = await stored();
    expect((await upload({ day, source: 'x', amount: '5.00' }, { day, source: 'y', amount: '7' })).body).toEqual({
      created: 0,
      replaced: 1,
      unchanged: 1,
    });
    const after = await stored();
    expect(after.map(({ id }) => id)).toEqual(before.map(({ id }) => id));
    expect(after.map(({ given }) => given.amount).sort()).toEqual(['5.00', '7.00']);
    expect(await audited('cost.updated')).toMatchObject([{ before: { given: eur('6') }, after: { given: eur('7') } }]);
    const [latest] = await audited('costs.uploaded');
    expect(latest?.after).toMatchObject({ replaced: 1, unchanged: 1, firstDay: day, amounts: ['7.00 EUR'] });
    await deleteAll();
  });

  it('are converted by the rate of their day, and refused where there is none', async () => {
    const response = await upload({ day: '2026-11-20', source: 'x', amount: '100', currency: 'USD' });
    expect(response.status, response.text).toBe(200);
    const [cost] = await stored();
    expect(cost?.given).toEqual({ amount: '100.00', currency: 'USD' });
    expect(cost?.cost.currency).toBe('EUR');
    expect(Number(cost?.cost.amount)).toBeLessThan(100);
    await deleteAll();
    const refused = await upload({ day: '2026-11-20', source: 'x', amount: '100', currency: 'USDT' });
    expect(refused.status).toBe(422);
    expect(refused.body).toMatchObject({ errors: [{ path: 'costs.0.currency', code: 'rate_missing' }] });
    expect(await stored()).toEqual([]);
  });

  it('are refused while clicks would belong to two of them', async () => {
    const day = '2026-11-20';
    await upload({ day, source: 'x', amount: '5' });
    const other = await upload({ day, sub1: 'z', amount: '5' });
    expect(other.status).toBe(409);
    expect((other.body as { detail: string }).detail).toBe(
      'costs.0: the cost of sub1 "z" on 2026-11-20 (UTC) may have clicks in common with the cost of source "x" on 2026-11-20 (UTC). ' +
        'Delete that one first, or give both a dimension that tells them apart, such as source.',
    );
    expect((await upload({ day, source: 'x', timezone: 'Europe/Berlin', amount: '5' })).status).toBe(409);
    expect((await upload({ day, source: 'y', sub1: 'z', amount: '5' })).status).toBe(200);
    expect((await upload({ day: '2026-11-19', amount: '5' })).status).toBe(200);
    expect(
      (await upload({ day: '2026-11-18', amount: '5' }, { day: '2026-11-18', sub2: 'a', amount: '1' })).status,
    ).toBe(409);
    expect(await stored()).toHaveLength(3);
    await deleteAll();
  });

  it('come from a file, all or none, with the line of each problem', async () => {
    const put = (csv: string) => app.api('put', '/costs').set('content-type', 'text/csv').send(csv);
    const bad = await put('day,source,amount\n2026-11-20,x,5\n2026-13-01,x,5\n2026-11-20,y,5;0\n');
    expect(bad.status).toBe(422);
    expect(bad.body).toMatchObject({
      errors: [
        { path: 'line 3.day', code: 'is_day' },
        { path: 'line 4.amount', code: 'amount' },
      ],
    });
    expect(await stored()).toEqual([]);
    const good = await put('Day;Source;amount\n2026-11-20;x;5\n2026-11-19;x;6\n');
    expect(good.status, good.text).toBe(200);
    expect((await stored()).map(({ day, by }) => ({ day, by }))).toHaveLength(2);
    const ofDay = await app.api('get', '/costs?from=2026-11-20&to=2026-11-20');
    expect((ofDay.body as { data: CostResponse[] }).data.map(({ day }) => day)).toEqual(['2026-11-20']);
    await deleteAll();
  });

  it.each([
    [{}, 'costs'],
    [{ costs: [] }, 'costs'],
    [{ costs: [5] }, 'costs.0'],
    [{ costs: [{ day: today }] }, 'costs.0.amount'],
    [{ costs: [{ day: today, amount: 5 }] }, 'costs.0.amount'],
    [{ costs: [{ day: today, amount: '-5' }] }, 'costs.0.amount'],
    [{ costs: [{ day: '2999-01-01', amount: '5' }] }, 'costs.0.day'],
    [{ costs: [{ day: today, amount: '5', timezone: 'Berlin' }] }, 'costs.0.timezone'],
    [{ costs: [{ day: today, amount: '5', currency: 'eur' }] }, 'costs.0.currency'],
    [{ costs: [{ day: today, amount: '5', country: 'DE' }] }, 'costs.0.country'],
    [{ costs: [{ day: today, amount: '5', link: 'lnk_x' }] }, 'costs.0.link'],
    [
      {
        costs: [
          { day: today, amount: '5' },
          { day: today, amount: '6' },
        ],
      },
      'costs.1',
    ],
    [{ costs: [{ day: today, amount: '5', sub1: 'x'.repeat(501) }] }, 'costs.0.sub1'],
  ])('%j is refused: %s', async (body, path) => {
    const response = await app.api('put', '/costs').send(body);
    expect(response.status, response.text).toBe(422);
    expect((response.body as { errors: { path: string }[] }).errors.map((error) => error.path)).toContain(path);
  });

  it('of another workspace are neither shown, deleted nor counted, nor may they name its links', async () => {
    const link = await app.createLink();
    await app.clickId(link, '?source=own');
    await upload({ day: today, source: 'own', amount: '5' });
    const [cost] = await stored();
    const { apiKey } = await app.createWorkspace();
    expect(await stored(apiKey)).toEqual([]);
    expect((await app.api('delete', `/costs/${cost?.id}`, apiKey)).status).toBe(404);
    const foreign = await app
      .api('put', '/costs', apiKey)
      .send({ costs: [{ day: today, link: link.id, amount: '1' }] });
    expect(foreign.status).toBe(422);
    expect((await app.api('put', '/costs', apiKey).send({ costs: [{ day: today, amount: '9' }] })).status).toBe(200);
    await eventually(
      () => costsBy('source', link),
      (costs) => costs['own'] === '5.00',
    );
    const { totals } = await report('metrics=cost', apiKey);
    expect((totals['cost'] as { amount: string }).amount).toBe('0.00');
    expect((await stored(apiKey)).map(({ clicks }) => clicks)).toEqual([0]);
    await deleteAll();
  });

  it('in a former currency of the workspace are beside the other numbers', async () => {
    const { apiKey } = await app.createWorkspace();
    await app.api('patch', '/workspaces/current', apiKey).send({ currency: 'EUR' });
    const link = await app.createLink({}, apiKey);
    const id = new URL((await app.click(link, '?source=x')).headers['location'] ?? '').searchParams.get('click_id');
    await app.storedClick(id ?? '', apiKey);
    await app.api('put', '/costs', apiKey).send({ costs: [{ day: today, source: 'x', amount: '5' }] });
    await eventually(
      () => report('metrics=cost', apiKey),
      ({ totals }) => (totals['cost'] as { amount: string }).amount === '5.00',
    );
    await app.api('patch', '/workspaces/current', apiKey).send({ currency: 'USD' });
    await eventually(
      () => report('metrics=cost', apiKey),
      ({ currency, otherCosts }) => currency === 'USD' && otherCosts?.length !== 0,
    );
    const { totals, otherCosts } = await report('metrics=cost', apiKey);
    expect(totals).toEqual({ cost: { amount: '0.00', currency: 'USD' } });
    expect(otherCosts).toEqual([eur('5.00')]);
  });
});
