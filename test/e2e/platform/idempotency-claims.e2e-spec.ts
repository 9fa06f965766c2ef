import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { CallHandler, ExecutionContext } from '@nestjs/common';
import { pino } from 'pino';
import { from, lastValueFrom } from 'rxjs';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ProblemException } from '../../../src/platform/http/problems/problem.js';
import { IdempotencyInterceptor } from '../../../src/platform/idempotency/idempotency.interceptor.js';
import { IdempotencyRecordsRepository } from '../../../src/platform/idempotency/idempotency-records.repository.js';
import { TestApp } from '../../support/test-app.js';

const RUNNING_MS = 1_000;

let app: TestApp;
let records: IdempotencyRecordsRepository;
let key: string;
beforeAll(async () => {
  app = await TestApp.start();
  records = app.app.get(IdempotencyRecordsRepository);
});
beforeEach(() => {
  key = randomBytes(8).toString('hex');
});
afterAll(() => app.close());

/** The interceptor of another process, as fast as a test needs it. One that was killed renews nothing. */
class OfProcess extends IdempotencyInterceptor {
  protected override readonly times;
  constructor({ isKilled = false } = {}) {
    super(records, pino({ level: 'silent' }));
    this.times = { runningMs: RUNNING_MS, renewEveryMs: isKilled ? 1e9 : RUNNING_MS / 10 };
  }
}

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
  /** Resolves when it has been begun so often. */
  begun(times: number): Promise<void> {
    return vi.waitFor(() => expect(this.runs).toBe(times), 5_000);
  }
}

const post = (process: IdempotencyInterceptor, { handler }: Work): Promise<object> => {
  const request = {
    user: { workspaceId: 'wsp_1' },
    headers: { 'idempotency-key': key },
    credential: 'Bearer secret',
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
    (error: unknown) => (error as ProblemException).code ?? 'failed',
  );

describe('S25 a request that runs longer than its claim', () => {
  it('is refused to a second process for as long as it runs, and answered then', async () => {
    const [one, other, work] = [new OfProcess(), new OfProcess(), new Work()];
    const first = post(one, work);
    await work.begun(1);
    for (let i = 0; i < 6; i++) {
      await sleep(RUNNING_MS / 2);
      expect(await codeOf(post(other, work))).toBe('conflict');
    }
    work.finish({ id: 'lnk_1' });
    expect(await first).toEqual({ id: 'lnk_1' });
    expect(await post(other, work)).toEqual({ id: 'lnk_1' });
    expect(work.runs).toBe(1);
  });

  it('is refused by its own process though the claim could not be renewed', async () => {
    const [process, work] = [new OfProcess({ isKilled: true }), new Work()];
    const first = post(process, work);
    await work.begun(1);
    await sleep(RUNNING_MS * 1.5);
    expect(await codeOf(post(process, work))).toBe('conflict');
    work.finish({ id: 'lnk_1' });
    expect(await first).toEqual({ id: 'lnk_1' });
    expect(work.runs).toBe(1);
  });

  it('may be sent again after its process was killed, and once it has failed', async () => {
    const [killed, other, work] = [new OfProcess({ isKilled: true }), new OfProcess(), new Work()];
    const lost = codeOf(post(killed, work));
    await work.begun(1);
    expect(await codeOf(post(other, work))).toBe('conflict');
    await sleep(RUNNING_MS * 1.2);
    const second = codeOf(post(other, work));
    await work.begun(2);
    work.finish({ id: 'lnk_0' }); // what the killed one would have answered is no answer of the other
    await lost;
    work.fail();
    expect(await second).toBe('failed');
    const third = post(other, work);
    await work.begun(3);
    work.finish({ id: 'lnk_2' });
    expect(await third).toEqual({ id: 'lnk_2' });
  });
});
