import { join } from 'node:path';
import { type BeforeApplicationShutdown, Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import type { Settings } from '../../platform/config/settings.js';
import { SETTINGS } from '../../platform/config/settings.token.js';
import { ProblemException } from '../../platform/http/problem.js';
import type { BackgroundJob, JobRun } from '../../platform/jobs/background-job.js';
import { JobRunner } from '../../platform/jobs/job-runner.service.js';
import { LOGGER } from '../../platform/logging/logger.js';
import { Metrics } from '../../platform/metrics/metrics.js';
import { isRefused, isUnavailable } from '../../platform/mongo/mongo-errors.js';
import { MongoWatch } from '../../platform/mongo/mongo-watch.service.js';
import { Quarantine } from '../../platform/spool/quarantine.js';
import { LARGE_RECORDS } from '../../platform/spool/record.js';
import { listSegments } from '../../platform/spool/segments.js';
import { workerFolder } from '../../platform/spool/spool-root.js';
import { SpoolWriter } from '../../platform/spool/spool-writer.js';
import {
  type ApplyPostback,
  type Fate,
  NeverApplicable,
  PostbackDrainer,
  type SpoolFolder,
} from './postback-drainer.js';
import { abandonedFolders, postbackSpoolRootOf, spoolFolder } from './spool-folders.js';
import { encodePostback, type SpooledPostback } from './spooled-postback.js';

/** Part of SPOOL_MAX_MB. The clicks have a limit of their own. */
const SHARE_OF_SPOOL = 1 / 4;
const DRAIN_EVERY_MS = 1_000;
/** A request that is being applied has an outcome by then: the files of the spool are not closed under it. */
const SHUTDOWN_PATIENCE_MS = 20_000;
const ALARM_EVERY_MS = 5_000;
const RETRY_AFTER_SECONDS = '30';

/**
 * Keeps postbacks on the disk while MongoDB is away, for workspaces that chose so, and applies them when it is back. Uses no
 * disk and no memory before the first one comes.
 */
@Injectable()
export class PostbackSpool implements BeforeApplicationShutdown {
  private readonly root: string;
  private readonly quarantine: Quarantine;
  private worker: number | undefined;
  private writer: SpoolWriter | undefined;
  private folders: SpoolFolder[] = [];
  private drainer: PostbackDrainer | undefined;
  private readonly job: BackgroundJob;
  private lastAlarmAt = 0;

  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    @Inject(LOGGER) private readonly logger: Logger,
    private readonly mongo: MongoWatch,
    metrics: Metrics,
    jobs: JobRunner,
  ) {
    this.job = jobs.register({
      name: 'postback-spool',
      everyMs: DRAIN_EVERY_MS,
      run: (run) => this.applyWaiting(run),
      shutdownPatienceMs: SHUTDOWN_PATIENCE_MS,
    });
    this.root = postbackSpoolRootOf(settings.dataDir);
    this.quarantine = new Quarantine(join(this.root, 'quarantine'), LARGE_RECORDS);
    metrics.observeCounter(
      'hopback_postbacks_spooled_total',
      'Postbacks accepted into the spool while MongoDB was away',
      () => this.writer?.recorded ?? 0,
    );
    metrics.observeCounter(
      'hopback_postbacks_quarantined_total',
      'Spooled postbacks kept aside because they can never be applied',
      () => this.drainer?.figures.quarantined ?? 0,
    );
    metrics.observeCounter(
      'hopback_postbacks_lost_total',
      'Spooled postbacks that could neither be applied nor kept aside; the log names them',
      () => this.drainer?.figures.lost ?? 0,
    );
    metrics.observe('hopback_postback_quarantine_bytes', 'Bytes of spooled postbacks that are kept aside', () =>
      this.quarantine.bytes(),
    );
    metrics.observe('hopback_postback_spool_bytes', 'Bytes of spooled postbacks that wait to be applied', () =>
      this.waitingBytes(),
    );
  }

  /** Sets the function that applies spooled postbacks. To be called before the application answers. */
  applyWith(apply: ApplyPostback): void {
    const { quarantine, logger } = this;
    this.drainer = new PostbackDrainer({ apply, fateOf, quarantine, logger });
  }

  /**
   * Takes the folder of this worker; postbacks that an earlier run left in it are applied.
   * @param worker 0 for the first; no two processes may have the same at once.
   */
  open(worker: number): void {
    this.worker = worker;
    if (worker === 0) this.folders.push(...abandonedFolders(this.root, this.settings.workers));
    // A new segment says that those of the earlier run are complete.
    if (listSegments(workerFolder(this.root, worker)).length > 0) this.openWriter();
  }

  /**
   * Resolves when the postback is safe, as CLICK_DURABILITY understands it.
   * @throws ProblemException 503 when it cannot be kept.
   */
  async append(postback: SpooledPostback): Promise<void> {
    const isSafe = await this.write(encodePostback(postback));
    if (isSafe) return;
    throw new ProblemException(
      'unavailable',
      'The database is away, and there is no room to keep this until it is back.',
      undefined,
      {
        'retry-after': RETRY_AFTER_SECONDS,
      },
    );
  }

  /** Applies waiting postbacks now. */
  drain(): Promise<void> {
    return this.job.runNow();
  }

  /** Bytes that were not applied yet. */
  waitingBytes(): number {
    return this.folders.reduce((sum, { reader }) => sum + reader.backlogBytes(), 0);
  }

  /** The last request was answered before (see Serving.close). */
  async beforeApplicationShutdown(): Promise<void> {
    await this.job.stop();
    this.writer?.close();
    for (const { reader } of this.folders) await reader.rewind();
  }

  private async write(payload: string): Promise<boolean> {
    if (payload.length > LARGE_RECORDS.maxPayloadBytes) return false;
    try {
      const writer = this.openWriter();
      return await new Promise<boolean>((resolve) => writer.append(payload, resolve));
    } catch (error) {
      this.alarm(error as Error); // its folder cannot even be made
      return false;
    }
  }

  private async applyWaiting({ signal }: JobRun): Promise<void> {
    const { drainer, folders } = this;
    if (drainer === undefined || folders.length === 0 || !this.mongo.isAnswering) return;
    const stop = (): void => drainer.stop();
    signal.addEventListener('abort', stop);
    await drainer.drain(folders).finally(() => signal.removeEventListener('abort', stop));
  }

  private openWriter(): SpoolWriter {
    if (this.writer !== undefined) return this.writer;
    if (this.worker === undefined) throw new Error('the postback spool is not open');
    const { clickDurability, spoolMaxBytes, workers } = this.settings;
    const folder = workerFolder(this.root, this.worker);
    this.writer = new SpoolWriter({
      folder,
      durability: clickDurability,
      maxBytes: Math.floor((spoolMaxBytes * SHARE_OF_SPOOL) / workers),
      format: LARGE_RECORDS,
      onTrouble: (error) => this.alarm(error),
    });
    this.folders.push(spoolFolder(folder, true));
    return this.writer;
  }

  private alarm(error: Error): void {
    if (Date.now() - this.lastAlarmAt < ALARM_EVERY_MS) return;
    this.lastAlarmAt = Date.now();
    this.logger.error(
      { err: error, folder: this.root },
      'postback spool cannot be written; networks are answered 503 and send again',
    );
  }
}

export function fateOf(error: unknown): Fate {
  if (isUnavailable(error)) return 'later';
  return isRefused(error) || error instanceof NeverApplicable || isOfTheRequest(error) ? 'never' : 'unknown';
}

/** Errors of reading a request, which come each time. */
function isOfTheRequest(error: unknown): boolean {
  return error instanceof RangeError || error instanceof TypeError || error instanceof SyntaxError;
}
