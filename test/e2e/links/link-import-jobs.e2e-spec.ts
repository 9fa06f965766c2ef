import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LinkImportJobResponse, LinkImportRowListResponse } from '../../../src/links/transfer/link-import.dto.js';
import { ImportJobQueue } from '../../../src/imports/import-job-queue.repository.js';
import { LinkRowImport } from '../../../src/links/transfer/link-row-import.service.js';
import { itAsksForKeyAndScope } from '../../support/api/access.js';
import { expectInvalid, expectProblem } from '../../support/api/expect-problem.js';
import { LinkImportClient } from '../../support/api/link-import-client.js';
import { eventually } from '../../support/eventually.js';
import { TestApp } from '../../support/test-app.js';

const UNKNOWN_ID = 'imp_00000000000000000000';
const SLOW_MS = 120_000;

let app: TestApp;
let client: LinkImportClient;
let other: { apiKey: string };
beforeAll(async () => {
  app = await TestApp.start();
  client = new LinkImportClient(app);
  other = await app.createWorkspace();
});
afterAll(() => app.close());

const create = async (csv: string, query = '', key = app.apiKey): Promise<LinkImportJobResponse> => {
  const request = app.api('post', `/links/import${query}`, key).set('content-type', 'text/csv');
  const response = await request.set('prefer', 'wait=5, respond-async').send(csv);
  expect(response.status, response.text).toBe(202);
  const job = response.body as LinkImportJobResponse;
  expect(response.headers).toMatchObject({
    'preference-applied': 'respond-async',
    location: `/api/v1/links/import/${job.id}`,
  });
  return job;
};
const read = async (id: string, key = app.apiKey, from = app): Promise<LinkImportJobResponse> =>
  (await from.api('get', `/links/import/${id}`, key)).body as LinkImportJobResponse;
const ended = (id: string, key = app.apiKey, from = app): Promise<LinkImportJobResponse> =>
  eventually(
    () => read(id, key, from),
    ({ status }) => status !== 'running',
    SLOW_MS,
  );
const rowsOf = async (id: string, query = 'limit=100', key = app.apiKey): Promise<LinkImportRowListResponse> =>
  (await app.api('get', `/links/import/${id}/rows?${query}`, key)).body as LinkImportRowListResponse;
const fileOf = (rows: number, slug: (i: number) => string): string =>
  ['url,slug', ...Array.from({ length: rows }, (_, i) => `https://a.example/${i},${slug(i)}`)].join('\n');
const jobs = (of = app) => of.connection.collection<{ _id: string }>('conversionImports');

describe('access to imports of links', () => {
  itAsksForKeyAndScope(
    () => app,
    [
      ['get', '/links/import', 'links:read'],
      ['get', `/links/import/${UNKNOWN_ID}`, 'links:read'],
      ['get', `/links/import/${UNKNOWN_ID}/rows`, 'links:read'],
      ['get', `/links/import/${UNKNOWN_ID}/rows.csv`, 'links:read'],
      ['post', `/links/import/${UNKNOWN_ID}/cancel`, 'links:write'],
    ],
  );

  it('is a 404 for an unknown id, for another workspace’s, and for an import of conversions', async () => {
    const theirs = await create('url\nhttps://a.example/\n', '', other.apiKey);
    const conversions = await app
      .api('post', '/conversions/import')
      .set('content-type', 'text/csv')
      .send('click_id\nx\n');
    const { id: ofConversions } = conversions.body as { id: string };
    for (const id of [UNKNOWN_ID, 'nonsense', theirs.id, ofConversions]) {
      expectProblem(await app.api('get', `/links/import/${id}`), 404);
      expectProblem(await app.api('get', `/links/import/${id}/rows`), 404);
      expectProblem(await app.api('get', `/links/import/${id}/rows.csv`), 404);
      expectProblem(await app.api('post', `/links/import/${id}/cancel`), 404);
    }
    expectProblem(await app.api('get', `/conversions/imports/${theirs.id}`, other.apiKey), 404);
    const { data } = (await app.api('get', '/links/import')).body as { data: LinkImportJobResponse[] };
    expect(data.map(({ id }) => id)).not.toContain(theirs.id);
    expect(data.map(({ id }) => id)).not.toContain(ofConversions);
  });
});

