import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { NetworkResponse } from '../../../src/networks/networks.dto.js';
import type { PostbackAnswer } from '../../../src/postbacks/receive/receive-postback.dto.js';
import type { BulkReplayResponse } from '../../../src/postbacks/reprocess/bulk-replays.dto.js';
import { eventually } from '../../support/eventually.js';
import { TestApp } from '../../support/test-app.js';
import { itAsksForKeyAndScope } from '../../support/api/access.js';
import { expectInvalid, expectProblem } from '../../support/api/expect-problem.js';

const UNKNOWN_ID = 'rpl_00000000000000000000';

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

const start = async (body: object): Promise<BulkReplayResponse> => {
  const response = await app.api('post', '/postbacks/replay').send(body);
  expect(response.status).toBe(202);
  return response.body as BulkReplayResponse;
};
const read = async (id: string): Promise<BulkReplayResponse> =>
  (await app.api('get', `/postbacks/replays/${id}`)).body as BulkReplayResponse;
const finished = (id: string): Promise<BulkReplayResponse> =>
  eventually(
    () => read(id),
    ({ state }) => state !== 'running',
  );

/** A network with unmapped deposits of one link, which do not wait, and since then a mapping for them. */
const mended = async (count: number): Promise<{ network: NetworkResponse; linkId: string; ids: string[] }> => {
  const network = await app.createNetwork();
  const { clickId, link } = await app.clickedLink();
  const ids: string[] = [];
  for (let i = 0; i < count; i++) {
    const { body } = await app.postback(network, `click_id=${clickId}&event=bonus&txid=t${i}&payout=1`);
    ids.push((body as PostbackAnswer).postbackId);
  }
  await app.connection.collection('postbacks').updateMany({ networkId: network.id }, { $unset: { waitsUntil: 1 } });
  await app.api('patch', `/networks/${network.id}`).send({ mapping: { events: { bonus: 'deposit' } } });
  return { network, linkId: link.id, ids };
};
const deposits = async (linkId: string): Promise<number> => (await app.link(linkId)).stats.deposits;

describe('access to bulk replays', () => {
  itAsksForKeyAndScope(
    () => app,
    [
      ['post', '/postbacks/replay', 'postbacks:write'],
      ['get', `/postbacks/replays/${UNKNOWN_ID}`, 'postbacks:read'],
      ['post', `/postbacks/replays/${UNKNOWN_ID}/cancel`, 'postbacks:write'],
    ],
  );

  it('is a 404 for an unknown one and for another workspace’s, which never runs over ours', async () => {
    const { linkId, ids } = await mended(1);
    const other = await app.createWorkspace();
    const response = await app.api('post', '/postbacks/replay', other.apiKey).send({ filter: {} });
    expect(response.body).toMatchObject({ total: 0 });
    for (const id of [UNKNOWN_ID, (response.body as BulkReplayResponse).id]) {
      expectProblem(await app.api('get', `/postbacks/replays/${id}`), 404);
      expectProblem(await app.api('post', `/postbacks/replays/${id}/cancel`), 404);
    }
    const theirs = await eventually(
      () => app.api('get', `/postbacks/replays/${(response.body as BulkReplayResponse).id}`, other.apiKey),
      ({ body }) => (body as BulkReplayResponse).state === 'done',
    );
    expect(theirs.body).toMatchObject({ done: 0 });
    expect((await app.postbackEntry(ids[0] ?? '')).attempts).toEqual([]);
    expect(await deposits(linkId)).toBe(0);
  });

  it.each([
    [{}, 'filter'],
    [{ filter: { verdict: 'maybe' } }, 'filter.verdict'],
    [{ filter: { limit: 1 } }, 'filter.limit'],
    [{ filter: { workspaceId: 'x' } }, 'filter.workspaceId'],
    [{ filter: { q: 'x' } }, 'filter.q'],
    [{ filter: { reason: { $ne: 1 } } }, 'filter.reason'],
    [{ filter: {}, dryRun: 'yes' }, 'dryRun'],
  ])('is a 422 for %j', async (body, path) => {
    expectInvalid(await app.api('post', '/postbacks/replay').send(body), path);
  });
});

