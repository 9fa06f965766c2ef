import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import type { Logger } from 'pino';
import { LOGGER } from '../logging/logger.js';
import { Metrics } from '../metrics/metrics.js';
import { MongoHealth } from '../mongo/mongo-health.service.js';
import { BackgroundJob, type JobHost, type JobOptions } from './background-job.js';
import { DistributedLock } from './distributed-lock.repository.js';
import { JobFailureLog } from './job-failure-log.js';
import { JobMetrics } from './job-metrics.js';

const JOB_NAME = /^[a-z]+(-[a-z]+)*$/;

/**
 * Runs all background work of a process. A service registers its job in its constructor; this runner starts and stops it,
 * logs and measures it (ADR 0020). Start reading at `background-job.ts`; `leased-queue.repository.ts` is for jobs that work
 * through documents. docs/architecture.md lists all jobs.
 */
@Injectable()
export class JobRunner implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly jobs = new Map<string, BackgroundJob>();
  private readonly metrics: JobMetrics;
  private readonly log: JobFailureLog;
  private isStarted = false;
  private isStopping = false;
  private readonly host: JobHost;

  constructor(lock: DistributedLock, mongo: MongoHealth, metrics: Metrics, @Inject(LOGGER) logger: Logger) {
    this.metrics = new JobMetrics(metrics.registry);
    this.log = new JobFailureLog(logger);
    this.host = {
      canRun: ({ needsMongo = true }) => !needsMongo || mongo.isAnswering,
      acquireLease: (name, ms) => lock.acquire(name, ms),
      releaseLease: (name) => lock.release(name),
      onSuccess: (options, ms) => this.onSuccess(options, ms),
      onFailure: (options, ms, error) => this.onFailure(options, ms, error),
    };
  }

  /** All modules have registered their jobs by now. */
  onApplicationBootstrap(): void {
    this.isStarted = true;
    for (const job of this.jobs.values()) job.start();
  }

  /** Runs before other parts of the application end, so that the last work of jobs can use databases and spools. */
  async onModuleDestroy(): Promise<void> {
    this.isStopping = true;
    await Promise.all([...this.jobs.values()].map((job) => job.stop()));
  }

  /** @throws Error for a name that is taken or not in kebab-case. */
  register(options: JobOptions): BackgroundJob {
    const { name } = options;
    if (!JOB_NAME.test(name)) throw new Error(`The name of the background job "${name}" is not in kebab-case.`);
    if (this.jobs.has(name)) throw new Error(`There are two background jobs with the name "${name}".`);
    const job = new BackgroundJob(options, this.host);
    this.jobs.set(name, job);
    this.metrics.add(name);
    if (this.isStarted) job.start();
    return job;
  }

  /** @throws Error when there is no such job. */
  get(name: string): BackgroundJob {
    const job = this.jobs.get(name);
    if (job === undefined) throw new Error(`There is no background job with the name "${name}".`);
    return job;
  }

  /** All jobs, by name. */
  list(): BackgroundJob[] {
    return [...this.jobs.values()].sort((a, b) => (a.options.name < b.options.name ? -1 : 1));
  }

  private onSuccess(options: JobOptions, ms: number): void {
    this.metrics.noteSuccess(options.name, ms);
    this.log.noteSuccess(options);
  }

  private onFailure(options: JobOptions, ms: number, error: unknown): void {
    this.metrics.noteFailure(options.name, ms);
    if (this.isStopping) this.log.noteShutdownFailure(options, error);
    else this.log.noteFailure(options, error);
  }
}
