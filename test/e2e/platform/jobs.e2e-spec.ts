import { existsSync, readFileSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { type Model, Schema } from 'mongoose';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, it, vi } from 'vitest';
import type { JobResponse } from '../../../src/platform/health/health.dto.js';
import type { BackgroundJob } from '../../../src/platform/jobs/background-job.js';
import { DistributedLock } from '../../../src/platform/jobs/distributed-lock.repository.js';
import { JobRunner } from '../../../src/platform/jobs/job-runner.service.js';
import type { LeasedDocument } from '../../../src/platform/jobs/lease.js';
import { LeasedQueue } from '../../../src/platform/jobs/leased-queue.repository.js';
import { MongoHealth } from '../../../src/platform/mongo/mongo-health.service.js';
import { eventually } from '../../support/eventually.js';
import { MongoProxy } from '../../support/servers/mongo-proxy.js';
import { TestApp } from '../../support/test-app.js';

const FORWARDED = { 'x-forwarded-for': '203.0.113.9' };
const UNIT_MS: Record<string, number> = { ms: 1, s: 1_000, min: 60_000 };

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

const jobsOf = (one: TestApp): BackgroundJob[] =>
  one.app
    .get(JobRunner)
    .list()
    .filter(({ options }) => !options.name.startsWith('test-'));

/** The rows of the table in docs/architecture.md. */
function documented(): { name: string; everyMs: number; sharing: string; file: string }[] {
  const [, section = ''] = readFileSync('docs/architecture.md', 'utf8').split('\n## Background jobs\n');
  const rows = section
    .split('\n## ')[0]
    ?.matchAll(/^\| `([a-z-]+)` *\| (\d+) (\w+) *\| ([^|]+?) *\|.*\| `(\S+)` *\|$/gm);
  return [...(rows ?? [])].map(([, name = '', every, unit = '', sharing = '', file = '']) => ({
    name,
    everyMs: Number(every) * (UNIT_MS[unit] ?? Number.NaN),
    sharing,
    file,
  }));
}

describe('the table of background jobs', () => {
  it('has every job with its period, and no other', () => {
    const registered = jobsOf(app).map(({ options: { name, everyMs } }) => ({ name, everyMs }));
    expect(registered.length).toBeGreaterThan(10);
    expect(documented().map(({ name, everyMs }) => ({ name, everyMs }))).toEqual(registered);
  });

  it('says which of them one process at a time runs', () => {
    const leased = jobsOf(app).filter(({ options }) => options.leaseMs !== undefined);
    const expected = leased.map(({ options }) => options.name);
    const rows = documented().filter(({ sharing }) => sharing === 'one process at a time');
    expect(rows.map(({ name }) => name)).toEqual(expected);
  });

  it('names the file that registers it', () => {
    for (const { name, file } of documented()) {
      expect(existsSync(file), file).toBe(true);
      expect(readFileSync(file, 'utf8'), file).toContain(`name: '${name}'`);
    }
  });
});

