import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ConvertedPrefetches } from '../../../src/clicks/converted-prefetches.service.js';
import { ClickIdService } from '../../../src/clicks/click-id.service.js';
import { enrichClick, type EnrichmentTools } from '../../../src/clicks/enrichment/enrich.js';
import { buildShipper, type ShipperOptions } from '../../../src/clicks/shipper/build-shipper.js';
import type { Shipper } from '../../../src/clicks/shipper/shipper.js';
import { type ClickKind, encodeClick, type SpooledClick } from '../../../src/clicks/rules/click-record.js';
import { DatabaseTimeout } from '../../../src/platform/mongo/mongo-errors.js';
import type { Transactions } from '../../../src/platform/mongo/transactions.js';
import { trustedWorkspaceId } from '../../../src/platform/tenancy/workspace-id.js';
import { workerFolder } from '../../../src/platform/spool/spool-root.js';
import { SpoolWriter } from '../../../src/platform/spool/spool-writer.js';
import type { ClickCountersRepository } from '../../../src/counters/click-counters.repository.js';
import { VariantClicksRepository } from '../../../src/counters/variant-clicks.repository.js';
import type { LinkResponse } from '../../../src/links/links.dto.js';
import { eventually } from '../../support/eventually.js';
import { BROWSER, enrichmentTools, TestApp } from '../../support/test-app.js';

let app: TestApp;
let tools: EnrichmentTools;
let workspaceId: string;
let root: string;
let writer: SpoolWriter;

beforeAll(async () => {
  app = await TestApp.start();
  tools = await enrichmentTools(app.app);
  workspaceId = (await app.connection.collection<{ _id: string }>('workspaces').findOne({}))?._id ?? '';
});
afterAll(() => app.close());
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'hopback-shipper-'));
  writer = openWriter();
});
afterEach(() => {
  writer.close();
  rmSync(root, { recursive: true, force: true });
});

function openWriter(): SpoolWriter {
  const folder = workerFolder(root, 0);
  return new SpoolWriter({ folder, durability: 'os', maxBytes: 1024 ** 3, onTrouble: () => undefined });
}

interface ClickOptions {
  at?: number;
  ip?: string;
  userAgent?: string;
  kind?: ClickKind;
  query?: string;
  variant?: string;
}

/** A record as the redirect would write it. */
function click(link: LinkResponse, options: ClickOptions = {}): string {
  const { at = Date.now(), ip = '203.0.113.9', userAgent = BROWSER, kind = 'visit', query = '', variant } = options;
  const id = app.app.get(ClickIdService).mint(1, at);
  const owner = { workspaceId, linkId: link.id };
  const record = { id, ...owner, kind, ip, userAgent, acceptLanguage: 'de', referrer: '', rawQuery: query };
  return encodeClick({ ...record, ...(variant !== undefined && { flags: { variant } }) });
}

const spool = (...clicks: string[]): Promise<unknown> =>
  Promise.all(clicks.map((one) => new Promise<void>((resolve) => writer.append(one, () => resolve()))));

function newShipper(options: Partial<ShipperOptions> = {}): Shipper {
  return buildShipper({
    connection: app.connection,
    spoolRoot: root,
    workers: 1,
    enrich: (spooled) => enrichClick(spooled, tools),
    logger: pino({ level: 'fatal' }),
    ...options,
  });
}

/** Ships all that is there. */
async function ship(shipper = newShipper()): Promise<Shipper> {
  shipper.stop();
  await shipper.run();
  return shipper;
}

const clicksOf = async (link: LinkResponse) => (await app.link(link.id)).stats.clicks;

/** The link's human clicks by variant, summed over its rows. */
async function variantsOf(link: LinkResponse): Promise<Record<string, number>> {
  const clicks = await app.app
    .get(VariantClicksRepository)
    .clicksByVariant(trustedWorkspaceId(workspaceId), link.id, 0);
  return Object.fromEntries(clicks);
}

const converting = () => ({
  prefetches: app.app.get(ConvertedPrefetches),
  workspace: trustedWorkspaceId(workspaceId),
});
/** The ids of the link's clicks: bots first, then by variant. */
async function idsOf(link: LinkResponse): Promise<string[]> {
  const clicks = app.connection.collection<{ _id: string }>('clicks').find({ linkId: link.id });
  return (await clicks.sort({ botReason: 1, variant: 1 }).toArray()).map(({ _id }) => _id);
}

