import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import type { Logger } from 'pino';
import type { Settings } from '../config/settings.js';
import { SETTINGS } from '../config/settings.token.js';
import { JobRunner } from '../jobs/job-runner.service.js';
import { LOGGER } from '../logging/logger.js';
import { Blocklist } from './blocklist.js';
import { problemOf, type UrlProblem, type UrlRules } from './url-rules.js';

// URLs: reading, checking and repairing them. Start here: this service has the operator's rules, url-rules.ts the pure checks.
// The other files decode percent-encoding, repair mistyped URLs, and find suffixes and look-alike hosts.

const LOOK_EVERY_MS = 2_000;

/** The operator's rules for URLs: blocklist, schemes and hosts. `DestinationPolicy` adds the hosts of short links. */
@Injectable()
export class UrlPolicy implements OnModuleInit {
  /** Identifies the current blocklist and schemes. Links that were checked by another version are checked again. */
  version = '';
  private blocklist = new Blocklist();
  private fileSeen = '';
  private readonly extraSchemes: ReadonlySet<string>;
  private readonly allowedHosts: ReadonlySet<string>;

  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    @Inject(LOGGER) private readonly logger: Logger,
    jobs: JobRunner,
  ) {
    jobs.register({ name: 'blocklist-reload', everyMs: LOOK_EVERY_MS, needsMongo: false, run: () => this.load() });
    this.extraSchemes = new Set(settings.allowedSchemes);
    this.allowedHosts = new Set(settings.outboundAllow.map((entry) => entry.replace(/^\[(.*)\]/, '$1').toLowerCase()));
  }

  /** The blocklist is read before the first request. */
  async onModuleInit(): Promise<void> {
    this.version = this.versionOf('');
    await this.load();
  }

  /** Why no link may redirect to the URL, or `undefined`. @param isOwnHost the host serves short links of this installation. */
  problemOf(url: URL, isOwnHost: boolean): UrlProblem | undefined {
    return problemOf(url, this.rules(isOwnHost));
  }

  /** True when the blocklist or the allowed schemes exclude it. */
  isBanned(url: URL): boolean {
    const code = problemOf(url, this.rules(false))?.code;
    return code === 'blocked' || code === 'scheme';
  }

  private rules(isOwnHost: boolean): UrlRules {
    const { extraSchemes, allowedHosts } = this;
    return { extraSchemes, allowedHosts, isOwnHost: () => isOwnHost, isBlocked: (url) => this.blocklist.has(url) };
  }

  /** Reads the file again if it has changed. */
  private async load(): Promise<void> {
    const { blocklistFile } = this.settings;
    const found = await stat(blocklistFile).catch((error: unknown) => {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
      return undefined;
    });
    const seen = found ? `${found.ino}:${found.size}:${found.mtimeMs}` : '';
    if (seen === this.fileSeen) return;
    const text = found ? await readFile(blocklistFile, 'utf8') : '';
    this.blocklist = new Blocklist(text);
    this.fileSeen = seen;
    this.version = this.versionOf(text);
    const { size, badLines } = this.blocklist;
    this.logger.info({ file: blocklistFile, entries: size }, 'blocklist read');
    if (badLines.length > 0)
      this.logger.warn({ file: blocklistFile, badLines }, 'lines of the blocklist are not valid and are ignored');
  }

  private versionOf(list: string): string {
    return createHash('sha256')
      .update(`${[...this.extraSchemes].sort().join(',')}\n${list}`)
      .digest('base64url');
  }
}
