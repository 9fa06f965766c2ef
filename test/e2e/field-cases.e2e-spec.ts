import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ConversionResponse } from '../../src/conversions/conversions.dto.js';
import type { NetworkResponse } from '../../src/networks/networks.dto.js';
import type { PostbackAnswer } from '../../src/postbacks/receive/receive-postback.dto.js';
import type { PostbackDetailResponse, PostbackOutcomeResponse } from '../../src/postbacks/log/postback-log.dto.js';
import { TestApp } from '../support/test-app.js';
import { expectInvalid } from '../support/api/expect-problem.js';
import { ImportClient, lines } from '../support/api/conversion-import-client.js';

// What the world really sends, through every channel: docs/field-cases.md.

let app: TestApp;
let network: NetworkResponse;
beforeAll(async () => {
  app = await TestApp.start();
  network = await app.createNetwork({ currency: 'USD' });
});
afterAll(() => app.close());

const newClick = async (): Promise<string> => (await app.clickedLink({ networkId: network.id })).clickId;
/** `<id>` stands for a fresh click id. */
async function send(query: string, to = network): Promise<PostbackAnswer & { status: number; clickId: string }> {
  const clickId = query.includes('<id>') ? await newClick() : '';
  const { status, body } = await app.postback(to, query.replaceAll('<id>', clickId));
  return { ...(body as PostbackAnswer), status, clickId };
}
const entryOf = async ({ postbackId }: PostbackAnswer): Promise<PostbackDetailResponse> =>
  (await app.postbackEntry(postbackId)) as PostbackDetailResponse;
const conversionOf = async (answer: PostbackAnswer): Promise<ConversionResponse> =>
  app.conversion(answer.conversionId ?? '');

