import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Response, Test } from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ClickIdService } from '../../src/clicks/click-id.service.js';
import { ImportRunner } from '../../src/conversions/import/import-runner.service.js';
import type { ImportResponse, ImportRowListResponse } from '../../src/conversions/import/imports.dto.js';
import { LinksRepository } from '../../src/links/links.repository.js';
import { trustedWorkspaceId } from '../../src/platform/tenancy/workspace-id.js';
import { eventually } from '../support/eventually.js';
import { TestApp } from '../support/test-app.js';
import { itAsksForKeyAndScope } from './access.js';
import { expectInvalid, expectProblem } from './expect-problem.js';

const UNKNOWN_ID = 'imp_00000000000000000000';
const LONG_MS = 120_000;

let app: TestApp;
let other: { id: string; apiKey: string };
beforeAll(async () => {
  app = await TestApp.start();
  other = await app.createWorkspace();
});
afterAll(() => app.close());

const upload = (csv: string, query = '', key = app.apiKey): Test =>
  app.api('post', `/conversions/import${query}`, key).set('content-type', 'text/csv').send(csv);
const started = async (csv: string, query = '', key = app.apiKey): Promise<string> => {
  const response = await upload(csv, query, key);
  expect(response.status, response.text).toBe(202);
  return (response.body as ImportResponse).id;
};
const read = async (id: string, on = app): Promise<ImportResponse> =>
  (await on.api('get', `/conversions/imports/${id}`)).body as ImportResponse;
const ended = (id: string, on = app, patience = 30_000): Promise<ImportResponse> =>
  eventually(
    () => read(id, on),
    ({ status }) => status !== 'running',
    patience,
  );
const imported = async (csv: string, query = ''): Promise<ImportResponse> => ended(await started(csv, query));
const rowsOf = async (id: string, query = 'limit=100'): Promise<ImportRowListResponse> =>
  (await app.api('get', `/conversions/imports/${id}/rows?${query}`)).body as ImportRowListResponse;
const stored = (): Promise<number> => app.connection.collection('conversions').countDocuments();
const chunksOf = (id: string): Promise<number> =>
  app.connection.collection<{ _id: string }>('conversionImportChunks').countDocuments({ _id: { $regex: `^${id}:` } });
const lines = (...rows: string[]): string => `${rows.join('\r\n')}\r\n`;

/** Click ids of a new link, without clicks. */
const mintedClicks = async (count: number): Promise<{ linkId: string; clickIds: string[] }> => {
  const { id } = await app.createLink();
  const document = await app.connection
    .collection<{ _id: string; number: number; workspaceId: string }>('links')
    .findOne({ _id: id });
  const link = await app.app.get(LinksRepository).findById(trustedWorkspaceId(document?.workspaceId ?? ''), id);
  const ids = app.app.get(ClickIdService);
  const number = link?.number ?? 0;
  return { linkId: id, clickIds: Array.from({ length: count }, (_, i) => ids.mint(number, Date.now() - i)) };
};

describe('access to imports', () => {
  itAsksForKeyAndScope(
    () => app,
    [
      ['post', '/conversions/import', 'conversions:write'],
      ['get', '/conversions/imports', 'conversions:read'],
      ['get', `/conversions/imports/${UNKNOWN_ID}`, 'conversions:read'],
      ['get', `/conversions/imports/${UNKNOWN_ID}/rows`, 'conversions:read'],
      ['get', `/conversions/imports/${UNKNOWN_ID}/rows.csv`, 'conversions:read'],
      ['post', `/conversions/imports/${UNKNOWN_ID}/cancel`, 'conversions:write'],
    ],
  );

  it('is a 404 for an unknown id and for another workspace’s', async () => {
    const theirs = await started('click_id,event\nx,ftd\n', '', other.apiKey);
    for (const id of [UNKNOWN_ID, 'nonsense', theirs]) {
      expectProblem(await app.api('get', `/conversions/imports/${id}`), 404);
      expectProblem(await app.api('get', `/conversions/imports/${id}/rows`), 404);
      expectProblem(await app.api('get', `/conversions/imports/${id}/rows.csv`), 404);
      expectProblem(await app.api('post', `/conversions/imports/${id}/cancel`), 404);
    }
    const { data } = (await app.api('get', '/conversions/imports')).body as { data: ImportResponse[] };
    expect(data.map(({ id }) => id)).not.toContain(theirs);
  });
});

