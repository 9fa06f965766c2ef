import { get, type IncomingMessage } from 'node:http';
import type { Response } from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CsvReader } from '../../../src/platform/csv/csv-reader.js';
import { newId } from '../../../src/platform/ids/ids.js';
import { eventually } from '../../support/eventually.js';
import { TestApp } from '../../support/test-app.js';
import { itAsksForKeyAndScope } from '../../support/api/access.js';
import { expectInvalid } from '../../support/api/expect-problem.js';

const ROWS = 3_000;
const START = Date.UTC(2026, 0, 1);
const MINUTE = 60_000;
const PAYLOADS = [
  '=HYPERLINK("http://evil.example";"x")',
  '+1+1',
  '-2+3',
  '@SUM(A1)',
  '\t=1',
  '\r=1',
  'x;=1',
  'say "hi",\r\nthere',
];

type Row = Record<string, string>;

let app: TestApp;
let other: { id: string; apiKey: string };
let workspaceId: string;
beforeAll(async () => {
  app = await TestApp.start();
  other = await app.createWorkspace();
  workspaceId = (await app.api('get', '/workspaces/current')).body.id as string;
  for (const id of [workspaceId, other.id]) await fill(id, id === other.id ? 10 : ROWS);
});
afterAll(() => app.close());

/** The i-th object of a workspace is of minute i; a few hold what spreadsheets would run. */
const fill = async (of: string, count: number): Promise<void> => {
  const numbers = Array.from({ length: count }, (_, i) => i);
  const payload = (i: number): string => PAYLOADS[i] ?? `plain ${i}`;
  const insert = (name: string, row: (i: number, at: Date) => object) =>
    app.connection
      .collection(name)
      .insertMany(numbers.map((i) => ({ workspaceId: of, ...row(i, new Date(START + i * MINUTE)) })) as never[]);
  await insert('clicks', (i, at) => ({
    _id: `click-${of}-${i}`,
    linkId: `lnk_${i % 3}`,
    at,
    userAgent: payload(i),
    query: [{ name: 'sub1', value: payload(i) }],
    subs: { sub1: payload(i), sub10: 'ten' },
    country: 'DE',
    device: 'mobile',
    ...(i % 2 === 1 && { botReason: 'user_agent' }),
    visitorKey: `${of}-${i}`,
    isUnique: false,
  }));
  await insert('conversions', (i, at) => ({
    _id: newId('cnv', at.getTime()),
    networkId: `net_${i % 2}`,
    linkId: `lnk_${i % 3}`,
    clickId: `click-${of}-${i}`,
    eventType: i % 2 === 0 ? 'sale' : 'deposit',
    dedupeKey: String(i),
    txid: payload(i),
    status: 'approved',
    statusAt: at,
    networkStatus: null,
    payout: i === 0 ? null : { amount: '-5', currency: 'EUR' },
    payoutAt: at,
    isFtd: false,
    clickedAt: at,
    convertedAt: at,
    history: [],
    createdAt: at,
    updatedAt: at,
  }));
  await insert('postbacks', (i, at) => ({
    _id: newId('pbk', at.getTime()),
    networkId: `net_${i % 2}`,
    receivedAt: at,
    method: 'GET',
    path: '/postback/***abc',
    query: payload(i),
    body: '',
    headers: [],
    ip: '203.0.113.7',
    verdict: i % 2 === 0 ? 'accepted' : 'rejected',
    reason: i % 2 === 0 ? null : 'missing_click_id',
    hint: null,
    clickId: `click-${of}-${i}`,
    linkId: null,
    conversionId: null,
  }));
};

const parse = (text: string): Row[] => {
  const reader = new CsvReader();
  const [header, ...records] = [...reader.push(text), ...reader.end()].map(({ fields }) => fields);
  return records.map((fields) => Object.fromEntries(fields.map((field, i) => [header?.[i] ?? '', field])));
};
const download = async (path: string, key = app.apiKey): Promise<Row[]> => {
  const response: Response = await app.api('get', path, key);
  expect(response.status, response.text).toBe(200);
  return parse(response.text);
};

describe('access to exports', () => {
  itAsksForKeyAndScope(
    () => app,
    [
      ['get', '/conversions/export', 'conversions:read'],
      ['get', '/clicks/export', 'clicks:read'],
      ['get', '/postbacks/export', 'postbacks:read'],
    ],
  );
});