describe('K1 the currency that stands beside the number', () => {
  it.each([
    ['50%20EUR', '50.00', 'EUR'],
    ['%E2%82%AC12.50', '12.50', 'EUR'],
    ['5000%20JPY', '5000.00', 'JPY'],
    ['12,50%20%E2%82%AC', '12.50', 'EUR'],
  ])('is that of a postback: %s', async (payout, amount, currency) => {
    expect((await conversionOf(await send(`click_id=<id>&payout=${payout}`))).payout).toEqual({ amount, currency });
  });

  it('is that of a JSON body', async () => {
    const clickId = await newClick();
    const { body } = await app.plain('post', `/postback/${network.key}`).send({ click_id: clickId, payout: '50 EUR' });
    expect((await conversionOf(body as PostbackAnswer)).payout).toEqual({ amount: '50.00', currency: 'EUR' });
  });

  it('is that of the pixel and of the script', async () => {
    const [first, second] = [await newClick(), await newClick()];
    await app.plain('get', `/pixel/${network.pixelKey}.gif?click_id=${first}&event=ftd&payout=50%20EUR`);
    const told = { key: network.pixelKey, clickId: second, event: 'ftd', payout: '€50', txid: null };
    expect((await app.plain('post', '/api/v1/track').send(told)).body).toMatchObject({ verdict: 'accepted' });
    for (const clickId of [first, second]) {
      const { body } = await app.api('get', `/conversions?clickId=${clickId}`);
      expect((body as { data: ConversionResponse[] }).data).toMatchObject([
        { payout: { amount: '50.00', currency: 'EUR' } },
      ]);
    }
  });

  it('is that of a cell and of a column of a file', async () => {
    const imports = new ImportClient(app);
    const [first, second] = [await newClick(), await newClick()];
    await imports.run(lines('click_id,event,Payout (EUR)', `${first},ftd,50`), `?networkId=${network.id}`);
    await imports.run(lines('click_id,event,payout', `${second},ftd,"1.234,50 €"`), `?networkId=${network.id}`);
    const amounts = await Promise.all(
      [first, second].map(async (clickId) => {
        const { body } = await app.api('get', `/conversions?clickId=${clickId}`);
        return (body as { data: ConversionResponse[] }).data[0]?.payout;
      }),
    );
    expect(amounts).toEqual([
      { amount: '50.00', currency: 'EUR' },
      { amount: '1234.50', currency: 'EUR' },
    ]);
  });

  it('is refused beside another, and accepted manually', async () => {
    const answer = await send('click_id=<id>&event=ftd&payout=50%20EUR&currency=USD');
    expect(answer).toMatchObject({ status: 422, verdict: 'rejected', reason: 'invalid_currency' });
    expect((await entryOf(answer)).hint).toMatch(/EUR and USD/);
    const accept = (body: object) => app.api('post', `/postbacks/${answer.postbackId}/accept`).send(body);
    expectInvalid(await accept({ note: 'which?' }), 'payout');
    expectInvalid(await accept({ payout: { amount: 'x', currency: 'EUR' } }), 'payout.amount');
    const accepted = await accept({ payout: { amount: '50.00', currency: 'EUR' }, note: 'by mail' });
    expect(accepted.body).toMatchObject({ verdict: 'accepted' });
    const { conversionId } = accepted.body as PostbackOutcomeResponse;
    expect(await app.conversion(conversionId ?? '')).toMatchObject({
      eventType: 'ftd',
      payout: { amount: '50.00', currency: 'EUR' },
      history: [{ note: 'by mail', postbackId: answer.postbackId }],
    });
    expect(await accept({ payout: { amount: '50.00', currency: 'EUR' } })).toMatchObject({
      status: 409,
      body: { code: 'not_replayable' },
    });
  });

  it('that is no ISO code counts, and its revenue waits for a rate', async () => {
    const answer = await send('click_id=<id>&event=ftd&payout=50&currency=USDT');
    expect(await conversionOf(answer)).toMatchObject({
      payout: { amount: '50.00', currency: 'USDT' },
      revenue: null,
      flags: ['rate_missing'],
    });
    expect((await entryOf(answer)).hint).toMatch(/USDT is not an ISO 4217 currency/);
    const own = await app.createNetwork({ mapping: { currencies: { USDT: 'usd', руб: 'RUB' } } });
    expect(own.mapping).toMatchObject({ currencies: { usdt: 'USD', руб: 'RUB' } });
    expect((await conversionOf(await send('click_id=<id>&payout=50&currency=usdt', own))).payout).toEqual({
      amount: '50.00',
      currency: 'USD',
    });
  });

  it('of a network must be a code', async () => {
    const bad = { name: 'x', mapping: { currencies: { x: 'U1' } } };
    expectInvalid(await app.api('post', '/networks').send(bad), 'mapping.currencies');
    expectInvalid(
      await app.api('post', '/networks').send({ name: 'x', mapping: { currencies: { x: 'null' } } }),
      'mapping.currencies',
    );
    expectInvalid(
      await app.api('post', '/networks').send({ name: 'x', mapping: { charset: 'utf-9' } }),
      'mapping.charset',
    );
    expectInvalid(await app.api('post', '/networks').send({ name: 'x', transactions: 'player' }), 'transactions');
  });
});

describe('K2 and K3 what identifies nothing, and no money', () => {
  it('two clicks with txid=%%TXID%% are two conversions', async () => {
    const answers = [
      await send('click_id=<id>&event=deposit&payout=50&txid=%25%25TXID%25%25'),
      await send('click_id=<id>&event=deposit&payout=70&txid=%25%25TXID%25%25'),
    ];
    expect(answers.map(({ verdict }) => verdict)).toEqual(['accepted', 'accepted']);
    const payouts = await Promise.all(answers.map(async (one) => (await conversionOf(one)).payout?.amount));
    expect(payouts).toEqual(['50.00', '70.00']);
    expect((await entryOf(answers[0] as PostbackAnswer)).hint).toMatch(/"txid" came as %%TXID%%/);
  });

  it('a registration with payout=null counts without money and without a notice', async () => {
    const answer = await send('click_id=<id>&event=registration&payout=null');
    expect(answer).toMatchObject({ status: 200, verdict: 'accepted' });
    expect(await conversionOf(answer)).toMatchObject({ payout: null, eventType: 'registration' });
    expect((await entryOf(answer)).hint).toBeNull();
  });

  it('a txid that a spreadsheet has shortened is refused, in a request and in a file', async () => {
    const answer = await send('click_id=<id>&event=deposit&payout=5&txid=1.23457E%2B15');
    expect(answer).toMatchObject({ status: 422, reason: 'invalid_txid' });
    const imports = new ImportClient(app);
    const done = await imports.run(lines('click_id,event,txid', `${answer.clickId},deposit,1.23457E+15`));
    expect(done).toMatchObject({ counts: { rejected: 1 }, problems: [{ reason: 'invalid_txid' }] });
  });

  it('a manual entry under a word for no value is refused', async () => {
    const clickId = await newClick();
    const input = { clickId, eventType: 'sale', txid: 'null', playerId: '{player}' };
    expectInvalid(await app.api('post', '/conversions').send(input), 'txid', 'playerId');
  });
});