describe('the shipper', () => {
  it('stores each click once and counts it in every way', async () => {
    const link = await app.createLink();
    await spool(
      ...Array.from({ length: 30 }, (_, i) =>
        click(link, { ip: `203.0.113.${i % 10}`, variant: i < 20 ? 'A' : undefined }),
      ),
      ...Array.from({ length: 5 }, () => click(link, { kind: 'head', variant: 'A' })),
    );
    const { figures } = await ship();
    expect(figures.stored).toBe(35);
    expect(await clicksOf(link)).toEqual({ total: 35, human: 30, bots: 5, unique: 10 });
    expect(await variantsOf(link)).toEqual({ A: 20 });
  });

  it('counts a person once a day on a link, whichever process ships', async () => {
    const link = await app.createLink();
    const yesterday = Date.now() - 24 * 3_600_000;
    await spool(click(link), click(link), click(link, { ip: '203.0.113.10' }), click(link, { at: yesterday }));
    await ship();
    await spool(click(link), click(link, { userAgent: '' }));
    await ship();
    expect(await clicksOf(link)).toEqual({ total: 6, human: 5, bots: 1, unique: 3 });
  });

  it('is exact when it dies between any two steps, again and again', async () => {
    const link = await app.createLink();
    let sent = 0;
    for (let round = 0; round < 12; round++) {
      const clicks = Array.from({ length: 40 }, (_, i) =>
        click(link, { ip: `198.51.100.${sent++ % 50}`, variant: i % 4 === 0 ? 'A' : 'B' }),
      );
      await spool(...clicks);
      await ship(dyingShipper(round));
      if (round % 4 === 3) {
        writer.close(); // and the program itself with it
        writer = openWriter();
      }
    }
    await ship();
    const stored = await app.connection.collection('clicks').countDocuments({ linkId: link.id });
    const unique = await app.connection.collection('clicks').countDocuments({ linkId: link.id, isUnique: true });
    expect({ stored, unique }).toEqual({ stored: 480, unique: 50 });
    expect(await clicksOf(link)).toEqual({ total: 480, human: 480, bots: 0, unique: 50 });
    expect(await variantsOf(link)).toEqual({ A: 120, B: 360 });
  });

  it('loses nothing when one of many groups cannot be stored at first', async () => {
    const link = await app.createLink();
    await spool(...Array.from({ length: 9_000 }, (_, i) => click(link, { ip: `198.51.${i >> 8}.${i % 256}` })));
    const shipper = newShipper();
    const { clicks } = (shipper as unknown as { parts: { clicks: { insert: (batch: unknown[]) => Promise<unknown> } } })
      .parts;
    const insert = clicks.insert.bind(clicks);
    let calls = 0;
    clicks.insert = async (batch) => {
      if (++calls === 2) throw new Error('MongoDB was away for a moment');
      return insert(batch);
    };
    await ship(shipper);
    await ship();
    expect(await clicksOf(link)).toEqual({ total: 9_000, human: 9_000, bots: 0, unique: 9_000 });
  });

  it('counts the visitors of a group that cannot be stored at first, though a later one with them can', async () => {
    const link = await app.createLink();
    const [visitors, clicks] = [4_500, 9_000];
    await spool(
      ...Array.from({ length: clicks }, (_, i) => {
        const visitor = i % visitors; // the second group has some for the first time, the third the same ones again
        return click(link, { ip: `198.51.${visitor >> 8}.${visitor % 256}` });
      }),
    );
    const shipper = newShipper();
    const { parts } = shipper as unknown as {
      parts: { clicks: { insert: (batch: unknown[]) => Promise<unknown> } };
    };
    const insert = parts.clicks.insert.bind(parts.clicks);
    let calls = 0;
    parts.clicks.insert = async (batch) => {
      if (++calls !== 2) return insert(batch);
      await sleep(500); // time for the third to be stored
      throw new Error('MongoDB was away for a moment');
    };
    const running = shipper.run();
    await eventually(
      () => clicksOf(link),
      ({ total }) => total === clicks,
    );
    shipper.stop();
    await running;
    expect(await clicksOf(link)).toEqual({ total: clicks, human: clicks, bots: 0, unique: visitors });
  });

  it('is exact when two ship the same spool at once', async () => {
    const link = await app.createLink();
    await spool(...Array.from({ length: 500 }, (_, i) => click(link, { ip: `198.51.100.${i % 100}` })));
    await Promise.all([ship(), ship(), ship()]);
    await ship();
    expect(await clicksOf(link)).toEqual({ total: 500, human: 500, bots: 0, unique: 100 });
  });

  it('quarantines records that can never be stored, and continues after them', async () => {
    const link = await app.createLink();
    const good = [click(link), click(link), click(link)];
    await spool(good[0] ?? '', 'no click at all', good[1] ?? '', click(link, { query: 'poison=1' }), good[2] ?? '');
    const poisoned = newShipper({ enrich: enrichWithPoison });
    const { figures } = await ship(poisoned);
    expect(figures).toMatchObject({ stored: 3, quarantined: 2 });
    expect(await clicksOf(link)).toMatchObject({ total: 3 });
    const aside = readFileSync(join(root, 'quarantine', 'refused.spool'), 'latin1');
    expect(aside).toContain('no click at all');
    expect(aside).toContain('poison=1');
  });

  it('is exact when a batch cannot be counted while the next one is already being inserted', async () => {
    const link = await app.createLink();
    for (let failing = 1; failing <= 6; failing++) {
      const clicks = Array.from({ length: 50 }, (_, i) =>
        click(link, { variant: 'A', ip: `198.51.100.${(failing * 7 + i) % 80}` }),
      );
      await spool(...clicks);
      const shipper = newShipper({ maxBatchClicks: 10 });
      const { parts } = shipper as unknown as { parts: { transactions: { run: (work: unknown) => Promise<unknown> } } };
      const run = parts.transactions.run.bind(parts.transactions);
      let runs = 0;
      parts.transactions.run = async (work) => {
        if (++runs !== failing) return run(work);
        await sleep(30); // time for the next window's clicks to be stored
        if (failing % 2 === 0) await run(work);
        throw new Error('killed here');
      };
      await ship(shipper);
    }
    await ship(newShipper({ maxBatchClicks: 10 }));
    expect(await clicksOf(link)).toEqual({ total: 300, human: 300, bots: 0, unique: 80 });
    expect(await variantsOf(link)).toEqual({ A: 300 });
    expect(readdirSync(workerFolder(root, 0)).length).toBeLessThanOrEqual(1);
  });

  it('takes smaller batches when one cannot be counted in time, until it can', { timeout: 40_000 }, async () => {
    const link = await app.createLink();
    await spool(...Array.from({ length: 2_000 }, (_, i) => click(link, { ip: `198.51.100.${i % 80}` })));
    const shipper = newShipper({ maxBatchClicks: 2_000 });
    const { counters } = (shipper as unknown as { parts: { counters: ClickCountersRepository } }).parts;
    const add = counters.add.bind(counters);
    counters.add = async (tally, tx) => {
      const clicks = tally.rows().totals.reduce((sum, { total }) => sum + total, 0);
      if (clicks > 600) throw new DatabaseTimeout(); // as a slow MongoDB would have it
      await add(tally, tx);
    };
    const running = shipper.run();
    await eventually(
      () => clicksOf(link),
      ({ total }) => total === 2_000,
      30_000,
    );
    shipper.stop();
    await running;
    expect(await clicksOf(link)).toEqual({ total: 2_000, human: 2_000, bots: 0, unique: 80 });
  });

  it('counts few links with one transaction, however many were clicked', async () => {
    const link = await app.createLink();
    const many = Array.from({ length: 4_500 }, (_, i) => click({ ...link, id: `lnk_many${i}` }));
    await spool(...many);
    const shipper = newShipper({ maxBatchLinks: 1_000 });
    const { counters } = (shipper as unknown as { parts: { counters: ClickCountersRepository } }).parts;
    const add = counters.add.bind(counters);
    const links: number[] = [];
    counters.add = (tally, tx) => {
      links.push(tally.rows().totals.length);
      return add(tally, tx);
    };
    await ship(shipper);
    expect(links).toEqual([4_000, 500]); // what is inserted with one command is counted as a whole
    const rows = await app.connection.collection('linkCounters').countDocuments({ linkId: /^lnk_many/ });
    expect(rows).toBe(4_500);
  });

  it('may be given a session that is still busy with what was given up', async () => {
    const link = await app.createLink();
    const session = await app.connection.startSession();
    const shipper = newShipper({ session });
    const { transactions } = (shipper as unknown as { parts: { transactions: Transactions } }).parts;
    let free = (): void => undefined;
    const givenUp = transactions.run(() => new Promise<void>((resolve) => (free = resolve)));
    await spool(click(link));
    const shipped = ship(shipper);
    await sleep(50);
    free();
    await givenUp;
    expect((await shipped).figures.stored).toBe(1);
    expect(await clicksOf(link)).toMatchObject({ total: 1 });
    await session.endSession();
  });

  it('keeps what can never be stored aside in a backlog, too', async () => {
    const link = await app.createLink();
    const clicks = Array.from({ length: 60 }, (_, i) =>
      click(link, { query: [17, 18, 44].includes(i) ? 'poison=1' : '' }),
    );
    await spool(...clicks);
    const { figures } = await ship(newShipper({ enrich: enrichWithPoison, maxBatchClicks: 10 }));
    expect(figures).toMatchObject({ stored: 57, quarantined: 3 });
    expect(await clicksOf(link)).toMatchObject({ total: 57 });
  });

  it('K12 counts once a prefetch that becomes a person’s before it is counted, and one that is read again after a crash', async () => {
    const { prefetches, workspace } = converting();
    const dieUncounted = () => ship(dyingShipper(5)); // stored, but its transaction never ran
    const fresh = await app.createLink();
    await spool(click(fresh, { kind: 'prefetch', variant: 'A' }));
    await dieUncounted();
    expect(await clicksOf(fresh)).toEqual({ total: 0, human: 0, bots: 0, unique: 0 });
    const person = { total: 1, human: 1, bots: 0, unique: 1 };
    const [clickId = ''] = await idsOf(fresh);
    await prefetches.markHuman(workspace, [clickId]);
    expect(await clicksOf(fresh)).toEqual(person); // the shipper has not counted it yet
    await ship();
    await prefetches.markHuman(workspace, [clickId]);
    expect(await clicksOf(fresh)).toEqual(person);
    expect(await variantsOf(fresh)).toEqual({ A: 1 });

    const old = await app.createLink();
    await spool(click(old, { kind: 'prefetch', at: Date.now() - 2 * 3_600_000 }));
    await dieUncounted();
    await prefetches.markHuman(workspace, await idsOf(old));
    await ship();
    expect(await clicksOf(old)).toEqual(person);
  });

  it('K12 counts a prefetch that converts after it is counted, and one of a link with other bots before', async () => {
    const { prefetches, workspace } = converting();
    const link = await app.createLink();
    await spool(
      click(link, { kind: 'head', variant: 'A' }),
      click(link, { kind: 'prefetch', variant: 'A' }),
      click(link, { kind: 'prefetch', variant: 'B' }),
    );
    await ship(dyingShipper(5));
    const [, before = '', after = ''] = await idsOf(link);
    await prefetches.markHuman(workspace, [before]);
    expect(await clicksOf(link)).toEqual({ total: 1, human: 1, bots: 0, unique: 1 });
    await ship();
    expect(await clicksOf(link)).toEqual({ total: 3, human: 1, bots: 2, unique: 1 });
    await prefetches.markHuman(workspace, [after, before]);
    expect(await clicksOf(link)).toEqual({ total: 3, human: 2, bots: 1, unique: 1 });
    expect(await variantsOf(link)).toEqual({ A: 1, B: 1 });
  });

  it('K12 counts a click as it was stored, though the rules have changed when it is read again', async () => {
    const link = await app.createLink();
    await spool(click(link, { userAgent: `${BROWSER} Changing` }));
    await ship(dyingShipper(5));
    const body = { match: { userAgent: 'changing' }, as: 'bot' };
    const { status } = await app.api('post', '/visitor-rules').send(body);
    expect(status).toBe(201);
    await ship();
    expect(await clicksOf(link)).toEqual({ total: 1, human: 1, bots: 0, unique: 1 });
    await spool(click(link, { userAgent: `${BROWSER} Changing` }));
    await ship();
    expect(await clicksOf(link)).toEqual({ total: 2, human: 1, bots: 1, unique: 1 });
  });
});

/** More than a document may have: MongoDB refuses it, and will for ever. */
function enrichWithPoison(spooled: SpooledClick): ReturnType<typeof enrichClick> {
  const enriched = enrichClick(spooled, tools);
  return spooled.query.length > 0 ? { ...enriched, userAgent: 'x'.repeat(17_000_000) } : enriched;
}

/** A shipper that fails at one of its steps, before or after it has taken effect; the round decides which. */
function dyingShipper(round: number): Shipper {
  const shipper = newShipper();
  const { parts } = shipper as unknown as { parts: Record<string, Record<string, (...args: unknown[]) => unknown>> };
  const [part, method] = (
    [
      ['clicks', 'insert'],
      ['transactions', 'run'],
      ['counters', 'add'],
      ['offsets', 'forget'],
    ] as const
  )[round % 4] ?? ['clicks', 'insert'];
  const target = parts[part] ?? {};
  const work = target[method]?.bind(target);
  target[method] = async (...args: unknown[]) => {
    if (round % 8 < 4) await work?.(...args);
    throw new Error('killed here');
  };
  return shipper;
}