describe('a bulk replay', () => {
  it('runs what the filter finds, oldest first, and nothing else', async () => {
    const { network, linkId, ids } = await mended(120);
    const { clickId } = await app.clickedLink();
    const other = await app.createNetwork();
    const elsewhere = ((await app.postback(other, `click_id=${clickId}&event=bonus`)).body as PostbackAnswer)
      .postbackId;
    const filter = { networkId: network.id, verdict: 'rejected', reason: 'unmapped_event' };
    const { id, total } = await start({ filter });
    expect(total).toBe(120);
    expect(await finished(id)).toMatchObject({ state: 'done', done: 120, counts: { accepted: 120 }, filter });
    expect(await deposits(linkId)).toBe(120);
    const first = await app.postbackEntry(ids[0] ?? '');
    const last = await app.postbackEntry(ids.at(-1) ?? '');
    expect([first, last].map(({ verdict }) => verdict)).toEqual(['accepted', 'accepted']);
    expect((first.attempts[0]?.at ?? '') <= (last.attempts[0]?.at ?? '')).toBe(true);
    expect(await app.postbackEntry(elsewhere)).toMatchObject({ verdict: 'rejected', attempts: [] });
    const { conversionId } = first;
    expect((await app.conversion(conversionId ?? '')).convertedAt).toBe(first.receivedAt);
  });

  it('as a dry run says what would become of them, and changes nothing', async () => {
    const { network, linkId, ids } = await mended(3);
    await app.postback(network, 'click_id=1');
    const { id } = await start({ filter: { networkId: network.id, from: null, to: null }, dryRun: true });
    expect(await finished(id)).toMatchObject({ state: 'done', counts: { accepted: 3, rejected: 1 } });
    expect(await deposits(linkId)).toBe(0);
    expect(await app.postbackEntry(ids[0] ?? '')).toMatchObject({ verdict: 'rejected', attempts: [] });
  });

  it('skips what cannot be run again', async () => {
    const { network, ids } = await mended(2);
    await app.connection
      .collection('postbacks')
      .updateOne({ _id: ids[0] as never }, { $set: { reason: 'not_allowed' } });
    const { id } = await start({ filter: { networkId: network.id } });
    expect((await finished(id)).counts).toEqual({ skipped: 1, accepted: 1 });
  });

  it('continues where a killed process has stopped, and counts nothing twice', async () => {
    const { network, linkId, ids } = await mended(60);
    // What is left behind by one that was killed after its first batch had been run and before that was noted down.
    const { id } = await start({ filter: { networkId: network.id } });
    await finished(id);
    await app.connection.collection('bulkReplays').updateOne(
      { _id: id as never },
      {
        $set: {
          state: 'running',
          position: ids[9],
          done: 10,
          counts: { accepted: 10 },
          holder: 'somebody who is gone',
          leaseUntil: new Date(Date.now() + 1_000),
        },
      },
    );
    const replay = await finished(id);
    expect(replay).toMatchObject({ state: 'done', done: 60, counts: { accepted: 10, duplicate: 50 } });
    expect((await app.postbackEntry(ids[9] ?? '')).attempts).toHaveLength(1);
    expect((await app.postbackEntry(ids[10] ?? '')).attempts).toHaveLength(2);
    expect(await deposits(linkId)).toBe(60);
  });

  it('is cancelled, and stays so', async () => {
    const { network, linkId } = await mended(1);
    const { id } = await start({ filter: { networkId: network.id } });
    await finished(id);
    await app.connection
      .collection('bulkReplays')
      .updateOne(
        { _id: id as never },
        { $set: { state: 'running', position: '', leaseUntil: new Date(Date.now() + 2_000) } },
      );
    const response = await app.api('post', `/postbacks/replays/${id}/cancel`);
    expect([response.status, (response.body as BulkReplayResponse).state]).toEqual([200, 'cancelled']);
    expect((await app.api('post', `/postbacks/replays/${id}/cancel`)).body).toMatchObject({ state: 'cancelled' });
    expect(await deposits(linkId)).toBe(1);
  });

  it('is ordered once for one Idempotency-Key', async () => {
    const post = () =>
      app
        .api('post', '/postbacks/replay')
        .set('idempotency-key', 'once')
        .send({ filter: { networkId: 'net_x' } });
    const [first, again] = [await post(), await post()];
    expect(again.status).toBe(202);
    expect((again.body as BulkReplayResponse).id).toBe((first.body as BulkReplayResponse).id);
  });
});