describe('K5 a hole', () => {
  it('comes with a mapping that can be sent as it is, and that fills it', async () => {
    const own = await app.createNetwork({ currency: 'USD' });
    const answer = await send('click_id=<id>&event=ftd&txid=1&affiliate_money=50', own);
    expect(answer).toMatchObject({ verdict: 'accepted' });
    const { hint, suggestion } = await entryOf(answer);
    expect(hint).toMatch(/It could be "affiliate_money" \(50\)/);
    expect(suggestion).toEqual({ mapping: { params: { payout: ['affiliate_money'] }, events: {}, statuses: {} } });
    expect((await app.api('patch', `/networks/${own.id}`).send(suggestion ?? {})).status).toBe(200);
    const next = await send('click_id=<id>&event=ftd&txid=2&affiliate_money=50', own);
    expect((await conversionOf(next)).payout).toEqual({ amount: '50.00', currency: 'USD' });
    expect(await entryOf(next)).toMatchObject({ suggestion: null });
  });

  it('is named by a preview, and by the dry run of an import', async () => {
    const clickId = await newClick();
    const preview = await app
      .api('post', `/networks/${network.id}/preview`)
      .send({ query: `click_id=${clickId}&event=ftd&txid=1&affiliate_money=50` });
    expect(preview.body).toMatchObject({ suggestion: { mapping: { params: { payout: ['affiliate_money'] } } } });
    const imports = new ImportClient(app);
    const file = lines('click_id,event,txid,Money', `${clickId},ftd,1,50`, `${clickId},deposit,2,60`);
    expect(await imports.run(file, `?networkId=${network.id}&dryRun=true`)).toMatchObject({
      ignoredColumns: ['Money'],
      warnings: [{ code: 'payout_unread', rows: 2 }],
      suggestion: { mapping: { params: { payout: ['Money'] } } },
    });
    expect(await imports.run(file, '?dryRun=true')).toMatchObject({ suggestion: null });
  });
});

describe('K8 one vocabulary', () => {
  it('of postbacks and files, with the network’s own names and words', async () => {
    const own = await app.createNetwork({
      mapping: {
        params: { click_id: ['ref'], payout: ['geld'] },
        events: { party: 'qualified' },
        statuses: { offen: 'pending' },
      },
    });
    const [first, second] = [await newClick(), await newClick()];
    await app.goodPostback(own, `ref=${first}&event=party&status=offen&geld=5`);
    const imports = new ImportClient(app);
    await imports.run(lines('Ref;Event;Status;Geld', `${second};Party;Offen;5`), `?networkId=${own.id}`);
    for (const clickId of [first, second]) {
      const { body } = await app.api('get', `/conversions?clickId=${clickId}`);
      expect((body as { data: ConversionResponse[] }).data).toMatchObject([
        { eventType: 'qualified', status: 'pending', payout: { amount: '5.00', currency: 'EUR' } },
      ]);
    }
  });

  it('goal=hold is a hold of the default event', async () => {
    const answer = await send('click_id=<id>&goal=hold&payout=5');
    expect(await conversionOf(answer)).toMatchObject({ eventType: 'sale', status: 'pending', networkStatus: 'hold' });
    expect((await entryOf(answer)).hint).toMatch(/word for a status/);
  });
});

