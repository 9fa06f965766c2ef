import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LinkResponse } from '../../../src/links/links.dto.js';
import { TestApp } from '../../support/test-app.js';

let app: TestApp;
let first: LinkResponse;
let second: LinkResponse;

beforeAll(async () => {
  app = await TestApp.start();
  await app.startReader();
  await app.loadRates();
  await app.api('patch', '/workspaces/current').send({ currency: 'EUR' });
  first = await app.createLink({ tags: ['a', 'b'], campaign: 'summer' });
  second = await app.createLink();
  const network = await app.createNetwork();
  const clickId = await app.clickId(first, '?sub1=x&source=mail');
  const other = await app.clickId(first, '?sub1=y');
  await app.clickId(second, '?sub1=x');
  await app.plain('get', `/${second.slug}`).set('host', second.domain).set('user-agent', 'curl/8.0');
  await app.storedClick(clickId);
  await app.storedClick(other);
  await app.goodPostback(network, `click_id=${clickId}&event=registration&txid=r1`);
  await app.goodPostback(network, `click_id=${clickId}&event=ftd&payout=50.25&status=approved&txid=f1`);
  await app.goodPostback(network, `click_id=${other}&event=ftd&payout=7&status=pending&txid=f2`);
  await app.reportsCaughtUp();
}, 60_000);

afterAll(() => app.close());

async function report(query: string): Promise<any> {
  const response = await app.api('get', `/reports?${query}`);
  expect(response.status, response.text).toBe(200);
  return response.body;
}

describe('reports', () => {
  it('answers with totals', async () => {
    const body = await report('');
    console.log(JSON.stringify(body, null, 1));
    console.log(
      JSON.stringify(
        await report('groupBy=link,sub1&metrics=clicks,ftds,epc,revenueExpected,medianTimeToFtd&compare=previous'),
        null,
        1,
      ),
    );
    console.log(JSON.stringify(await report('groupBy=tag,day&metrics=clicks,ftds'), null, 1));
    console.log(JSON.stringify(await report('groupBy=domain,campaign,network&limit=1'), null, 1));
    console.log(JSON.stringify(await report('groupBy=hour,weekday,month&source=mail&tag=-b'), null, 1));
    console.log(
      (
        await app
          .api('get', '/reports?groupBy=link,week&metrics=clicks,profit,medianTimeToRegistration')
          .set('accept', 'text/csv')
      ).text,
    );
    console.log((await app.api('get', '/reports?groupBy=lunk&metrics=click&sort=-foo&asn=x&under=a')).body);
  });
});
