import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { getMetadataStorage } from 'class-validator';
import {
  ConversionFilterQuery,
  ConversionListQuery,
  type ConversionListResponse,
  type ConversionResponse,
  type ConversionTotalsResponse,
} from '../../../src/conversions/conversions.dto.js';
import { ConversionExportQuery } from '../../../src/conversions/export/conversion-export.dto.js';
import { LinkListQuery } from '../../../src/links/list/link-list.dto.js';
import { LinkExportQuery } from '../../../src/links/transfer/link-import.dto.js';
import { PostbackExportQuery } from '../../../src/postbacks/log/postback-export.dto.js';
import { PostbackListQuery } from '../../../src/postbacks/log/postback-log.dto.js';
import { itAsksForKeyAndScope } from '../../support/api/access.js';
import { expectInvalid } from '../../support/api/expect-problem.js';
import { TestApp } from '../../support/test-app.js';

const EUR = (amount: string) => ({ amount, currency: 'EUR' });
const NONE = { count: 0, payouts: [], revenue: EUR('0.00') };

let app: TestApp;
let linkId: string;
let other: { apiKey: string };
let made: ConversionResponse[];
beforeAll(async () => {
  app = await TestApp.start();
  await app.api('patch', '/workspaces/current').send({ currency: 'EUR' });
  other = await app.createWorkspace();
  const { link, clickId } = await app.clickedLink();
  linkId = link.id;
  const inputs = [
    { eventType: 'registration', playerId: 'Anna-1' },
    { eventType: 'ftd', payout: EUR('0.10'), txid: 'A-1', playerId: 'Anna-1' },
    { eventType: 'sale', payout: EUR('0.20'), txid: 'A-2', status: 'approved' },
    { eventType: 'sale', payout: { amount: '7', currency: 'USD' }, txid: 'A-22', status: 'pending' },
    { eventType: 'sale', payout: EUR('5'), txid: 'B-1', status: 'rejected' },
    { eventType: 'lead', txid: 'B-2', convertedAt: '2026-01-01T00:00:00Z' },
  ];
  made = [];
  for (const input of inputs) {
    const response = await app.api('post', '/conversions').send({ clickId, ...input });
    expect(response.status, response.text).toBe(201);
    made.push(response.body as ConversionResponse);
  }
});
afterAll(() => app.close());

const list = async (query: string, key = app.apiKey): Promise<string[]> => {
  const response = await app.api('get', `/conversions?${query}`, key);
  expect(response.status, response.text).toBe(200);
  return (response.body as ConversionListResponse).data.map(({ id }) => id);
};
const totals = async (query: string, key = app.apiKey): Promise<ConversionTotalsResponse> => {
  const response = await app.api('get', `/conversions/totals?${query}`, key);
  expect(response.status, response.text).toBe(200);
  return response.body as ConversionTotalsResponse;
};
const exported = async (query: string): Promise<string[]> => {
  const { text } = await app.api('get', `/conversions/export?${query}`);
  return text
    .trim()
    .split('\r\n')
    .slice(1)
    .map((line) => line.split(',')[0] ?? '');
};
const ids = (...indexes: number[]): string[] => indexes.map((i) => made[i]?.id ?? '');

describe('access to the totals', () => {
  itAsksForKeyAndScope(() => app, [['get', '/conversions/totals', 'conversions:read']]);

  it('counts nothing of another workspace', async () => {
    expect(await totals('', other.apiKey)).toMatchObject({ count: 0 });
    expect(await totals(`linkId=${linkId}`, other.apiKey)).toMatchObject({ count: 0 });
    expect(await list('q=A-1', other.apiKey)).toEqual([]);
  });
});

describe('GET /conversions/totals', () => {
  it('sums up by status and event type, exactly and by currency', async () => {
    const answer = await totals(`linkId=${linkId}`);
    expect(answer).toMatchObject({ count: 6, ftds: 1, isComplete: true });
    expect(answer.byStatus.approved).toEqual({ count: 4, payouts: [EUR('0.30')], revenue: EUR('0.30') });
    expect(answer.byStatus.pending).toMatchObject({ count: 1, payouts: [{ amount: '7.00', currency: 'USD' }] });
    expect(answer.byStatus.rejected).toEqual({ count: 1, payouts: [EUR('5.00')], revenue: EUR('5.00') });
    expect(answer.byEventType).toEqual([
      { eventType: 'registration', count: 1 },
      { eventType: 'ftd', count: 1 },
      { eventType: 'sale', count: 3 },
      { eventType: 'lead', count: 1 },
    ]);
    const flagged = made.filter(({ flags }) => flags.length > 0).length;
    expect(answer.flagged).toBe(flagged);
    expect(flagged).toBeGreaterThan(0);
  });

  it('agrees with the stats of the link', async () => {
    const { stats } = await app.link(linkId);
    const { byStatus, ftds } = await totals(`linkId=${linkId}`);
    expect([byStatus.approved.count, byStatus.pending.count, byStatus.rejected.count, ftds]).toEqual([
      stats.approved,
      stats.pending,
      stats.rejected,
      stats.ftds,
    ]);
    expect(byStatus.approved.payouts).toEqual(stats.payouts);
  });

  it('is zero where nothing matches', async () => {
    expect(await totals('linkId=lnk_00000000000000000000')).toEqual({
      count: 0,
      byStatus: { pending: NONE, approved: NONE, rejected: NONE },
      byEventType: [],
      ftds: 0,
      flagged: 0,
      withoutRevenue: 0,
      isComplete: true,
    });
  });

  it.each([
    ['limit=5', 'limit'],
    ['status=odd', 'status'],
    ['q=', 'q'],
    ['q=%20', 'q'],
    [`q=${'x'.repeat(201)}`, 'q'],
    ['q=a&q=b', 'q'],
    ['from=2026-02-01&to=2026-01-01', 'to'],
  ])('refuses ?%s', async (query, path) => {
    expectInvalid(await app.api('get', `/conversions/totals?${query}`), path);
  });
});

