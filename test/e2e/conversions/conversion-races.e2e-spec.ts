import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ConversionResponse } from '../../../src/conversions/conversions.dto.js';
import type { NetworkResponse } from '../../../src/networks/networks.dto.js';
import type { PostbackAnswer } from '../../../src/postbacks/receive/receive-postback.dto.js';
import type { LinkStatsResponse } from '../../../src/counters/link-stats.dto.js';
import { TestApp } from '../../support/test-app.js';

let app: TestApp;
let second: TestApp;
let third: TestApp;
let network: NetworkResponse;
beforeAll(async () => {
  app = await TestApp.start();
  second = await TestApp.start({ sharing: app });
  third = await TestApp.start({ sharing: app });
  network = await app.createNetwork();
});
afterAll(async () => {
  await third.close();
  await second.close();
  await app.close();
});

/** Sends all at once, in turn to one instance and the others. Every answer must be 200. */
const sendAtOnce = async (queries: string[], to = network, instances = [app, second]): Promise<PostbackAnswer[]> => {
  const responses = await Promise.all(
    queries.map((query, i) => (instances[i % instances.length] ?? app).postback(to, query)),
  );
  expect([...new Set(responses.map(({ status }) => status))]).toEqual([200]);
  return responses.map(({ body }) => body as PostbackAnswer);
};

type Numbers = Omit<LinkStatsResponse, 'clicks' | 'revenues'>;

/** A link's numbers, worked out anew from its conversions; all amounts are whole cents. */
const recount = (conversions: ConversionResponse[]): Numbers => {
  const count = (matches: (conversion: ConversionResponse) => boolean): number => conversions.filter(matches).length;
  const cents = new Map<string, number>();
  for (const { status, payout } of conversions) {
    if (status !== 'approved' || payout === null) continue;
    const sum = (cents.get(payout.currency) ?? 0) + Number(payout.amount.replace('.', ''));
    cents.set(payout.currency, sum);
  }
  return {
    registrations: count(({ eventType, status }) => eventType === 'registration' && status !== 'rejected'),
    ftds: count(({ isFtd, status }) => isFtd && status !== 'rejected'),
    deposits: count(({ eventType, status }) => eventType === 'deposit' && status !== 'rejected'),
    conversions: conversions.length,
    approved: count(({ status }) => status === 'approved'),
    pending: count(({ status }) => status === 'pending'),
    rejected: count(({ status }) => status === 'rejected'),
    payouts: [...cents].map(([currency, sum]) => ({ currency, amount: (sum / 100).toFixed(2) })).sort(byCurrency),
  };
};
const byCurrency = (a: { currency: string }, b: { currency: string }): number => a.currency.localeCompare(b.currency);

/** Revenues depend on the day's exchange rates, which are not the subject here. */
const statsOf = async (linkId: string): Promise<Numbers> => {
  const { clicks: _, revenues: __, ...stats } = (await app.link(linkId)).stats;
  return { ...stats, payouts: stats.payouts?.toSorted(byCurrency) ?? null };
};

