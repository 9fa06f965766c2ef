import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ConversionResponse } from '../../../src/conversions/conversions.dto.js';
import type { LinkResponse } from '../../../src/links/links.dto.js';
import type { NetworkResponse } from '../../../src/networks/networks.dto.js';
import type { PostbackAnswer } from '../../../src/postbacks/receive/receive-postback.dto.js';
import { eventually } from '../../support/eventually.js';
import { TestApp } from '../../support/test-app.js';

let app: TestApp;
let network: NetworkResponse;
beforeAll(async () => {
  app = await TestApp.start();
  await app.loadRates();
  network = await app.createNetwork({ currency: 'USD' });
});
afterAll(() => app.close());

interface Told extends PostbackAnswer {
  hint: string | null;
}

/** Sends a postback about a click, and gives the answer with the hint of its log entry. */
const tell = async (clickId: string | null, query: string, to = network): Promise<Told> => {
  const click = clickId === null ? '' : `click_id=${clickId}&`;
  const answer = (await app.postback(to, `${click}${query}`)).body as PostbackAnswer;
  const { hint } = await app.postbackEntry(answer.postbackId);
  return { ...answer, hint };
};
const read = ({ conversionId = '' }: PostbackAnswer): Promise<ConversionResponse> => app.conversion(conversionId);
const payouts = async ({ id }: Pick<LinkResponse, 'id'>): Promise<string[]> =>
  ((await app.link(id)).stats.payouts ?? []).map(({ amount, currency }) => `${amount} ${currency}`);
describe('a transaction id', () => {
  it('K2 of another click is another conversion, flagged, with a hint', async () => {
    const own = await app.createNetwork({ currency: 'USD' });
    const [a, b] = [await app.clickedLink(), await app.clickedLink()];
    const first = await tell(a.clickId, 'txid=1001&payout=50', own);
    const second = await tell(b.clickId, 'txid=1001&payout=70', own);
    expect([first.verdict, second.verdict]).toEqual(['accepted', 'accepted']);
    expect(second.hint).toContain('Another click has already used the transaction id "1001"');
    expect([await payouts(a.link), await payouts(b.link)]).toEqual([['50.00 USD'], ['70.00 USD']]);
    expect((await read(first)).flags).toEqual([]);
    const flagged = await app.conversions(`networkId=${own.id}&flag=txid_reused`);
    expect(flagged.map(({ id }) => id)).toEqual([second.conversionId]);
    for (const [{ clickId }, payout, { conversionId }] of [
      [a, 50, first],
      [b, 70, second],
    ] as const) {
      expect(await tell(clickId, `txid=1001&payout=${payout}`, own)).toMatchObject({
        verdict: 'duplicate',
        conversionId,
      });
    }
  });

  it('K2 that two unfilled macros would share makes two conversions', async () => {
    const [a, b] = [await app.clickedLink(), await app.clickedLink()];
    await tell(a.clickId, 'txid=%25%25TXID%25%25&payout=50');
    await tell(b.clickId, 'txid=%25%25TXID%25%25&payout=70');
    expect([await payouts(a.link), await payouts(b.link)]).toEqual([['50.00 USD'], ['70.00 USD']]);
  });

  it('K2 of a deposit and an ftd of one click is one payment, the ftd, whichever comes first', async () => {
    for (const events of [
      ['deposit', 'ftd'],
      ['ftd', 'deposit'],
    ]) {
      const { clickId, link } = await app.clickedLink();
      const answers: Told[] = [];
      for (const event of events) answers.push(await tell(clickId, `event=${event}&txid=one&payout=50`));
      expect(answers[1]?.conversionId).toBe(answers[0]?.conversionId);
      expect(answers[1]?.hint).toContain('are one payment');
      expect((await app.link(link.id)).stats).toMatchObject({ conversions: 1, ftds: 1, deposits: 0, approved: 1 });
      expect((await app.conversions(`clickId=${clickId}`)).map(({ eventType }) => eventType)).toEqual(['ftd']);
    }
  });

  it('K2 is unique over all clicks where the network says so, for a deposit and its ftd, too', async () => {
    const unique = await app.createNetwork({ currency: 'USD', transactions: 'network' });
    const [a, b] = [await app.clickedLink(), await app.clickedLink()];
    const first = await tell(a.clickId, 'event=ftd&txid=9&payout=50', unique);
    const second = await tell(b.clickId, 'event=deposit&txid=9&payout=50', unique);
    expect(second).toMatchObject({ verdict: 'duplicate', conversionId: first.conversionId });
    expect(await app.conversions(`networkId=${unique.id}`)).toHaveLength(1);
  });
});