describe('K10 a click id with something around it', () => {
  it('is that click id, with a hint', async () => {
    const answer = await send('click_id=%22<id>%22&event=ftd');
    expect(answer).toMatchObject({ verdict: 'accepted' });
    expect(await conversionOf(answer)).toMatchObject({ clickId: answer.clickId });
    expect(await entryOf(answer)).toMatchObject({
      clickId: answer.clickId,
      hint: expect.stringContaining('the characters around it were ignored') as string,
    });
  });

  it('that was cut or put in small letters gets a hint that says so', async () => {
    const clickId = await newClick();
    const cut = await send(`click_id=${clickId.slice(0, 25)}`);
    expect((await entryOf(cut)).hint).toMatch(/31 characters, and this value has only 25/);
    const small = await send(`click_id=${clickId.toLowerCase()}`);
    expect((await entryOf(small)).hint).toMatch(/small letters/);
  });
});

describe('K14 a request whose amount could not be read', () => {
  it('is run again once the mapping says where it is', async () => {
    const own = await app.createNetwork({ currency: 'USD' });
    const answer = await send('click_id=<id>&event=ftd&payout=lots&netto=5', own);
    expect(answer).toMatchObject({ reason: 'invalid_amount' });
    await app.api('patch', `/networks/${own.id}`).send({ mapping: { params: { payout: ['netto'] } } });
    const again = await app.api('post', `/postbacks/${answer.postbackId}/replay`);
    expect(['accepted', 'duplicate']).toContain((again.body as PostbackOutcomeResponse).verdict);
    const { body } = await app.api('get', `/conversions?clickId=${answer.clickId}`);
    expect((body as { data: ConversionResponse[] }).data).toMatchObject([{ payout: { amount: '5.00' } }]);
  });
});

describe('K13 a file of conversions without a network', () => {
  it('takes the network of each link, with its words; a column of networks goes first', async () => {
    const own = await app.createNetwork({ currency: 'GBP', mapping: { events: { party: 'ftd' } } });
    const [ofOwn, ofNone, byHand] = [
      (await app.clickedLink({ networkId: own.id })).clickId,
      (await app.clickedLink()).clickId,
      (await app.clickedLink({ networkId: own.id })).clickId,
    ];
    const imports = new ImportClient(app);
    const file = lines('click_id,event,payout', `${ofOwn},party,50`, `${ofNone},party,50`);
    expect(await imports.run(file)).toMatchObject({
      counts: { accepted: 1, rejected: 1 },
      problems: [{ row: 2, reason: 'unmapped_event' }],
    });
    const { body } = await app.api('get', `/conversions?clickId=${ofOwn}`);
    expect((body as { data: ConversionResponse[] }).data).toMatchObject([
      { networkId: own.id, eventType: 'ftd', payout: { amount: '50.00', currency: 'GBP' } },
    ]);
    const named = lines(
      'networkId,click_id,event,payout,currency',
      `,${byHand},sale,5,EUR`,
      `${own.id},${byHand},party,6,EUR`,
      `net_00000000000000000000,${byHand},sale,5,EUR`,
    );
    expect(await imports.run(named)).toMatchObject({
      counts: { accepted: 2, rejected: 1 },
      problems: [{ row: 3, reason: 'unknown_network' }],
    });
    const both = await app.api('get', `/conversions?clickId=${byHand}`);
    expect(new Set((both.body as { data: ConversionResponse[] }).data.map((one) => one.networkId))).toEqual(
      new Set([own.id, null]),
    );
  });

  it('counts repeats as its network says, and the same file once', async () => {
    const own = await app.createNetwork({ repeats: { deposit: 'count' } });
    const { clickId } = await app.clickedLink({ networkId: own.id });
    const imports = new ImportClient(app);
    const file = lines('click_id,event,payout,currency', `${clickId},deposit,5,EUR`, `${clickId},deposit,5,EUR`);
    expect(await imports.run(file, `?networkId=${own.id}`)).toMatchObject({ counts: { accepted: 2 } });
    expect(await imports.run(file, `?networkId=${own.id}`)).toMatchObject({ counts: { duplicate: 2 } });
  });
});