describe('a file', () => {
  it('gets a verdict for each row', async () => {
    const network = await app.createNetwork();
    const [a, b] = [await app.clickedLink(), await app.clickedLink()];
    const theirs = await app.clickId(await app.createLink({}, other.apiKey));
    const test = app.app.get(ClickIdService).mintTest(1);
    const forged = a.clickId.slice(0, -1) + (a.clickId.endsWith('0') ? '1' : '0');
    const csv = lines(
      'Click ID,Link ID,EVENT,Status,Payout,Currency,TxID,player-id,Time,Note,Colour',
      `${a.clickId},,First deposit,approved,"1,234.56",usd,T1,P1,2026-01-02T03:04:05Z,"said ""yes"", twice",red`,
      `${a.clickId},,ftd,approved,1234.56,USD,T1,,2026-01-02T04:00:00Z,,`,
      `${a.clickId},,ftd,Declined,,,T1,,2026-01-03,,`,
      `${b.clickId},,,,5,,,,,,`,
      `,${b.link.id},revshare,,-7.5,EUR,,,2026-01-02,,`,
      'junk,,ftd,,,,,,,,',
      `${forged},,ftd,,,,,,,,`,
      `${theirs},,ftd,,,,,,,,`,
      `${test},,ftd,,,,,,,,`,
      ',,ftd,,,,,,,,',
      `${a.clickId},,party,,,,,,,,`,
      `${a.clickId},,ftd,maybe,,,,,,,`,
      `${a.clickId},,sale,,lots,,,,,,`,
      `${a.clickId},,sale,,-5,,,,,,`,
      `${a.clickId},,sale,,5,EURO,,,,,`,
      `${a.clickId},,sale,,5,,,,31.12.2025,,`,
      `${a.clickId},,sale,,5,,,,2099-01-01,,`,
      `,${b.link.id},revshare,,5,,,,,,`,
      `,${UNKNOWN_ID},revshare,,5,,,,2026-01-01,,`,
      `${a.clickId},,sale,,,,${'x'.repeat(201)},,,,`,
    );
    const order = await imported(csv, `?networkId=${network.id}`);
    expect(order).toMatchObject({
      status: 'done',
      dryRun: false,
      networkId: network.id,
      rows: 20,
      done: 20,
      counts: { accepted: 3, updated: 1, duplicate: 1, rejected: 15 },
      ignoredColumns: ['Colour'],
      error: null,
    });
    const { data, page } = await rowsOf(order.id);
    expect(page).toEqual({ hasMore: false, nextCursor: null });
    expect(data.map(({ row, line, verdict, reason }) => `${row} ${line} ${reason ?? verdict}`)).toEqual([
      '1 2 accepted',
      '2 3 duplicate',
      '3 4 updated',
      '4 5 accepted',
      '5 6 accepted',
      '6 7 malformed_click_id',
      '7 8 forged_click_id',
      '8 9 unknown_click',
      '9 10 test_click_id',
      '10 11 missing_click_id',
      '11 12 unmapped_event',
      '12 13 unmapped_status',
      '13 14 invalid_amount',
      '14 15 invalid_amount',
      '15 16 invalid_currency',
      '16 17 invalid_time',
      '17 18 invalid_time',
      '18 19 missing_time',
      '19 20 unknown_link',
      '20 21 too_long',
    ]);
    expect(order.problems).toEqual(data.filter(({ verdict }) => verdict === 'rejected'));
    for (const { hint } of order.problems) expect(hint).toMatch(/\.$/);

    const [first] = data;
    expect(data[1]?.conversionId).toBe(first?.conversionId);
    const conversion = await app.conversion(first?.conversionId ?? '');
    expect(conversion).toMatchObject({
      eventType: 'ftd',
      status: 'rejected',
      networkStatus: 'Declined',
      payout: { amount: '1234.56', currency: 'USD' },
      txid: 'T1',
      playerId: 'P1',
      networkId: network.id,
      convertedAt: '2026-01-02T03:04:05.000Z',
    });
    expect(conversion.history).toMatchObject([
      { origin: 'import', by: `${order.id}:1`, postbackId: null, note: 'said "yes", twice' },
      { origin: 'import', by: `${order.id}:3`, status: 'rejected' },
    ]);
    expect((await app.link(a.link.id)).stats).toMatchObject({ conversions: 1, rejected: 1, ftds: 0 });
    expect((await app.link(b.link.id)).stats).toMatchObject({
      conversions: 2,
      payouts: [{ amount: '-2.50', currency: 'EUR' }],
    });
    expect(await app.goodPostback(network, `click_id=${a.clickId}&event=ftd&txid=T1&status=rejected`)).toMatchObject({
      verdict: 'duplicate',
      conversionId: conversion.id,
    });
  });

  it('is read in its network’s words, with its defaults', async () => {
    const network = await app.createNetwork({
      mapping: { events: { Goal7: 'registration' }, statuses: { 'OK!': 'pending', zzz: 'ignore' } },
      defaults: { event: 'lead', payout: '3' },
    });
    const { clickId } = await app.clickedLink();
    const csv = `clickId;goal;state\n${clickId};goal7;ok!\n${clickId};;\n${clickId};lead;ZZZ\n`;
    const { id } = await imported(csv, `?networkId=${network.id}`);
    const { data } = await rowsOf(id);
    expect(data.map(({ verdict, reason }) => reason ?? verdict)).toEqual(['accepted', 'accepted', 'ignored_status']);
    const [registration, lead] = await Promise.all(
      data.slice(0, 2).map((row) => app.conversion(row.conversionId ?? '')),
    );
    expect(registration).toMatchObject({ eventType: 'registration', status: 'pending', networkStatus: 'ok!' });
    expect(lead).toMatchObject({ eventType: 'lead', status: 'approved', payout: { amount: '3.00', currency: 'EUR' } });
  });

  it('changes nothing the second time, not even notes, whatever was said in between', async () => {
    const { link, clickId } = await app.clickedLink();
    const csv = lines(
      'click_id,event,status,payout,currency,txid,note',
      `${clickId},deposit,pending,5,EUR,${clickId}-1,first`,
      `${clickId},deposit,approved,6,EUR,${clickId}-1,`,
      `${clickId},sale,rejected,6,EUR,,third`,
      `${clickId},sale,approved,7,EUR,,fourth`,
    );
    const first = await imported(csv);
    expect(first.counts).toEqual({ accepted: 2, updated: 2, duplicate: 0, rejected: 0 });
    const ids = (await rowsOf(first.id)).data.map(({ conversionId }) => conversionId ?? '');
    await app.api('patch', `/conversions/${ids[0]}`).send({ status: 'rejected' });
    const before = await Promise.all(ids.map((id) => app.conversion(id)));
    const { stats } = await app.link(link.id);
    const second = await imported(csv);
    expect(second.counts).toEqual({ accepted: 0, updated: 0, duplicate: 4, rejected: 0 });
    expect(await Promise.all(ids.map((id) => app.conversion(id)))).toEqual(before);
    expect((await app.link(link.id)).stats).toEqual(stats);
  });

  it('that is only tried out gets the same verdicts, and stores no conversion', async () => {
    const { clickIds } = await mintedClicks(300);
    const [known = ''] = clickIds;
    const made = await app.api('post', '/conversions').send({ clickId: known, eventType: 'lead' });
    const knownId = (made.body as { id: string }).id;
    // Longer than what is worked on at a time, with repeats across those groups.
    const csv = lines(
      'click_id,event,status',
      ...clickIds.map((clickId) => `${clickId},lead,pending`),
      ...clickIds.slice(0, 100).map((clickId) => `${clickId},lead,`),
      ...clickIds.slice(50, 150).map((clickId) => `${clickId},lead,`),
      'junk,lead,',
    );
    const before = await stored();
    const tried = await imported(csv, '?dryRun=true');
    expect(await stored()).toBe(before);
    expect(tried).toMatchObject({ status: 'done', dryRun: true, rows: 501, done: 501 });
    const download = async (id: string): Promise<string[]> =>
      (await app.api('get', `/conversions/imports/${id}/rows.csv`)).text.split('\r\n');
    const triedRows = await download(tried.id);
    expect(triedRows.slice(0, 3)).toEqual([
      'row,line,verdict,reason,hint,conversionId',
      `1,2,duplicate,,,${knownId}`,
      '2,3,accepted,,,',
    ]);
    const done = await imported(csv);
    expect(done.counts).toEqual(tried.counts);
    const withoutIds = (rows: string[]): string[] => rows.map((row) => row.replace(/[^,]*$/, ''));
    expect(withoutIds(await download(done.id))).toEqual(withoutIds(triedRows));
    expect(await stored()).toBe(before + 299);
  });

  it('may have been through a spreadsheet: quotes, line breaks, formulas made harmless', async () => {
    const { clickId, link } = await app.clickedLink();
    const csv = [
      '\ufeff"Click_Id"\t"event"\t"payout"\t"currency"\t"txid"\t"note"',
      `"${clickId}"\t"sale"\t"1 234,50"\t"EUR"\t"'=T+1"\t"two\nlines\t""quoted"""`,
      `"${clickId}"\t"sale"\t"'-5"\t"EUR"\t"t2"\t`,
    ].join('\r');
    const plain = csv.replace('1 234,50', '1234,50');
    const { id, counts } = await imported(plain);
    expect(counts).toMatchObject({ accepted: 1, rejected: 1 });
    const { data } = await rowsOf(id);
    expect(data[1]).toMatchObject({ reason: 'invalid_amount', hint: expect.stringContaining('-5') });
    const conversion = await app.conversion(data[0]?.conversionId ?? '');
    expect(conversion).toMatchObject({ txid: '=T+1', payout: { amount: '1234.50', currency: 'EUR' }, linkId: link.id });
    expect(conversion.history[0]?.note).toBe('two\nlines\t"quoted"');

    const hostile = await imported('click_id,event\n"=cmd|\' /C calc\'!A0","=1+1"\n');
    const { text, headers } = await app.api('get', `/conversions/imports/${hostile.id}/rows.csv?verdict=rejected`);
    expect(headers['content-type']).toMatch(/^text\/csv/);
    expect(text.split('\r\n')[1]).toBe(`1,2,rejected,unmapped_event,"'""=1+1"" is no event type that is known.",`);
  });

  it('is paged by its rows', async () => {
    const { clickIds } = await mintedClicks(600);
    const csv = lines('click_id,event', ...clickIds.flatMap((id, i) => (i % 100 === 0 ? [`${id},x`] : [`${id},lead`])));
    const { id } = await imported(csv);
    const pages: number[][] = [];
    for (let cursor: string | null = '0'; cursor !== null;) {
      const { data, page } = await rowsOf(id, `verdict=rejected&limit=4&cursor=${cursor}`);
      pages.push(data.map(({ row }) => row));
      cursor = page.nextCursor;
    }
    expect(pages).toEqual([
      [1, 101, 201, 301],
      [401, 501],
    ]);
    const { data, page } = await rowsOf(id, 'limit=2&cursor=249');
    expect([data.map(({ row }) => row), page.nextCursor]).toEqual([[250, 251], '251']);
    expectInvalid(await app.api('get', `/conversions/imports/${id}/rows?cursor=x&verdict=y`), 'cursor', 'verdict');
  });
});

