import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LinkResponse } from '../../../src/links/links.dto.js';
import type { LinkImportResponse } from '../../../src/links/transfer/link-import.dto.js';
import { TestApp } from '../../support/test-app.js';
import { itAsksForKeyAndScope } from '../../support/api/access.js';
import { expectInvalid, expectProblem } from '../../support/api/expect-problem.js';

let app: TestApp;
beforeAll(async () => {
  app = await TestApp.start();
});
afterAll(() => app.close());

const sample = (name: string): string =>
  readFileSync(`${import.meta.dirname}/../../support/link-exports/${name}`, 'utf8');
const send = (body: string, query = '', key = app.apiKey, type = 'text/csv') =>
  app.api('post', `/links/import${query}`, key).set('content-type', type).send(body);
const run = async (body: string, query = '', key = app.apiKey, type = 'text/csv'): Promise<LinkImportResponse> => {
  const response = await send(body, query, key, type);
  expect({ status: response.status, text: response.text }).toMatchObject({ status: 200 });
  return response.body as LinkImportResponse;
};
const statuses = ({ results }: LinkImportResponse): string[] => results.map(({ status }) => status);
const all = async (key: string): Promise<LinkResponse[]> =>
  ((await app.api('get', '/links?archived=all&limit=100', key)).body as { data: LinkResponse[] }).data;

describe('access', () => {
  itAsksForKeyAndScope(
    () => app,
    [
      ['post', '/links/import', 'links:write'],
      ['get', '/links/export', 'links:read'],
    ],
  );
});

