import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { NetworkResponse } from '../../../src/networks/networks.dto.js';
import { newId } from '../../../src/platform/ids/ids.js';
import { eventually } from '../../support/eventually.js';
import { TestApp } from '../../support/test-app.js';

type Row = Record<string, unknown> & { _id: string };

const INSTAGRAM =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/21F90 Instagram 335.1.8.26.85 (iPhone15,3; iOS 17_5_1; en_US; en; scale=3.00; 1290x2796; 609775437)';
const PLACE = { country: 'GB', region: 'England', city: 'London', asn: 20712 };
const ALL_FACTS = {
  ...PLACE,
  device: 'mobile',
  os: 'iOS',
  browser: null,
  inApp: 'Instagram',
  language: 'de',
  referrer: 'blog.example',
  source: 'tiktok',
  subs: { sub1: 'fb' },
};
const NEW_FACTS = ['region', 'city', 'asn', 'inApp', 'language', 'referrer', 'source'] as const;
const ERASED = { region: null, city: null, asn: null, language: null, referrer: null, source: null, subs: {} };

let app: TestApp;
let network: NetworkResponse;
beforeAll(async () => {
  app = await TestApp.start();
  network = await app.createNetwork();
});
/** Closed at the end: the last app that started checks the keys of all. */
const others: TestApp[] = [];
afterAll(async () => {
  for (const one of [...others, app]) await one.close();
});

const rows = (name: string) => app.connection.collection<Row>(name);
const stored = async (id: string): Promise<Row> => {
  const found = await rows('conversions').findOne({ _id: id });
  if (!found) throw new Error(`${id} is not stored`);
  return found;
};
const factsIn = async (id: string): Promise<unknown> => (await stored(id))['facts'];
const runJob = (instance = app) => instance.job('conversion-facts-migration').runNow();
const state = () => rows('conversionFactsMigrations').findOne({});
const isWaiting = { factsDue: { $exists: true } };

async function secondInstance(): Promise<TestApp> {
  const instance = await TestApp.start({ sharing: app });
  others.push(instance);
  return instance;
}

/** A click whose facts are all known. */
async function richClick(): Promise<string> {
  const link = await app.createLink();
  const response = await app
    .click(link, '?sub1=fb&source=tiktok&utm_source=other')
    .set({ 'user-agent': INSTAGRAM, referer: 'https://www.blog.example/post?x=1', 'accept-language': 'de-DE,en' });
  const clickId = new URL(response.headers['location'] ?? 'none:').searchParams.get('click_id') ?? '';
  await app.storedClick(clickId);
  await rows('clicks').updateOne({ _id: clickId }, { $set: PLACE });
  return clickId;
}

async function convert(clickId: string, event = 'registration'): Promise<string> {
  const { conversionId } = await app.goodPostback(network, `click_id=${clickId}&event=${event}`);
  return conversionId ?? '';
}

/** Makes a conversion as an earlier version stored it. */
async function makeOld(id: string): Promise<Row> {
  const unset = Object.fromEntries(NEW_FACTS.map((name) => [`facts.${name}`, 1 as const]));
  await rows('conversions').updateOne({ _id: id }, { $unset: unset });
  return stored(id);
}

describe('a conversion', () => {
  it('keeps all facts of its click, and shows the same ones as before', async () => {
    const id = await convert(await richClick());
    const facts = (await factsIn(id)) as Record<string, unknown>;
    expect(facts).toEqual({ ...ALL_FACTS, browser: facts['browser'] });
    expect(await app.conversion(id)).not.toHaveProperty('region');
  });

  it('keeps null for what is unknown', async () => {
    const { clickId } = await app.clickedLink();
    await app.storedClick(clickId);
    const facts = await factsIn(await convert(clickId));
    expect(facts).toMatchObject({ city: null, asn: null, inApp: null, language: null, referrer: null, source: null });
  });

  it('has all facts also when its click is stored later', async () => {
    const link = await app.createLink();
    await app.stopShipper();
    const id = await convert(await app.clickId(link, '?utm_source=late'));
    await app.restartShipper();
    const facts = await eventually(
      () => factsIn(id),
      (found) => found !== null,
    );
    expect(facts).toMatchObject({ source: 'late', inApp: null, region: null });
  });

  it('takes incomplete facts of another conversion only when the click is gone', async () => {
    const clickId = await richClick();
    const old = await makeOld(await convert(clickId));
    expect(await factsIn(await convert(clickId, 'lead'))).toMatchObject({ city: 'London', source: 'tiktok' });
    await rows('conversions').deleteOne({ clickId, eventType: 'lead' });
    await rows('clicks').deleteOne({ _id: clickId });
    const last = await convert(clickId, 'sale');
    expect(await factsIn(last)).toEqual(old['facts']);
    expect(await stored(last)).not.toHaveProperty('factsDue');
  });

  it('of a share of revenue that gets an earlier click has the facts of that click', async () => {
    const link = await app.createLink();
    const clickIds = [await app.clickId(link, '?sub1=first'), await app.clickId(link, '?sub1=second')].toSorted();
    for (const clickId of clickIds) await app.storedClick(clickId);
    const share = (clickId = '') => `click_id=${clickId}&event=revshare&payout=5&player_id=P&time=2026-01-01T10:00:00Z`;
    const { conversionId } = await app.goodPostback(network, share(clickIds[1]));
    const id = conversionId ?? '';
    const wanted = (await app.storedClick(clickIds[0] ?? '')).subs;
    expect(await factsIn(id)).not.toMatchObject({ subs: wanted });
    expect((await app.goodPostback(network, share(clickIds[0]))).conversionId).toBe(id);
    await eventually(
      () => rows('conversions').countDocuments({ _id: id, ...isWaiting }),
      (count) => count === 0,
    );
    expect(await stored(id)).toMatchObject({ clickId: clickIds[0], facts: { subs: wanted } });
  });
});