describe('postbacks at the same time', () => {
  it.each([
    [200, 'with a transaction id', 'event=ftd&payout=50&txid=T-1'],
    [40, 'without one', 'event=registration&payout=50'],
  ])('make one conversion of %i that are the same, %s', async (times, _, query) => {
    const own = await app.createNetwork();
    const { link, clickId } = await app.clickedLink();
    const answers = await sendAtOnce(
      Array.from({ length: times }, () => `click_id=${clickId}&${query}`),
      own,
    );
    expect(answers.filter(({ verdict }) => verdict === 'accepted')).toHaveLength(1);
    expect(answers.filter(({ verdict }) => verdict === 'duplicate')).toHaveLength(times - 1);
    const conversions = await app.conversions(`networkId=${own.id}`);
    expect(conversions).toHaveLength(1);
    expect([...new Set(answers.map(({ conversionId }) => conversionId))]).toEqual([conversions[0]?.id]);
    expect(await statsOf(link.id)).toEqual(recount(conversions));
    expect((await statsOf(link.id)).payouts).toEqual([{ amount: '50.00', currency: 'EUR' }]);
    expect(await app.connection.collection('postbacks').countDocuments({ networkId: own.id })).toBe(times);
  });

  it('keep one click’s numbers equal to a recount', async () => {
    const { link, clickId } = await app.clickedLink();
    const statuses = ['approved', 'pending', 'rejected', 'approved', 'approved'];
    const events = ['deposit', 'ftd', 'sale', 'deposit', 'registration', 'deposit', 'qualified'];
    const queries = Array.from({ length: 60 }, (_, i) => {
      const currency = i % 3 === 0 ? 'USD' : 'EUR';
      const word = `event=${events[i % 7]}&status=${statuses[i % 5]}&payout=${i}.${10 + i}&currency=${currency}`;
      return `click_id=${clickId}&${word}&txid=many-${i % 25}`;
    });
    await sendAtOnce(queries);
    const conversions = await app.conversions(`linkId=${link.id}`);
    expect(await statsOf(link.id)).toEqual(recount(conversions));
    expect(conversions.filter(({ isFtd }) => isFtd)).toHaveLength(1);
  });

  it('keep one link’s numbers equal to a recount over many clicks', async () => {
    const link = await app.createLink();
    const ids = await Promise.all(Array.from({ length: 10 }, () => app.clickId(link)));
    await sendAtOnce(
      ids.flatMap((id) =>
        ['registration', 'ftd', 'deposit'].map((event) => `click_id=${id}&event=${event}&payout=0.10`),
      ),
    );
    const conversions = await app.conversions(`linkId=${link.id}`);
    expect(await statsOf(link.id)).toEqual(recount(conversions));
    expect(await statsOf(link.id)).toMatchObject({ registrations: 10, ftds: 10, deposits: 10, conversions: 30 });
    expect((await statsOf(link.id)).payouts).toEqual([{ amount: '3.00', currency: 'EUR' }]);
  });

  it.each([
    ['of each click', () => ''],
    ['of each player, over two clicks', (i: number) => `&player_id=P${i >> 1}`],
  ])('make one first deposit %s, though each instance receives another deposit', async (_, more) => {
    const own = await app.createNetwork();
    const link = await app.createLink();
    const ids = await Promise.all(Array.from({ length: 40 }, () => app.clickId(link)));
    const isByPlayer = more(0) !== '';
    // Two deposits of one person stand next to each other, so that each instance gets one of them.
    const queries = ids.flatMap((id, i) =>
      (isByPlayer ? [`${i}`] : ['a', 'b']).map((name) => `click_id=${id}&event=deposit&txid=${id}-${name}${more(i)}`),
    );
    await sendAtOnce(queries, own);
    const conversions = await app.conversions(`networkId=${own.id}`);
    expect(conversions).toHaveLength(queries.length);
    const firsts = conversions.filter(({ isFtd }) => isFtd);
    expect(new Set(firsts.map(({ clickId, playerId }) => playerId ?? clickId)).size).toBe(queries.length / 2);
    expect(firsts).toHaveLength(queries.length / 2);
    expect(await statsOf(link.id)).toEqual(recount(conversions));
  });

  it('about one transaction end in one status and one payout', async () => {
    const { link, clickId } = await app.clickedLink();
    const words = ['pending', 'approved', 'rejected'].flatMap((status) =>
      [1, 2, 3].map((payout) => ({ status, payout })),
    );
    await sendAtOnce(
      words.map(({ status, payout }) => `click_id=${clickId}&event=sale&txid=one&status=${status}&payout=${payout}`),
    );
    const conversions = await app.conversions(`linkId=${link.id}`);
    expect(conversions).toHaveLength(1);
    expect(conversions[0]?.status).not.toBe('pending');
    expect(await statsOf(link.id)).toEqual(recount(conversions));
  });

  it('under one transaction id count once, whichever of the clicks they name, where the network’s ids are unique', async () => {
    const own = await app.createNetwork({ transactions: 'network' });
    const link = await app.createLink();
    const ids = await Promise.all(Array.from({ length: 8 }, () => app.clickId(link)));
    const query = (id: string): string => `click_id=${id}&event=deposit&txid=one&payout=5`;
    // Of what was told before, only the index of keys knows: each click by itself has no conversions.
    for (const id of ids.slice(0, 3)) await app.goodPostback(own, query(id));
    const answers = await sendAtOnce(ids.map(query), own);
    const conversions = await app.conversions(`networkId=${own.id}`);
    expect(conversions.map(({ clickId }) => clickId)).toEqual([ids[0]]);
    expect(new Set(answers.map(({ conversionId }) => conversionId))).toEqual(new Set([conversions[0]?.id]));
    expect(new Set(answers.map(({ verdict }) => verdict))).toEqual(new Set(['duplicate']));
    expect(await statsOf(link.id)).toEqual(recount(conversions));
  });
});

