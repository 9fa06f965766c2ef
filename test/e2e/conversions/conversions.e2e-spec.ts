import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ConversionListResponse } from '../../../src/conversions/conversions.dto.js';
import { ConversionsRepository } from '../../../src/conversions/conversions.repository.js';
import { Transactions } from '../../../src/platform/mongo/transactions.js';
import { trustedWorkspaceId } from '../../../src/platform/tenancy/workspace-id.js';
import { TestApp } from '../../support/test-app.js';
import { itAsksForKeyAndScope } from '../../support/api/access.js';
import { expectInvalid, expectProblem } from '../../support/api/expect-problem.js';

const UNKNOWN_ID = 'cnv_00000000000000000000';

let app: TestApp;
let other: { apiKey: string };
beforeAll(async () => {
  app = await TestApp.start();
  await app.api('patch', '/workspaces/current').send({ currency: 'EUR' });
  other = await app.createWorkspace();
});
afterAll(() => app.close());

const list = async (query: string, key = app.apiKey): Promise<ConversionListResponse> => {
  const response = await app.api('get', `/conversions?${query}`, key);
  expect(response.status, response.text).toBe(200);
  return response.body as ConversionListResponse;
};
const idsIn = ({ data }: ConversionListResponse): string[] => data.map(({ id }) => id);

describe('access to conversions', () => {
  itAsksForKeyAndScope(
    () => app,
    [
      ['get', '/conversions', 'conversions:read'],
      ['get', `/conversions/${UNKNOWN_ID}`, 'conversions:read'],
    ],
  );

  it('is a 404 for an unknown id and for another workspace’s', async () => {
    const network = await app.createNetwork({}, other.apiKey);
    const clickId = await app.clickId(await app.createLink({}, other.apiKey));
    const { conversionId } = await app.goodPostback(network, `click_id=${clickId}`);
    expect((await app.conversion(conversionId ?? '', other.apiKey)).clickId).toBe(clickId);
    for (const id of [UNKNOWN_ID, 'nonsense', '%7B%22%24ne%22%3Anull%7D', conversionId]) {
      expectProblem(await app.api('get', `/conversions/${id}`), 404);
    }
    expect((await list(`clickId=${clickId}`)).data).toEqual([]);
    expect((await list(`networkId=${network.id}`)).data).toEqual([]);
    expect(idsIn(await list(`clickId=${clickId}`, other.apiKey))).toEqual([conversionId]);
  });

  it('does not let a network of one workspace touch a transaction of another', async () => {
    const ours = await app.createNetwork();
    const theirs = await app.createNetwork({}, other.apiKey);
    const clickId = await app.clickId(await app.createLink());
    const theirClick = await app.clickId(await app.createLink({}, other.apiKey));
    const { conversionId } = await app.goodPostback(ours, `click_id=${clickId}&txid=same&payout=1`);
    const foreign = await app.goodPostback(theirs, `click_id=${theirClick}&txid=same&payout=2`);
    expect(foreign).toMatchObject({ verdict: 'accepted' });
    expect((await app.conversion(conversionId ?? '')).payout).toEqual({ amount: '1.00', currency: 'EUR' });
  });
});

describe('GET /conversions/{id}', () => {
  it('shows all that is known', async () => {
    const network = await app.createNetwork();
    const link = await app.createLink({ networkId: network.id });
    const clickId = await app.clickId(link, '?sub1=fb&sub2=banner&x=1');
    const { at: clickedAt } = await app.storedClick(clickId);
    const query = `click_id=${clickId}&event=ftd&status=wait&payout=50&txid=T-1`;
    const { conversionId = '', postbackId } = await app.goodPostback(network, query);
    const conversion = await app.conversion(conversionId);
    expect(conversion).toEqual({
      id: conversionId,
      eventType: 'ftd',
      isFtd: true,
      status: 'pending',
      networkStatus: 'wait',
      clickId,
      linkId: link.id,
      networkId: network.id,
      txid: 'T-1',
      playerId: null,
      payout: { amount: '50.00', currency: 'EUR' },
      refunded: null,
      revenue: { amount: '50.00', currency: 'EUR' },
      flags: [],
      country: null,
      device: 'desktop',
      os: 'Linux',
      browser: 'Chrome',
      clickedAt,
      convertedAt: expect.any(String),
      subs: { sub1: 'fb', sub2: 'banner' },
      history: [
        {
          at: conversion.convertedAt,
          status: 'pending',
          networkStatus: 'wait',
          payout: { amount: '50.00', currency: 'EUR' },
          origin: 'postback',
          postbackId,
          by: null,
          note: null,
        },
      ],
    });
    expect((await list(`clickId=${clickId}`)).data).toEqual([conversion]);
  });
});