describe('background jobs', () => {
  const ready = (headers: Record<string, string> = {}) => app.plain('get', '/health/ready').set(headers);

  it('S15 are shown with their age to the operator alone', async () => {
    const isSeen = ({ name, lastSuccessAt }: JobResponse): boolean =>
      name === 'conversion-import' && lastSuccessAt !== null;
    const { body } = await eventually(
      () => ready(),
      (response) => (response.body as { jobs: JobResponse[] }).jobs.some(isSeen),
    );
    const { jobs } = body as { jobs: JobResponse[] };
    expect(jobs.map(({ name }) => name)).toEqual(jobsOf(app).map(({ options }) => options.name));
    for (const job of jobs) {
      expect(job).toEqual({
        name: expect.any(String),
        everySeconds: app.job(job.name).options.everyMs / 1_000,
        lastSuccessAt: job.lastSuccessAt === null ? null : expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
        isRunning: expect.any(Boolean),
      });
    }
    const stranger = (await ready(FORWARDED).set('authorization', `Bearer ${app.apiKey}`)).body as object;
    expect(Object.keys(stranger).sort()).toEqual(['details', 'error', 'info', 'status']);
  });

  it('say what is wrong with them', async () => {
    const job = app.app.get(JobRunner).register({
      name: 'test-failing',
      everyMs: 3_600_000,
      run: () => Promise.reject(new Error(`out of order ${'x'.repeat(1_000)}`)),
    });
    await expect(job.runNow()).rejects.toThrow('out of order');
    const { jobs } = (await ready()).body as { jobs: JobResponse[] };
    const shown = jobs.find(({ name }) => name === 'test-failing');
    expect(shown).toMatchObject({ lastSuccessAt: null, lastError: expect.stringMatching(/^out of order x+$/) });
    expect(shown?.lastError?.length).toBeLessThanOrEqual(300);
  });

  it('are shown while a dependency is down, too', async () => {
    const ping = vi.spyOn(second.app.get(MongoHealth), 'ping').mockRejectedValue(new Error('down'));
    const { status, body } = await second.plain('get', '/health/ready');
    expect([status, (body as { jobs: JobResponse[] }).jobs.length]).toEqual([503, jobsOf(second).length]);
    const stranger = await second.plain('get', '/health/ready').set(FORWARDED);
    expect([stranger.status, Object.hasOwn(stranger.body as object, 'jobs')]).toEqual([503, false]);
    ping.mockRestore();
  });

  it('are in the metrics', async () => {
    const { text } = await eventually(
      () => app.plain('get', '/metrics'),
      (response) => response.text.includes('hopback_job_seconds_count{job="conversion-import"}'),
    );
    expect(text).toMatch(/^hopback_job_last_success_timestamp_seconds\{job="conversion-import"\} \d+/m);
    for (const { options } of jobsOf(app)) expect(text).toContain(`hopback_job_failures_total{job="${options.name}"} `);
  });

  it('are described in the OpenAPI document', async () => {
    const { paths } = (await app.plain('get', '/api/openapi.json')).body as { paths: Record<string, object> };
    expect(JSON.stringify(paths['/health/ready'])).toContain('#/components/schemas/ReadyResponse');
  });
});

describe('a job with a lease', () => {
  let runs: string[];
  let name: string;
  beforeEach(() => {
    runs = [];
    name = `test-${[...randomBytes(8)].map((byte) => String.fromCharCode(97 + (byte % 26))).join('')}`;
  });
  const register = (one: TestApp, run: () => Promise<void>): BackgroundJob =>
    one.app.get(JobRunner).register({ name, everyMs: 3_600_000, leaseMs: 60_000, run });
  const note = (text: string) => (): Promise<void> => {
    runs.push(text);
    return Promise.resolve();
  };

  it('is run by one process at a time', async () => {
    let end: () => void = () => undefined;
    const first = register(app, () => {
      runs.push('first');
      return new Promise((resolve) => (end = resolve));
    });
    const other = register(second, note('second'));
    const running = first.runNow();
    await eventually(
      () => runs.length,
      (count) => count === 1,
    );
    await other.runNow();
    expect(runs).toEqual(['first']);
    end();
    await running;
    await other.runNow(); // the first process has just done it
    expect(runs).toEqual(['first']);
    const again = first.runNow(); // it may do it once more
    await eventually(
      () => runs.length,
      (count) => count === 2,
    );
    end();
    await again;
    expect(runs).toEqual(['first', 'first']);
  });

  it('is run by another process after a failure, and when one was killed', async () => {
    const failing = register(app, () => Promise.reject(new Error('no')));
    const other = register(second, note('second'));
    await expect(failing.runNow()).rejects.toThrow('no');
    await other.runNow();
    expect(runs).toEqual(['second']);

    const killed = { $set: { holder: 'killed', leaseUntil: new Date(Date.now() + 1_000) } };
    const locks = app.connection.collection<{ _id: string }>('leases');
    await locks.updateOne({ _id: name }, killed);
    const lock = app.app.get(DistributedLock);
    expect(await lock.acquire(name, 60_000)).toBe(false);
    await eventually(
      () => lock.acquire(name, 60_000),
      (isOurs) => isOurs,
    );
  });
});