describe.each([
  { kind: 'conversions', time: 'convertedAt', text: 'txid' },
  { kind: 'clicks', time: 'at', text: 'userAgent' },
  { kind: 'postbacks', time: 'receivedAt', text: 'query' },
])('GET /$kind/export', ({ kind, time, text }) => {
  const path = `/${kind}/export`;

  it('is a CSV file to download', async () => {
    const { headers } = await app.api('get', path);
    expect(headers['content-type']).toBe('text/csv; charset=utf-8');
    expect(headers['content-disposition']).toMatch(
      new RegExp(`^attachment; filename="${kind}-\\d{4}-\\d\\d-\\d\\d\\.csv"$`),
    );
  });

  it('has every row of the workspace, newest first, and none of another', async () => {
    const rows = await download(path);
    expect(rows.map((row) => row[time])).toEqual(
      Array.from({ length: ROWS }, (_, i) => new Date(START + (ROWS - 1 - i) * MINUTE).toISOString()),
    );
    expect(new Set(rows.map(({ id }) => id)).size).toBe(ROWS);
    expect(JSON.stringify(rows)).not.toContain(other.id);
    expect(await download(path, other.apiKey)).toHaveLength(10);
  });

  it('has no cell that a spreadsheet would run', async () => {
    const rows = (await download(path)).reverse();
    expect(rows.slice(0, PAYLOADS.length + 1).map((row) => row[text])).toEqual([
      '\'=HYPERLINK("http://evil.example";"x")',
      "'+1+1",
      "'-2+3",
      "'@SUM(A1)",
      "'\t'=1",
      "'\r'=1",
      "x;'=1",
      'say "hi",\r\nthere',
      'plain 8',
    ]);
    for (const cell of rows.flatMap((row) => Object.values(row))) {
      expect(/^[=+\-@\t\r]/.test(cell) && cell !== '-5.00', cell).toBe(false);
    }
  });

  it('takes from and to', async () => {
    const [from, to] = [10, 20].map((minute) => new Date(START + minute * MINUTE).toISOString());
    expect(await download(`${path}?from=${from}&to=${to}`)).toHaveLength(10);
    expect(await download(`${path}?to=${from}`)).toHaveLength(10);
    expect(await download(`${path}?from=2030-01-01`)).toEqual([]);
  });

  it('refuses what it does not know', async () => {
    expectInvalid(await app.api('get', `${path}?from=soon&limit=5&nope=1`), 'from', 'limit', 'nope');
  });

  it('has a header row alone when there is nothing', async () => {
    const { apiKey } = await app.createWorkspace();
    const { status, text: body } = await app.api('get', path, apiKey);
    expect(status).toBe(200);
    expect(body).toMatch(/^id,[\w,]+\r\n$/);
  });

  it('reads nothing for HEAD', async () => {
    const { status, headers } = await app.api('head', path);
    expect(status).toBe(200);
    expect(headers['content-type']).toBe('text/csv; charset=utf-8');
  });
});

describe('K13 a byte order mark', () => {
  it.each(['/conversions/export', '/clicks/export', '/postbacks/export', '/links/export'])(
    'K13 of %s',
    async (path) => {
      const startsWithMark = async (query: string, headers: Record<string, string> = {}): Promise<boolean> => {
        const answer = await fetch(`${app.baseUrl}/api/v1${path}${query}`, {
          headers: { authorization: `Bearer ${other.apiKey}`, ...headers },
        });
        expect(answer.status).toBe(200);
        const start = Buffer.from(await answer.arrayBuffer()).subarray(0, 3);
        return start.equals(Buffer.from([0xef, 0xbb, 0xbf]));
      };
      expect(await startsWithMark('')).toBe(false);
      expect(await startsWithMark('?bom=true')).toBe(true);
      expect(await startsWithMark('', { 'sec-fetch-dest': 'document' })).toBe(true);
      expect(await startsWithMark('', { cookie: 'a=b; __Host-hopback=abc' })).toBe(true);
      expect(await startsWithMark('', { cookie: 'hopback=abc' })).toBe(true);
      expect(await startsWithMark('', { cookie: 'xhopback=abc', 'sec-fetch-dest': 'empty' })).toBe(false);
      expect(await startsWithMark('?bom=false', { cookie: 'hopback=abc', 'sec-fetch-dest': 'document' })).toBe(false);
      expectInvalid(await app.api('get', `${path}?bom=yes`), 'bom');
    },
  );
});

