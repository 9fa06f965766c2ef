import { Inject, Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import type { Logger } from 'pino';
import type { Settings } from '../platform/config/settings.js';
import { SETTINGS } from '../platform/config/settings.token.js';
import { LOGGER } from '../platform/logging/logger.js';
import { Metrics } from '../platform/metrics/metrics.js';
import { spoolRootOf, workerFolder } from '../platform/spool/spool-root.js';
import { type Settled, SpoolWriter } from '../platform/spool/spool-writer.js';

const ALARM_EVERY_MS = 5_000;

/** Writes clicks into the spool of this process. The shipper stores them in MongoDB from there. */
@Injectable()
export class ClickRecorder implements BeforeApplicationShutdown {
  private writer: SpoolWriter | undefined;
  private lastAlarmAt = 0;

  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    @Inject(LOGGER) private readonly logger: Logger,
    metrics: Metrics,
  ) {
    metrics.observeCounter(
      'hopback_clicks_spooled_total',
      'Clicks written to the spool',
      () => this.writer?.recorded ?? 0,
    );
    metrics.observeCounter(
      'hopback_clicks_dropped_total',
      'Clicks dropped because the disk or the spool was full',
      () => this.dropped,
    );
  }

  /** Clicks that this process has lost because the disk or the spool was full. */
  get dropped(): number {
    return this.writer?.dropped ?? 0;
  }

  /**
   * Begins a new segment in the spool of this worker. Must be called before the first click.
   * @param worker 0 for the first. Two running processes must not have the same number.
   */
  open(worker: number): void {
    const { clickDurability, spoolMaxBytes, workers } = this.settings;
    this.writer = new SpoolWriter({
      folder: workerFolder(spoolRootOf(this.settings.dataDir), worker),
      durability: clickDurability,
      maxBytes: Math.floor(spoolMaxBytes / workers),
      onTrouble: (error) => this.alarm(error),
    });
  }

  /**
   * @param click the result of `encodeClick`.
   * @param settled called when the click is written or dropped. A full disk must not keep the visitor waiting.
   */
  record(click: string, settled: Settled): void {
    if (this.writer === undefined) throw new Error('the spool is not open');
    this.writer.append(click, settled);
  }

  /** Runs after the last request was answered; see Serving.close. */
  beforeApplicationShutdown(): void {
    this.writer?.close();
  }

  private alarm(error: Error): void {
    if (Date.now() - this.lastAlarmAt < ALARM_EVERY_MS) return;
    this.lastAlarmAt = Date.now();
    const note = 'the click spool cannot be written; free disk space. Redirects continue, dropped clicks are lost';
    this.logger.error({ err: error, droppedSoFar: this.dropped, folder: spoolRootOf(this.settings.dataDir) }, note);
  }
}