describe('an upload', () => {
  const failed = async (response: Response, code: string): Promise<void> => {
    expect(expectInvalid(response, 'body').errors?.[0]?.code).toBe(code);
    const { data } = (await app.api('get', '/conversions/imports?limit=1')).body as { data: ImportResponse[] };
    expect(data[0]).toMatchObject({ status: 'failed', done: 0, error: expect.stringMatching(/./) });
    expect(await chunksOf(data[0]?.id ?? '')).toBe(0);
  };

  it.each([
    ['', 'empty'],
    ['click_id,event\n', 'empty'],
    ['event,payout\nftd,5\n', 'missing_column'],
    ['click_id,event\n"open,ftd\n', 'unclosed_quote'],
    ['click_id,event\n"a"b,ftd\n', 'stray_quote'],
    [`click_id,event\n${'a,b\n'.repeat(600)}"a"b,ftd\n`, 'stray_quote'],
    [`click_id,event\n${'x'.repeat(5_000)},ftd\n`, 'field_too_long'],
    [`click_id\n${'a\n'.repeat(100_001)}`, 'too_many_rows'],
  ])('that is no good is refused as a whole: %.30j', async (csv, code) => {
    await failed(await upload(csv), code);
  });

  it('that is not UTF-8 is refused', async () => {
    const response = await app
      .api('post', '/conversions/import')
      .set('content-type', 'text/csv')
      .serialize((body: unknown) => body as string)
      .send(Buffer.from([0x61, 0xe9, 0x0a]) as unknown as object);
    await failed(response, 'not_utf8');
  });

  it('of more than 50 MiB is refused', async () => {
    const piece = `${'x'.repeat(1_000)}\n`.repeat(1_000);
    async function* pieces(): AsyncGenerator<string> {
      yield 'click_id,event\n';
      for (let i = 0; i < 60; i++) yield piece;
    }
    const response = await fetch(`${app.baseUrl}/api/v1/conversions/import`, {
      method: 'POST',
      headers: { authorization: `Bearer ${app.apiKey}`, 'content-type': 'text/csv' },
      body: Readable.toWeb(Readable.from(pieces())) as ReadableStream,
      duplex: 'half',
    } as RequestInit);
    expect(response.status).toBe(413);
    expect(((await response.json()) as { code: string }).code).toBe('payload_too_large');
  });

  it('asks for CSV, and for fields that are there', async () => {
    expectProblem(await app.api('post', '/conversions/import').send({ a: 1 }), 415);
    expectProblem(await app.api('post', '/conversions/import').set('content-type', 'text/plain').send('a'), 415);
    const direct = app.api('post', '/links').set('content-type', 'application/x-hopback-streamed-csv');
    expectProblem(await direct.send('a'), 415);
    const foreign = await app.createNetwork({}, other.apiKey);
    expectInvalid(await upload('click_id\nx\n', `?networkId=${foreign.id}`), 'networkId');
    expectInvalid(await upload('click_id\nx\n', '?dryRun=yes&nope=1'), 'dryRun', 'nope');
  });

  it('that is broken off leaves nothing but a note of it', async () => {
    const before = await stored();
    const { clickIds } = await mintedClicks(600);
    const abort = new AbortController();
    async function* endless(): AsyncGenerator<string> {
      yield lines('click_id,event', ...clickIds.map((id) => `${id},lead`));
      await sleep(60_000, undefined, { signal: abort.signal });
    }
    const sending = fetch(`${app.baseUrl}/api/v1/conversions/import`, {
      method: 'POST',
      headers: { authorization: `Bearer ${app.apiKey}`, 'content-type': 'text/csv' },
      body: Readable.toWeb(Readable.from(endless())) as ReadableStream,
      duplex: 'half',
      signal: abort.signal,
    } as RequestInit).catch(() => undefined);
    const newest = async (): Promise<ImportResponse | undefined> =>
      ((await app.api('get', '/conversions/imports?limit=1')).body as { data: ImportResponse[] }).data[0];
    const receiving = await eventually(newest, (one) => one?.status === 'receiving');
    await eventually(
      () => chunksOf(receiving?.id ?? ''),
      (count) => count === 2,
    );
    abort.abort();
    await sending;
    const broken = await eventually(newest, (one) => one?.status !== 'receiving');
    expect(broken).toMatchObject({ id: receiving?.id, status: 'failed', error: expect.stringContaining('broken off') });
    await eventually(
      () => chunksOf(receiving?.id ?? ''),
      (count) => count === 0,
    );
    expect(await stored()).toBe(before);
  });

  it('whose process died with it is cleared away', async () => {
    const { id } = await imported('click_id\nx\n');
    const imports = app.connection.collection<{ _id: string }>('conversionImports');
    await imports.updateOne({ _id: id }, { $set: { status: 'receiving', leaseUntil: new Date(0) } });
    const order = await eventually(
      () => read(id),
      ({ status }) => status !== 'receiving',
    );
    expect(order).toMatchObject({ status: 'failed', error: expect.stringContaining('broken off') });
    await eventually(
      () => chunksOf(id),
      (count) => count === 0,
    );
  });
});