describe('facts of an earlier version', () => {
  /** As at the first start of this version, apart from the start itself. */
  beforeEach(async () => {
    await eventually(state, (found) => found?.['passes'] === 1 || found?.['dueAt'] === null);
    await rows('conversionFactsMigrations').deleteMany({});
  });

  it('are completed from the click, and nothing else changes', async () => {
    const id = await convert(await richClick());
    const complete = await stored(id);
    const old = await makeOld(id);
    expect(Object.keys(old['facts'] as object)).not.toContain('city');
    await runJob();
    expect(await stored(id)).toEqual(complete);
  });

  it('stay as they are when the click is gone', async () => {
    const clickId = await richClick();
    const old = await makeOld(await convert(clickId));
    await rows('clicks').deleteOne({ _id: clickId });
    await runJob();
    expect(await stored(old._id)).toEqual(old);
  });

  it('of an erased click get nothing back, whichever version erased it', async () => {
    const [before, after] = [await richClick(), await richClick()];
    const ids = [await convert(before), await convert(after)];
    const [first = '', second = ''] = ids;
    await app.api('delete', `/clicks/${before}`);
    await makeOld(first);
    await makeOld(second);
    await app.api('delete', `/clicks/${after}`);
    expect(await factsIn(second)).toMatchObject({ ...ERASED, country: 'GB' });
    expect(await factsIn(second)).not.toHaveProperty('inApp');
    await runJob();
    for (const id of ids)
      expect(await factsIn(id)).toMatchObject({ ...ERASED, country: 'GB', inApp: 'Instagram', device: 'mobile' });
  });

  it('are found for conversions without any, once their click is stored', async () => {
    const id = await convert(await richClick());
    const complete = await stored(id);
    await rows('conversions').updateOne({ _id: id }, { $set: { facts: null } });
    await runJob();
    await eventually(
      () => rows('conversions').countDocuments({ _id: id, ...isWaiting }),
      (count) => count === 0,
    );
    expect(await stored(id)).toEqual(complete);
  });

  it('are completed in steps that another process can continue, one process at a time', async () => {
    const clickId = await richClick();
    const template = await makeOld(await convert(clickId));
    const copies = Array.from({ length: 1_200 }, (_, i) => ({
      ...template,
      _id: newId('cnv'),
      dedupeKey: `copy ${i}`,
      clickVersion: null,
    })).toSorted((a, b) => (a._id < b._id ? -1 : 1));
    await rows('conversions').insertMany(copies);
    const incomplete = () => rows('conversions').countDocuments({ clickId, 'facts.inApp': { $exists: false } });
    // Another process stopped after 700 of them, and still has its lease.
    const position = { passes: 0, after: copies[699]?._id, dueAt: new Date(0), holder: 'other' };
    const minute = 60_000;
    await rows('conversionFactsMigrations').insertOne({
      _id: 'clickFacts',
      ...position,
      leaseUntil: new Date(Date.now() + minute),
    });
    await runJob();
    expect(await incomplete()).toBe(1_201);
    await rows('conversionFactsMigrations').updateOne({ _id: 'clickFacts' }, { $set: { leaseUntil: new Date(0) } });
    const second = await secondInstance();
    await Promise.all([runJob(), runJob(second)]);
    await eventually(state, (found) => found?.['passes'] === 1);
    expect(await incomplete()).toBe(701);
    await rows('conversions').deleteMany({ clickId });
    await second.job('conversion-facts-migration').stop();
  });

  it('are looked for twice, a day apart, and never again', async () => {
    const id = await convert(await richClick());
    await makeOld(id);
    await runJob();
    const complete = await stored(id);
    const first = await state();
    expect(first).toMatchObject({ passes: 1, after: '', holder: null });
    expect(Number(first?.['dueAt'])).toBeGreaterThan(Date.now() + 23 * 3_600_000);

    const old = await makeOld(id);
    await runJob();
    expect(await stored(id)).toEqual(old);
    await rows('conversionFactsMigrations').updateOne({}, { $set: { dueAt: new Date(0) } });
    await runJob();
    expect(await stored(id)).toEqual(complete);
    expect(await state()).toMatchObject({ passes: 2, dueAt: null });

    await makeOld(id);
    const restarted = await secondInstance();
    await runJob();
    await runJob(restarted);
    expect(await stored(id)).toEqual(old);
    expect(await state()).toMatchObject({ passes: 2 });
  });
});
