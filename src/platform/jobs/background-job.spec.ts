import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, vi } from 'vitest';
import { BackgroundJob, type JobHost, type JobOptions } from './background-job.js';

/** A job with a host that notes what it is asked for. */
function jobWith(options: Partial<JobOptions>, host: Partial<JobHost> = {}) {
  const calls: string[] = [];
  const errors: unknown[] = [];
  const job = new BackgroundJob(
    { name: 'test', everyMs: 1, run: () => Promise.resolve(), ...options },
    {
      canRun: () => true,
      acquireLease: (name, ms) => {
        calls.push(`acquire ${name} ${ms}`);
        return Promise.resolve(true);
      },
      releaseLease: (name) => {
        calls.push(`release ${name}`);
        return Promise.resolve();
      },
      onSuccess: () => calls.push('success'),
      onFailure: (_options, _ms, error) => errors.push(error),
      ...host,
    },
  );
  return { job, calls, errors };
}

const never = (): Promise<void> => new Promise(() => undefined);
const HOUR_MS = 3_600_000;

describe('a background job', () => {
  it('runs again and again, never twice at once, also after an error', async () => {
    let running = 0;
    let runs = 0;
    const { job, errors } = jobWith({
      run: async () => {
        expect(++running).toBe(1);
        await sleep(3);
        running--;
        if (++runs === 2) throw new Error('second');
      },
    });
    job.start();
    while (runs < 4) await sleep(1);
    await job.stop();
    expect(errors).toEqual([new Error('second')]);
  });

  it('does not run before it is started, and then at once when it was woken', async () => {
    const run = vi.fn(() => Promise.resolve());
    const { job } = jobWith({ everyMs: HOUR_MS, run });
    job.wake();
    await sleep(5);
    expect(run).not.toHaveBeenCalled();
    job.start();
    expect(run).toHaveBeenCalledOnce();
    await job.stop();
  });

  it('runs once more when it is woken while it runs, however often', async () => {
    let runs = 0;
    const { job } = jobWith({
      everyMs: HOUR_MS,
      run: async () => {
        await sleep(1);
        runs++;
      },
    });
    job.start();
    for (let i = 0; i < 5; i++) job.wake();
    while (runs < 2) await sleep(1);
    await sleep(10);
    expect(runs).toBe(2);
    await job.stop();
  });

  it('waits while its host says so, and needs no second wake', async () => {
    let canRun = false;
    const run = vi.fn(() => Promise.resolve());
    const { job } = jobWith({ run }, { canRun: () => canRun });
    job.start();
    job.wake();
    await sleep(10);
    expect(run).not.toHaveBeenCalled();
    canRun = true;
    while (run.mock.calls.length === 0) await sleep(1);
    await job.stop();
  });

  it('says when it last worked, and what the last error was', async () => {
    let error: Error | undefined = new Error('no');
    const { job } = jobWith({ run: () => (error ? Promise.reject(error) : Promise.resolve()) });
    await expect(job.runNow()).rejects.toThrow('no');
    expect([job.lastSuccessAt, job.lastError]).toEqual([undefined, error]);
    error = undefined;
    await job.runNow();
    expect(job.lastSuccessAt).toBeInstanceOf(Date);
    expect(job.lastError).toBeUndefined();
  });

  it('runs now after the run that is under way', async () => {
    let running = 0;
    let runs = 0;
    const { job } = jobWith({
      run: async () => {
        expect(++running).toBe(1);
        await sleep(1);
        running--;
        runs++;
      },
    });
    await Promise.all([job.runNow(), job.runNow(), job.runNow()]);
    expect(runs).toBe(3);
  });
});

describe('the end of a background job', () => {
  it('does not wait for ever for what is under way', async () => {
    let signal: AbortSignal | undefined;
    const atShutdown = vi.fn(() => Promise.resolve());
    const { job } = jobWith({
      everyMs: HOUR_MS,
      shutdownPatienceMs: 20,
      atShutdown,
      run: (run) => {
        signal = run.signal;
        return never();
      },
    });
    job.start();
    job.wake();
    await job.stop();
    expect(signal?.aborted).toBe(true);
    expect(atShutdown).not.toHaveBeenCalled();
  });

  it('comes after the run that is under way and its last work, and then for good', async () => {
    const done: string[] = [];
    const { job, errors } = jobWith({
      everyMs: HOUR_MS,
      run: async (run) => {
        await sleep(5);
        expect(run.isEnding).toBe(true);
        expect(await run.canContinue()).toBe(false);
        done.push('run');
      },
      atShutdown: () => {
        done.push('last');
        return Promise.reject(new Error('last'));
      },
    });
    job.start();
    job.wake();
    await Promise.all([job.stop(), job.stop()]);
    expect(done).toEqual(['run', 'last']);
    expect(errors).toEqual([new Error('last')]);
    job.start();
    job.wake();
    await job.runNow();
    await sleep(10);
    expect(done).toEqual(['run', 'last']);
  });
});

describe('a background job with a lease', () => {
  it('keeps it for half a period after a run, so that other processes skip theirs', async () => {
    const { job, calls } = jobWith({ everyMs: 60_000, leaseMs: 20_000 });
    await job.runNow();
    expect(calls).toEqual(['acquire test 20000', 'acquire test 30000', 'success']);
  });

  it('gives it back at once when the run fails, and when the process ends', async () => {
    const failing = jobWith({ everyMs: 60_000, leaseMs: 30_000, run: () => Promise.reject(new Error('no')) });
    await expect(failing.job.runNow()).rejects.toThrow('no');
    expect(failing.calls).toEqual(['acquire test 30000', 'release test']);

    const ending = jobWith({ everyMs: 60_000, leaseMs: 30_000, run: () => sleep(5) });
    const run = ending.job.runNow();
    await ending.job.stop();
    await run;
    expect(ending.calls).toEqual(['acquire test 30000', 'release test', 'success']);
  });

  it('does not run while another process has it, which is no success', async () => {
    const run = vi.fn(() => Promise.resolve());
    const { job, calls } = jobWith({ leaseMs: 30_000, run }, { acquireLease: () => Promise.resolve(false) });
    await job.runNow();
    expect(run).not.toHaveBeenCalled();
    expect(calls).toEqual([]);
    expect(job.lastSuccessAt).toBeUndefined();
  });

  it('extends it when a part has passed, and ends when it is lost', async () => {
    let isOurs = true;
    let acquired = 0;
    const answers: boolean[] = [];
    const { job } = jobWith(
      {
        leaseMs: 4,
        run: async (run) => {
          for (let i = 0; i < 3; i++) {
            await sleep(3);
            answers.push(await run.canContinue());
          }
          isOurs = false;
          await sleep(3);
          answers.push(await run.canContinue());
        },
      },
      {
        acquireLease: () => {
          acquired++;
          return Promise.resolve(isOurs);
        },
      },
    );
    await job.runNow();
    expect(answers).toEqual([true, true, true, false]);
    expect(acquired).toBe(6); // once for the run, four times in it, and once for the time after it
  });

  it('works though MongoDB is away after the run', async () => {
    let acquired = 0;
    const acquireLease = (): Promise<boolean> =>
      ++acquired === 1 ? Promise.resolve(true) : Promise.reject(new Error('away'));
    const { job, calls } = jobWith({ leaseMs: 4_000 }, { acquireLease });
    await job.runNow();
    expect(calls).toEqual(['success']);
  });
});