describe('a leased queue', () => {
  interface Item extends LeasedDocument {
    kind: string;
    done?: boolean;
    dueAt?: Date;
    isActive?: boolean;
  }
  const schema = new Schema<Item>(
    {
      _id: String,
      kind: String,
      holder: String,
      leaseUntil: Date,
      done: Boolean,
      dueAt: Date,
      isActive: Boolean,
    },
    { versionKey: false },
  );
  schema.index({ kind: 1 }, { unique: true, partialFilterExpression: { isActive: true } });
  let model: Model<Item>;
  let queues: [LeasedQueue<Item>, LeasedQueue<Item>];
  beforeAll(async () => {
    model = app.connection.model<Item>('QueueItem', schema);
    await model.createCollection();
    await model.createIndexes();
    queues = [new LeasedQueue(model, 60_000), new LeasedQueue(model, 60_000)];
  });
  beforeEach(() => model.deleteMany({}));
  afterAll(() => model.collection.drop());

  const bySort = { sort: { _id: 1 } } as const;
  const insert = (count: number, fields: Partial<Item> = {}): Promise<unknown> =>
    model.insertMany(Array.from({ length: count }, (_, i) => ({ _id: `i${i}`, kind: 'a', ...fields })));

  it('gives each document to one process', async () => {
    await insert(30);
    const both = Array.from({ length: 20 }, () => queues).flat();
    const claims = both.map((queue) => queue.claim({ kind: 'a', done: { $ne: true }, holder: null }, bySort));
    const claimed = (await Promise.all(claims)).flatMap((item) => item?._id ?? []);
    expect(claimed).toHaveLength(30);
    expect(new Set(claimed).size).toBe(30);
  });

  it('gives a document of a killed process to another one, and nothing that the first does to it counts', async () => {
    const [killed, other] = queues;
    await insert(1);
    expect((await killed.claim({ kind: 'a' }, bySort))?._id).toBe('i0');
    expect(await other.claim({ kind: 'a' }, bySort)).toBeUndefined();
    expect(await killed.extend('i0')).toBe(true);
    await model.updateOne({ _id: 'i0' }, { $set: { leaseUntil: new Date(Date.now() - 1) } });
    expect((await other.claim({ kind: 'a' }, bySort))?._id).toBe('i0');
    expect(await killed.extend('i0', { $set: { done: true } })).toBe(false);
    expect(await killed.release('i0', { $set: { done: true } })).toBe(false);
    expect((await model.findById('i0').lean())?.done).toBeUndefined();
    expect(await other.release('i0', { $set: { done: true } })).toBe(true);
    expect(await model.findById('i0').lean()).toMatchObject({ done: true, holder: null });
    expect((await killed.claim({ kind: 'a' }, bySort))?._id).toBe('i0');
  });

  it('claims nothing that a unique index excludes', async () => {
    await insert(2);
    const claim = (queue: LeasedQueue<Item>) =>
      queue.claim({ isActive: { $ne: true } }, { ...bySort, set: { isActive: true } });
    expect((await claim(queues[0]))?._id).toBe('i0');
    expect(await claim(queues[1])).toBeUndefined();
  });

  it('takes a document by its id, and makes it where there is none', async () => {
    const [one, other] = queues;
    expect(await one.take('new', { set: { kind: 'b' } })).toBe(true);
    expect(await other.take('new')).toBe(false);
    expect(await one.take('new')).toBe(true);
    await one.release('new');
    expect(await other.take('new')).toBe(true);
    expect(await one.take('new')).toBe(false);
    expect((await model.findById('new').lean())?.kind).toBe('b');
  });

  it('puts off what is due, so that it is due for one process', async () => {
    await insert(2, { dueAt: new Date(0) });
    await insert(0);
    const due = await Promise.all([...queues, ...queues].map((queue) => queue.claimDue('dueAt', { kind: 'a' })));
    expect(due.flatMap((item) => item?._id ?? []).sort()).toEqual(['i0', 'i1']);
    expect(await queues[0].claimDue('dueAt')).toBeUndefined();
  });
});

describe('the end of a process whose MongoDB is frozen', () => {
  let proxy: MongoProxy;
  let frozen: TestApp;
  beforeAll(async () => {
    proxy = await MongoProxy.start(inject('mongodbUri'));
    frozen = await TestApp.start({ mongodbUri: proxy.uri });
  });
  afterAll(async () => {
    proxy.heal();
    await frozen.close();
    await proxy.close();
  });

  it('does not wait for jobs that wait for MongoDB', async () => {
    const jobs = frozen.app.get(JobRunner);
    const lock = frozen.app.get(DistributedLock);
    proxy.freeze();
    const job = jobs.register({
      name: 'test-frozen',
      everyMs: 3_600_000,
      run: async () => void (await lock.acquire('test-frozen', 1_000)),
    });
    const run = job.runNow().catch(() => undefined);
    await jobs.onModuleDestroy();
    expect(job.isRunning).toBe(true);
    proxy.heal();
    await run;
  });
});
