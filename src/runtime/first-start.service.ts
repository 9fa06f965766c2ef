import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { FIRST_API_KEY_FILE } from './first-api-key-file.js';
import { FirstOwner } from '../people/first-owner/first-owner.service.js';
import { OwnerLinks } from '../people/first-owner/owner-links.service.js';
import { DomainsService } from '../domains/domains.service.js';
import type { Settings } from '../platform/config/settings.js';
import { SETTINGS } from '../platform/config/settings.token.js';
import { LOGGER } from '../platform/logging/logger.js';
import { StartupError } from '../platform/startup/startup-error.js';
import { couldBeApiKey, newApiKey } from '../workspaces/api-keys/api-key-format.js';
import { WorkspacesService } from '../workspaces/workspaces.service.js';

/** Values that the start prints for the operator. */
export interface FirstAccess {
  /** The API key if one was generated just now. It cannot be read again from the database. */
  apiKey: string | undefined;
  /** The link with which the first owner signs up, until there is one. */
  ownerLink: string | undefined;
}

/** Prepares an empty database: first workspace, first API key, first domain. */
@Injectable()
export class FirstStart {
  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    @Inject(LOGGER) private readonly logger: Logger,
    private readonly workspaces: WorkspacesService,
    private readonly domains: DomainsService,
    private readonly owner: FirstOwner,
    private readonly ownerLinks: OwnerLinks,
  ) {}

  /**
   * Creates the first workspace with its API key on an empty database, and makes PUBLIC_URL's host its domain.
   * @throws StartupError when HOPBACK_API_KEY could never be accepted.
   */
  async prepare(): Promise<FirstAccess> {
    const apiKey = await this.prepareWorkspace();
    return { apiKey, ownerLink: (await this.owner.isMissing()) ? this.ownerLinks.create() : undefined };
  }

  private async prepareWorkspace(): Promise<string | undefined> {
    const { apiKey } = this.settings;
    if (apiKey !== undefined && !couldBeApiKey(apiKey)) {
      throw new StartupError([
        'HOPBACK_API_KEY is not valid: it looks like a key of Hopback with a character changed; copy it again.',
      ]);
    }
    const kept = apiKey === undefined ? await this.keepKey() : undefined;
    const { workspace, created } = await this.workspaces.ensureFirst('My workspace', apiKey ?? kept);
    await this.domains.claimPublicHost(workspace._id);
    if (apiKey !== undefined && !created) await this.warnOfForeignKey(apiKey);
    return kept === undefined ? undefined : this.publishKey(kept);
  }

  /**
   * Generates a key for an empty database and writes it to a file before it is stored. A key that is stored and then lost
   * with the process could not be recovered. Reuses the file of a start that was killed.
   */
  private async keepKey(): Promise<string | undefined> {
    if (existsSync(this.pendingFile)) return readFileSync(this.pendingFile, 'utf8').trim();
    if (await this.workspaces.hasFirst()) return undefined;
    const key = newApiKey();
    writeFileSync(this.pendingFile, `${key}\n`, { mode: 0o600 });
    return key;
  }

  /** Renames the pending file if its key is the one that was stored; another instance may have been faster. */
  private async publishKey(key: string): Promise<string | undefined> {
    if (await this.workspaces.isKnownKey(key)) {
      renameSync(this.pendingFile, join(this.settings.dataDir, FIRST_API_KEY_FILE));
      return key;
    }
    rmSync(this.pendingFile, { force: true });
    return undefined;
  }

  private get pendingFile(): string {
    return join(this.settings.dataDir, `${FIRST_API_KEY_FILE}.pending`);
  }

  /** HOPBACK_API_KEY is for the first start only. The log explains why a later, different value is refused. */
  private async warnOfForeignKey(apiKey: string): Promise<void> {
    if (await this.workspaces.isKnownKey(apiKey)) return;
    this.logger.warn(
      'HOPBACK_API_KEY is not a key of this database and is ignored: it sets only the first key of an empty database',
    );
  }
}
