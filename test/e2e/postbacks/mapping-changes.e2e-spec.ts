import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { NetworkResponse } from '../../../src/networks/networks.dto.js';
import type {
  MappingChangePreviewResponse,
  MappingChangeResponse,
} from '../../../src/postbacks/mapping-changes/mapping-changes.dto.js';
import type { PostbackAnswer } from '../../../src/postbacks/receive/receive-postback.dto.js';
import { RematchJobs } from '../../../src/postbacks/reprocess/rematch-jobs.service.js';
import { itAsksForKeyAndScope } from '../../support/api/access.js';
import { expectInvalid, expectProblem } from '../../support/api/expect-problem.js';
import { eventually } from '../../support/eventually.js';
import { TestApp } from '../../support/test-app.js';

const UNKNOWN_NETWORK = 'net_00000000000000000000';
const UNKNOWN_ID = 'mch_00000000000000000000';
const TID = { mapping: { params: { click_id: ['tid'] } } };

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
const preview = async (id: string, body: object): Promise<MappingChangePreviewResponse> => {
  const response = await app.api('post', `/networks/${id}/mapping-changes/preview`).send(body);
  expect(response.status).toBe(200);
  return response.body as MappingChangePreviewResponse;
};
const change = async (id: string, body: object = TID): Promise<MappingChangeResponse> => {
  const response = await app.api('post', `/networks/${id}/mapping-changes`).send(body);
  expect(response.status).toBe(201);
  return response.body as MappingChangeResponse;
};
const pathOf = ({ id, networkId }: MappingChangeResponse): string => `/networks/${networkId}/mapping-changes/${id}`;
const read = async (one: MappingChangeResponse): Promise<MappingChangeResponse> =>
  (await app.api('get', pathOf(one))).body as MappingChangeResponse;
const act = (one: MappingChangeResponse, verb: 'undo' | 'run') => app.api('post', `${pathOf(one)}/${verb}`);
const finished = (one: MappingChangeResponse): Promise<MappingChangeResponse> =>
  eventually(
    () => read(one),
    ({ state }) => state === 'done',
  );
const network = async (id: string): Promise<NetworkResponse> =>
  (await app.api('get', `/networks/${id}`)).body as NetworkResponse;
/** As if the time for an undo were over. */
const expire = ({ id }: MappingChangeResponse) =>
  app.connection
    .collection('mappingChanges')
    .updateOne({ _id: id as never }, { $set: { undoUntil: new Date(Date.now() - 1) } });

/** A network that does not read `tid`, and a postback of it with a click id there. */
const misread = async (query = 'event=ftd&payout=50&txid=t1') => {
  const created = await app.createNetwork({ mapping: { params: { click_id: ['clickid'] } } });
  const { clickId, link } = await app.clickedLink();
  const id = await send(created, `clickid={clickid}&tid=${clickId}&${query}`);
  expect(await app.postbackEntry(id)).toMatchObject({ verdict: 'rejected', reason: 'unfilled_macro' });
  return { network: created, clickId, link, id };
};

describe('access to mapping changes', () => {
  itAsksForKeyAndScope(
    () => app,
    [
      ['post', `/networks/${UNKNOWN_NETWORK}/mapping-changes/preview`, 'postbacks:read'],
      ['post', `/networks/${UNKNOWN_NETWORK}/mapping-changes`, 'networks:write'],
      ['get', `/networks/${UNKNOWN_NETWORK}/mapping-changes/${UNKNOWN_ID}`, 'networks:read'],
      ['post', `/networks/${UNKNOWN_NETWORK}/mapping-changes/${UNKNOWN_ID}/undo`, 'networks:write'],
      ['post', `/networks/${UNKNOWN_NETWORK}/mapping-changes/${UNKNOWN_ID}/run`, 'networks:write'],
    ],
  );

  it('is a 404 for an unknown network or change, another network’s and another workspace’s', async () => {
    const { network: own, id } = await misread();
    const made = await change(own.id);
    const other = await app.createNetwork();
    const workspace = await app.createWorkspace();
    for (const [path, key] of [
      [`/networks/${UNKNOWN_NETWORK}/mapping-changes/${made.id}`, app.apiKey],
      [`/networks/${own.id}/mapping-changes/${UNKNOWN_ID}`, app.apiKey],
      [`/networks/${other.id}/mapping-changes/${made.id}`, app.apiKey],
      [pathOf(made), workspace.apiKey],
    ] as const) {
      expectProblem(await app.api('get', path, key), 404);
      expectProblem(await app.api('post', `${path}/undo`, key), 404);
      expectProblem(await app.api('post', `${path}/run`, key), 404);
    }
    for (const path of [`/networks/${own.id}/mapping-changes`, `/networks/${own.id}/mapping-changes/preview`]) {
      expectProblem(await app.api('post', path, workspace.apiKey).send(TID), 404);
    }
    expect(await app.postbackEntry(id)).toMatchObject({ verdict: 'rejected', attempts: [] });
    expect(await read(made)).toEqual(made);
  });

  it.each([
    [{}, 'mapping'],
    [{ name: 'x' }, 'name'],
    [{ security: {} }, 'security'],
    [{ mapping: { params: { nope: ['a'] } } }, 'mapping.params'],
    [{ preset: 'no-such-preset' }, 'preset'],
    [{ currency: 'EURO!' }, 'currency'],
  ])('is a 422 for %j, and nothing is changed', async (body, path) => {
    const own = await app.createNetwork();
    for (const end of ['', '/preview']) {
      expectInvalid(await app.api('post', `/networks/${own.id}/mapping-changes${end}`).send(body), path);
    }
    expect(await network(own.id)).toEqual(own);
  });
});