describe('a large file', () => {
  it(
    'is applied exactly once, though the process that works on it goes away, and another, which is killed',
    async () => {
      const { linkId, clickIds } = await mintedClicks(20_000);
      const rows = clickIds.map((id, i) => `${id},deposit,2,EUR,${linkId}-${i}`);
      const id = await started(lines('click_id,event,payout,currency,txid', ...rows));
      const isUnderWay = ({ done, status }: ImportResponse): boolean => done > 500 || status !== 'running';
      await eventually(() => read(id), isUnderWay, 30_000);
      await app.app.get(ImportRunner).stop();
      const atStop = await read(id);
      expect(atStop).toMatchObject({ status: 'running', rows: 20_000 });
      expect(await app.connection.collection('conversions').countDocuments({ linkId })).toBe(atStop.done);

      // What a process that was killed leaves behind: a lease that nobody gives back.
      const imports = app.connection.collection<{ _id: string }>('conversionImports');
      const held = { holder: 'gone', leaseUntil: new Date(Date.now() + 2_000) };
      await imports.updateOne({ _id: id }, { $set: held });
      const [second, third] = [await TestApp.start({ sharing: app }), await TestApp.start({ sharing: app })];
      try {
        const order = await ended(id, second, LONG_MS);
        expect(order).toMatchObject({
          status: 'done',
          done: 20_000,
          counts: { accepted: 20_000, updated: 0, duplicate: 0, rejected: 0 },
        });
        expect((await app.link(linkId)).stats).toMatchObject({
          conversions: 20_000,
          deposits: 20_000,
          payouts: [{ amount: '40000.00', currency: 'EUR' }],
        });
        const conversions = app.connection.collection('conversions');
        expect(await conversions.countDocuments({ linkId })).toBe(20_000);
        const { text } = await app.api('get', `/conversions/imports/${id}/rows.csv`);
        expect(text.split('\r\n')).toHaveLength(20_002);
        expect(new Set(text.match(/cnv_\w+/g)).size).toBe(20_000);
      } finally {
        await second.close();
        await third.close();
      }
    },
    LONG_MS,
  );
});

