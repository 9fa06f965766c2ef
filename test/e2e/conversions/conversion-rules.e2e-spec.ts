import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ConversionListResponse } from '../../../src/conversions/conversions.dto.js';
import type { NetworkResponse } from '../../../src/networks/networks.dto.js';
import type { PostbackAnswer } from '../../../src/postbacks/receive/receive-postback.dto.js';
import type { LinkStatsResponse } from '../../../src/counters/link-stats.dto.js';
import { TestApp } from '../../support/test-app.js';

let app: TestApp;
let network: NetworkResponse;
beforeAll(async () => {
  app = await TestApp.start();
  network = await app.createNetwork();
});
afterAll(() => app.close());

/** Sends a postback that must be answered 200, and gives the answer. `<id>` stands for the click id. */
const send = (clickId: string, query: string, to = network): Promise<PostbackAnswer> =>
  app.goodPostback(to, query.replace('<id>', clickId));
const statsOf = async ({ link }: { link: { id: string } }): Promise<LinkStatsResponse> =>
  (await app.link(link.id)).stats;

/** A time well in the past; the fewer minutes, the later. */
const minutesAgo = (minutes: number): string => new Date(Date.UTC(2026, 0, 1) - minutes * 60_000).toISOString();

describe('a repeat', () => {
  it('is recognised by its transaction id, whatever its click, where the network’s ids are unique', async () => {
    const unique = await app.createNetwork({ transactions: 'network' });
    const [click, another] = [await app.clickedLink(), await app.clickedLink()];
    const query = `click_id=<id>&event=deposit&payout=5&txid=same-${click.clickId}`;
    const first = await send(click.clickId, query, unique);
    expect(first.verdict).toBe('accepted');
    for (const clickId of [click.clickId, another.clickId]) {
      const repeat = await send(clickId, query, unique);
      expect(repeat).toEqual({ ...first, verdict: 'duplicate', postbackId: expect.any(String) });
      expect(repeat.postbackId).not.toBe(first.postbackId);
    }
    expect(await statsOf(click)).toMatchObject({ conversions: 1, payouts: [{ amount: '5.00', currency: 'EUR' }] });
    expect((await statsOf(another)).conversions).toBe(0);
  });

  it('is none for another transaction, event type or network', async () => {
    const { clickId } = await app.clickedLink();
    const second = await app.createNetwork();
    const answers = [
      await send(clickId, 'click_id=<id>&event=deposit&txid=1'),
      await send(clickId, 'click_id=<id>&event=deposit&txid=2'),
      await send(clickId, 'click_id=<id>&event=sale&txid=1'),
      await send(clickId, 'click_id=<id>&event=deposit&txid=1', second),
    ];
    expect(answers.map(({ verdict }) => verdict)).toEqual(['accepted', 'accepted', 'accepted', 'accepted']);
    expect(new Set(answers.map(({ conversionId }) => conversionId)).size).toBe(4);
  });

  it.each(['registration', 'ftd', 'qualified', 'lead', 'install', 'deposit', 'sale', 'rebill'])(
    'without a transaction id is a %s of the same click',
    async (event) => {
      const [click, another] = [await app.clickedLink(), await app.clickedLink()];
      const first = await send(click.clickId, `click_id=<id>&event=${event}`);
      const repeat = await send(click.clickId, `click_id=<id>&event=${event}`);
      expect(repeat).toMatchObject({ verdict: 'duplicate', conversionId: first.conversionId });
      expect((await send(another.clickId, `click_id=<id>&event=${event}`)).verdict).toBe('accepted');
    },
  );

  it('without a transaction id counts for the event types that the network says', async () => {
    const counting = await app.createNetwork({ repeats: { deposit: 'count', sale: 'ignore' } });
    const click = await app.clickedLink();
    const verdicts: string[] = [];
    for (const event of ['deposit', 'deposit', 'sale', 'sale', 'rebill', 'rebill', 'registration', 'registration']) {
      verdicts.push((await send(click.clickId, `click_id=<id>&event=${event}`, counting)).verdict);
    }
    expect(verdicts.map((verdict) => verdict === 'accepted')).toEqual([
      true,
      true,
      true,
      false,
      true,
      false,
      true,
      false,
    ]);
    expect((await statsOf(click)).deposits).toBe(2);
  });

  it('with another amount updates the conversion and the numbers', async () => {
    const click = await app.clickedLink();
    const query = 'click_id=<id>&event=sale&txid=amt-1&payout=';
    const first = await send(click.clickId, `${query}0.10`);
    expect(await send(click.clickId, `${query}0.30&currency=USD`)).toMatchObject({
      verdict: 'updated',
      conversionId: first.conversionId,
    });
    expect((await statsOf(click)).payouts).toEqual([{ amount: '0.30', currency: 'USD' }]);
    expect((await send(click.clickId, 'click_id=<id>&event=sale&txid=amt-1')).verdict).toBe('duplicate');
    expect((await statsOf(click)).payouts).toEqual([{ amount: '0.30', currency: 'USD' }]);
  });
});

