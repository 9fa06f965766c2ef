import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Logger } from 'pino';
import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from 'vitest';
import type { NetworkResponse } from '../../../src/networks/networks.dto.js';
import type { Settings } from '../../../src/platform/config/settings.js';
import { SETTINGS } from '../../../src/platform/config/settings.token.js';
import { newId } from '../../../src/platform/ids/ids.js';
import { LOGGER } from '../../../src/platform/logging/logger.js';
import { Metrics } from '../../../src/platform/metrics/metrics.js';
import { MongoHealth } from '../../../src/platform/mongo/mongo-health.service.js';
import { ProcessPostback } from '../../../src/postbacks/process/process-postback.service.js';
import type { PostbackAnswer } from '../../../src/postbacks/receive/receive-postback.dto.js';
import { canonicalText, signatureOf } from '../../../src/postbacks/security/signature.js';
import { DistributedLock } from '../../../src/platform/jobs/distributed-lock.repository.js';
import { JobRunner } from '../../../src/platform/jobs/job-runner.service.js';
import { PostbackSpool } from '../../../src/postbacks/spool/postback-spool.service.js';
import type { SpooledPostback } from '../../../src/postbacks/spool/spooled-postback.js';
import { SpooledPostbackJob } from '../../../src/postbacks/spool/spooled-postback-job.service.js';
import { eventually } from '../../support/eventually.js';
import { MongoProxy } from '../../support/servers/mongo-proxy.js';
import { TestApp } from '../../support/test-app.js';
import { expectProblem } from '../../support/api/expect-problem.js';

let proxy: MongoProxy;
let app: TestApp;
let network: NetworkResponse;
let other: { id: string; apiKey: string; network: NetworkResponse };

/** So small that a few requests fill it: a quarter of a megabyte. */
const SPOOL_MAX_MB = '1';

beforeAll(async () => {
  proxy = await MongoProxy.start(inject('mongodbUri'));
  app = await TestApp.start({ mongodbUri: proxy.uri, env: { SPOOL_MAX_MB } });
  const { body } = await app.api('get', '/workspaces/current');
  expect(body).toMatchObject({ postbacksWhenDown: 'refuse' });
  expect((await app.api('patch', '/workspaces/current').send({ postbacksWhenDown: 'spool' })).status).toBe(200);
  network = await app.createNetwork();
  const workspace = await app.createWorkspace();
  other = { ...workspace, network: await app.createNetwork({}, workspace.apiKey) };
  // Known to this process, as any network is that posts.
  await app.postback(network, 'click_id=none');
  await app.postback(other.network, 'click_id=none');
});
afterEach(() => proxy.heal());
afterAll(async () => {
  await app.close();
  await proxy.close();
});

const folder = (): string => join(app.dataDir, 'spool-postbacks', '0');
const segments = (): string[] => readdirSync(folder()).filter((name) => name.endsWith('.spool'));
const bytesOf = (name: string): number => statSync(join(folder(), name)).size;
const answerOf = (response: { body: unknown }): PostbackAnswer => response.body as PostbackAnswer;
const spooled = { verdict: 'accepted', reason: 'spooled', postbackId: expect.stringMatching(/^pbk_/) as string };

async function metric(name: string): Promise<number> {
  const { text } = await app.plain('get', '/metrics');
  return Number(new RegExp(`^${name} (\\d+)$`, 'm').exec(text)?.[1]);
}

/** All of the postbacks are in the log, with this verdict. */
async function applied(ids: string[], verdict: string): Promise<void> {
  for (const id of ids) {
    const { body } = await eventually(
      () => app.api('get', `/postbacks/${id}`),
      ({ status }) => status === 200,
      20_000,
    );
    expect(body).toMatchObject({ id, verdict });
  }
}

const conversionsOf = (clickId: string) => app.conversions(`clickId=${clickId}`);

