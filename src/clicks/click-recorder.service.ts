import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Inject, Injectable, type BeforeApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import type { Logger } from 'pino';
import type { Settings } from '../platform/config/settings.js';
import { SETTINGS } from '../platform/config/settings.token.js';
import { LOGGER } from '../platform/logging/logger.js';
import { Metrics } from '../platform/metrics/metrics.js';
import { isRefused } from '../platform/mongo/mongo-errors.js';
import { InstanceSecretsRepository } from '../platform/secrets/instance-secrets.repository.js';
import { ClickStore } from './click-store.service.js';
import { DeviceReader } from './enrichment/device.js';
import { type EnrichedClick, enrichClick, type EnrichmentTools } from './enrichment/enrich.js';
import { openGeo } from './enrichment/geo.js';
import { VisitorKeys } from './enrichment/visitor.js';
import { decodeClick, encodeClick, type SpooledClick } from './spooled-click.js';
import { Quarantine } from './spool/quarantine.js';
import { SpoolReader } from './spool/spool-reader.js';
import { SpoolWriter } from './spool/spool-writer.js';

const IDLE_MS = 50;
const BACK_OFF_MS = { first: 200, most: 5_000 };

/** A click ready to be stored, and the record it came from. */
interface PreparedClick {
  payload: Buffer;
  click: EnrichedClick;
}

/**
 * Takes a click into the spool and brings it from there into MongoDB, in the background and in its own time. A click is
 * safe when `record` resolves.
 */
@Injectable()
export class ClickRecorder implements OnModuleInit, BeforeApplicationShutdown {
  private readonly writer: SpoolWriter;
  private readonly reader: SpoolReader;
  private readonly quarantine: Quarantine;
  private tools: EnrichmentTools;
  private stopping = false;
  private shipping: Promise<void> = Promise.resolve();

  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    @Inject(LOGGER) private readonly logger: Logger,
    private readonly metrics: Metrics,
    private readonly store: ClickStore,
    private readonly secrets: InstanceSecretsRepository,
  ) {
    const folder = join(settings.dataDir, 'spool');
    this.writer = new SpoolWriter(folder, (error) => {
      this.logger.error({ err: error, folder }, 'the click spool could not be flushed to the disk');
    });
    this.quarantine = new Quarantine(join(folder, 'quarantine'));
    this.reader = new SpoolReader(folder, this.writer, (kind, count) => {
      this.metrics.spoolDamaged.inc({ kind }, count);
      this.logger.error({ kind, count, folder }, 'the click spool has damaged records; they are skipped');
    });
  }

  async onModuleInit(): Promise<void> {
    this.metrics.observe('hopback_spool_backlog_bytes', 'Bytes in the spool that are not in MongoDB yet', () =>
      this.reader.backlogBytes(),
    );
    this.tools = {
      visitors: new VisitorKeys(await this.secrets.obtain('visitor')),
      geo: await openGeo({
        cityDb: this.settings.geoCityDb,
        asnDb: this.settings.geoAsnDb,
        warn: (message) => this.logger.warn(message),
      }),
      devices: new DeviceReader(),
    };
    this.shipping = this.shipUntilStopped();
  }

  /** Resolves when a killed process can not lose the click any more. */
  async record(click: SpooledClick): Promise<void> {
    await this.writer.append(encodeClick(click));
    this.metrics.clicksSpooled.inc();
  }

  /** The last request was answered before (see closeApp): what is in the spool is stored now, or at the next start. */
  async beforeApplicationShutdown(): Promise<void> {
    this.stopping = true;
    this.writer.close();
    await this.shipping;
    await this.reader.close();
  }

  private async shipUntilStopped(): Promise<void> {
    let backOff = BACK_OFF_MS.first;
    for (;;) {
      const isLastRound = this.stopping;
      try {
        await this.shipAll();
        this.writer.rotateAged(); // so that the segment just read to its end is deleted
        backOff = BACK_OFF_MS.first;
        if (isLastRound) return;
        await sleep(IDLE_MS);
      } catch (error) {
        this.logger.error({ err: error, retryInMs: backOff }, 'clicks stay in the spool for now');
        if (this.stopping) return;
        await sleep(backOff);
        backOff = Math.min(backOff * 2, BACK_OFF_MS.most);
      }
    }
  }

  private async shipAll(): Promise<void> {
    for (let batch = await this.reader.next(); batch; batch = await this.reader.next()) {
      await this.storeOrSplit(batch.payloads.flatMap((payload) => this.prepare(payload)));
      batch.done();
    }
  }

  /** A record that is no click is none for ever. */
  private prepare(payload: Buffer): PreparedClick[] {
    try {
      return [{ payload, click: enrichClick(decodeClick(payload), this.tools) }];
    } catch (error) {
      this.keepAside(payload, error);
      return [];
    }
  }

  /** A click that MongoDB will never take must not block those behind it: it is found by halving, and kept aside. */
  private async storeOrSplit(prepared: PreparedClick[]): Promise<void> {
    if (prepared.length === 0) return;
    try {
      this.metrics.clicksStored.inc(await this.store.store(prepared.map(({ click }) => click)));
    } catch (error) {
      if (!isRefused(error)) throw error;
      const [only, ...more] = prepared;
      if (only !== undefined && more.length === 0) {
        this.keepAside(only.payload, error);
        return;
      }
      const half = Math.ceil(prepared.length / 2);
      await this.storeOrSplit(prepared.slice(0, half));
      await this.storeOrSplit(prepared.slice(half));
    }
  }

  private keepAside(payload: Buffer, error: unknown): void {
    this.quarantine.add(payload);
    this.metrics.spoolQuarantined.inc();
    this.logger.error({ err: error, file: this.quarantine.path }, 'a click can not be stored; it is kept aside');
  }
}