describe('a status', () => {
  it('moves from pending to approved to rejected to approved, each step in the history', async () => {
    const click = await app.clickedLink();
    const seen: unknown[] = [];
    for (const status of ['hold', 'paid', 'pending', 'fake', 'approved']) {
      const query = `click_id=<id>&event=sale&txid=steps-${click.clickId}&payout=5&status=${status}`;
      const { verdict } = await send(click.clickId, query);
      const { approved, pending, rejected, payouts } = await statsOf(click);
      seen.push([status, verdict, pending, approved, rejected, payouts?.map(({ amount }) => amount)]);
    }
    expect(seen).toEqual([
      ['hold', 'accepted', 1, 0, 0, []],
      ['paid', 'updated', 0, 1, 0, ['5.00']],
      ['pending', 'duplicate', 0, 1, 0, ['5.00']],
      ['fake', 'updated', 0, 0, 1, []],
      ['approved', 'updated', 0, 1, 0, ['5.00']],
    ]);
    const { data } = (await app.api('get', `/conversions?clickId=${click.clickId}`)).body as ConversionListResponse;
    const [conversion] = data;
    expect(conversion?.history.map(({ status, networkStatus }) => [status, networkStatus])).toEqual([
      ['pending', 'hold'],
      ['approved', 'paid'],
      ['rejected', 'fake'],
      ['approved', 'approved'],
    ]);
    expect(conversion).toMatchObject({ status: 'approved', networkStatus: 'approved' });
  });

  it.each([
    [
      'the later of two',
      [
        ['approved', 2],
        ['rejected', 1],
      ],
      'approved',
    ],
    [
      'the later of two',
      [
        ['rejected', 1],
        ['approved', 2],
      ],
      'approved',
    ],
    [
      'rejected on a tie with approved',
      [
        ['rejected', 1],
        ['approved', 1],
      ],
      'rejected',
    ],
    [
      'rejected on a tie with approved',
      [
        ['approved', 1],
        ['rejected', 1],
      ],
      'rejected',
    ],
    [
      'approved on a tie with pending',
      [
        ['approved', 1],
        ['pending', 1],
      ],
      'approved',
    ],
    [
      'approved on a tie with pending',
      [
        ['pending', 1],
        ['approved', 1],
      ],
      'approved',
    ],
    [
      'a final one, even over a later pending',
      [
        ['approved', 1],
        ['pending', 2],
      ],
      'approved',
    ],
    [
      'a final one, even over a later pending',
      [
        ['pending', 2],
        ['rejected', 1],
      ],
      'rejected',
    ],
  ] as [string, [string, number][], string][])('is decided by time: %s (%j)', async (_, words, expected) => {
    const click = await app.clickedLink();
    for (const [status, at] of words) {
      await send(click.clickId, `click_id=<id>&event=sale&status=${status}&time=${minutesAgo(60 - at)}`);
    }
    const { data } = (await app.api('get', `/conversions?clickId=${click.clickId}`)).body as { data: unknown[] };
    expect(data).toMatchObject([{ status: expected }]);
    expect(await statsOf(click)).toMatchObject({ pending: 0, approved: 0, rejected: 0, [expected]: 1 });
  });

  it('cannot have a time in the future, where nothing could take it back', async () => {
    const { clickId } = await app.clickedLink();
    const query = 'click_id=<id>&event=sale';
    const { conversionId = '' } = await send(clickId, `${query}&time=2099-01-01T00:00:00Z`);
    const { convertedAt } = await app.conversion(conversionId);
    expect(Date.parse(convertedAt)).toBeLessThanOrEqual(Date.now());
    expect(await send(clickId, `${query}&status=rejected`)).toMatchObject({ verdict: 'updated' });
  });

  it('that takes a reversal back counts what was to be paid, not the reversal’s negative amount', async () => {
    const click = await app.clickedLink();
    for (const word of ['payout=50', 'status=rejected&payout=-50', 'status=approved']) {
      await send(click.clickId, `click_id=<id>&event=sale&txid=reversal-${click.clickId}&${word}`);
    }
    const { approved, rejected, payouts } = await statsOf(click);
    expect({ approved, rejected, payouts }).toEqual({
      approved: 1,
      rejected: 0,
      payouts: [{ amount: '50.00', currency: 'EUR' }],
    });
  });

  it('of a rejected registration or deposit counts as rejected only', async () => {
    const click = await app.clickedLink();
    await send(click.clickId, 'click_id=<id>&event=registration&status=rejected');
    await send(click.clickId, 'click_id=<id>&event=deposit&status=rejected&payout=5');
    expect(await statsOf(click)).toMatchObject({
      registrations: 0,
      deposits: 0,
      ftds: 0,
      conversions: 2,
      approved: 0,
      rejected: 2,
      payouts: [],
    });
  });
});

