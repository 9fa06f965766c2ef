import { rmSync } from 'node:fs';
import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { LinkCache } from '../../links/cache/link-cache.service.js';
import type { Settings } from '../../platform/config/settings.js';
import { SETTINGS } from '../../platform/config/settings.token.js';
import type { BackgroundJob } from '../../platform/jobs/background-job.js';
import { JobRunner } from '../../platform/jobs/job-runner.service.js';
import { LOGGER } from '../../platform/logging/logger.js';
import { InstanceSecretsRepository } from '../../platform/secrets/instance-secrets.repository.js';
import { readSnapshot, snapshotPath, workersWithSnapshot, writeSnapshot } from './snapshot-file.js';

const SAVE_EVERY_MS = 5_000;
/** A save of many links takes seconds on a slow disk. */
const SHUTDOWN_PATIENCE_MS = 30_000;
/** Saving may take at most this share of the time, so a slow save is not repeated soon. */
const MAX_SAVE_SHARE = 1 / 20;

/** Saves the links that this process has in memory, so that the next start can serve them, even without MongoDB. */
@Injectable()
export class LinkSnapshot {
  private savedVersion = 0;
  private notBefore = 0;
  private path: string | undefined;
  private clickIdKey = '';
  private readonly job: BackgroundJob;

  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    @Inject(LOGGER) private readonly logger: Logger,
    private readonly links: LinkCache,
    private readonly secrets: InstanceSecretsRepository,
    jobs: JobRunner,
  ) {
    this.job = jobs.register({
      name: 'link-snapshot',
      everyMs: SAVE_EVERY_MS,
      needsMongo: false,
      run: () => this.saveWhenDue(),
      atShutdown: () => this.saveIfChanged(),
      shutdownPatienceMs: SHUTDOWN_PATIENCE_MS,
    });
  }

  /**
   * Restores the links of the last process of this worker, and saves from now on.
   * @param worker 0 for the first.
   */
  async open(worker: number): Promise<void> {
    this.clickIdKey = (await this.secrets.obtain('click-id')).toString('hex');
    const path = snapshotPath(this.settings.dataDir, worker);
    await readSnapshot(path, (link) => this.links.restore(link)).catch((error: unknown) => {
      this.logger.warn({ err: error, file: path }, 'links of the last run could not be read; starting without them');
    });
    if (worker === 0) this.removeOutdated();
    this.savedVersion = -1;
    this.path = path;
    await this.job.runNow();
  }

  /** Removes snapshots of workers that no longer exist, as they would become outdated. */
  private removeOutdated(): void {
    const { dataDir, workers } = this.settings;
    for (const worker of workersWithSnapshot(dataDir)) {
      if (worker >= workers) rmSync(snapshotPath(dataDir, worker), { force: true });
    }
  }

  private async saveWhenDue(): Promise<void> {
    if (Date.now() < this.notBefore) return;
    const begin = Date.now();
    try {
      await this.saveIfChanged();
    } finally {
      this.notBefore = Date.now() + (Date.now() - begin) / MAX_SAVE_SHARE;
    }
  }

  private async saveIfChanged(): Promise<void> {
    const { version } = this.links;
    if (this.path === undefined || version === this.savedVersion) return;
    const head = { savedAt: Date.now(), clickIdKey: this.clickIdKey };
    await writeSnapshot(this.path, head, [...this.links.links()]);
    this.savedVersion = version;
  }
}
