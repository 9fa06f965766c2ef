import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { DomainsService } from './domains/domains.service.js';
import type { Settings } from './platform/config/settings.js';
import { SETTINGS } from './platform/config/settings.token.js';
import { LOGGER } from './platform/logging/logger.js';
import { WorkspacesService } from './workspaces/workspaces.service.js';

/** File in DATA_DIR that keeps the generated key for whoever did not copy it from the terminal. */
export const FIRST_API_KEY_FILE = 'first-api-key';

/** What an empty database needs before anybody can use it. */
@Injectable()
export class FirstStart {
  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    @Inject(LOGGER) private readonly logger: Logger,
    private readonly workspaces: WorkspacesService,
    private readonly domains: DomainsService,
  ) {}

  /**
   * Creates the first workspace with its owner and API key on an empty database, and makes PUBLIC_URL's host its domain.
   * @returns the API key if one was generated just now; it can not be read again from the database.
   */
  async prepare(): Promise<string | undefined> {
    const { workspace, apiKey, created } = await this.workspaces.ensureFirst('My workspace', this.settings.apiKey);
    await this.domains.claimPublicHost(workspace._id);
    if (!created) await this.warnOfForeignKey();
    if (!created || this.settings.apiKey !== undefined) return undefined;
    writeFileSync(join(this.settings.dataDir, FIRST_API_KEY_FILE), `${apiKey}\n`, { mode: 0o600 });
    return apiKey;
  }

  /** HOPBACK_API_KEY is for the first start only; who sets another one later would wonder why it is refused. */
  private async warnOfForeignKey(): Promise<void> {
    const { apiKey } = this.settings;
    if (apiKey === undefined || (await this.workspaces.isKnownKey(apiKey))) return;
    this.logger.warn(
      'HOPBACK_API_KEY is no key of this database and stays unused: it sets the first key of an empty one only',
    );
  }
}