describe('POST /links/import', () => {
  it('says what would become of each row, does it, and does it once', async () => {
    const { apiKey, hostname } = await app.createWorkspace();
    const csv = sample('own.csv');
    const rehearsal = await run(csv, '?dryRun=true', apiKey);
    expect(statuses(rehearsal)).toEqual(['would_create', 'would_create', 'would_create', 'failed', 'failed']);
    expect(rehearsal).toMatchObject({ source: 'csv', dryRun: true, ignoredColumns: ['color'] });
    expect(await all(apiKey)).toEqual([]);

    const done = await run(csv, '', apiKey);
    expect(statuses(done)).toEqual(['created', 'created', 'created', 'failed', 'failed']);
    expect(done.counts).toEqual({
      created: 3,
      updated: 0,
      exists: 0,
      would_create: 0,
      would_update: 0,
      skipped: 0,
      failed: 2,
    });
    expect(done.results[3]).toMatchObject({
      row: 4,
      line: 5,
      linkId: null,
      problems: [{ path: 'url', code: 'is_url' }],
    });
    expect(done.results[4]?.problems).toMatchObject([{ path: 'expiresAt', code: 'is_time' }]);
    expect(done.results[0]?.shortUrl).toBe(`https://${hostname}/own-1`);
    const link = await app.link(done.results[0]?.linkId ?? '', apiKey);
    expect(link).toMatchObject({
      url: 'https://shop.example/own/{sub1}',
      slug: 'own-1',
      title: 'Eins; zwei',
      tags: ['a', 'b'],
      expiresAt: '2030-01-02T00:00:00.000Z',
      cost: { amount: '0.05', currency: 'EUR' },
    });
    const again = await run(csv, '', apiKey);
    expect(statuses(again)).toEqual(['exists', 'exists', 'exists', 'failed', 'failed']);
    expect(again.results.slice(0, 3).map(({ linkId }) => linkId)).toEqual(
      done.results.slice(0, 3).map(({ linkId }) => linkId),
    );
    expect(await all(apiKey)).toHaveLength(3);
  });

  it.each([
    'bitly.csv',
    'bitly.json',
    'dub.csv',
    'dub.json',
    'rebrandly.csv',
    'shortio.csv',
    'kutt.json',
    'yourls.json',
    'yourls.csv',
    'shlink.csv',
    'shlink.json',
  ])('takes %s, named or not', async (name) => {
    const { apiKey } = await app.createWorkspace();
    const type = name.endsWith('.json') ? 'application/json' : 'text/csv';
    const done = await run(sample(name), '', apiKey, type);
    expect(done.counts.failed).toBe(0);
    expect(done.counts.created).toBeGreaterThan(0);
    const named = await run(sample(name), `?source=${name.split('.')[0]}`, apiKey, type);
    expect(named.counts).toMatchObject({ exists: done.counts.created, created: 0 });
    expect(named.source).toBe(done.source);
  });

  it('puts links on the domain that is meant', async () => {
    const { apiKey, hostname } = await app.createWorkspace();
    const csv = `url,short url\nhttps://a.example/,https://${hostname}/keep\nhttps://b.example/,https://bit.ly/other\n`;
    const own = await run(csv, '', apiKey);
    expect(own.results.map(({ shortUrl }) => shortUrl)).toEqual([
      `https://${hostname}/keep`,
      `https://${hostname}/other`,
    ]);
    const mapped = await run(
      'url,short url\nhttps://c.example/,http://bit.ly/third\n',
      `?domainMap=bit.ly=${hostname}`,
      apiKey,
    );
    expect(mapped.results[0]?.shortUrl).toBe(`https://${hostname}/third`);
    expectInvalid(await send(csv, '?domain=localhost', apiKey), 'domain');
    expectInvalid(await send(csv, '?domainMap=bit.ly=localhost', apiKey), 'domainMap');
    expectInvalid(await send(csv, '?domainMap=nonsense', apiKey), 'domainMap');
  });

  it('leaves out, changes or renames what has a slug that is taken', async () => {
    const { apiKey } = await app.createWorkspace();
    const there = await app.createLink({ slug: 'taken', title: 'old' }, apiKey);
    const csv = 'url,slug,title\nhttps://new.example/,taken,new\nhttps://new.example/2,taken,second\n';
    const skipped = await run(csv, '', apiKey);
    expect(skipped.results).toMatchObject([
      { status: 'exists', linkId: there.id },
      { status: 'exists', linkId: there.id },
    ]);
    for (const dryRun of [true, false]) {
      const renamed = await run(csv, `?onConflict=rename&dryRun=${dryRun}`, apiKey);
      // The second row is the same link as the first: it has the same address.
      expect(statuses(renamed)).toEqual([dryRun ? 'would_create' : 'created', 'exists']);
    }
    expect((await all(apiKey)).map(({ slug }) => slug).sort()).toEqual(['taken', 'taken-2']);
    await app.api('delete', `/links/${(await all(apiKey))[0]?.id}`, apiKey);
    const rehearsed = await run(csv, '?onConflict=update&dryRun=true', apiKey);
    expect(statuses(rehearsed)).toEqual(['would_update', 'would_update']);
    expect((await app.link(there.id, apiKey)).title).toBe('old');
    expect(statuses(await run(csv, '?onConflict=update', apiKey))).toEqual(['updated', 'updated']);
    expect((await app.link(there.id, apiKey)).title).toBe('second');
  });

  it('says all that is wrong with a row at once', async () => {
    const csv = 'url,slug,redirectStatus,expiresAt,rules,cost amount\nnonsense,a b,99,31/13/2030,{,x\n';
    const { results } = await run(csv, '?dryRun=true');
    expect(new Set(results[0]?.problems.map(({ path }) => path))).toEqual(
      new Set(['url', 'slug', 'redirectStatus', 'expiresAt', 'rules', 'cost.amount', 'cost.currency']),
    );
  });

  it('leaves a link its externalId, and rehearses what it would refuse', async () => {
    const { apiKey } = await app.createWorkspace();
    const there = await app.createLink({ slug: 'known', externalId: 'mine' }, apiKey);
    await app.createLink({ slug: 'theirs' }, apiKey);
    const csv = 'url,slug,title\nhttps://new.example/,known,new\n';
    for (let again = 0; again < 2; again++)
      expect(statuses(await run(csv, '?onConflict=update', apiKey))).toEqual(['updated']);
    expect(await app.link(there.id, apiKey)).toMatchObject({ externalId: 'mine', title: 'new' });
    const moved = 'url,slug,externalId\nhttps://new.example/,theirs,mine\n';
    for (const dryRun of [true, false]) {
      expect(statuses(await run(moved, `?onConflict=update&dryRun=${dryRun}`, apiKey))).toEqual(['failed']);
    }
  });

  it('refuses a file that is none, whole', async () => {
    expectProblem(await send('<xml/>', '', app.apiKey, 'application/xml'), 415);
    expectInvalid(await send('', ''), 'file');
    expectInvalid(await send('url\n"open', ''), 'file');
    expectInvalid(await send('{', '', app.apiKey, 'application/json'), 'file');
    expectInvalid(await send(`url\n${'https://a.example/\n'.repeat(10_001)}`), 'file');
    expectInvalid(await send('url\n', '?source=nobody&dryRun=1&onConflict=x'), 'dryRun', 'onConflict', 'source');
    expect(await all(app.apiKey)).toEqual([]);
  });
});