describe('several imports', () => {
  let own: TestApp;
  beforeAll(async () => {
    own = await TestApp.start();
  });
  afterAll(() => own.close());

  const start = async (csv: string, key = own.apiKey): Promise<ImportResponse> => {
    const response = await own.api('post', '/conversions/import', key).set('content-type', 'text/csv').send(csv);
    expect(response.status, response.text).toBe(202);
    return response.body as ImportResponse;
  };
  const junk = (rows: number): string => lines('click_id,event', ...Array.from({ length: rows }, () => 'junk,ftd'));
  const active = (): Promise<{ _id: string }[]> =>
    own.connection
      .collection<{ _id: string }>('conversionImports')
      .find({ active: true })
      .project<{ _id: string }>({ _id: 1 })
      .toArray();

  it('of one workspace go one after the other, and do not keep another’s waiting', async () => {
    const stranger = await own.createWorkspace();
    const large = await start(junk(30_000));
    const next = await start(junk(300));
    const theirs = await start(junk(300), stranger.apiKey);
    const seen = new Set<string>();
    const state = async (id: string, key = own.apiKey) =>
      (await own.api('get', `/conversions/imports/${id}`, key)).body as ImportResponse;
    await eventually(
      async () => {
        const ids = (await active()).map(({ _id }) => _id);
        seen.add(ids.sort().join(' '));
        return state(theirs.id, stranger.apiKey);
      },
      ({ status }) => status === 'done',
    );
    expect((await state(large.id)).status).toBe('running');
    expect((await state(next.id)).done).toBe(0);
    expect([...seen].some((ids) => ids.includes(large.id) && ids.includes(next.id))).toBe(false);

    const cancelled = await own.api('post', `/conversions/imports/${large.id}/cancel`);
    expect([cancelled.status, (cancelled.body as ImportResponse).status]).toEqual([200, 'cancelled']);
    expect(await ended(next.id, own)).toMatchObject({ status: 'done', done: 300 });
    const { status, done } = await state(large.id);
    expect(status).toBe('cancelled');
    expect(done).toBeLessThan(30_000);
    expect(await active()).toEqual([]);
    const again = await own.api('post', `/conversions/imports/${next.id}/cancel`);
    expect(again.body).toMatchObject({ status: 'done' });
  });
});
