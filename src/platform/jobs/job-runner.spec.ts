import { pino } from 'pino';
import { describe, expect, it, vi } from 'vitest';
import { Metrics } from '../metrics/metrics.js';
import { JobRunner } from './job-runner.service.js';

const HOUR_MS = 3_600_000;
const nothing = (): Promise<void> => Promise.resolve();

function runner(mongo = { isAnswering: true }): { jobs: JobRunner; metrics: Metrics } {
  const metrics = new Metrics();
  return { metrics, jobs: new JobRunner({} as never, mongo as never, metrics, pino({ level: 'silent' })) };
}

describe('JobRunner', () => {
  it('takes each name once, in kebab-case', () => {
    const { jobs } = runner();
    jobs.register({ name: 'link-scan', everyMs: 1, run: nothing });
    expect(() => jobs.register({ name: 'link-scan', everyMs: 1, run: nothing })).toThrow(/two background jobs/);
    for (const name of ['LinkScan', 'link_scan', '', 'link scan', '-link']) {
      expect(() => jobs.register({ name, everyMs: 1, run: nothing })).toThrow(/kebab-case/);
    }
    expect(() => jobs.get('other')).toThrow(/no background job/);
  });

  it('starts all jobs with the application, and later ones at once; ends all of them together', async () => {
    const { jobs } = runner();
    const runs: string[] = [];
    const add = (name: string): void => {
      const run = (): Promise<void> => {
        runs.push(name);
        return nothing();
      };
      jobs.register({ name, everyMs: HOUR_MS, run }).wake();
    };
    add('early');
    expect(runs).toEqual([]);
    jobs.onApplicationBootstrap();
    add('late');
    expect(runs).toEqual(['early', 'late']);
    await jobs.onModuleDestroy();
    jobs.get('early').wake();
    expect(runs).toEqual(['early', 'late']);
    expect(jobs.list().map(({ options }) => options.name)).toEqual(['early', 'late']);
  });

  it('lets jobs wait while MongoDB is away, but for those that do not need it', async () => {
    const { jobs } = runner({ isAnswering: false });
    const [needs, needsNot] = [vi.fn(nothing), vi.fn(nothing)];
    jobs.register({ name: 'needs', everyMs: HOUR_MS, run: needs }).wake();
    jobs.register({ name: 'needs-not', everyMs: HOUR_MS, needsMongo: false, run: needsNot }).wake();
    jobs.onApplicationBootstrap();
    expect([needs.mock.calls.length, needsNot.mock.calls.length]).toEqual([0, 1]);
    await jobs.onModuleDestroy();
  });

  it('measures runs and failures, from the first moment on', async () => {
    const { jobs, metrics } = runner();
    let isFailing = false;
    const job = jobs.register({
      name: 'link-scan',
      everyMs: HOUR_MS,
      run: () => (isFailing ? Promise.reject(new Error('no')) : nothing()),
    });
    const lines = async (): Promise<string> => metrics.registry.metrics();
    expect(await lines()).toContain('hopback_job_failures_total{job="link-scan"} 0');
    await job.runNow();
    isFailing = true;
    await job.runNow().catch(() => undefined);
    const text = await lines();
    expect(text).toContain('hopback_job_failures_total{job="link-scan"} 1');
    expect(text).toContain('hopback_job_seconds_count{job="link-scan"} 2');
    expect(text).toMatch(/hopback_job_last_success_timestamp_seconds\{job="link-scan"\} \d+/);
  });
});