describe('postbacks at the same time, to three instances', () => {
  it('K2 of several clicks with one transaction id count once a click', async () => {
    const own = await app.createNetwork();
    const link = await app.createLink();
    const ids = await Promise.all(Array.from({ length: 6 }, () => app.clickId(link)));
    const queries = ids.flatMap((id, i) =>
      Array.from({ length: 3 }, () => `click_id=${id}&event=sale&txid=1001&payout=${10 + i}`),
    );
    const answers = await sendAtOnce(queries, own, [app, second, third]);
    expect(answers.filter(({ verdict }) => verdict === 'accepted')).toHaveLength(6);
    const conversions = await app.conversions(`networkId=${own.id}`);
    expect(conversions).toHaveLength(ids.length);
    expect(new Set(conversions.map(({ clickId }) => clickId))).toEqual(new Set(ids));
    expect(conversions.filter(({ flags }) => flags.includes('txid_reused'))).toHaveLength(5);
    expect(await statsOf(link.id)).toEqual(recount(conversions));
    expect((await statsOf(link.id)).payouts).toEqual([{ amount: '75.00', currency: 'EUR' }]);
  });

  it('K2 deposit and ftd of one click with one transaction id are one payment', async () => {
    const own = await app.createNetwork();
    const link = await app.createLink();
    const ids = await Promise.all(Array.from({ length: 8 }, () => app.clickId(link)));
    const queries = ids.flatMap((id, i) =>
      ['ftd', 'deposit', 'deposit'].map((event) => `click_id=${id}&event=${event}&txid=p-${i}&payout=5`),
    );
    await sendAtOnce(queries, own, [app, second, third]);
    const conversions = await app.conversions(`networkId=${own.id}`);
    expect(conversions.map(({ eventType, isFtd }) => [eventType, isFtd])).toEqual(ids.map(() => ['ftd', true]));
    expect(await statsOf(link.id)).toEqual(recount(conversions));
  });

  it('K2 a player on 50 clicks has one first deposit', async () => {
    const own = await app.createNetwork();
    const link = await app.createLink();
    const ids = await Promise.all(Array.from({ length: 50 }, () => app.clickId(link)));
    const time = (i: number): string => new Date(Date.UTC(2026, 0, 1, 0, i % 17)).toISOString();
    const queries = ids.map((id, i) => `click_id=${id}&event=deposit&txid=d${i}&player_id=P&time=${time(i)}`);
    await sendAtOnce(queries.toReversed(), own, [app, second, third]);
    const conversions = await app.conversions(`networkId=${own.id}`);
    const [first] = conversions.toSorted((a, b) =>
      `${a.convertedAt} ${a.txid}` < `${b.convertedAt} ${b.txid}` ? -1 : 1,
    );
    expect(conversions).toHaveLength(50);
    expect(conversions.filter(({ isFtd }) => isFtd).map(({ txid }) => txid)).toEqual([first?.txid]);
    expect(await statsOf(link.id)).toEqual(recount(conversions));
  });
});

