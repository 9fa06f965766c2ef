import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ConversionResponse } from '../../../src/conversions/conversions.dto.js';
import type { NetworkResponse } from '../../../src/networks/networks.dto.js';
import { TestApp } from '../../support/test-app.js';

let app: TestApp;
let network: NetworkResponse;
beforeAll(async () => {
  app = await TestApp.start();
  network = await app.createNetwork();
});
afterAll(() => app.close());

/** Sends a postback that must make a conversion, and gives that. `<id>` stands for the click id. */
const sent = async (clickId: string, query: string, to = network): Promise<ConversionResponse> => {
  const { conversionId = '' } = await app.goodPostback(to, query.replace('<id>', clickId));
  return app.conversion(conversionId);
};

describe('a postback', () => {
  it.each([
    ['GET with a query', (url: string, query: string) => app.plain('get', `${url}?${query}`)],
    ['POST with a query', (url: string, query: string) => app.plain('post', `${url}?${query}`)],
    ['POST with a form', (url: string, query: string) => app.plain('post', url).type('form').send(query)],
    [
      'POST with JSON',
      (url: string, query: string) => app.plain('post', url).send(Object.fromEntries(new URLSearchParams(query))),
    ],
    [
      'POST with JSON under a form’s content type',
      (url: string, query: string) =>
        app
          .plain('post', url)
          .type('form')
          .send(JSON.stringify(Object.fromEntries(new URLSearchParams(query)))),
    ],
    [
      'POST with a form under no known content type',
      (url: string, query: string) => app.plain('post', url).set('content-type', 'text/plain').send(query),
    ],
  ])('may be a %s', async (_, request) => {
    const { link, clickId } = await app.clickedLink();
    const response = await request(
      `/postback/${network.key}`,
      `click_id=${clickId}&event=ftd&status=pending&payout=50&currency=USD&txid=T%2F${clickId}`,
    );
    expect(response.status).toBe(200);
    expect(response.body).toEqual({
      verdict: 'accepted',
      conversionId: expect.stringMatching(/^cnv_/),
      postbackId: expect.stringMatching(/^pbk_/),
    });
    expect(await app.conversion((response.body as { conversionId: string }).conversionId)).toMatchObject({
      linkId: link.id,
      networkId: network.id,
      clickId,
      eventType: 'ftd',
      status: 'pending',
      networkStatus: 'pending',
      payout: { amount: '50.00', currency: 'USD' },
      txid: `T/${clickId}`,
    });
  });

  it('takes the body’s word where body and query disagree, and both where they do not', async () => {
    const { clickId } = await app.clickedLink();
    const { body } = await app
      .plain('post', `/postback/${network.key}?click_id=${clickId}&event=registration&payout=1`)
      .send({ event: 'deposit', txid: 7, payout: 2.5 });
    expect(await app.conversion((body as { conversionId: string }).conversionId)).toMatchObject({
      eventType: 'deposit',
      txid: '7',
      payout: { amount: '2.50', currency: 'EUR' },
    });
  });

  it('distinguishes long numeric transaction ids in JSON, which are equal as floats', async () => {
    const { clickId } = await app.clickedLink();
    const txids: (string | null)[] = [];
    for (const txid of ['1234567890123456789', '1234567890123456788']) {
      const body = `{"click_id":"${clickId}","event":"deposit","txid":${txid},"payout":5}`;
      const response = await app.plain('post', `/postback/${network.key}`).type('json').send(body);
      expect(response.body).toMatchObject({ verdict: 'accepted' });
      txids.push((await app.conversion((response.body as { conversionId: string }).conversionId)).txid);
    }
    expect(txids).toEqual(['1234567890123456789', '1234567890123456788']);
  });

  it('is an approved sale when it has only the click id', async () => {
    const { clickId } = await app.clickedLink();
    expect(await sent(clickId, 'click_id=<id>')).toMatchObject({
      eventType: 'sale',
      status: 'approved',
      networkStatus: null,
      payout: null,
      txid: null,
    });
  });

  it('gets its network’s defaults for what it does not have', async () => {
    const defaults = { event: 'lead', status: 'pending', currency: 'GBP', payout: '7.5' };
    const quiet = await app.createNetwork({ defaults, currency: undefined });
    const { clickId } = await app.clickedLink();
    expect(await sent(clickId, 'click_id=<id>', quiet)).toMatchObject({
      eventType: 'lead',
      status: 'pending',
      payout: { amount: '7.50', currency: 'GBP' },
    });
    expect(await sent(clickId, 'click_id=<id>&event=ftd&status=approved&payout=9&currency=EUR', quiet)).toMatchObject({
      eventType: 'ftd',
      status: 'approved',
      payout: { amount: '9.00', currency: 'EUR' },
    });
  });

  it.each(
    'click_id clickid CLICKID ClickId cid subid sub_id sub1 s1 aff_sub tid transaction_id btag external_id'.split(' '),
  )('finds the click id under %s', async (name) => {
    const { clickId } = await app.clickedLink();
    expect((await sent(clickId, `${name}=<id>`)).clickId).toBe(clickId);
  });

  it.each([
    ['event=FTD', { eventType: 'ftd' }],
    ['goal=reg', { eventType: 'registration' }],
    ['event_type=first_deposit', { eventType: 'ftd' }],
    ['type=dep', { eventType: 'deposit' }],
    ['status=ftd', { eventType: 'ftd', status: 'approved' }],
    ['status=hold', { status: 'pending', networkStatus: 'hold' }],
    ['status=Declined', { status: 'rejected', networkStatus: 'Declined' }],
    ['conv_status=1', { status: 'approved' }],
    ['sum=5', { payout: { amount: '5.00', currency: 'EUR' } }],
    ['Amount=5&Currency=usd', { payout: { amount: '5.00', currency: 'USD' } }],
    ['revenue=5', { payout: { amount: '5.00', currency: 'EUR' } }],
    ['order_id=77', { txid: '77' }],
    ['transaction_id=78', { txid: '78' }],
    ['txid={txid}', { txid: null }],
    ['payout={payout}&currency=', { payout: null }],
    ['payout=50,00', { payout: { amount: '50.00', currency: 'EUR' } }],
    ['payout=1%2C234.56', { payout: { amount: '1234.56', currency: 'EUR' } }],
    ['payout=1.234,56', { payout: { amount: '1234.56', currency: 'EUR' } }],
    ['payout=0.005', { payout: { amount: '0.005', currency: 'EUR' } }],
    ['payout=0', { payout: { amount: '0.00', currency: 'EUR' } }],
    ['payout=-5&status=rejected', { status: 'rejected', payout: null }],
    ['time=1767225600', { convertedAt: '2026-01-01T00:00:00.000Z' }],
    ['time=1767225600123', { convertedAt: '2026-01-01T00:00:00.123Z' }],
    ['time=2026-01-01T02:00:00%2B02:00', { convertedAt: '2026-01-01T00:00:00.000Z' }],
    ['time=2026-01-01%2000:00:00', { convertedAt: '2026-01-01T00:00:00.000Z' }],
  ])('understands %s', async (query, expected) => {
    const { clickId } = await app.clickedLink();
    expect(await sent(clickId, `click_id=<id>&${query}`)).toMatchObject(expected);
  });

  it('goes by its network’s own mapping before all else', async () => {
    const mapped = await app.createNetwork({
      mapping: {
        params: { click_id: ['ref'], event: ['what', 'goal'], payout: ['sum'], txid: ['no'] },
        events: { Welcome: 'registration', sale: 'ftd' },
        statuses: { '2': 'approved', ping: 'ignore' },
      },
    });
    const { clickId } = await app.clickedLink();
    const query = 'Ref=<id>&what=&goal=SALE&status=2&sum=5&payout=99&no=N-1&txid=T-1';
    expect(await sent(clickId, query, mapped)).toMatchObject({
      clickId,
      eventType: 'ftd',
      status: 'approved',
      networkStatus: '2',
      payout: { amount: '5.00', currency: 'EUR' },
      txid: 'N-1',
    });
    expect((await sent(clickId, 'ref=<id>&what=WELCOME', mapped)).eventType).toBe('registration');
  });

  it('is ignored when its network’s mapping ignores the status', async () => {
    const mapped = await app.createNetwork({ mapping: { statuses: { Ping: 'ignore' } } });
    const click = await app.clickedLink();
    const answer = await app.goodPostback(mapped, `click_id=${click.clickId}&status=PING`);
    expect(answer).toEqual({ verdict: 'ignored', postbackId: expect.any(String) });
    expect(await app.postbackEntry(answer.postbackId)).toMatchObject({ verdict: 'ignored', conversionId: null });
    expect((await app.link(click.link.id)).stats.conversions).toBe(0);
  });

  it('counts for a link that was deleted since the click', async () => {
    const { link, clickId } = await app.clickedLink();
    await app.api('delete', `/links/${link.id}`);
    expect(await sent(clickId, 'click_id=<id>&event=ftd')).toMatchObject({ linkId: link.id, isFtd: true });
  });

  it('counts when it comes before its click is stored', async () => {
    const { clickId } = await app.clickedLink(); // stored a moment after the redirect
    const { id } = await sent(clickId, 'click_id=<id>&event=registration');
    await app.storedClick(clickId);
    expect(await app.conversion(id)).toMatchObject({ clickId, eventType: 'registration' });
  });
});
