import { randomUUID } from 'node:crypto';
import { type BeforeApplicationShutdown, Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import type { Logger } from 'pino';
import { Ticker } from '../../platform/concurrency/ticker.js';
import { LOGGER } from '../../platform/logging/logger.js';
import { isUnavailable } from '../../platform/mongo/mongo-errors.js';
import { ImportChunksRepository } from './import-chunks.repository.js';
import { ImportApplier } from './import-applier.service.js';
import type { ConversionImport } from './conversion-import.schema.js';
import { ImportsReadModel } from './imports.read-model.js';
import { ImportsRepository } from './imports.repository.js';
import { Rehearsal } from './rehearsal.js';

const LOOK_EVERY_MS = 1_000;
const LEASE_MS = 20_000;
const MAX_AT_ONCE = 8;
/** A chunk that fails so often while MongoDB is there will not get better. */
const MAX_STRIKES = 5;
const BROKEN_OFF = 'The upload was broken off: nothing of it is applied.';
const NOT_STORABLE =
  'Some rows could not be stored; what was applied before them stays. The log of the server says more.';

/**
 * Works imports off, a chunk of each in turn, so that a large one does not keep another workspace's waiting. Where it has
 * come to is stored together with what a chunk has done: should this process die, another goes on from there when the
 * lease has run out, and nothing is done twice or left out.
 */
@Injectable()
export class ImportRunner implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly holder = randomUUID();
  private readonly rehearsals = new Map<string, Rehearsal>();
  private readonly strikes = new Map<string, number>();
  private readonly ticker = new Ticker(
    LOOK_EVERY_MS,
    () => this.work(),
    (error) => this.logger.warn({ err: error }, 'an import was interrupted; it is gone on with'),
  );

  constructor(
    private readonly anyImport: ImportsReadModel,
    private readonly imports: ImportsRepository,
    private readonly chunks: ImportChunksRepository,
    private readonly applier: ImportApplier,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  onApplicationBootstrap(): void {
    this.ticker.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.stop();
  }

  /** There is something to do. */
  wake(): void {
    this.ticker.now();
  }

  /** Ends after the chunks that are under way. */
  async stop(): Promise<void> {
    await this.ticker.stop();
  }

  private async work(): Promise<void> {
    if (!(await this.anyImport.isAnyOpen())) return;
    await this.clearBrokenOff();
    this.rehearsals.clear();
    const mine = new Map<string, ConversionImport>();
    while (!this.ticker.isEnding) {
      const known = [...mine.keys()];
      const claimed = known.length < MAX_AT_ONCE ? await this.anyImport.claim(this.holder, LEASE_MS, known) : undefined;
      if (claimed) mine.set(claimed._id, claimed);
      if (mine.size === 0) return;
      for (const [id, order] of mine) {
        const next = await this.step(order);
        if (next?.status === 'running') mine.set(id, next);
        else mine.delete(id);
      }
    }
    for (const order of mine.values()) await this.release(order);
  }

  /** @returns the import as it is then; `undefined` when it is not ours any more. */
  private async step(order: ConversionImport): Promise<ConversionImport | undefined> {
    try {
      const next = order.dryRun ? await this.rehearse(order) : await this.applier.apply(order, this.lease());
      this.strikes.delete(order._id);
      if (next?.status !== 'running') this.rehearsals.delete(order._id);
      return next;
    } catch (error) {
      // Whether the last chunk was stored is not known: a dry run begins anew, as it has no other memory.
      this.rehearsals.delete(order._id);
      const strikes = (this.strikes.get(order._id) ?? 0) + (isUnavailable(error) ? 0 : 1);
      this.strikes.set(order._id, strikes);
      if (strikes < MAX_STRIKES) throw error;
      this.logger.error({ err: error, importId: order._id }, 'an import was given up');
      this.strikes.delete(order._id);
      return this.applier.end(order, 'failed', NOT_STORABLE);
    }
  }

  private async rehearse(order: ConversionImport): Promise<ConversionImport | undefined> {
    const rehearsal = this.rehearsals.get(order._id);
    if (rehearsal) return this.applier.rehearse(order, rehearsal, this.lease());
    this.rehearsals.set(order._id, new Rehearsal());
    return this.applier.restart(order, this.lease());
  }

  private lease(): { holder: string; leaseUntil: Date } {
    return { holder: this.holder, leaseUntil: new Date(Date.now() + LEASE_MS) };
  }

  /** So that another need not wait for the lease to run out. */
  private async release({ workspaceId, _id }: ConversionImport): Promise<void> {
    const free = { $set: { holder: null, leaseUntil: new Date(0) } };
    await this.imports.updateOne(workspaceId, { _id, holder: this.holder }, free);
  }

  private async clearBrokenOff(): Promise<void> {
    for (;;) {
      const broken = await this.anyImport.takeBrokenOff(BROKEN_OFF);
      if (broken === undefined) return;
      await this.chunks.deleteAllOf(broken.workspaceId, broken._id);
    }
  }
}
