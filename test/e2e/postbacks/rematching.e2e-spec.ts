import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { NetworkResponse } from '../../../src/networks/networks.dto.js';
import type { PostbackAnswer } from '../../../src/postbacks/receive/receive-postback.dto.js';
import type { PostbackResponse } from '../../../src/postbacks/log/postback-log.dto.js';
import { RematchJobs } from '../../../src/postbacks/reprocess/rematch-jobs.service.js';
import { eventually } from '../../support/eventually.js';
import { TestApp } from '../../support/test-app.js';

let app: TestApp;
let second: TestApp;
beforeAll(async () => {
  app = await TestApp.start();
  second = await TestApp.start({ sharing: app });
});
afterAll(async () => {
  await second.close();
  await app.close();
});

const send = async (network: NetworkResponse, query: string): Promise<string> =>
  ((await app.postback(network, query)).body as PostbackAnswer).postbackId;
const map = async (network: NetworkResponse, mapping: object): Promise<void> => {
  expect((await app.api('patch', `/networks/${network.id}`).send({ mapping })).status).toBe(200);
};
const becomes = (id: string, verdict: string): Promise<PostbackResponse> =>
  eventually(
    () => app.postbackEntry(id),
    (entry) => entry.verdict === verdict,
  );
const set = (id: string, fields: object) =>
  app.connection.collection('postbacks').updateOne({ _id: id as never }, { $set: fields });

describe('what could not be read', () => {
  it('counts by itself once its mapping is there, as of the time when it came', async () => {
    const network = await app.createNetwork();
    const { clickId, link } = await app.clickedLink();
    const id = await send(network, `click_id=${clickId}&event=bonus&payout=5`);
    const { receivedAt } = await app.postbackEntry(id);
    const startedAt = Date.now();
    await map(network, { events: { bonus: 'deposit' } });
    const entry = await becomes(id, 'accepted');
    expect(Date.now() - startedAt).toBeLessThan(5_000);
    expect(entry).toMatchObject({ reason: null, waitsUntil: null, attempts: [{ verdict: 'accepted' }] });
    expect(await app.conversion(entry.conversionId ?? '')).toMatchObject({
      eventType: 'deposit',
      convertedAt: receivedAt,
    });
    expect((await app.link(link.id)).stats).toMatchObject({
      deposits: 1,
      ftds: 1,
      payouts: [{ amount: '5.00', currency: 'EUR' }],
    });
  });

  it('is run once, by one of the instances, all of it', async () => {
    const network = await app.createNetwork({ repeats: { deposit: 'count' } });
    const { clickId, link } = await app.clickedLink();
    const query = `click_id=${clickId}&event=bonus`;
    const ids = await Promise.all(Array.from({ length: 120 }, () => send(network, query)));
    await map(network, { events: { bonus: 'deposit' } });
    const stored = app.connection.collection('postbacks');
    await eventually(
      () => stored.countDocuments({ networkId: network.id, verdict: 'accepted' }),
      (count) => count === ids.length,
    );
    const entries = await Promise.all(ids.map((id) => app.postbackEntry(id)));
    expect(entries.map(({ attempts }) => attempts.length)).toEqual(ids.map(() => 1));
    expect((await app.link(link.id)).stats.deposits).toBe(120);
  });

  it('is taken up by another when who ran it has died', async () => {
    const network = await app.createNetwork();
    const { clickId } = await app.clickedLink();
    const id = await send(network, `click_id=${clickId}&event=bonus`);
    const far = new Date(Date.now() + 60_000);
    await app.connection.collection('rematchRuns').insertOne({
      _id: network.id as never,
      holder: 'gone',
      leaseUntil: new Date(Date.now() + 1_500),
      expiresAt: far,
    });
    await map(network, { events: { bonus: 'lead' } });
    await becomes(id, 'accepted');
  });

  it('waits on, untouched, where the new mapping does not know it either', async () => {
    const network = await app.createNetwork();
    const { clickId } = await app.clickedLink();
    const stranger = await send(network, `click_id=${clickId}&event=party`);
    const before = await app.postbackEntry(stranger);
    const known = await send(network, `click_id=${clickId}&event=bonus`);
    await map(network, { events: { bonus: 'lead' } });
    await becomes(known, 'accepted');
    expect(await app.postbackEntry(stranger)).toEqual(before);
    await map(network, { events: { party: 'lead' } });
    await becomes(stranger, 'duplicate');
  });

  it('is left alone when it has waited long enough, and when it is another network’s', async () => {
    const [network, other] = [await app.createNetwork(), await app.createNetwork()];
    const { clickId } = await app.clickedLink();
    const expired = await send(network, `click_id=${clickId}&event=bonus`);
    const elsewhere = await send(other, `click_id=${clickId}&event=bonus`);
    await set(expired, { waitsUntil: new Date(Date.now() - 1) });
    const last = await send(network, `click_id=${clickId}&event=bonus`);
    await map(network, { events: { bonus: 'lead' } });
    await becomes(last, 'accepted');
    for (const id of [expired, elsewhere]) {
      expect(await app.postbackEntry(id)).toMatchObject({ verdict: 'rejected', attempts: [] });
    }
  });

  it('is counted in the metrics', async () => {
    const rematched = async (): Promise<number> => {
      const texts = await Promise.all([app, second].map(async (one) => (await one.plain('get', '/metrics')).text));
      return texts
        .flatMap((text) => [...text.matchAll(/^hopback_postbacks_rematched_total\{verdict="accepted"\} (\d+)$/gm)])
        .reduce((sum, [, count]) => sum + Number(count), 0);
    };
    const network = await app.createNetwork();
    const { clickId } = await app.clickedLink();
    const id = await send(network, `click_id=${clickId}&event=bonus`);
    const before = await rematched();
    await map(network, { events: { bonus: 'lead' } });
    await becomes(id, 'accepted');
    await eventually(rematched, (count) => count === before + 1); // counted once its transaction is committed
    expect((await app.plain('get', '/metrics')).text).toContain('hopback_postbacks_waiting');
  });
});

