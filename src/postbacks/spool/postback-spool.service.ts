import { join } from 'node:path';
import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import type { Settings } from '../../platform/config/settings.js';
import { SETTINGS } from '../../platform/config/settings.token.js';
import { ProblemException } from '../../platform/http/problems/problem.js';
import { LOGGER } from '../../platform/logging/logger.js';
import { Metrics } from '../../platform/metrics/metrics.js';
import { Quarantine } from '../../platform/spool/quarantine.js';
import { LARGE_RECORDS } from '../../platform/spool/record.js';
import { listSegments } from '../../platform/spool/segments.js';
import { workerFolder } from '../../platform/spool/spool-root.js';
import { SpoolWriter } from '../../platform/spool/spool-writer.js';
import type { SpoolFolder } from './postback-drainer.js';
import { abandonedFolders, postbackSpoolRootOf, spoolFolder } from './spool-folders.js';
import { encodePostback, type SpooledPostback } from './spooled-postback.js';

/** Share of SPOOL_MAX_MB, in addition to the clicks' limit. */
const SHARE_OF_SPOOL = 1 / 4;
const ALARM_EVERY_MS = 5_000;
const RETRY_AFTER_SECONDS = '30';

/**
 * Keeps postbacks on the disk while MongoDB is away, for workspaces with that setting. Uses no disk and no memory before the
 * first one. SpooledPostbackJob applies them when MongoDB is back.
 */
@Injectable()
export class PostbackSpool {
  /** The folders of this process, read from their beginning. */
  readonly folders: SpoolFolder[] = [];
  readonly quarantine: Quarantine;
  private readonly root: string;
  private worker: number | undefined;
  private writer: SpoolWriter | undefined;
  private lastAlarmAt = 0;

  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    @Inject(LOGGER) private readonly logger: Logger,
    metrics: Metrics,
  ) {
    this.root = postbackSpoolRootOf(settings.dataDir);
    this.quarantine = new Quarantine(join(this.root, 'quarantine'), LARGE_RECORDS);
    metrics.observeCounter(
      'hopback_postbacks_spooled_total',
      'Postbacks accepted into the spool while MongoDB was away',
      () => this.writer?.recorded ?? 0,
    );
    metrics.observe('hopback_postback_quarantine_bytes', 'Bytes of spooled postbacks in quarantine', () =>
      this.quarantine.bytes(),
    );
    metrics.observe('hopback_postback_spool_bytes', 'Bytes of spooled postbacks that wait to be applied', () =>
      this.waitingBytes(),
    );
  }

  /**
   * Opens the folder of this worker. Postbacks of an earlier run in it will be applied.
   * @param worker 0 for the first worker. No two processes may use the same number at once.
   */
  open(worker: number): void {
    this.worker = worker;
    if (worker === 0) this.folders.push(...abandonedFolders(this.root, this.settings.workers));
    // A new segment marks those of the earlier run as complete.
    if (listSegments(workerFolder(this.root, worker)).length > 0) this.openWriter();
  }

  /**
   * Resolves when the postback is safe by the setting CLICK_DURABILITY.
   * @throws ProblemException 503 if it cannot be stored.
   */
  async append(postback: SpooledPostback): Promise<void> {
    const isSafe = await this.write(encodePostback(postback));
    if (isSafe) return;
    throw new ProblemException(
      'unavailable',
      'The database is not available, and there is no space to store this postback until it is: send it again later.',
      undefined,
      {
        'retry-after': RETRY_AFTER_SECONDS,
      },
    );
  }

  /** Bytes of postbacks that are not applied yet. */
  waitingBytes(): number {
    return this.folders.reduce((sum, { reader }) => sum + reader.backlogBytes(), 0);
  }

  /** Called when no request and no job uses the spool any more. */
  async close(): Promise<void> {
    this.writer?.close();
    for (const { reader } of this.folders) await reader.rewind();
  }

  private async write(payload: string): Promise<boolean> {
    if (payload.length > LARGE_RECORDS.maxPayloadBytes) return false;
    try {
      const writer = this.openWriter();
      return await new Promise<boolean>((resolve) => writer.append(payload, resolve));
    } catch (error) {
      this.alarm(error as Error); // the folder cannot even be created
      return false;
    }
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
      'postback spool cannot be written; networks get 503 until it can',
    );
  }
}
