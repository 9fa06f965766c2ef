import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Response } from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ImportResponse } from '../../../src/conversions/import/imports.dto.js';
import { eventually } from '../../support/eventually.js';
import { TestApp } from '../../support/test-app.js';
import { expectInvalid, expectProblem } from '../../support/api/expect-problem.js';
import { ImportClient, lines } from '../../support/api/conversion-import-client.js';

const LONG_MS = 120_000;
/** 32 chunks: enough for two processes to end among them. */
const ROWS = 8_000;

let app: TestApp;
let imports: ImportClient;
let other: { apiKey: string };
beforeAll(async () => {
  app = await TestApp.start();
  imports = new ImportClient(app);
  other = await app.createWorkspace();
});
afterAll(() => app.close());

/** Imports as they are stored. */
const orders = () => app.connection.collection<{ _id: string }>('conversionImports');

/** Sends a body piece by piece. */
const send = (pieces: AsyncIterable<string>, signal: AbortSignal | null = null): Promise<globalThis.Response> =>
  fetch(`${app.baseUrl}/api/v1/conversions/import`, {
    method: 'POST',
    headers: { authorization: `Bearer ${app.apiKey}`, 'content-type': 'text/csv' },
    body: Readable.toWeb(Readable.from(pieces)) as ReadableStream,
    duplex: 'half',
    signal,
  } as RequestInit);

describe('an upload', () => {
  const failed = async (response: Response, code: string): Promise<void> => {
    expect(expectInvalid(response, 'body').errors?.[0]?.code).toBe(code);
    const newest = await imports.newest();
    expect(newest).toMatchObject({ status: 'failed', done: 0, error: expect.stringMatching(/./) });
    expect(await imports.chunks(newest?.id ?? '')).toBe(0);
  };

  it.each([
    ['empty', ''],
    ['empty', 'click_id,event\n'],
    ['missing_column', 'event,payout\nftd,5\n'],
    ['unclosed_quote', 'click_id,event\n"open,ftd\n'],
    ['stray_quote', 'click_id,event\n"a"b,ftd\n'],
    ['stray_quote', `click_id,event\n${'a,b\n'.repeat(600)}"a"b,ftd\n`],
    ['field_too_long', `click_id,event\n${'x'.repeat(5_000)},ftd\n`],
    ['too_many_rows', `click_id\n${'a\n'.repeat(100_001)}`],
  ])('that is no good is refused as a whole: %s', async (code, csv) => {
    await failed(await imports.upload(csv), code);
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
    const response = await send(pieces());
    expect(response.status).toBe(413);
    expect(((await response.json()) as { code: string }).code).toBe('payload_too_large');
  });

  it('asks for CSV, and for fields that are there', async () => {
    expectProblem(await app.api('post', '/conversions/import').send({ a: 1 }), 415);
    expectProblem(await app.api('post', '/conversions/import').set('content-type', 'text/plain').send('a'), 415);
    const direct = app.api('post', '/links').set('content-type', 'application/x-hopback-streamed-csv');
    expectProblem(await direct.send('a'), 415);
    const foreign = await app.createNetwork({}, other.apiKey);
    expectInvalid(await imports.upload('click_id\nx\n', `?networkId=${foreign.id}`), 'networkId');
    expectInvalid(await imports.upload('click_id\nx\n', '?dryRun=yes&nope=1'), 'dryRun', 'nope');
  });

  it('that is broken off leaves nothing but a note of it', async () => {
    const before = await imports.conversions();
    const { clickIds } = await imports.mintedClicks(600);
    const abort = new AbortController();
    async function* endless(): AsyncGenerator<string> {
      yield lines('click_id,event', ...clickIds.map((id) => `${id},lead`));
      await sleep(60_000, undefined, { signal: abort.signal });
    }
    const sending = send(endless(), abort.signal).catch(() => undefined);
    const newest = (): Promise<ImportResponse | undefined> => imports.newest();
    const receiving = await eventually(newest, (one) => one?.status === 'receiving');
    await eventually(
      () => imports.chunks(receiving?.id ?? ''),
      (count) => count === 2,
    );
    abort.abort();
    await sending;
    const broken = await eventually(newest, (one) => one?.status !== 'receiving');
    expect(broken).toMatchObject({
      id: receiving?.id,
      status: 'failed',
      error: expect.stringContaining('interrupted'),
    });
    await eventually(
      () => imports.chunks(receiving?.id ?? ''),
      (count) => count === 0,
    );
    expect(await imports.conversions()).toBe(before);
  });

  it('whose process died during it is removed', async () => {
    const { id } = await imports.run('click_id\nx\n');
    await orders().updateOne({ _id: id }, { $set: { status: 'receiving', leaseUntil: new Date(0) } });
    const order = await eventually(
      () => imports.read(id),
      ({ status }) => status !== 'receiving',
    );
    expect(order).toMatchObject({ status: 'failed', error: expect.stringContaining('interrupted') });
    await eventually(
      () => imports.chunks(id),
      (count) => count === 0,
    );
  });
});