describe('a postback whose link is not known', () => {
  it('counts once the link is there', async () => {
    const network = await app.createNetwork();
    const { clickId, link } = await app.clickedLink();
    const links = app.connection.collection('links');
    const stored = await links.findOneAndDelete({ _id: link.id as never });
    const id = await send(network, `click_id=${clickId}&event=lead`);
    expect(await app.postbackEntry(id)).toMatchObject({ reason: 'unknown_click' });
    const rematching = app.app.get(RematchJobs);
    await rematching.sweepAll();
    expect(await app.postbackEntry(id)).toMatchObject({ reason: 'unknown_click', attempts: [] });
    await links.insertOne(stored as never);
    await rematching.sweepAll();
    expect(await app.postbackEntry(id)).toMatchObject({ verdict: 'accepted', linkId: link.id });
    expect((await app.link(link.id)).stats.conversions).toBe(1);
  });
});

describe('a chargeback', () => {
  const statsOf = async (id: string) => {
    const { deposits, rejected, approved, payouts } = (await app.link(id)).stats;
    return { deposits, rejected, approved, payouts };
  };
  const NOTHING_LEFT = { deposits: 0, rejected: 1, approved: 0, payouts: [] };

  it('that comes before its deposit takes it back when it comes', async () => {
    const network = await app.createNetwork();
    const { clickId, link } = await app.clickedLink();
    const id = await send(network, `click_id=${clickId}&event=chargeback&txid=c1`);
    expect(await app.postbackEntry(id)).toMatchObject({ verdict: 'rejected', reason: 'unknown_transaction' });
    const { conversionId } = await app.goodPostback(network, `click_id=${clickId}&event=deposit&txid=c1&payout=5`);
    const entry = await becomes(id, 'updated');
    expect(entry).toMatchObject({ conversionId, waitsUntil: null });
    expect(await statsOf(link.id)).toEqual(NOTHING_LEFT);
    expect((await app.conversion(conversionId ?? '')).history.map(({ postbackId }) => postbackId)).toContain(id);
  });

  it('takes back what comes under its transaction later too', async () => {
    const network = await app.createNetwork();
    const { clickId, link } = await app.clickedLink();
    await app.goodPostback(network, `click_id=${clickId}&event=deposit&txid=c2&payout=5`);
    const id = await send(network, `click_id=${clickId}&event=chargeback&txid=c2`);
    const before = await app.postbackEntry(id);
    expect(before.verdict).toBe('updated');
    const { conversionId: sale = '' } = await app.goodPostback(network, `click_id=${clickId}&event=sale&txid=c2`);
    await eventually(
      () => app.conversion(sale),
      ({ status }) => status === 'rejected',
    );
    expect((await app.link(link.id)).stats).toMatchObject({ rejected: 2, approved: 0 });
    const { attempts, ...after } = await app.postbackEntry(id);
    // The log keeps the latest result, so the answer to the first one can no longer be derived.
    const answer = expect.objectContaining({ status: null }) as object;
    expect({ ...after, attempts: [] }).toEqual({ ...before, answer });
    expect(attempts).toHaveLength(1);
  });

  it('does not take back again what was approved since', async () => {
    const network = await app.createNetwork();
    const { clickId } = await app.clickedLink();
    const deposit = `click_id=${clickId}&event=deposit&txid=c6&payout=5`;
    const { conversionId = '' } = await app.goodPostback(network, deposit);
    const id = await send(network, `click_id=${clickId}&event=chargeback&txid=c6`);
    expect((await app.conversion(conversionId)).status).toBe('rejected');
    const approval = `${deposit}&time=${new Date().toISOString()}`;
    expect((await app.goodPostback(network, approval)).verdict).toBe('updated');
    await app.app.get(RematchJobs).sweepAll();
    expect((await app.conversion(conversionId)).status).toBe('approved');
    expect((await app.postbackEntry(id)).attempts).toEqual([]);
  });

  it('is made good by the sweep where the process died before it could', async () => {
    const network = await app.createNetwork();
    const { clickId, link } = await app.clickedLink();
    const { conversionId } = await app.goodPostback(network, `click_id=${clickId}&event=deposit&txid=c3&payout=5`);
    const id = await send(network, `click_id=${clickId}&event=chargeback&txid=c3-later`);
    // As if the deposit had come in a moment after it, and the process had died then.
    await app.connection
      .collection('conversions')
      .updateOne({ _id: conversionId as never }, { $set: { txid: 'c3-later', dedupeKey: 'tx:deposit:c3-later' } });
    await app.app.get(RematchJobs).sweepAll();
    expect(await app.postbackEntry(id)).toMatchObject({ verdict: 'updated', conversionId });
    expect(await statsOf(link.id)).toEqual(NOTHING_LEFT);
    const { attempts } = await app.postbackEntry(id);
    await app.app.get(RematchJobs).sweepAll();
    expect((await app.postbackEntry(id)).attempts).toEqual(attempts);
  });

  it('gives up after seven days', async () => {
    const network = await app.createNetwork();
    const { clickId, link } = await app.clickedLink();
    const id = await send(network, `click_id=${clickId}&event=chargeback&txid=c4`);
    const old = new Date(Date.now() - 7 * 86_400_000 - 1_000);
    await set(id, { receivedAt: old, waitsUntil: new Date(old.getTime() + 7 * 86_400_000) });
    const witness = await send(network, `click_id=${clickId}&event=chargeback&txid=c5`);
    for (const txid of ['c4', 'c5']) {
      await app.goodPostback(network, `click_id=${clickId}&event=deposit&txid=${txid}&payout=5`);
    }
    await becomes(witness, 'updated');
    await app.app.get(RematchJobs).sweepAll();
    expect(await app.postbackEntry(id)).toMatchObject({ verdict: 'rejected', attempts: [] });
    expect((await app.link(link.id)).stats).toMatchObject({ approved: 1, rejected: 1 });
  });
});