describe('timed postbacks', () => {
  const at = (minute: number): string => `time=${new Date(Date.UTC(2026, 0, 1, 0, minute)).toISOString()}`;
  const WORDS = [
    `event=registration&${at(1)}`,
    `event=registration&status=rejected&${at(2)}`,
    `event=deposit&txid=d1&payout=20&${at(10)}`,
    `event=deposit&txid=d1&status=rejected&payout=-20&${at(50)}`,
    `event=deposit&txid=d1&status=approved&payout=25&${at(60)}`,
    `event=deposit&txid=d2&status=pending&payout=30&${at(5)}`,
    `event=deposit&txid=d2&payout=35&${at(30)}`,
    `event=ftd&txid=f1&payout=7&${at(8)}`,
    `event=ftd&txid=f1&status=rejected&${at(40)}`,
    `event=sale&txid=s1&status=pending&payout=10&${at(20)}`,
    `event=sale&txid=s1&status=approved&payout=12&${at(20)}`,
    `event=sale&txid=s1&status=pending&payout=15&currency=USD&${at(25)}`,
  ];
  const OUTCOME = {
    stats: {
      registrations: 0,
      ftds: 1,
      deposits: 2,
      conversions: 5,
      approved: 3,
      pending: 0,
      rejected: 2,
      // The sale's approval names no currency: it is in the one that its hold names.
      payouts: [
        { amount: '60.00', currency: 'EUR' },
        { amount: '12.00', currency: 'USD' },
      ],
    },
    conversions: [
      { eventType: 'deposit', txid: 'd1', status: 'approved', isFtd: false, payout: '25.00', convertedAt: '00:10' },
      { eventType: 'deposit', txid: 'd2', status: 'approved', isFtd: true, payout: '35.00', convertedAt: '00:05' },
      { eventType: 'ftd', txid: 'f1', status: 'rejected', isFtd: false, payout: '7.00', convertedAt: '00:08' },
      { eventType: 'registration', txid: null, status: 'rejected', isFtd: false, payout: null, convertedAt: '00:01' },
      { eventType: 'sale', txid: 's1', status: 'approved', isFtd: false, payout: '12.00', convertedAt: '00:20' },
    ],
  };

  const outcomeOf = async (linkId: string): Promise<unknown> => {
    const conversions = (await app.conversions(`linkId=${linkId}`)).map(
      ({ eventType, txid, status, isFtd, payout, convertedAt }) => ({
        eventType,
        txid,
        status,
        isFtd,
        payout: payout && payout.amount,
        convertedAt: convertedAt.slice(11, 16),
      }),
    );
    const order = ({ eventType, txid }: { eventType: string; txid: string | null }): string => `${eventType} ${txid}`;
    return {
      stats: await statsOf(linkId),
      conversions: conversions.sort((a, b) => order(a).localeCompare(order(b))),
    };
  };
  const anyOrder = fc.shuffledSubarray(WORDS, { minLength: WORDS.length });

  it('end in the same conversions and numbers in whatever order they come', async () => {
    await fc.assert(
      fc.asyncProperty(anyOrder, async (words) => {
        const { link, clickId } = await app.clickedLink();
        const own = await app.createNetwork();
        for (const word of words) await app.goodPostback(own, `click_id=${clickId}&${word}`);
        expect(await outcomeOf(link.id)).toEqual(OUTCOME);
      }),
      { numRuns: 5, endOnFailure: true },
    );
  });

  it('end there when they all come at once, and some of them twice', async () => {
    const { link, clickId } = await app.clickedLink();
    const own = await app.createNetwork();
    await sendAtOnce(
      [...WORDS, ...WORDS.slice(3, 9)].map((word) => `click_id=${clickId}&${word}`),
      own,
    );
    expect(await outcomeOf(link.id)).toEqual(OUTCOME);
  });

  it('leave the network’s own word that decided the status, in whatever order they come', async () => {
    const words = [
      `event=sale&txid=w&status=hold&${at(1)}`,
      `event=sale&txid=w&status=paid&payout=5&${at(10)}`,
      `event=sale&txid=w&status=confirmed&${at(20)}`,
      `event=sale&txid=w&status=wait&payout=6&${at(30)}`,
    ];
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray(words, { minLength: words.length }), async (shuffled) => {
        const { link, clickId } = await app.clickedLink();
        const own = await app.createNetwork();
        for (const word of shuffled) await app.goodPostback(own, `click_id=${clickId}&${word}`);
        const [conversion] = await app.conversions(`linkId=${link.id}`);
        expect(conversion).toMatchObject({ status: 'approved', networkStatus: 'confirmed' });
      }),
      { numRuns: 5, endOnFailure: true },
    );
  });
});