describe('a large file', () => {
  it(
    'is applied exactly once, though the process that works on it goes away, and another, which is killed',
    async () => {
      const { linkId, clickIds } = await imports.mintedClicks(ROWS);
      const rows = clickIds.map((id, i) => `${id},deposit,2,EUR,${linkId}-${i}`);
      const id = await imports.start(lines('click_id,event,payout,currency,txid', ...rows));
      const isUnderWay = ({ done, status }: ImportResponse): boolean => done > 500 || status !== 'running';
      await eventually(() => imports.read(id), isUnderWay, 30_000);
      await app.job('conversion-import').stop();
      const atStop = await imports.read(id);
      expect(atStop).toMatchObject({ status: 'running', rows: ROWS });
      expect(await app.connection.collection('conversions').countDocuments({ linkId })).toBe(atStop.done);

      // What a process that was killed leaves behind: a lease that nobody gives back.
      const held = { holder: 'gone', leaseUntil: new Date(Date.now() + 500) };
      await orders().updateOne({ _id: id }, { $set: held });
      const [second, third] = [await TestApp.start({ sharing: app }), await TestApp.start({ sharing: app })];
      try {
        const order = await imports.ended(id, LONG_MS);
        expect(order).toMatchObject({
          status: 'done',
          done: ROWS,
          counts: { accepted: ROWS, updated: 0, duplicate: 0, rejected: 0 },
        });
        expect((await app.link(linkId)).stats).toMatchObject({
          conversions: ROWS,
          deposits: ROWS,
          payouts: [{ amount: `${2 * ROWS}.00`, currency: 'EUR' }],
        });
        const conversions = app.connection.collection('conversions');
        expect(await conversions.countDocuments({ linkId })).toBe(ROWS);
        const { text } = await app.api('get', `/conversions/imports/${id}/rows.csv`);
        expect(text.split('\r\n')).toHaveLength(ROWS + 2);
        expect(new Set(text.match(/cnv_\w+/g)).size).toBe(ROWS);
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
  let client: ImportClient;
  beforeAll(async () => {
    own = await TestApp.start();
    client = new ImportClient(own);
  });
  afterAll(() => own.close());

  const junk = (rows: number): string => lines('click_id,event', ...Array.from({ length: rows }, () => 'junk,ftd'));
  const active = (): Promise<{ _id: string }[]> =>
    own.connection
      .collection<{ _id: string }>('conversionImports')
      .find({ active: true })
      .project<{ _id: string }>({ _id: 1 })
      .toArray();

  it('of one workspace go one after the other, and do not keep another’s waiting', async () => {
    const stranger = await own.createWorkspace();
    const large = await client.start(junk(30_000));
    const next = await client.start(junk(300));
    const theirs = await client.start(junk(300), '', stranger.apiKey);
    const seen = new Set<string>();
    await eventually(
      async () => {
        const ids = (await active()).map(({ _id }) => _id);
        seen.add(ids.sort().join(' '));
        return client.read(theirs, stranger.apiKey);
      },
      ({ status }) => status === 'done',
    );
    expect((await client.read(large)).status).toBe('running');
    expect((await client.read(next)).done).toBe(0);
    expect([...seen].some((ids) => ids.includes(large) && ids.includes(next))).toBe(false);

    const cancelled = await own.api('post', `/conversions/imports/${large}/cancel`);
    expect([cancelled.status, (cancelled.body as ImportResponse).status]).toEqual([200, 'cancelled']);
    expect(await client.ended(next)).toMatchObject({ status: 'done', done: 300 });
    const { status, done } = await client.read(large);
    expect(status).toBe('cancelled');
    expect(done).toBeLessThan(30_000);
    expect(await active()).toEqual([]);
    const again = await own.api('post', `/conversions/imports/${next}/cancel`);
    expect(again.body).toMatchObject({ status: 'done' });
  });
});