describe('the filters of exports', () => {
  it.each([
    ['/conversions/export?eventType=sale&linkId=lnk_0', ROWS / 6],
    ['/conversions/export?networkId=net_1&status=approved', ROWS / 2],
    ['/conversions/export?txid=plain%20100', 1],
    ['/conversions/export?status=rejected', 0],
    ['/postbacks/export?verdict=rejected&reason=missing_click_id&networkId=net_1', ROWS / 2],
    ['/postbacks/export?verdict=duplicate', 0],
  ])('%s: %s rows', async (path, count) => {
    expect(await download(path)).toHaveLength(count);
  });

  it('find a conversion’s and a postback’s click, in its own workspace only', async () => {
    for (const kind of ['conversions', 'postbacks']) {
      const path = `/${kind}/export?clickId=click-${workspaceId}-42`;
      expect(await download(path)).toHaveLength(1);
      expect(await download(path, other.apiKey)).toEqual([]);
    }
  });
});

describe('a row', () => {
  it('of a conversion has its payout as a number, and its click’s facts', async () => {
    const rows = (await download('/conversions/export')).reverse();
    expect(rows[0]).toMatchObject({ payoutAmount: '', payoutCurrency: '', sub10: 'ten' });
    expect(rows[9]).toMatchObject({
      id: expect.stringMatching(/^cnv_/),
      eventType: 'deposit',
      isFtd: 'false',
      payoutAmount: '-5.00',
      payoutCurrency: 'EUR',
      clickId: `click-${workspaceId}-9`,
      country: 'DE',
      device: 'mobile',
      sub1: 'plain 9',
      sub2: '',
    });
  });

  it('of a click has its sub ids, its query and whether it is a bot’s', async () => {
    const rows = (await download('/clicks/export')).reverse();
    expect(rows[8]).toMatchObject({ sub1: 'plain 8', sub10: 'ten', query: 'sub1=plain+8', isBot: 'false' });
    expect(rows[9]).toMatchObject({ isBot: 'true', botReason: 'user_agent' });
  });
});

describe('a download that is not read on', () => {
  const openCursors = async (): Promise<number> => {
    const found = await app.connection
      .getClient()
      .db('admin')
      .aggregate([
        { $currentOp: { allUsers: true, idleCursors: true } },
        { $match: { type: 'idleCursor', ns: `${app.database}.clicks` } },
      ])
      .toArray();
    return found.length;
  };
  const begin = (key: string): Promise<IncomingMessage> =>
    new Promise((resolve, reject) => {
      const headers = { authorization: `Bearer ${key}` };
      get(`${app.baseUrl}/api/v1/clicks/export`, { headers }, resolve).on('error', reject);
    });

  it('reads no further, and closes its cursor when the client goes away', async () => {
    const big = await app.createWorkspace();
    const clicks = Array.from({ length: 20_000 }, (_, i) => ({
      _id: `big-${i}`,
      workspaceId: big.id,
      at: new Date(START + i),
      userAgent: 'x'.repeat(1_500),
      visitorKey: `big-${i}`,
      isUnique: false,
    }));
    await app.connection.collection('clicks').insertMany(clicks as never[]);

    const response = await begin(big.apiKey);
    expect(response.statusCode).toBe(200);
    await eventually(openCursors, (count) => count === 1);
    response.destroy();
    await eventually(openCursors, (count) => count === 0);

    const goneAfter = (ms: number): Promise<void> =>
      new Promise((resolve) => {
        const headers = { authorization: `Bearer ${big.apiKey}` };
        const request = get(`${app.baseUrl}/api/v1/clicks/export`, { headers }, (answer) => answer.pause());
        request.on('error', () => undefined).on('close', resolve);
        setTimeout(() => request.destroy(), ms);
      });
    await Promise.all(Array.from({ length: 30 }, (_, i) => goneAfter(3 * i)));
    await eventually(openCursors, (count) => count === 0);

    // Those that were broken off give their places back, too.
    const whole = await eventually(
      () => begin(big.apiKey),
      ({ statusCode }) => statusCode === 200,
    );
    let bytes = 0;
    for await (const piece of whole) bytes += (piece as Buffer).length;
    expect(bytes).toBeGreaterThan(20_000 * 1_500);
    expect(await openCursors()).toBe(0);
  });
});
