import { Counter, Gauge, Histogram, type Registry } from 'prom-client';

const BUCKETS_SECONDS = [0.001, 0.01, 0.1, 0.5, 1, 5, 30, 300];
const LABELS = ['job'] as const;

/** The metrics of background jobs, by the name of the job. */
export class JobMetrics {
  private readonly seconds: Histogram<'job'>;
  private readonly lastSuccess: Gauge<'job'>;
  private readonly failures: Counter<'job'>;

  constructor(registry: Registry) {
    const common = { labelNames: LABELS, registers: [registry] };
    this.seconds = new Histogram({
      ...common,
      name: 'hopback_job_seconds',
      help: 'Time that runs of background jobs take',
      buckets: BUCKETS_SECONDS,
    });
    this.lastSuccess = new Gauge({
      ...common,
      name: 'hopback_job_last_success_timestamp_seconds',
      help: 'When a background job last ran in this process without an error',
    });
    this.failures = new Counter({
      ...common,
      name: 'hopback_job_failures_total',
      help: 'Runs of background jobs that ended with an error',
    });
  }

  /** Reports the job with zero failures, so that the first failure is an increase. */
  add(job: string): void {
    this.failures.inc({ job }, 0);
  }

  noteSuccess(job: string, ms: number): void {
    this.seconds.observe({ job }, ms / 1_000);
    this.lastSuccess.set({ job }, Date.now() / 1_000);
  }

  noteFailure(job: string, ms: number): void {
    this.seconds.observe({ job }, ms / 1_000);
    this.failures.inc({ job });
  }
}
