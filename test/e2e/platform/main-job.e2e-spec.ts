import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '../../support/eventually.js';
import { TestApp } from '../../support/test-app.js';

let app: TestApp;
beforeAll(async () => {
  app = await TestApp.start();
  await app.api('patch', '/workspaces/current').send({ currency: 'EUR' });
});
afterAll(() => app.close());

describe('the main job', () => {
  it('goes from link to first deposit', async () => {
    const network = await app.createNetwork();
    const link = await app.createLink({ url: 'https://casino.example/lp?s={sub1}', networkId: network.id });
    const clickId = await app.clickId(link, '?sub1=fb');

    const registration = await app.postback(network, `click_id=${clickId}&event=registration`);
    expect(registration.body).toMatchObject({ verdict: 'accepted' });
    const ftd = await app.postback(network, `click_id=${clickId}&event=ftd&payout=50&txid=T-1`);
    expect(ftd.body).toMatchObject({ verdict: 'accepted' });
    const repeat = await app.postback(network, `click_id=${clickId}&event=ftd&payout=50&txid=T-1`);
    expect(repeat.body).toMatchObject({ verdict: 'duplicate', conversionId: ftd.body.conversionId });

    const { stats } = await eventually(
      () => app.link(link.id),
      ({ stats: { clicks } }) => clicks.total === 1,
    );
    expect(stats).toEqual({
      clicks: { total: 1, human: 1, bots: 0, unique: 1 },
      revenues: [{ amount: '50.00', currency: 'EUR' }],
      registrations: 1,
      ftds: 1,
      deposits: 0,
      conversions: 2,
      approved: 2,
      pending: 0,
      rejected: 0,
      payouts: [{ amount: '50.00', currency: 'EUR' }],
    });
  });
});