describe('an import of links that is not waited for', () => {
  it('is a job with a result for each row, the same as that of one that is waited for', async () => {
    const { apiKey } = await app.createWorkspace();
    const csv =
      'url,slug,title,color\nhttps://a.example/1,one,t,red\nnonsense,two,t,red\nhttps://a.example/3,one,t,red\n';
    const tried = await create(csv, '?dryRun=true', apiKey);
    expect(await ended(tried.id, apiKey)).toMatchObject({
      status: 'done',
      dryRun: true,
      counts: { would_create: 1, failed: 1, exists: 1 },
    });
    expect(await client.links(apiKey)).toEqual([]);

    const started = await create(csv, '', apiKey);
    const job = await ended(started.id, apiKey);
    const counts = { created: 1, updated: 0, exists: 1, would_create: 0, would_update: 0, skipped: 0, failed: 1 };
    expect(job).toMatchObject({
      status: 'done',
      dryRun: false,
      source: 'csv',
      rows: 3,
      done: 3,
      counts,
      ignoredColumns: ['color'],
      error: null,
    });
    const { data, page } = await rowsOf(job.id, 'limit=2', apiKey);
    expect(data.map(({ row, line, status }) => [row, line, status])).toEqual([
      [1, 2, 'created'],
      [2, 3, 'failed'],
    ]);
    expect(job.problems).toEqual([data[1]]);
    expect(page).toEqual({ hasMore: true, nextCursor: '2' });
    expect((await rowsOf(job.id, 'cursor=2', apiKey)).data).toMatchObject([{ row: 3, status: 'exists' }]);
    expect((await rowsOf(job.id, 'status=failed', apiKey)).data).toEqual(job.problems);
    const { text } = await app.api('get', `/links/import/${job.id}/rows.csv?status=failed`, apiKey);
    expect(text.split('\r\n')).toHaveLength(3);
    expect(text).toMatch(/^row,line,status,linkId,shortUrl,slugSource,url,problems,warnings\r\n2,3,failed,,,,,"url: /);

    const waited = await client.run(csv, '', apiKey);
    expect(waited.results.map(({ status }) => status)).toEqual(['exists', 'failed', 'exists']);
    const list = (await app.api('get', '/links/import', apiKey)).body as { data: LinkImportJobResponse[] };
    expect(list.data.map(({ dryRun, status }) => [dryRun, status])).toEqual([
      [false, 'done'],
      [false, 'done'],
      [true, 'done'],
    ]);
    expect(list.data.map(({ id }) => id).slice(1)).toEqual([started.id, tried.id]);
  });

  it('is refused at once where the file leaves a question open, and leaves a failed job', async () => {
    const { apiKey } = await app.createWorkspace();
    const request = app.api('post', '/links/import', apiKey).set('content-type', 'text/csv');
    expectInvalid(await request.set('prefer', 'respond-async').send('Kurz,Ziel\na,https://a.example/\n'), 'mapping');
    const { data } = (await app.api('get', '/links/import', apiKey)).body as { data: LinkImportJobResponse[] };
    expect(data).toMatchObject([{ status: 'failed', source: null, done: 0, error: expect.stringMatching(/./) }]);
  });

  it('refuses filters that it does not know', async () => {
    const { id } = await create('url\nhttps://a.example/\n');
    expectInvalid(await app.api('get', `/links/import/${id}/rows?cursor=x&status=y`), 'cursor', 'status');
    expectInvalid(await app.api('get', `/links/import/${id}/rows.csv?status=y`), 'status');
    expectInvalid(await app.api('get', '/links/import?limit=0'), 'limit');
  });

  it('keeps names that a stored document must not have', async () => {
    const { apiKey } = await app.createWorkspace();
    const rows = [{ url: 'https://a.example/', slug: 'a', preview: { $where: 1, 'a.b': 2 } }];
    const response = await client.send(JSON.stringify(rows), '', apiKey, 'application/json');
    expect(response.body).toMatchObject({ results: [{ status: 'failed' }] });
  });
});

describe('an import of links that is waited for', () => {
  it('is a job, too, which its process holds from the first moment', async () => {
    const queue = app.app.get(ImportJobQueue);
    const { apiKey } = await app.createWorkspace();
    const sent = client.send(
      fileOf(300, (i) => `l-${i}`),
      '',
      apiKey,
    );
    const running = await eventually(
      () => jobs().findOne({ status: 'running', kind: 'links' } as object),
      (job) => job !== null,
    );
    expect(running).toMatchObject({ holder: queue.holder });
    expect((await sent).status).toBe(200);
  });
});

describe('an import of links that is cancelled', () => {
  it(
    'keeps its links so far; the caller that waits for it gets a 409',
    async () => {
      const { apiKey } = await app.createWorkspace();
      const waiting = client.send(
        fileOf(1_000, (i) => `c-${i}`),
        '',
        apiKey,
      );
      const isRunning = ({ data }: { data: LinkImportJobResponse[] }): boolean => (data[0]?.done ?? 0) > 0;
      const list = async () =>
        (await app.api('get', '/links/import', apiKey)).body as { data: LinkImportJobResponse[] };
      const [running] = (await eventually(list, isRunning)).data;
      const cancelled = await app.api('post', `/links/import/${running?.id}/cancel`, apiKey);
      expect([cancelled.status, (cancelled.body as LinkImportJobResponse).status]).toEqual([200, 'cancelled']);
      expect(expectProblem(await waiting, 409).detail).toContain('cancelled');
      const { done, status } = await read(running?.id ?? '', apiKey);
      expect([status, done < 1_000]).toEqual(['cancelled', true]);
      expect((await client.links(apiKey)).length).toBeGreaterThan(0);
      const again = await app.api('post', `/links/import/${running?.id}/cancel`, apiKey);
      expect(again.body).toMatchObject({ status: 'cancelled' });
    },
    SLOW_MS,
  );
});

describe('an import of links whose process goes away', () => {
  const ROWS = 200;

  /** Applies some rows of the first chunk, and dies: a lease that is not given back, and no stored outcome. */
  const dieWithin = async (query: string, key: string, csv: string): Promise<string> => {
    const rowImport = app.app.get(LinkRowImport);
    const original = rowImport.import.bind(rowImport);
    let applied = 0;
    rowImport.import = async (...args) => {
      if (applied++ >= 30) throw Object.assign(new Error('gone'), { name: 'MongooseServerSelectionError' });
      return original(...args);
    };
    try {
      const { id } = await create(csv, query, key);
      await eventually(
        () => Promise.resolve(applied),
        (count) => count > 30,
      );
      await app.job('conversion-import').stop();
      await jobs().updateOne({ _id: id }, { $set: { holder: 'gone', leaseUntil: new Date(Date.now() + 500) } });
      return id;
    } finally {
      rowImport.import = original;
    }
  };

  it.each([
    ['skip', (i: number) => `s-${i}`],
    ['rename', (i: number) => `r-${i % 160}`],
    ['skip', () => ''],
  ])(
    'is finished by another one, and each link is there once (onConflict=%s)',
    async (onConflict, slug) => {
      const own = await TestApp.start();
      const [before, beforeClient] = [app, client];
      app = own;
      client = new LinkImportClient(own);
      let second: TestApp | undefined;
      try {
        const csv = fileOf(ROWS, slug);
        const id = await dieWithin(`?onConflict=${onConflict}`, own.apiKey, csv);
        expect(await own.connection.collection('links').countDocuments()).toBe(30);
        second = await TestApp.start({ sharing: own });
        const job = await ended(id, own.apiKey, second);
        expect(job).toMatchObject({ status: 'done', done: ROWS, counts: { failed: 0 } });
        const links = await own.connection.collection<{ slug: string; url: string }>('links').find().toArray();
        expect(new Set(links.map(({ slug: made }) => made)).size).toBe(links.length);
        expect(new Set(links.map(({ url }) => url)).size).toBe(links.length);
        expect(job.counts.created).toBe(links.length);
        const again = await new LinkImportClient(second).run(csv, `?onConflict=${onConflict}`, own.apiKey);
        expect(again.counts.created).toBe(0);
        expect(await own.connection.collection('links').countDocuments()).toBe(links.length);
      } finally {
        [app, client] = [before, beforeClient];
        await second?.close();
        await own.close();
      }
    },
    SLOW_MS,
  );
});