describe('the first deposit', () => {
  const marks = async (clickId: string): Promise<string[]> => {
    const { body } = await app.api('get', `/conversions?clickId=${clickId}`);
    const { data } = body as { data: { isFtd: boolean; txid: string; eventType: string }[] };
    return data.filter(({ isFtd }) => isFtd).map(({ eventType, txid }) => `${eventType} ${txid}`);
  };

  it('moves from deposit to an earlier one, to the explicit ftd, and back when that is rejected', async () => {
    const click = await app.clickedLink();
    const step = async (query: string): Promise<unknown> => {
      await send(click.clickId, `click_id=<id>&${query}`);
      const { ftds, deposits } = await statsOf(click);
      return [await marks(click.clickId), ftds, deposits];
    };
    expect(await step(`event=deposit&txid=d0&status=pending&time=${minutesAgo(50)}`)).toEqual([[], 0, 1]);
    expect(await step(`event=deposit&txid=d1&time=${minutesAgo(30)}`)).toEqual([['deposit d1'], 1, 2]);
    expect(await step(`event=deposit&txid=d2&time=${minutesAgo(20)}`)).toEqual([['deposit d1'], 1, 3]);
    expect(await step(`event=deposit&txid=d3&time=${minutesAgo(40)}`)).toEqual([['deposit d3'], 1, 4]);
    expect(await step(`event=deposit&txid=d0&time=${minutesAgo(45)}`)).toEqual([['deposit d0'], 1, 4]);
    expect(await step(`event=ftd&txid=f1&time=${minutesAgo(10)}`)).toEqual([['ftd f1'], 1, 4]);
    expect(await step(`event=ftd&txid=f1&status=rejected`)).toEqual([['deposit d0'], 1, 4]);
    expect(await step(`event=deposit&txid=d0&status=rejected`)).toEqual([['deposit d3'], 1, 3]);
    expect(await step(`event=ftd&txid=f1&status=approved`)).toEqual([['ftd f1'], 1, 3]);
  });

  it('is found however many clicks and players lead to one another', async () => {
    const link = await app.createLink();
    const ids = await Promise.all(Array.from({ length: 12 }, () => app.clickId(link)));
    // Each player has this click and the next one, and each click two conversions.
    for (const [i, id] of ids.entries()) {
      for (const player of [i - 1, i]) {
        const deposit = `event=deposit&txid=chain-${i}-${player}&time=${minutesAgo(100 - i)}`;
        expect((await send(id, `click_id=<id>&${deposit}&player_id=chain-${player}`)).verdict).toBe('accepted');
      }
    }
    for (const [i, id] of ([ids[0], ids[6], ids[11]] as string[]).entries()) {
      const earlier = `event=deposit&txid=earlier-${i}&time=${minutesAgo(200 + i)}`;
      expect((await send(id, `click_id=<id>&${earlier}`)).verdict).toBe('accepted');
      expect(await marks(id)).toEqual([`deposit earlier-${i}`]);
    }
  });

  it('is one for each click', async () => {
    const link = await app.createLink();
    for (let i = 0; i < 3; i++) {
      const clickId = await app.clickId(link);
      await send(clickId, 'click_id=<id>&event=ftd');
      await send(clickId, 'click_id=<id>&event=deposit');
    }
    expect((await app.link(link.id)).stats).toMatchObject({ ftds: 3, deposits: 3, conversions: 6 });
  });
});