describe('the preview of a mapping change', () => {
  it('shows what would count, what it would bring, and what would stay rejected; nothing is stored', async () => {
    const { network: own, clickId, link, id } = await misread('event=ftd&status=approved&payout=50.10&txid=t1');
    const again = await send(own, `tid=${clickId}&event=ftd&status=approved&payout=50.10&txid=t1`);
    const next = await app.clickedLink();
    const pending = await send(own, `tid=${next.clickId}&event=ftd&status=pending&payout=20&txid=t2`);
    const approval = await send(own, `tid=${next.clickId}&event=ftd&status=approved&payout=20.25&txid=t2`);
    const sale = await send(own, `tid=${next.clickId}&event=sale&status=pending&payout=0.3&currency=USD&txid=t3`);
    const unmapped = await send(own, `tid=${clickId}&event=dep9`);
    const before = await network(own.id);
    expect(await preview(own.id, TID)).toEqual({
      waiting: 6,
      wouldCount: 4,
      wouldStay: 1,
      verdicts: { accepted: 3, updated: 1, duplicate: 1, ignored: 0, test: 0, rejected: 1 },
      events: [
        { eventType: 'ftd', count: 2, created: 2, approved: 2, pending: 0, rejected: 0 },
        { eventType: 'sale', count: 1, created: 1, approved: 0, pending: 1, rejected: 0 },
      ],
      money: [
        { currency: 'EUR', approved: '70.35', pending: '0.00', rejected: '0.00' },
        { currency: 'USD', approved: '0.00', pending: '0.30', rejected: '0.00' },
      ],
      links: 2,
      staysRejected: [{ reason: 'unmapped_event', hint: expect.stringContaining('dep9') as string, count: 1 }],
      postbackIds: [id, pending, approval, sale],
      complete: true,
    });
    expect(await network(own.id)).toEqual(before);
    for (const one of [id, again, unmapped]) {
      expect(await app.postbackEntry(one)).toMatchObject({ verdict: 'rejected', attempts: [] });
    }
    expect((await app.link(link.id)).stats.conversions).toBe(0);
  });

  it('is what the run then brings', async () => {
    const { network: own, clickId, link } = await misread();
    await send(own, `tid=${clickId}&event=ftd&payout=50&txid=t1`);
    await send(own, `tid=${clickId}&event=dep9`);
    const { verdicts, wouldCount, money } = await preview(own.id, TID);
    const made = await change(own.id);
    await act(made, 'run');
    const { rerun } = await finished(made);
    expect(rerun).toEqual({ total: 3, done: 3, counts: { accepted: 1, duplicate: 1, rejected: 1 } });
    expect(verdicts).toMatchObject(rerun.counts);
    expect(wouldCount).toBe(1);
    expect((await app.link(link.id)).stats.payouts).toEqual([{ amount: money[0]?.approved, currency: 'EUR' }]);
  });

  it('shows the difference for conversions that are there', async () => {
    const own = await app.createNetwork();
    const { clickId } = await app.clickedLink();
    await app.goodPostback(own, `click_id=${clickId}&event=sale&status=pending&payout=10&txid=p1`);
    await send(own, `click_id=${clickId}&event=sale&status=gut&payout=12.5&txid=p1`);
    const { events, money, verdicts } = await preview(own.id, { mapping: { statuses: { gut: 'approved' } } });
    expect(verdicts).toMatchObject({ updated: 1, accepted: 0 });
    expect(events).toEqual([{ eventType: 'sale', count: 1, created: 0, approved: 1, pending: 0, rejected: 0 }]);
    expect(money).toEqual([{ currency: 'EUR', approved: '12.50', pending: '-10.00', rejected: '0.00' }]);
  });

  it('reads 2,000 waiting postbacks, and says so when there are more', async () => {
    const { network: own, id } = await misread();
    const postbacks = app.connection.collection('postbacks');
    const entry = await postbacks.findOne({ _id: id as never });
    const copies = Array.from({ length: 2_000 }, (_, i) => ({
      ...entry,
      _id: `${id.slice(0, -4)}${String(i).padStart(4, '0')}` as never,
    }));
    await postbacks.deleteOne({ _id: id as never });
    await postbacks.insertMany(copies);
    expect(await preview(own.id, TID)).toMatchObject({ waiting: 2_000, complete: true });
    await postbacks.insertOne({ ...entry, _id: `${id.slice(0, -4)}zzzz` as never });
    const bounded = await preview(own.id, TID);
    expect(bounded).toMatchObject({ waiting: 2_000, complete: false, verdicts: { accepted: 1, duplicate: 1_999 } });
    await postbacks.deleteMany({ networkId: own.id });
  });
});