describe.each([
  ['cut off', () => proxy.cut()],
  ['frozen', () => proxy.freeze()],
])('while MongoDB is %s', (_, breakIt) => {
  it('postbacks are accepted into the spool, and applied once when it is back', async () => {
    const { link, clickId } = await app.clickedLink();
    const before = await app.postback(network, `click_id=${clickId}&event=registration`);
    expect(before.status).toBe(200);
    const spooledBefore = await metric('hopback_postbacks_spooled_total');
    breakIt();
    const since = Date.now();
    const txids = Array.from({ length: 20 }, (__, i) => `${clickId}-${i}`);
    const answers = await Promise.all(
      txids.map((txid) => app.postback(network, `click_id=${clickId}&event=sale&payout=1&txid=${txid}`)),
    );
    expect(Date.now() - since).toBeLessThan(10_000);
    for (const answer of answers)
      expect({ status: answer.status, body: answer.body as unknown }).toEqual({ status: 200, body: spooled });
    const post = await app
      .plain('post', `/postback/${network.key}`)
      .send({ click_id: clickId, event: 'ftd', note: '\u0000é😀' });
    expect(post.body).toEqual(spooled);
    const bad = await app.postback(network, 'click_id=not-one');
    expect(bad.body).toEqual(spooled);
    expect(await metric('hopback_postback_spool_bytes')).toBeGreaterThan(0);

    proxy.heal();
    const ids = answers.map((answer) => answerOf(answer).postbackId);
    await applied([...ids, answerOf(post).postbackId], 'accepted');
    await applied([answerOf(bad).postbackId], 'rejected');
    const entry = await app.postbackEntry(answerOf(post).postbackId);
    expect(Date.parse(entry.receivedAt)).toBeGreaterThanOrEqual(since);
    expect(JSON.parse(entry.body)).toMatchObject({ note: '\u0000é😀' });
    expect((await conversionsOf(clickId)).map(({ txid }) => txid ?? 'none').sort()).toEqual(
      [...txids, 'none', 'none'].sort(),
    );
    expect(await metric('hopback_postbacks_spooled_total')).toBe(spooledBefore + 22);
    await eventually(
      () => metric('hopback_postback_spool_bytes'),
      (bytes) => bytes === 0,
    );
    expect((await app.link(link.id)).stats).toMatchObject({ registrations: 1, ftds: 1 });
  }, 60_000);

  it('a workspace that did not choose so answers 503, and when to come again', async () => {
    breakIt();
    const response = await app.postback(other.network, 'click_id=none');
    expect(expectProblem(response, 503).code).toBe('unavailable');
    expect(Number(response.headers['retry-after'])).toBeGreaterThan(0);
  }, 30_000);
});

it('S7 a JSON postback nested too deep is refused when it is applied, and delays none behind it', async () => {
  const { clickId } = await app.clickedLink();
  const [quarantined, lost] = ['hopback_postbacks_quarantined_total', 'hopback_postbacks_lost_total'];
  const before = await metric(quarantined);
  proxy.cut();
  const nested = `{"click_id":"x","a":${'{"a":'.repeat(5_500)}1${'}'.repeat(5_500)}}`;
  const post = (body: string) =>
    app.plain('post', `/postback/${network.key}`).set('content-type', 'application/json').send(body);
  const bad = [await post(nested), await post(nested)];
  const good = await app.postback(network, `click_id=${clickId}&event=sale&payout=1`);
  for (const answer of [...bad, good]) expect(answer.body).toEqual(spooled);
  proxy.heal();
  await applied([answerOf(good).postbackId], 'accepted');
  await applied(
    bad.map((answer) => answerOf(answer).postbackId),
    'rejected',
  );
  expect(await metric(quarantined)).toBe(before);
  expect(await metric(lost)).toBe(0);
}, 60_000);

it('S10 a signed postback counts once, whether it was spooled or not', async () => {
  const { clickId } = await app.clickedLink();
  const secret = '0123456789abcdef0123';
  const signing = await app.createNetwork({ security: { hmac: { secret } }, repeats: { sale: 'count' } });
  const pairs = [
    ['click_id', clickId],
    ['event', 'sale'],
    ['payout', '5'],
    ['ts', String(Date.now())],
  ] as const;
  const parameters = pairs.map(([name, value]) => ({ name, value }));
  const sig = signatureOf(canonicalText(parameters, 'sig'), secret);
  const query = new URLSearchParams({ ...Object.fromEntries(pairs), sig }).toString();
  expect((await app.postback(signing, query)).body).toMatchObject({ verdict: 'accepted' });
  proxy.cut();
  const again = [
    await app.postback(signing, query),
    await app.postback(signing, query.replace(sig, sig.toUpperCase())),
  ];
  for (const answer of again) expect(answer.body).toEqual(spooled);
  proxy.heal();
  await applied(
    again.map((answer) => answerOf(answer).postbackId),
    'duplicate',
  );
  expect((await app.postback(signing, query)).body).toMatchObject({ verdict: 'duplicate' });
  expect(await conversionsOf(clickId)).toHaveLength(1);
}, 60_000);

it('who is not allowed is refused while MongoDB is away, too, and is not spooled', async () => {
  const closed = await app.createNetwork();
  await app.connection
    .collection('networks')
    .updateOne({ _id: closed.id as never }, { $set: { 'security.ips': ['203.0.113.1'], updatedAt: new Date() } });
  expect((await app.postback(closed, 'click_id=none')).status).toBe(403);
  const before = await metric('hopback_postbacks_spooled_total');
  proxy.cut();
  const response = await app.postback(closed, 'click_id=none');
  expect({ status: response.status, body: response.body as unknown }).toEqual({
    status: 403,
    body: { ...spooled, verdict: 'rejected', reason: 'not_allowed' },
  });
  expect(await metric('hopback_postbacks_spooled_total')).toBe(before);
}, 30_000);