describe('without a transaction id', () => {
  it('K2 a second amount without a new status overwrites nothing, and the hint names both', async () => {
    const { clickId, link } = await app.clickedLink();
    await tell(clickId, 'event=sale&payout=50');
    const second = await tell(clickId, 'event=sale&payout=70');
    expect(second.verdict).toBe('duplicate');
    expect(second.hint).toMatch(/70\.00 USD.*50\.00 USD.*transaction id.*"repeats"/s);
    expect(await payouts(link)).toEqual(['50.00 USD']);
  });

  it('K2 a new status applies with its amount, and the hint names the amount before', async () => {
    const { clickId, link } = await app.clickedLink();
    await tell(clickId, 'event=sale&payout=50&status=pending');
    const approved = await tell(clickId, 'event=sale&payout=70&status=approved');
    expect(approved.verdict).toBe('updated');
    expect(approved.hint).toContain('The amount was 50.00 USD; it is 70.00 USD now.');
    expect(await payouts(link)).toEqual(['70.00 USD']);
  });

  it('K2 a share of revenue counts once a link, day and player', async () => {
    const { clickId, link } = await app.clickedLink();
    const time = 'time=2026-01-01T10:00:00Z';
    const [one, other, again] = [
      await tell(clickId, `event=revshare&payout=5&player_id=P1&${time}`),
      await tell(clickId, `event=revshare&payout=7&player_id=P2&${time}`),
      await tell(clickId, `event=revshare&payout=5&player_id=P1&${time}`),
    ];
    expect([one.verdict, other.verdict, again.verdict]).toEqual(['accepted', 'accepted', 'duplicate']);
    expect(await payouts(link)).toEqual(['12.00 USD']);
  });
});

describe('what came again', () => {
  it('K4 changes nothing after a refund: the same request is a duplicate, and it stays refunded', async () => {
    const { clickId, link } = await app.clickedLink();
    const sale = 'event=sale&txid=again&payout=50&status=approved';
    const first = await tell(clickId, sale);
    expect((await tell(clickId, 'event=refund&txid=again')).verdict).toBe('updated');
    const retry = await tell(clickId, sale);
    expect(retry).toMatchObject({ verdict: 'duplicate', conversionId: first.conversionId });
    expect(retry.hint).toContain('the conversion is rejected');
    expect((await read(first)).status).toBe('rejected');
    expect(await payouts(link)).toEqual([]);
  });

  it('K4 leaves what a person has decided, until the network says something new', async () => {
    const { clickId, link } = await app.clickedLink();
    const sale = 'event=sale&txid=person&payout=50';
    const { conversionId = '' } = await tell(clickId, sale);
    const change = { status: 'rejected', payout: { amount: '40.00', currency: 'USD' } };
    expect((await app.api('patch', `/conversions/${conversionId}`).send(change)).status).toBe(200);
    expect((await tell(clickId, sale)).verdict).toBe('duplicate');
    expect(await app.conversion(conversionId)).toMatchObject({ status: 'rejected', payout: { amount: '40.00' } });
    expect((await tell(clickId, 'event=sale&txid=person&payout=60')).verdict).toBe('updated');
    expect(await payouts(link)).toEqual(['60.00 USD']);
  });

  it('K4 keeps the order of arrival: 50, 70, then 50 again is a duplicate, and 70 stands', async () => {
    const { clickId, link } = await app.clickedLink();
    const verdicts: Told[] = [];
    for (const payout of [50, 70, 50]) verdicts.push(await tell(clickId, `event=sale&txid=ord-1&payout=${payout}`));
    expect(verdicts.map(({ verdict }) => verdict)).toEqual(['accepted', 'updated', 'duplicate']);
    expect(verdicts[2]?.hint).toMatch(/50\.00 USD.*70\.00 USD.*send it with a later time/s);
    expect(await payouts(link)).toEqual(['70.00 USD']);
  });

  it('K4 is news when it names a later time', async () => {
    const { clickId, link } = await app.clickedLink();
    const at = (minute: number): string => `time=2026-01-01T10:0${minute}:00Z`;
    await tell(clickId, `event=sale&txid=later&payout=50&${at(1)}`);
    await tell(clickId, `event=refund&txid=later&${at(2)}`);
    expect((await tell(clickId, `event=sale&txid=later&payout=50&${at(3)}`)).verdict).toBe('updated');
    expect(await payouts(link)).toEqual(['50.00 USD']);
  });
});

