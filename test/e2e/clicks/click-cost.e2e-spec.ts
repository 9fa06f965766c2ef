import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LinkResponse } from '../../../src/links/links.dto.js';
import { eventually } from '../../support/eventually.js';
import { TestApp } from '../../support/test-app.js';

let app: TestApp;
beforeAll(async () => {
  app = await TestApp.start();
  await app.api('patch', '/workspaces/current').send({ currency: 'EUR' });
});
afterAll(() => app.close());

const eur = (amount: string) => ({ amount, currency: 'EUR' });
const usd = (amount: string) => ({ amount, currency: 'USD' });

async function costs(link: LinkResponse, query = '') {
  const { cost, costGiven } = await app.storedClick(await app.clickId(link, query));
  return { cost, costGiven };
}

describe('the cost of a click', () => {
  it('is absent by default', async () => {
    expect(await costs(await app.createLink())).toEqual({ cost: null, costGiven: null });
  });

  it("is the link's, until the link has another one", async () => {
    const link = await app.createLink({ cost: eur('0.05') });
    expect(await costs(link)).toEqual({ cost: eur('0.05'), costGiven: null });
    await app.api('patch', `/links/${link.id}`).send({ cost: eur('0.07') });
    await eventually(
      () => costs(link),
      ({ cost }) => cost?.amount === '0.07',
    );
    await app.api('patch', `/links/${link.id}`).send({ cost: null });
    await eventually(
      () => costs(link),
      ({ cost }) => cost === null,
    );
  });

  it('is there for links with rules and variants too, beside the variant', async () => {
    const variants = [{ name: 'A', url: 'https://shop.example/a', weight: 1 }];
    const link = await app.createLink({ cost: eur('0.05'), variants });
    const click = await app.storedClick(await app.clickId(link));
    expect(click).toMatchObject({ variant: 'A', cost: eur('0.05') });
  });

  it("is the parameter's, if the source sends one", async () => {
    const link = await app.createLink({ cost: eur('0.05') });
    expect(await costs(link, '?cost=0.0123')).toEqual({ cost: eur('0.0123'), costGiven: null });
    expect(await costs(link, '?cost=%7Bcost%7D')).toEqual({ cost: eur('0.05'), costGiven: null });
  });

  it('is converted at the rate of the day, and stays as it was given where there is none', async () => {
    await app.loadRates();
    const link = await app.createLink({ cost: usd('1') });
    const { cost, costGiven } = await eventually(
      () => costs(link),
      ({ cost: converted }) => converted?.currency === 'EUR',
    );
    expect(costGiven).toEqual(usd('1.00'));
    expect(Number(cost?.amount)).toBeGreaterThan(0.5);
    expect(await costs(link, '?cost=2USDT')).toEqual({
      cost: { amount: '2.00', currency: 'USDT' },
      costGiven: { amount: '2.00', currency: 'USDT' },
    });
  });

  it('is in the CSV of clicks', async () => {
    const link = await app.createLink({ cost: eur('0.05') });
    await costs(link);
    const { text } = await app.api('get', `/clicks/export?linkId=${link.id}`);
    const [header, row] = text.split('\r\n');
    expect(header).toContain(',botReason,costAmount,costCurrency,isUnique,');
    expect(row).toContain(',false,,0.05,EUR,true,');
  });
});
