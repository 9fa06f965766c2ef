import { rmSync } from 'node:fs';
import { Inject, Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import type { Logger } from 'pino';
import { LinkCache } from '../../links/link-cache.service.js';
import type { Settings } from '../../platform/config/settings.js';
import { SETTINGS } from '../../platform/config/settings.token.js';
import { LOGGER } from '../../platform/logging/logger.js';
import { InstanceSecretsRepository } from '../../platform/secrets/instance-secrets.repository.js';
import { readSnapshot, snapshotPath, workersWithSnapshot, writeSnapshot } from './snapshot-file.js';

const SAVE_EVERY_MS = 5_000;
/** A save that took long is not repeated soon: it may cost this part of the time at most. */
const SHARE = 1 / 20;

/** Keeps the links that this process knows on the disk, for a start without MongoDB, and gives them to the next process. */
@Injectable()
export class LinkSnapshot implements BeforeApplicationShutdown {
  private savedVersion = 0;
  private notBefore = 0;
  private path: string | undefined;
  private clickIdKey = '';
  private timer: NodeJS.Timeout | undefined;
  private saving: Promise<void> = Promise.resolve();

  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    @Inject(LOGGER) private readonly logger: Logger,
    private readonly links: LinkCache,
    private readonly secrets: InstanceSecretsRepository,
  ) {}

  /**
   * Takes over what the last process of this worker knew, in the background, and saves from now on.
   * @param worker 0 for the first.
   */
  async open(worker: number): Promise<void> {
    this.clickIdKey = (await this.secrets.obtain('click-id')).toString('hex');
    this.path = snapshotPath(this.settings.dataDir, worker);
    this.savedVersion = -1;
    await readSnapshot(this.path, (link) => this.links.restore(link)).catch((error: unknown) => {
      this.logger.warn(
        { err: error, file: this.path },
        'the links of the last run could not be read; going on without',
      );
    });
    if (worker === 0) this.removeOutdated();
    this.timer = setInterval(() => void this.saveIfChanged(), SAVE_EVERY_MS);
    this.timer.unref();
    await this.saveIfChanged();
  }

  async beforeApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    await this.saving;
    this.notBefore = 0;
    await this.saveIfChanged();
  }

  /** Nobody keeps the snapshots of workers up to date that are no more. */
  private removeOutdated(): void {
    const { dataDir, workers } = this.settings;
    for (const worker of workersWithSnapshot(dataDir)) {
      if (worker >= workers) rmSync(snapshotPath(dataDir, worker), { force: true });
    }
  }

  private async saveIfChanged(): Promise<void> {
    const { version } = this.links;
    if (this.path === undefined || version === this.savedVersion || Date.now() < this.notBefore) return;
    this.notBefore = Number.POSITIVE_INFINITY; // one at a time
    this.saving = this.save(this.path, version);
    await this.saving;
  }

  private async save(path: string, version: number): Promise<void> {
    const begin = Date.now();
    try {
      await writeSnapshot(path, { savedAt: begin, clickIdKey: this.clickIdKey }, [...this.links.links()]);
      this.savedVersion = version;
    } catch (error) {
      this.logger.warn({ err: error, file: path }, 'the known links could not be saved for a start without MongoDB');
    }
    this.notBefore = Date.now() + (Date.now() - begin) / SHARE;
  }
}
