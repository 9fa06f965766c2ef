import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { NetworkResponse } from '../../../src/networks/networks.dto.js';
import { TestApp } from '../../support/test-app.js';

let app: TestApp;
let network: NetworkResponse;
beforeAll(async () => {
  app = await TestApp.start();
  await app.loadRates();
  // What a browser can not prove is not asked of a page; and what the network calls things does not bind it.
  const mapping = { params: { click_id: ['ref'] }, events: { lead: 'registration' } };
  const security = { token: { param: 'pass', value: 'a-good-token' } };
  network = await app.createNetwork({ mapping, security });
});
afterAll(() => app.close());

const page = async (clickId: string, query: string): Promise<string | undefined> => {
  const response = await app.plain('get', `/pixel/${network.pixelKey}.gif?click_id=${clickId}&${query}`);
  return response.headers['x-hopback-verdict'];
};
const post = async (clickId: string, query: string): Promise<string> =>
  (await app.goodPostback(network, `ref=${clickId}&pass=a-good-token&${query}`)).verdict;
const conversionsOf = (clickId: string) => app.conversions(`clickId=${clickId}`);

describe('a page and its network', () => {
  it.each([
    ['registration', '', ''],
    ['ftd', '&txid=ORDER-1', '&txid=N-1'],
    ['deposit', '', '&txid=N-2'],
    ['sale', '&txid=ORDER-3', '&txid=ORDER-3'],
  ])('report one %s, whichever is first', async (event, fromPage, fromNetwork) => {
    const [pageFirst, networkFirst] = [await app.clickedLink(), await app.clickedLink()];
    const told = [
      `event=${event}&payout=99${fromPage}`,
      `event=${event}&payout=50&status=pending${fromNetwork}`,
    ] as const;

    expect(await page(pageFirst.clickId, told[0].replace('ORDER', pageFirst.clickId))).toBe('accepted');
    const [early] = await conversionsOf(pageFirst.clickId);
    // This network asks for a token, which no page can have: nothing is approved by one.
    expect(early).toMatchObject({ status: 'pending', flags: expect.arrayContaining(['pixel_only']) });
    expect(await post(pageFirst.clickId, told[1].replace('ORDER', pageFirst.clickId))).toBe('updated');

    const later = told.map((one) => one.replace('ORDER', networkFirst.clickId).replace('N-', `N-${event}`));
    expect(await post(networkFirst.clickId, later[1] ?? '')).toBe('accepted');
    expect(await page(networkFirst.clickId, later[0] ?? '')).toBe('duplicate');

    for (const { link, clickId } of [pageFirst, networkFirst]) {
      const conversions = await conversionsOf(clickId);
      expect(conversions).toHaveLength(1);
      expect(conversions[0]).toMatchObject({ status: 'pending', payout: { amount: '50.00' } });
      expect(conversions[0]?.flags).not.toContain('pixel_only');
      expect((await app.link(link.id)).stats).toMatchObject({ conversions: 1, pending: 1, approved: 0, payouts: [] });
    }
    expect((await conversionsOf(pageFirst.clickId))[0]).toMatchObject({
      id: early?.id,
      history: [{ origin: 'pixel' }, { origin: 'postback' }],
    });
  });

  it('are distinguished by their keys', async () => {
    const { clickId } = await app.clickedLink();
    const forged = await app.plain('get', `/postback/${network.pixelKey}?ref=${clickId}&pass=a-good-token&event=ftd`);
    expect(forged.status).toBe(404);
    expect((await app.postback(network, `ref=${clickId}&event=ftd`)).status).toBe(403);
    expect(await conversionsOf(clickId)).toEqual([]);
  });

  it('find their requests in the log, each under its path', async () => {
    const { clickId } = await app.clickedLink();
    await page(clickId, 'event=lead');
    await post(clickId, 'event=lead&txid=L-1');
    const { data } = (await app.api('get', `/postbacks?clickId=${clickId}`)).body as { data: { path: string }[] };
    expect(data.map(({ path }) => path.replace(/\*.*/, ''))).toEqual(['/postback/', '/pixel/']);
  });

  it('K2 count a transaction id of another click once a click, though a page has told of that click', async () => {
    const link = await app.createLink();
    const [first, other] = await Promise.all([app.clickId(link), app.clickId(link)]);
    expect(await post(first, 'event=ftd&txid=one&payout=5')).toBe('accepted');
    expect(await page(other, 'event=ftd')).toBe('accepted');
    expect(await post(other, 'event=ftd&txid=one&payout=5')).toBe('updated');
    expect(await conversionsOf(first)).toMatchObject([{ txid: 'one', flags: [] }]);
    expect(await conversionsOf(other)).toMatchObject([{ txid: 'one', flags: ['txid_reused'] }]);
    expect(await post(other, 'event=ftd&txid=one&payout=5')).toBe('duplicate');
  });
});