it('what was applied before a crash and is read again does nothing', async () => {
  const counting = await app.createNetwork({ repeats: { sale: 'count' } });
  const { link, clickId } = await app.clickedLink();
  await app.postback(counting, 'click_id=none');
  proxy.cut();
  const ids: string[] = [];
  for (let i = 0; i < 5; i++)
    ids.push(answerOf(await app.postback(counting, `click_id=${clickId}&payout=1`)).postbackId);
  const [written = ''] = segments()
    .filter((name) => bytesOf(name) > 0)
    .slice(-1);
  copyFileSync(join(folder(), written), join(app.dataDir, 'copy'));
  proxy.heal();
  await applied(ids, 'accepted');
  const conversions = await conversionsOf(clickId);
  expect(conversions).toHaveLength(5);
  const { stats } = await app.link(link.id);

  // The folder of a worker that is no more, as an earlier run would have left it.
  const dataDir = mkdtempSync(join(tmpdir(), 'hopback-e2e-'));
  const left = join(dataDir, 'spool-postbacks', '3');
  mkdirSync(left, { recursive: true });
  copyFileSync(join(app.dataDir, 'copy'), join(left, written));
  const settings = { ...app.app.get<Settings>(SETTINGS), dataDir };
  const [logger, mongo, metrics] = [app.app.get<Logger>(LOGGER), app.app.get(MongoHealth), new Metrics()];
  const jobs = new JobRunner(app.app.get(DistributedLock), mongo, metrics, logger);
  const again = new PostbackSpool(settings, logger, metrics);
  const asked: string[] = [];
  const recording = {
    processSpooled: async (postback: SpooledPostback) => {
      asked.push(postback.postbackId);
      await app.app.get(ProcessPostback).processSpooled(postback);
    },
  } as ProcessPostback;
  const job = new SpooledPostbackJob(logger, again, mongo, recording, metrics, jobs);
  again.open(0);
  await job.applyNow();
  await job.beforeApplicationShutdown();
  expect(asked).toEqual(expect.arrayContaining(ids));
  expect(readdirSync(left)).toEqual([]);
  rmSync(dataDir, { recursive: true, force: true });
  expect(await conversionsOf(clickId)).toEqual(conversions);
  expect((await app.link(link.id)).stats).toEqual(stats);
}, 60_000);

it('what can never be applied is kept aside, and those behind it are applied', async () => {
  const doomed = await app.createNetwork();
  const { clickId } = await app.clickedLink();
  await app.postback(doomed, 'click_id=none');
  const spool = app.app.get(PostbackSpool);
  const before = await metric('hopback_postbacks_quarantined_total');
  expect((await app.api('delete', `/networks/${doomed.id}`)).status).toBe(204);
  const record = {
    postbackId: newId('pbk'),
    networkId: doomed.id,
    workspaceId: String((await app.connection.collection('networks').findOne({}))?.['workspaceId']),
    receivedAt: new Date(),
    method: 'GET',
    query: `click_id=${clickId}`,
    body: '',
    contentType: '',
    headers: {},
    ip: '127.0.0.1',
    origin: 'postback',
  };
  const good = { ...record, postbackId: newId('pbk'), networkId: network.id };
  await spool.append(record);
  await spool.append(good);
  await applied([good.postbackId], 'accepted');
  expect(await metric('hopback_postbacks_quarantined_total')).toBe(before + 1);
  expect(statSync(join(app.dataDir, 'spool-postbacks', 'quarantine', 'refused.spool')).mode & 0o777).toBe(0o600);
  expect((await app.api('get', `/postbacks/${record.postbackId}`)).status).toBe(404);
});

it('a full spool answers 503, keeps what it accepted, and takes more when that is applied', async () => {
  const full = await app.createNetwork();
  await app.postback(full, 'click_id=none');
  proxy.cut();
  const body = `click_id=none&x=${'y'.repeat(50_000)}`;
  const answers: { status: number; id: string; retryAfter: string | undefined }[] = [];
  for (let i = 0; i < 8; i++) {
    const response = await app.plain('post', `/postback/${full.key}`).type('form').send(body);
    answers.push({
      status: response.status,
      id: answerOf(response).postbackId,
      retryAfter: response.headers['retry-after'],
    });
  }
  const kept = answers.filter(({ status }) => status === 200);
  const refused = answers.filter(({ status }) => status === 503);
  expect(kept.length).toBeGreaterThan(0);
  expect(refused.length).toBeGreaterThan(0);
  expect(kept.length + refused.length).toBe(answers.length);
  expect(Number(refused[0]?.retryAfter)).toBeGreaterThan(0);

  proxy.heal();
  await applied(
    kept.map(({ id }) => id),
    'rejected',
  );
  const { data } = (await app.api('get', `/postbacks?networkId=${full.id}&limit=100`)).body as { data: unknown[] };
  expect(data).toHaveLength(kept.length + 1);
  await eventually(
    async () => {
      proxy.cut();
      const { status } = await app.plain('post', `/postback/${full.key}`).type('form').send(body);
      proxy.heal();
      return status;
    },
    (status) => status === 200,
    20_000,
  );
}, 60_000);