describe('a currency that was not named', () => {
  it('K1 in an update is the conversion’s own, not the network’s', async () => {
    const { clickId, link } = await app.clickedLink();
    await tell(clickId, 'txid=yen&payout=1000&currency=JPY&status=pending');
    const approved = await tell(clickId, 'txid=yen&payout=1000&status=approved');
    expect(approved.hint).toContain('JPY, the currency of the conversion');
    expect(await payouts(link)).toEqual(['1000.00 JPY']);
    const { revenue } = await read(approved);
    expect(Number(revenue?.amount)).toBeLessThan(50);
  });

  it('K1 gives way to one that is named later', async () => {
    const { clickId, link } = await app.clickedLink();
    const time = (minute: number): string => `time=2026-01-01T10:0${minute}:00Z`;
    await tell(clickId, `txid=yen2&payout=1000&status=approved&${time(2)}`);
    const named = await tell(clickId, `txid=yen2&payout=1000&currency=JPY&status=pending&${time(1)}`);
    expect(named).toMatchObject({ verdict: 'updated', hint: expect.stringContaining('1000.00 USD') as unknown });
    expect(await payouts(link)).toEqual(['1000.00 JPY']);
  });

  it('K1 two that are named and differ: the deciding amount holds, and the hint names both', async () => {
    const { clickId, link } = await app.clickedLink();
    await tell(clickId, 'txid=two&payout=50&currency=EUR');
    const { verdict, hint } = await tell(clickId, 'txid=two&payout=60&currency=GBP');
    expect([verdict, hint]).toEqual(['updated', expect.stringMatching(/50\.00 EUR.*60\.00 GBP/s)]);
    expect(await payouts(link)).toEqual(['60.00 GBP']);
  });
});