describe('GET /conversions', () => {
  it('finds conversions by each filter and by several together', async () => {
    const [one, two] = [await app.createNetwork(), await app.createNetwork()];
    const [a, b] = [await app.clickedLink(), await app.clickedLink()];
    const make = async (network: { key: string }, query: string): Promise<string> =>
      (await app.goodPostback(network, query)).conversionId ?? '';
    const registration = await make(one, `click_id=${a.clickId}&event=registration&time=2026-01-01T00:00:00Z`);
    const ftd = await make(one, `click_id=${a.clickId}&event=ftd&txid=F%2F1&status=pending&time=2026-01-02T00:00:00Z`);
    const foreign = await make(two, `click_id=${a.clickId}&event=ftd&txid=F%2F1&time=2026-01-03T00:00:00Z`);
    const onB = await make(one, `click_id=${b.clickId}&event=ftd&status=rejected&time=2026-01-04T00:00:00Z`);
    const found = async (query: string): Promise<string[]> => idsIn(await list(query));

    expect(await found(`clickId=${a.clickId}`)).toEqual([foreign, ftd, registration]);
    expect(await found(`linkId=${b.link.id}`)).toEqual([onB]);
    expect(await found(`networkId=${one.id}`)).toEqual([onB, ftd, registration]);
    expect(await found('txid=F%2F1')).toEqual([foreign, ftd]);
    expect(await found(`networkId=${one.id}&eventType=ftd`)).toEqual([onB, ftd]);
    expect(await found(`networkId=${one.id}&status=approved`)).toEqual([registration]);
    expect(await found(`networkId=${one.id}&status=pending`)).toEqual([ftd]);
    expect(await found(`clickId=${a.clickId}&eventType=ftd&txid=F%2F1&networkId=${two.id}`)).toEqual([foreign]);
    expect(await found('from=2026-01-02T00:00:00Z&to=2026-01-04T00:00:00Z')).toEqual([foreign, ftd]);
    expect(await found('from=2026-01-02T01:00:00%2B01:00&to=2026-01-02')).toEqual([ftd]);
    expect(await found(`to=2026-01-01&networkId=${one.id}`)).toEqual([registration]);
    expect(await found('linkId=lnk_00000000000000000000')).toEqual([]);
  });

  it('pages, newest first, and keeps the filter', async () => {
    const network = await app.createNetwork({ repeats: { sale: 'count' } });
    const { clickId } = await app.clickedLink();
    const made: string[] = [];
    for (let i = 0; i < 5; i++) {
      made.unshift((await app.goodPostback(network, `click_id=${clickId}`)).conversionId ?? '');
    }
    const first = await list(`networkId=${network.id}&limit=3`);
    const second = await list(`networkId=${network.id}&limit=3&cursor=${first.page.nextCursor}`);
    expect([first, second].flatMap(idsIn)).toEqual(made);
    expect(first.page.hasMore).toBe(true);
    expect(second.page).toEqual({ hasMore: false, nextCursor: null });
  });

  it.each([
    ['eventType=nope', 'eventType'],
    ['eventType=ftd&eventType=sale', 'eventType'],
    ['status=ignore', 'status'],
    ['status[$ne]=approved', 'status[$ne]'],
    ['from=yesterday', 'from'],
    ['from=2026-02-30', 'from'],
    ['to=17', 'to'],
    ['from=2026-01-01&from=2026-01-02', 'from'],
    ['linkId=a&linkId=b', 'linkId'],
    ['workspaceId=x', 'workspaceId'],
    ['limit=0', 'limit'],
    ['limit=1000&status=x&nope=1', 'limit', 'nope', 'status'],
  ])('refuses ?%s', async (query, ...paths) => {
    expectInvalid(await app.api('get', `/conversions?${query}`), ...paths);
  });
});

describe('a transaction', () => {
  it('covers all conversions of a click, though they do not fit into one answer of MongoDB', async () => {
    const network = await app.createNetwork();
    const { clickId } = await app.clickedLink();
    const { conversionId = '' } = await app.goodPostback(network, `click_id=${clickId}&event=deposit&txid=large-0`);
    const stored = app.connection.collection<{ _id: string; workspaceId: string }>('conversions');
    const first = await stored.findOne({ _id: conversionId });
    const workspaceId = trustedWorkspaceId(first?.workspaceId ?? '');
    const history = [{ note: 'x'.repeat(1_000_000) }]; // an answer holds 16 MB
    const others = Array.from({ length: 20 }, (_, i) => {
      const key = { dedupeKey: `tx:deposit:large-${i + 1}`, clickVersion: i + 2 };
      return { ...first, ...key, workspaceId, _id: `${conversionId.slice(0, -2)}${10 + i}`, history };
    });
    await stored.insertMany(others);
    const handles = { keys: [], players: [], transactions: [], clickIds: [clickId] };
    const found = await app.app
      .get(Transactions)
      .run((tx) => app.app.get(ConversionsRepository).findByHandles(workspaceId, handles, tx));
    expect(new Set(found.map(({ _id }) => _id))).toEqual(new Set([conversionId, ...others.map(({ _id }) => _id)]));
  });
});