describe('a mapping change', () => {
  it('applies to new postbacks at once, and to those that wait after the time for an undo', async () => {
    const { network: own, clickId, id } = await misread();
    const made = await change(own.id);
    expect(made).toMatchObject({
      id: expect.stringMatching(/^mch_/) as string,
      networkId: own.id,
      state: 'undoable',
      rerun: { total: 0, done: 0, counts: {} },
    });
    const left = Date.parse(made.undoUntil) - Date.now();
    expect(left).toBeGreaterThan(8_000);
    expect(left).toBeLessThanOrEqual(10_000);
    expect((await network(own.id)).mapping.params).toEqual({ click_id: ['tid'] });
    const fresh = await send(own, `tid=${clickId}&event=lead`);
    expect(await app.postbackEntry(fresh)).toMatchObject({ verdict: 'accepted' });
    await new Promise((resolve) => setTimeout(resolve, 2_500));
    await app.app.get(RematchJobs).sweepAll();
    expect(await app.postbackEntry(id)).toMatchObject({ verdict: 'rejected', attempts: [] });
    await expire(made);
    expect(await finished(made)).toMatchObject({ rerun: { total: 1, done: 1, counts: { accepted: 1 } } });
    expect(await app.postbackEntry(id)).toMatchObject({ verdict: 'accepted' });
  });

  it('is in the audit log, as a PATCH is, and so is its undo', async () => {
    const { network: own } = await misread();
    const made = await change(own.id);
    expect((await act(made, 'undo')).status).toBe(200);
    const response = await app.api('get', `/audit-log?objectId=${own.id}&action=network.updated`);
    const [undone, changed] = (response.body as { data: { before: object; after: object }[] }).data;
    expect(changed).toMatchObject({ after: { mapping: { params: { click_id: ['tid'] } } } });
    expect(undone).toMatchObject({ after: { mapping: { params: { click_id: ['clickid'] } } } });
  });

  it('with the same Idempotency-Key is one change', async () => {
    const { network: own } = await misread();
    const post = () =>
      app.api('post', `/networks/${own.id}/mapping-changes`).set('Idempotency-Key', 'mapping-1').send(TID);
    const [first, repeat] = [await post(), await post()];
    expect(repeat.body).toEqual(first.body);
    expect(await app.connection.collection('mappingChanges').countDocuments({ networkId: own.id })).toBe(1);
  });

  it('that is undone restores the network, runs nothing with it, and cannot be run', async () => {
    const { network: own, id, link } = await misread();
    const made = await change(own.id, { ...TID, currency: 'USD', windows: { ftd: 3 } });
    const response = await act(made, 'undo');
    expect([response.status, (response.body as MappingChangeResponse).state]).toEqual([200, 'undone']);
    const { mapping, defaults, windows } = await network(own.id);
    expect({ mapping, defaults, windows }).toEqual({
      mapping: own.mapping,
      defaults: own.defaults,
      windows: own.windows,
    });
    expect((await act(made, 'undo')).body).toEqual(response.body);
    expectProblem(await act(made, 'run'), 409);
    await expire(made);
    const runs = app.connection.collection('rematchRuns');
    await eventually(
      () => runs.findOne({ _id: own.id as never }),
      (run) => ((run?.['doneFor'] as Date | undefined)?.toISOString() ?? '') > made.createdAt,
    );
    expect(await app.postbackEntry(id)).toMatchObject({ verdict: 'rejected', attempts: [] });
    expect(await read(made)).toMatchObject({ state: 'undone', rerun: { total: 0, done: 0 } });
    expect((await app.link(link.id)).stats.conversions).toBe(0);
  });

  it('after its time is a 409 to undo, and nothing is restored', async () => {
    const { network: own } = await misread();
    const made = await change(own.id);
    await expire(made);
    expect((await read(made)).state).not.toBe('undoable');
    expect((await act(made, 'undo')).body).toMatchObject({ status: 409, code: 'undo_expired' });
    await finished(made);
    expect((await act(made, 'undo')).body).toMatchObject({ status: 409, code: 'undo_expired' });
    expect((await network(own.id)).mapping.params).toEqual({ click_id: ['tid'] });
  });

  it('is a 409 to undo once another request has changed the network, and nothing is restored', async () => {
    for (const body of [{ name: 'Other' }, { mapping: { params: { click_id: ['own'] } } }]) {
      const { network: own } = await misread();
      const made = await change(own.id);
      expect((await app.api('patch', `/networks/${own.id}`).send(body)).status).toBe(200);
      const after = await network(own.id);
      expect((await act(made, 'undo')).body).toMatchObject({ status: 409, code: 'network_changed' });
      expect(await network(own.id)).toEqual(after);
    }
  });

  it('does not hold back a PATCH that comes after it', async () => {
    const { network: own, id } = await misread();
    const made = await change(own.id, { mapping: { params: { click_id: ['nothing'] } } });
    await app.api('patch', `/networks/${own.id}`).send(TID);
    const startedAt = Date.now();
    await eventually(
      () => app.postbackEntry(id),
      ({ verdict }) => verdict === 'accepted',
    );
    expect(Date.now() - startedAt).toBeLessThan(5_000);
    expect((await finished(made)).rerun.counts).toEqual({ accepted: 1 });
  });

  it('ends the undo of the change before it, and both are done by one run', async () => {
    const { network: own, id } = await misread();
    const first = await change(own.id, { mapping: { params: { click_id: ['nothing'] } } });
    const last = await change(own.id);
    expect((await act(first, 'undo')).body).toMatchObject({ status: 409, code: 'network_changed' });
    expect(await read(first)).toMatchObject({ state: 'running' });
    await act(last, 'run');
    for (const one of [first, last]) expect((await finished(one)).rerun).toMatchObject({ total: 1, done: 1 });
    expect(await app.postbackEntry(id)).toMatchObject({ verdict: 'accepted' });
  });

  it('is undone or run, never both, when both come at once', async () => {
    for (let i = 0; i < 6; i++) {
      const { network: own, id, link } = await misread();
      const made = await change(own.id);
      const [undo] = await Promise.all([act(made, 'undo'), second.api('post', `${pathOf(made)}/run`)]);
      const { state } = await eventually(
        () => read(made),
        (one) => one.state === 'undone' || one.state === 'done',
      );
      expect(state === 'undone').toBe(undo.status === 200);
      expect((await network(own.id)).mapping.params).toEqual({ click_id: [state === 'undone' ? 'clickid' : 'tid'] });
      expect((await app.postbackEntry(id)).verdict).toBe(state === 'undone' ? 'rejected' : 'accepted');
      expect((await app.link(link.id)).stats.conversions).toBe(state === 'undone' ? 0 : 1);
    }
  });

  it('is taken up by another process when the one that ran it was killed, and counts nothing twice', async () => {
    const { network: own, clickId, link } = await misread();
    for (let i = 2; i <= 60; i++) await send(own, `tid=${clickId}&event=deposit&payout=1&txid=t${i}`);
    const made = await change(own.id);
    // The state of a process that was killed after its first batch.
    await app.connection.collection('mappingChanges').updateOne(
      { _id: made.id as never },
      {
        $set: {
          state: 'running',
          undoUntil: new Date(),
          rerun: { total: 62, done: 4, counts: { accepted: 2, rejected: 2 } },
        },
      },
    );
    await app.connection.collection('rematchRuns').updateOne(
      { _id: own.id as never },
      {
        $set: { holder: 'gone', leaseUntil: new Date(Date.now() + 1_500), expiresAt: new Date(Date.now() + 60_000) },
      },
      { upsert: true },
    );
    const { rerun } = await finished(made);
    expect(rerun).toEqual({ total: 62, done: 62, counts: { accepted: 62 } });
    expect((await app.link(link.id)).stats.deposits).toBe(59);
  });
});