describe('a refund', () => {
  it('K6 with an amount takes that part off; the same again is a duplicate; different ones add up', async () => {
    const { clickId, link } = await app.clickedLink();
    await tell(clickId, 'event=sale&txid=part&payout=50');
    const refund = await tell(clickId, 'event=refund&txid=part&payout=20');
    expect(refund).toMatchObject({ verdict: 'updated' });
    expect(refund.hint).toContain('20.00 USD was taken back: 30.00 USD is left.');
    expect(await read(refund)).toMatchObject({
      status: 'approved',
      payout: { amount: '30.00', currency: 'USD' },
      refunded: { amount: '20.00', currency: 'USD' },
    });
    const again = await tell(clickId, 'event=refund&txid=part&payout=20');
    expect(again).toMatchObject({
      verdict: 'duplicate',
      hint: expect.stringContaining('applied only once') as unknown,
    });
    expect((await tell(clickId, 'event=refund&txid=part&payout=5')).hint).toContain('(25.00 USD in all)');
    expect(await payouts(link)).toEqual(['25.00 USD']);
    const retry = await tell(clickId, 'event=sale&txid=part&payout=50');
    expect([retry.verdict, retry.hint]).toEqual(['duplicate', expect.stringContaining('25.00 USD')]);
    await tell(clickId, 'event=refund&txid=part&payout=25');
    expect(await read(refund)).toMatchObject({ status: 'rejected' });
    expect(await payouts(link)).toEqual([]);
  });

  it('K6 by a negative amount takes back that much, by the exact opposite all of it', async () => {
    const { clickId, link } = await app.clickedLink();
    const sale = await tell(clickId, 'event=sale&txid=neg&payout=50');
    expect((await tell(clickId, 'event=sale&txid=neg&payout=-20')).verdict).toBe('updated');
    expect(await payouts(link)).toEqual(['30.00 USD']);
    const other = await app.clickedLink();
    await tell(other.clickId, 'event=sale&txid=neg2&payout=50');
    await tell(other.clickId, 'event=sale&txid=neg2&payout=-50');
    expect(await payouts(other.link)).toEqual([]);
    expect((await read(sale)).history.map(({ payout }) => payout?.amount)).toEqual(['50.00', '30.00']);
  });

  it('K6 that comes before its sale waits for it', async () => {
    const { clickId, link } = await app.clickedLink();
    const refund = await tell(clickId, 'event=refund&txid=early&payout=20');
    expect(refund).toMatchObject({ verdict: 'rejected', reason: 'unknown_transaction' });
    await tell(clickId, 'event=sale&txid=early&payout=50');
    await eventually(
      () => payouts(link),
      ([only]) => only === '30.00 USD',
    );
    expect((await app.postbackEntry(refund.postbackId)).verdict).toBe('updated');
  });

  it('K6 stays taken off when a later amount comes', async () => {
    const { clickId, link } = await app.clickedLink();
    const at = (minute: number): string => `time=2026-01-01T10:0${minute}:00Z`;
    await tell(clickId, `event=sale&txid=g&payout=50&${at(1)}`);
    await tell(clickId, `event=refund&txid=g&payout=20&${at(2)}`);
    await tell(clickId, `event=sale&txid=g&payout=60&${at(3)}`);
    expect(await payouts(link)).toEqual(['40.00 USD']);
  });

  it('K6 in another currency than the conversion’s is refused, and both are named', async () => {
    const { clickId, link } = await app.clickedLink();
    await tell(clickId, 'event=sale&txid=cur-1&payout=50&currency=EUR');
    const refund = await tell(clickId, 'event=refund&txid=cur-1&payout=20&currency=GBP');
    expect(refund).toMatchObject({ verdict: 'rejected', reason: 'invalid_currency' });
    expect(refund.hint).toMatch(/GBP.*EUR/s);
    expect(await payouts(link)).toEqual(['50.00 EUR']);
    const accepted = await app
      .api('post', `/postbacks/${refund.postbackId}/accept`)
      .send({ payout: { amount: '23.00', currency: 'EUR' } });
    expect(accepted.body).toMatchObject({ verdict: 'updated' });
    expect(await payouts(link)).toEqual(['27.00 EUR']);
    expect((await tell(clickId, 'event=refund&txid=cur-1&payout=20')).verdict).toBe('updated');
    expect(await payouts(link)).toEqual(['7.00 EUR']);
  });
});