describe('GET /links/export', () => {
  /** What an import can not bring back: what names the link itself, and its numbers. */
  const portable = (links: LinkResponse[]): unknown[] =>
    links
      .map(
        ({ id: _i, createdAt: _c, updatedAt: _u, stats: _s, shortUrl: _h, domain: _d, networkId: _n, ...rest }) => rest,
      )
      .toSorted((a, b) => (a.slug < b.slug ? -1 : 1));

  it.each(['csv', 'json'])('as %s comes back as the same links', async (format) => {
    const [from, to] = [await app.createWorkspace(), await app.createWorkspace()];
    const when = [{ field: 'country', op: 'in', values: ['DE', 'AT'] }];
    await app.createLink({ slug: 'plain' }, from.apiKey);
    await app.createLink(
      { slug: 'no-param', clickIdParam: null, externalId: 'mine', archived: true, noIndex: true, cloak: true },
      from.apiKey,
    );
    await app.createLink(
      {
        slug: 'été/1',
        url: 'https://shop.example/{sub1}?a="b",c',
        title: '=1+1; "quoted"',
        tags: ['a', 'b, c', 'd|e'],
        notes: 'two\nlines',
        campaign: 'S26',
        clickIdParam: 'cid',
        forwardQuery: 'none',
        redirectStatus: 307,
        sourceId: 'src',
        cost: { amount: '0.05', currency: 'EUR' },
        clickLimit: 5,
        startsAt: '2026-01-01T00:00:00Z',
        expiresAt: '2030-01-01T00:00:00Z',
        expiredUrl: 'https://over.example/',
        fallbackUrl: 'https://fall.example/',
        paused: true,
        rules: [
          { when, url: 'https://rule.example/' },
          { when, variants: [{ url: 'https://v.example/', weight: 3 }] },
        ],
        variants: [{ url: 'https://w.example/', dailyCap: { conversions: 5 } }],
        rotation: { mode: 'optimised', goal: 'ftd' },
        preview: { title: 'T', image: 'https://shop.example/i.png' },
        referrerPolicy: 'strict-origin',
      },
      from.apiKey,
    );
    const before = await all(from.apiKey);
    // Links keep no externalId that they never had: an import gives them one.
    const download = await app
      .api('get', `/links/export?format=${format}&archived=all`, from.apiKey)
      .buffer(true)
      .parse((response, done) => {
        const pieces: Buffer[] = [];
        response.on('data', (piece: Buffer) => pieces.push(piece));
        response.on('end', () => done(null, Buffer.concat(pieces).toString()));
      });
    expect(download.status).toBe(200);
    expect(download.headers['content-disposition']).toContain(`.${format}`);
    const done = await run(download.body as string, '', to.apiKey, format === 'csv' ? 'text/csv' : 'application/json');
    expect(done.results.flatMap(({ problems }) => problems)).toEqual([]);
    expect(statuses(done)).toEqual(['created', 'created', 'created']);
    const withoutIds = (links: LinkResponse[]): LinkResponse[] =>
      links.map((link) => ({ ...link, externalId: link.externalId === 'mine' ? 'mine' : null }));
    expect(portable(withoutIds(await all(to.apiKey)))).toEqual(portable(before));
    expect(
      statuses(await run(download.body as string, '', to.apiKey, format === 'csv' ? 'text/csv' : 'application/json')),
    ).toEqual(['exists', 'exists', 'exists']);
  });

  it('has the columns that are asked for, in that order; in JSON the fields', async () => {
    const { apiKey } = await app.createWorkspace();
    await app.createLink({ slug: 'b', title: '=1+1', tags: ['x', 'y'] }, apiKey);
    await app.createLink({ slug: 'a', cost: { amount: '0.05', currency: 'EUR' } }, apiKey);
    const ask = (query: string) => app.api('get', `/links/export?${query}`, apiKey);
    expect((await ask('columns=clicks,slug,title,tags')).text).toBe(
      'clicks,slug,title,tags\r\n0,a,,\r\n0,b,\'=1+1,"x, y"\r\n',
    );
    expect((await ask('columns=slug&format=csv&tag=x')).text).toBe('slug\r\nb\r\n');
    const { text } = await ask('format=json&columns=slug,cost,tags');
    expect(text).toBe(
      '[\n{"slug":"a","cost":{"amount":"0.05","currency":"EUR"},"tags":[]},\n{"slug":"b","cost":null,"tags":["x","y"]}\n]\n',
    );
    const [link] = (await app.api('get', '/links', apiKey).then(({ body }) => (body as { data: object[] }).data)) ?? [];
    const every = Object.keys(link ?? {});
    expect((await ask(`format=json&columns=${every.toString()}`)).body).toHaveLength(2);
    const { data } = (await app.api('get', '/audit-log?action=links.exported', apiKey)).body as { data: object[] };
    expect(data[1]).toMatchObject({ after: { format: 'json', columns: 'slug,cost,tags' } });
  });

  it.each([
    ['columns=slug,colour', 'unknown_column'],
    ['columns=slug,slug', 'array_unique'],
    ['columns=', 'unknown_column'],
    ['columns=slug,', 'unknown_column'],
    ['columns=Slug', 'unknown_column'],
    ['columns=constructor', 'unknown_column'],
    ['columns=slug&columns=url', 'is_string'],
    ['columns[$ne]=slug', 'unknown_field'],
    ['columns=stats', 'unknown_column'],
    ['format=json&columns=clicks', 'unknown_column'],
  ])('refuses %s', async (query, code) => {
    const { errors } = expectProblem(await app.api('get', `/links/export?${query}`), 422);
    expect(errors).toMatchObject([{ path: expect.stringContaining('columns'), code }]);
    const fields = query.startsWith('format=json') ? 'tags, notes' : 'costAmount, costCurrency';
    if (code === 'unknown_column') expect(errors?.[0]?.message).toContain(fields);
  });

  it('takes the filters of the list, and has no row of others', async () => {
    const { apiKey } = await app.createWorkspace();
    await app.createLink({ slug: 'yes', tags: ['x'] }, apiKey);
    await app.createLink({ slug: 'no' }, apiKey);
    const lines = (await app.api('get', '/links/export?tag=x', apiKey)).text.trim().split('\r\n');
    expect(lines).toHaveLength(2);
    expect(lines[0]).toMatch(/^url,domain,slug,/);
    expect((await app.api('get', '/links/export?format=json&tag=nobody', apiKey)).body).toEqual([]);
    expectInvalid(await app.api('get', '/links/export?format=xml', apiKey), 'format');
  });
});
