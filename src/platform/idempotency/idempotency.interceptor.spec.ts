import type { CallHandler, ExecutionContext } from '@nestjs/common';
import { pino } from 'pino';
import { from, lastValueFrom } from 'rxjs';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { duplicateKeyError } from '../../../test/support/duplicate-key.js';
import type { ProblemException } from '../http/problem.js';
import { IdempotencyInterceptor } from './idempotency.interceptor.js';
import type { IdempotencyRecord } from './idempotency-record.schema.js';
import type { IdempotencyRecordsRepository } from './idempotency-records.repository.js';

type Fields = Record<string, unknown>;

/** One collection, as several processes see it. */
class Records {
  readonly stored = new Map<string, IdempotencyRecord>();
  isAway = false;

  insert(_: string, record: IdempotencyRecord): Promise<void> {
    if (this.stored.has(record._id)) return Promise.reject(duplicateKeyError());
    this.stored.set(record._id, { ...record });
    return Promise.resolve();
  }
  findById(_: string, id: string): Promise<IdempotencyRecord | undefined> {
    return Promise.resolve(this.stored.get(id));
  }
  updateOne(_: string, filter: Fields, { $set }: { $set: Fields }): Promise<unknown> {
    if (this.isAway) return Promise.reject(new Error('away'));
    const found = this.matching(filter);
    if (found) this.stored.set(found._id, { ...found, ...$set });
    return Promise.resolve(found);
  }
  deleteMany(_: string, filter: Fields): Promise<void> {
    const found = this.matching(filter);
    if (found) this.stored.delete(found._id);
    return Promise.resolve();
  }
  private matching(filter: Fields): IdempotencyRecord | undefined {
    const fits = (record: Fields): boolean =>
      Object.entries(filter).every(([name, value]) =>
        name === 'answer' ? record[name] === undefined : String(record[name]) === String(value),
      );
    return [...this.stored.values()].find((record) => fits(record as unknown as Fields));
  }
}

let records: Records;
beforeEach(() => {
  vi.useFakeTimers();
  records = new Records();
});
afterEach(() => vi.useRealTimers());

const newProcess = (): IdempotencyInterceptor =>
  new IdempotencyInterceptor(records as unknown as IdempotencyRecordsRepository, pino({ level: 'silent' }));

/** A POST that runs until it is let go; how often it ran is counted. */
class Work {
  runs = 0;
  private readonly waiting: { resolve: (value: object) => void; reject: (error: Error) => void }[] = [];
  readonly handler: CallHandler<object> = {
    handle: () => {
      this.runs++;
      return from(new Promise<object>((resolve, reject) => this.waiting.push({ resolve, reject })));
    },
  };
  finish(answer: object): void {
    this.waiting.shift()?.resolve(answer);
  }
  fail(): void {
    this.waiting.shift()?.reject(new Error('failed'));
  }
}

const post = (process: IdempotencyInterceptor, { handler }: Work): Promise<object> => {
  const request = {
    user: { workspaceId: 'wsp_1' },
    headers: { 'idempotency-key': 'one', authorization: 'Bearer secret' },
    method: 'POST',
    url: '/api/v1/links/import',
    routeOptions: { url: '/api/v1/links/import' },
    body: { a: 1 },
  };
  const http = { getRequest: () => request, getResponse: () => ({ header: () => undefined }) };
  const context = { switchToHttp: () => http } as unknown as ExecutionContext;
  return lastValueFrom(process.intercept(context, handler));
};
const codeOf = (promise: Promise<object>): Promise<string> =>
  promise.then(
    () => 'answered',
    (error: unknown) => (error as ProblemException).code,
  );
const pass = (seconds: number): Promise<unknown> => vi.advanceTimersByTimeAsync(seconds * 1_000);

describe('a request that runs longer than its claim', () => {
  it('S25 is refused to a second process for as long as it runs, and answered then', async () => {
    const [one, other, work] = [newProcess(), newProcess(), new Work()];
    const first = post(one, work);
    for (let minute = 0; minute < 30; minute++) {
      await pass(60);
      expect(await codeOf(post(other, work))).toBe('conflict');
    }
    work.finish({ id: 'lnk_1' });
    expect(await first).toEqual({ id: 'lnk_1' });
    expect(await post(other, work)).toEqual({ id: 'lnk_1' });
    expect(work.runs).toBe(1);
  });

  it('S25 is refused by its own process though the claim could not be renewed', async () => {
    const [process, work] = [newProcess(), new Work()];
    const first = post(process, work);
    records.isAway = true;
    await pass(600);
    records.isAway = false;
    expect(await codeOf(post(process, work))).toBe('conflict');
    work.finish({ id: 'lnk_1' });
    expect(await first).toEqual({ id: 'lnk_1' });
    expect(work.runs).toBe(1);
  });

  it('S25 may be sent again a minute after its process was killed, and once it has failed', async () => {
    const [killed, other, work] = [newProcess(), newProcess(), new Work()];
    void post(killed, work);
    await pass(5);
    vi.clearAllTimers();
    await pass(40);
    expect(await codeOf(post(other, work))).toBe('conflict');
    await pass(20);
    const second = codeOf(post(other, work));
    await pass(1);
    expect(work.runs).toBe(2);
    work.finish({}); // what the killed one would have answered is no answer of the other
    work.fail();
    await second;
    const third = post(other, work);
    await pass(1);
    work.finish({ id: 'lnk_2' });
    expect(await third).toEqual({ id: 'lnk_2' });
  });
});