describe('a chargeback of a transaction id that several clicks have', () => {
  it('K2 takes back that of its click, and is refused where it names none', async () => {
    const own = await app.createNetwork({ currency: 'USD' });
    const [a, b] = [await app.clickedLink(), await app.clickedLink()];
    for (const { clickId } of [a, b]) await tell(clickId, 'event=sale&txid=shared&payout=50', own);
    const refused = await tell(null, 'event=chargeback&txid=shared', own);
    expect(refused).toMatchObject({ verdict: 'rejected', reason: 'ambiguous_transaction' });
    expect(refused.hint).toMatch(/^2 conversions .*send the click id/s);
    expect((await app.postbackEntry(refused.postbackId)).waitsUntil).toBeNull();
    expect((await tell(b.clickId, 'event=chargeback&txid=shared', own)).verdict).toBe('updated');
    expect([await payouts(a.link), await payouts(b.link)]).toEqual([['50.00 USD'], []]);
  });

  it('K2 finds its conversion without a click id where only one click has it', async () => {
    const { clickId, link } = await app.clickedLink();
    await tell(clickId, 'event=sale&txid=only-one&payout=50');
    expect((await tell(null, 'event=chargeback&txid=only-one')).verdict).toBe('updated');
    expect(await payouts(link)).toEqual([]);
  });

  it('K2 that named no click takes back nothing of a click that uses the id later', async () => {
    const own = await app.createNetwork({ currency: 'USD' });
    const [a, b] = [await app.clickedLink(), await app.clickedLink()];
    await tell(a.clickId, 'event=sale&txid=later-shared&payout=50', own);
    const chargeback = await tell(null, 'event=chargeback&txid=later-shared', own);
    await tell(b.clickId, 'event=sale&txid=later-shared&payout=70', own);
    await new Promise((resolve) => setTimeout(resolve, 700)); // it would have been run again by then
    expect((await app.postbackEntry(chargeback.postbackId)).attempts).toEqual([]);
    expect(await payouts(b.link)).toEqual(['70.00 USD']);
  });
});

describe('a postback of another network than the link’s', () => {
  it('K13 is flagged, with a hint, and no longer once the link is this network’s', async () => {
    const own = await app.createNetwork();
    const { clickId, link } = await app.clickedLink({ networkId: own.id });
    const foreign = await tell(clickId, 'event=sale&txid=1&payout=5');
    expect(foreign).toMatchObject({
      verdict: 'accepted',
      hint: expect.stringContaining('belongs to another network') as unknown,
    });
    expect((await read(foreign)).flags).toEqual(['other_network']);
    expect((await read(await tell(clickId, 'event=sale&txid=1&payout=5', own))).flags).toEqual([]);
    expect((await app.conversions(`linkId=${link.id}&flag=other_network`)).map(({ id }) => id)).toEqual([
      foreign.conversionId,
    ]);
    await app.api('patch', `/links/${link.id}`).send({ networkId: network.id }).expect(200);
    expect((await read(await tell(clickId, 'event=sale&txid=2&payout=5'))).flags).toEqual([]);
  });
});

describe('a player name that a network sends for all players', () => {
  it('K2 leaves each click its own first deposit, and is not read again for each postback', async () => {
    const own = await app.createNetwork();
    const link = await app.createLink();
    const ids = await Promise.all(Array.from({ length: 206 }, () => app.clickId(link)));
    const send = (id: string, i: number) =>
      app.goodPostback(own, `click_id=${id}&event=ftd&txid=c${i}&player_id=everybody`);
    for (let i = 0; i < 203; i += 29) await Promise.all(ids.slice(i, i + 29).map((id, k) => send(id, i + k)));
    await eventually(
      async () => {
        await send(ids[203] ?? '', 203);
        return (await app.link(link.id)).stats.ftds;
      },
      (ftds) => ftds === 204,
    );
    await new Promise((resolve) => setTimeout(resolve, 2_100));
    const { db } = app.connection;
    await db?.command({ profile: 2 });
    await send(ids[205] ?? '', 205);
    await db?.command({ profile: 0 });
    const reads = await db
      ?.collection('system.profile')
      .find({ op: 'query', ns: /\.conversions$/, 'command.autocommit': false })
      .toArray();
    expect(reads?.map(({ nreturned }) => nreturned as number)).toEqual([0]);
    expect((await app.link(link.id)).stats.ftds).toBe(205);
  });
});
