import { afterAll, beforeAll, expect, it } from 'vitest';
import type { ConversionResponse } from '../../../src/conversions/conversions.dto.js';
import { eventually } from '../../support/eventually.js';
import { TestApp } from '../../support/test-app.js';

/** More than one batch. */
const MANY = 230;
const DAY = 'time=2024-05-08T12:00:00Z';

let app: TestApp;
beforeAll(async () => {
  app = await TestApp.start();
});
afterAll(() => app.close());

const load = async (key: string, csv: string): Promise<void> => {
  const response = await app.api('put', '/exchange-rates', key).set('content-type', 'text/csv').send(csv);
  expect(response.status, response.text).toBe(200);
};
/** A link of a workspace of its own, which counts in USD, and a network that pays in EUR. */
const setUp = async () => {
  const { apiKey } = await app.createWorkspace();
  const network = await app.createNetwork({ currency: 'EUR' }, apiKey);
  const link = await app.createLink({}, apiKey);
  const clickId = await app.clickId(link);
  const tell = async (query: string): Promise<string> =>
    (await app.goodPostback(network, `click_id=${clickId}&${query}`)).conversionId ?? '';
  const revenues = async (): Promise<object[]> => (await app.link(link.id, apiKey)).stats.revenues ?? [];
  const conversion = async (id: string): Promise<ConversionResponse> =>
    (await app.api('get', `/conversions/${id}`, apiKey)).body as ConversionResponse;
  return { apiKey, tell, revenues, conversion };
};

it('gives conversions their revenue once the rate of their day is loaded, and counts what is approved', async () => {
  const { apiKey, tell, revenues, conversion } = await setUp();
  const ids = await Promise.all(Array.from({ length: MANY }, (_, i) => tell(`event=sale&txid=S${i}&payout=10&${DAY}`)));
  const rejected = await tell(`event=sale&txid=R&payout=10&status=rejected&${DAY}`);
  const unknown = await tell(`event=sale&txid=U&payout=10&currency=AED&${DAY}`);
  expect(await conversion(ids[0] ?? '')).toMatchObject({ revenue: null, flags: ['rate_missing', 'before_click'] });
  expect(await revenues()).toEqual([]);

  await load(apiKey, 'Date,USD\n2024-05-07,1.1\n');
  await eventually(revenues, (list) => JSON.stringify(list) === '[{"currency":"USD","amount":"2530.00"}]');
  const told = await conversion(ids.at(-1) ?? '');
  expect(told).toMatchObject({ revenue: { amount: '11.00', currency: 'USD' }, flags: ['before_click'] });
  expect(told.history).toHaveLength(1);
  await eventually(
    () => conversion(rejected),
    ({ revenue }) => revenue?.amount === '11.00',
  );
  expect(await conversion(unknown)).toMatchObject({ revenue: null, flags: ['rate_missing', 'before_click'] });

  // The same again adds nothing, and what was converted stays.
  await load(apiKey, 'Date,USD,AED\n2024-05-08,2,4\n');
  await eventually(
    () => conversion(unknown),
    ({ revenue }) => revenue?.amount === '5.00',
  );
  expect(await revenues()).toEqual([{ currency: 'USD', amount: '2535.00' }]);
});

it('leaves other workspaces alone', async () => {
  const [owner, other] = [await setUp(), await setUp()];
  const [mine, theirs] = [
    await owner.tell(`event=sale&payout=1&${DAY}`),
    await other.tell(`event=sale&payout=1&${DAY}`),
  ];
  await load(owner.apiKey, 'Date,USD\n2024-05-08,1.5\n');
  await eventually(
    () => owner.conversion(mine),
    ({ revenue }) => revenue?.amount === '1.50',
  );
  expect((await other.conversion(theirs)).revenue).toBeNull();
  expect(await other.revenues()).toEqual([]);
});