describe('the search of a list', () => {
  it.each<[string, string, number[]]>([
    ['a transaction id', 'A-2', [2]],
    ['the beginning of transaction ids', 'A-', [3, 2, 1]],
    ['a player', 'Anna-1', [1, 0]],
    ['the beginning of a player', 'Anna', [1, 0]],
    ['spaces around it', '%20B-1%20', [4]],
    ['another case', 'a-1', []],
    ['signs of a pattern', 'A.*', []],
  ])('finds %s', async (_, q, indexes) => {
    expect(await list(`q=${q}`)).toEqual(ids(...indexes));
  });

  it('finds a conversion and a click by the whole id and its beginning', async () => {
    const [first] = made;
    expect(await list(`q=${first?.id}`)).toEqual([first?.id]);
    expect(await list(`q=${first?.id.slice(0, -1)}`)).toContain(first?.id);
    expect(await list(`q=${first?.clickId}`)).toEqual(ids(5, 4, 3, 2, 1, 0));
    expect(await list(`q=${first?.clickId?.slice(0, 15)}`)).toEqual(ids(5, 4, 3, 2, 1, 0));
  });

  it('goes with other filters and pages', async () => {
    expect(await list('q=A-&status=pending')).toEqual(ids(3));
    const first = (await app.api('get', '/conversions?q=A-&limit=2')).body as ConversionListResponse;
    expect(first.data.map(({ id }) => id)).toEqual(ids(3, 2));
    expect(await list(`q=A-&limit=2&cursor=${first.page.nextCursor}`)).toEqual(ids(1));
  });

  it('asks for more characters when too many begin with the text, and finds the whole text among them', async () => {
    const [sample] = await app.connection.collection('conversions').find({ txid: 'A-1' }).toArray();
    const rows = Array.from({ length: 1_001 }, (_, i) => ({
      ...sample,
      _id: `cnv_many${String(i).padStart(16, '0')}` as never,
      txid: `many-${i}`,
      dedupeKey: `many-${i}`,
      clickId: null,
      clickVersion: null,
      playerId: null,
      linkId: 'lnk_many',
    }));
    await app.connection.collection('conversions').insertMany(rows);
    expectInvalid(await app.api('get', '/conversions?q=many'), 'q');
    expect(await list('q=many-1000')).toEqual(['cnv_many0000000000001000']);
    expect(await totals('linkId=lnk_many')).toMatchObject({ count: 1_001, isComplete: true });
    await app.connection.collection('conversions').deleteMany({ linkId: 'lnk_many' });
  });
});

describe('list, totals and export', () => {
  it.each([
    '',
    'q=A-',
    'q=Anna-1',
    'status=approved',
    'eventType=sale&status=rejected',
    'txid=B-2',
    'playerId=Anna-1&isFtd=true',
    'isFtd=false',
    'flag=before_click',
    'flag=rate_missing',
    'from=2026-01-01&to=2026-01-02',
    'timeBy=click&to=2026-01-02',
  ])('have the same conversions: ?%s', async (query) => {
    const filter = `linkId=${linkId}&${query}`;
    const listed = await list(filter);
    expect(await exported(filter)).toEqual(listed);
    expect((await totals(filter)).count).toBe(listed.length);
  });

  it.each([
    ['conversions', ConversionListQuery, ConversionExportQuery],
    ['totals of conversions', ConversionListQuery, ConversionFilterQuery],
    ['postbacks', PostbackListQuery, PostbackExportQuery],
    ['links', LinkListQuery, LinkExportQuery],
  ])('take the same filters: %s', (_, ofList, ofOther) => {
    expect(filtersOf(ofOther)).toEqual(filtersOf(ofList));
    expect(filtersOf(ofList).length).toBeGreaterThan(5);
  });
});

/** The names of the query parameters, without those of pages and files. */
function filtersOf(query: new () => object): string[] {
  const names = getMetadataStorage()
    .getTargetValidationMetadatas(query, '', false, false)
    .map(({ propertyName }) => propertyName);
  const others = new Set(['limit', 'cursor', 'bom', 'sort', 'order', 'format', 'columns']);
  return [...new Set(names)].filter((name) => !others.has(name)).toSorted();
}
