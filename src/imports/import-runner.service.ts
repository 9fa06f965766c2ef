import { setTimeout as sleep } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import type { BackgroundJob, JobRun } from '../platform/jobs/background-job.js';
import type { Lease } from '../platform/jobs/lease.js';
import { JobRunner } from '../platform/jobs/job-runner.service.js';
import { LOGGER } from '../platform/logging/logger.js';
import { isUnavailable } from '../platform/mongo/mongo-errors.js';
import { Ports } from '../platform/ports/ports.service.js';
import { chunkId } from './import-chunk.schema.js';
import { ImportChunksRepository } from './import-chunks.repository.js';
import { ImportJobQueue } from './import-job-queue.repository.js';
import { type ImportJob, kindNameOf } from './import-job.schema.js';
import { ImportJobsRepository } from './import-jobs.repository.js';
import { ImportProgress } from './import-progress.service.js';
import { IMPORT_KIND_LIST, type ImportKind, type ImportRun, LeaseLost } from './imports.ports.js';

const LOOK_EVERY_MS = 1_000;
const POLL_MS = 200;
const MAX_AT_ONCE = 8;
/** A job whose chunk fails this often while MongoDB answers is given up. */
const MAX_FAILURES = 5;
export const UPLOAD_INTERRUPTED = 'The upload was interrupted: none of its rows are applied.';
const ROWS_DELETED = 'The rows of this file were deleted.';
const NOT_STORABLE =
  'Some rows could not be stored; what was applied before them stays. The log of the server says more.';

/**
 * Works on import jobs, a chunk of each in turn, so that a large file does not delay those of other workspaces. The position
 * is stored together with the results of a chunk: when this process is killed, another one continues from there after the
 * lease has expired.
 */
@Injectable()
export class ImportRunner {
  /** Jobs for `finish`, which the background job leaves alone. */
  private readonly direct = new Set<string>();
  private readonly failures = new Map<string, number>();
  private readonly job: BackgroundJob;

  constructor(
    private readonly queue: ImportJobQueue,
    private readonly jobs: ImportJobsRepository,
    private readonly chunks: ImportChunksRepository,
    private readonly progress: ImportProgress,
    private readonly ports: Ports,
    @Inject(LOGGER) private readonly logger: Logger,
    runner: JobRunner,
  ) {
    this.job = runner.register({ name: 'conversion-import', everyMs: LOOK_EVERY_MS, run: (run) => this.runAll(run) });
  }

  /** To be called when there is a new job. */
  wake(): void {
    this.job.wake();
  }

  /** Keeps a job for `finish`, before it is `running`. @returns its lease. */
  hold(id: string): Lease {
    this.direct.add(id);
    return this.queue.lease();
  }

  /** Undoes `hold`, for a job that does not come to `finish`. */
  letGo(id: string): void {
    this.direct.delete(id);
  }

  /**
   * Works on this job, which is held, and resolves with the job when it has ended. If another job of its kind is active in its
   * workspace, the job waits for its turn. If this process dies, another one continues.
   * @throws the error of a chunk; the background job then continues.
   */
  async finish(job: ImportJob): Promise<ImportJob> {
    try {
      const runs = new Map<string, ImportRun>();
      let current = await this.queue.claimOne(job._id);
      while (current?.status === 'running') current = await this.step(current, runs);
      if (current !== undefined) return current;
    } catch (error) {
      await this.queue.release(job._id).catch(() => undefined); // the lease expires by itself
      throw error;
    } finally {
      this.letGo(job._id);
    }
    this.wake();
    return this.ended(job);
  }

  /** Waits for a job that the background job of this or another process works on. */
  private async ended({ workspaceId, _id }: ImportJob): Promise<ImportJob> {
    for (;;) {
      const job = await this.jobs.findById(workspaceId, _id);
      if (job === undefined) throw new Error('the import job was deleted while it ran');
      if (job.status !== 'running') return job;
      await sleep(POLL_MS);
    }
  }

  /** Ends after the chunks that are under way. */
  private async runAll(run: JobRun): Promise<void> {
    if (!(await this.queue.isAnyOpen())) return;
    await this.clearBrokenOff();
    const runs = new Map<string, ImportRun>();
    const mine = new Map<string, ImportJob>();
    while (!run.isEnding) {
      const known = [...mine.keys(), ...this.direct];
      const claimed = mine.size < MAX_AT_ONCE ? await this.queue.claimNext(known) : undefined;
      // A job that is held has this process as its holder, and may be claimed all the same.
      if (claimed && !this.direct.has(claimed._id)) mine.set(claimed._id, claimed);
      if (mine.size === 0) return;
      for (const [id, job] of mine) {
        const next = await this.step(job, runs);
        if (next?.status === 'running') mine.set(id, next);
        else mine.delete(id);
      }
    }
    for (const id of mine.keys()) await this.queue.release(id);
  }

  /** @returns the job after its next chunk; `undefined` when this process has lost it. */
  private async step(job: ImportJob, runs: Map<string, ImportRun>): Promise<ImportJob | undefined> {
    try {
      const next = await this.nextChunk(job, runs);
      this.failures.delete(job._id);
      if (next?.status !== 'running') runs.delete(job._id);
      return next;
    } catch (error) {
      // It is not known whether the chunk was stored, so the run cannot know what it has applied.
      runs.delete(job._id);
      const failures = (this.failures.get(job._id) ?? 0) + (isUnavailable(error) ? 0 : 1);
      this.failures.set(job._id, failures);
      if (failures < MAX_FAILURES) throw error;
      this.logger.error({ err: error, importId: job._id }, 'import failed for good; its other rows are not applied');
      this.failures.delete(job._id);
      return this.progress.end(job, 'failed', NOT_STORABLE);
    }
  }

  private async nextChunk(job: ImportJob, runs: Map<string, ImportRun>): Promise<ImportJob | undefined> {
    const { _id, workspaceId, nextChunk, dryRun } = job;
    const kind = this.kindOf(job);
    const known = runs.get(_id);
    const run = known ?? (await kind.begin(job));
    runs.set(_id, run);
    if (dryRun && known === undefined) return this.progress.restart(kind, job, this.queue.lease());
    if (nextChunk >= job.chunks) return this.progress.end(job, 'done');
    const chunk = await this.chunks.findById(workspaceId, chunkId(_id, nextChunk));
    if (chunk === undefined) return this.progress.end(job, 'failed', ROWS_DELETED);
    try {
      return await run.applyChunk(job, chunk, {
        store: (outcome, tx) => this.progress.store(kind, job, chunk, outcome, this.queue.lease(), tx),
        keepLease: () => this.keepLease(_id),
      });
    } catch (error) {
      if (error instanceof LeaseLost) return undefined;
      throw error;
    }
  }

  private async keepLease(id: string): Promise<void> {
    if (!(await this.queue.extend(id))) throw new LeaseLost();
  }

  private kindOf(job: ImportJob): ImportKind {
    const name = kindNameOf(job);
    const kind = this.ports.list(IMPORT_KIND_LIST).find((one) => one.name === name);
    if (kind === undefined) throw new Error(`no module imports ${name}`);
    return kind;
  }

  private async clearBrokenOff(): Promise<void> {
    for (;;) {
      const broken = await this.queue.failBrokenOff(UPLOAD_INTERRUPTED);
      if (broken === undefined) return;
      await this.chunks.deleteAllOf(broken.workspaceId, broken._id);
    }
  }
}
