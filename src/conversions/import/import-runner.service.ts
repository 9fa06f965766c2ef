import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import type { BackgroundJob, JobRun } from '../../platform/jobs/background-job.js';
import { JobRunner } from '../../platform/jobs/job-runner.service.js';
import { LOGGER } from '../../platform/logging/logger.js';
import { isUnavailable } from '../../platform/mongo/mongo-errors.js';
import { ImportChunksRepository } from './import-chunks.repository.js';
import { ImportApplier } from './import-applier.service.js';
import type { ConversionImport } from './conversion-import.schema.js';
import { ConversionImportQueue } from './conversion-import-queue.repository.js';
import { LedgerDryRun } from '../rules/import/ledger-dry-run.js';

const LOOK_EVERY_MS = 1_000;
const MAX_AT_ONCE = 8;
/** An import whose chunk fails this often while MongoDB is there is given up. */
const MAX_STRIKES = 5;
const BROKEN_OFF = 'The upload was broken off: nothing of it is applied.';
const NOT_STORABLE =
  'Some rows could not be stored; what was applied before them stays. The log of the server says more.';

/**
 * Works on imports, a chunk of each in turn, so that a large one does not keep those of other workspaces waiting. The
 * position is stored together with the results of a chunk: when this process is killed, another one continues from there
 * after the lease has expired, and no row is applied twice or left out.
 */
@Injectable()
export class ImportRunner {
  private readonly rehearsals = new Map<string, LedgerDryRun>();
  private readonly strikes = new Map<string, number>();
  private readonly job: BackgroundJob;

  constructor(
    private readonly queue: ConversionImportQueue,
    private readonly chunks: ImportChunksRepository,
    private readonly applier: ImportApplier,
    @Inject(LOGGER) private readonly logger: Logger,
    jobs: JobRunner,
  ) {
    this.job = jobs.register({
      name: 'conversion-import',
      everyMs: LOOK_EVERY_MS,
      run: (run) => this.runAll(run),
    });
  }

  /** To be called when there is a new import. */
  wake(): void {
    this.job.wake();
  }

  /** Ends after the chunks that are under way. */
  private async runAll(run: JobRun): Promise<void> {
    if (!(await this.queue.isAnyOpen())) return;
    await this.clearBrokenOff();
    this.rehearsals.clear();
    const mine = new Map<string, ConversionImport>();
    while (!run.isEnding) {
      const known = [...mine.keys()];
      const claimed = known.length < MAX_AT_ONCE ? await this.queue.claimNext(known) : undefined;
      if (claimed) mine.set(claimed._id, claimed);
      if (mine.size === 0) return;
      for (const [id, order] of mine) {
        const next = await this.step(order);
        if (next?.status === 'running') mine.set(id, next);
        else mine.delete(id);
      }
    }
    for (const id of mine.keys()) await this.queue.release(id);
  }

  /** @returns the import as it is then; `undefined` when this process has lost it. */
  private async step(order: ConversionImport): Promise<ConversionImport | undefined> {
    try {
      const next = order.dryRun ? await this.rehearse(order) : await this.applier.apply(order, this.queue.lease());
      this.strikes.delete(order._id);
      if (next?.status !== 'running') this.rehearsals.delete(order._id);
      return next;
    } catch (error) {
      // A dry run begins anew: it is not known whether the last chunk was stored, and only its memory has the rest.
      this.rehearsals.delete(order._id);
      const strikes = (this.strikes.get(order._id) ?? 0) + (isUnavailable(error) ? 0 : 1);
      this.strikes.set(order._id, strikes);
      if (strikes < MAX_STRIKES) throw error;
      this.logger.error({ err: error, importId: order._id }, 'import failed for good; its other rows are not applied');
      this.strikes.delete(order._id);
      return this.applier.end(order, 'failed', NOT_STORABLE);
    }
  }

  private async rehearse(order: ConversionImport): Promise<ConversionImport | undefined> {
    const rehearsal = this.rehearsals.get(order._id);
    if (rehearsal) return this.applier.rehearse(order, rehearsal, this.queue.lease());
    this.rehearsals.set(order._id, new LedgerDryRun());
    return this.applier.restart(order, this.queue.lease());
  }

  private async clearBrokenOff(): Promise<void> {
    for (;;) {
      const broken = await this.queue.failBrokenOff(BROKEN_OFF);
      if (broken === undefined) return;
      await this.chunks.deleteAllOf(broken.workspaceId, broken._id);
    }
  }
}
