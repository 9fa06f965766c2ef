import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import type { Logger } from 'pino';
import type { Settings } from '../config/settings.js';
import { SETTINGS } from '../config/settings.token.js';
import { JobRunner } from '../jobs/job-runner.service.js';
import { LOGGER } from '../logging/logger.js';
import { Blocklist } from './blocklist.js';
import { problemOf, type UrlProblem, type UrlRules } from './url-judge.js';

const LOOK_EVERY_MS = 2_000;

/** Judges every URL that comes in by what the operator allows: the one place for all rooms. */
@Injectable()
export class UrlJudge implements OnModuleInit {
  /** Names the rules of now (list and schemes): another one means that what was judged should be judged again. */
  version = '';
  private blocklist = new Blocklist();
  private fileSeen = '';
  private readonly publicHost: string;
  private readonly extraSchemes: ReadonlySet<string>;
  private readonly allowedHosts: ReadonlySet<string>;
  private isOwnHost: (hostname: string) => Promise<boolean> = () => Promise.resolve(false);

  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    @Inject(LOGGER) private readonly logger: Logger,
    jobs: JobRunner,
  ) {
    jobs.register({ name: 'blocklist-reload', everyMs: LOOK_EVERY_MS, needsMongo: false, run: () => this.load() });
    this.publicHost = new URL(settings.publicUrl).hostname;
    this.extraSchemes = new Set(settings.allowedSchemes);
    this.allowedHosts = new Set(settings.outboundAllow.map((entry) => entry.replace(/^\[(.*)\]/, '$1').toLowerCase()));
  }

  /** The list is there before the first request is. */
  async onModuleInit(): Promise<void> {
    this.version = this.versionOf('');
    await this.load();
  }

  /** For whoever knows which hosts serve short links. */
  knowOwnHosts(isOwnHost: (hostname: string) => Promise<boolean>): void {
    this.isOwnHost = isOwnHost;
  }

  /** Why nobody may be led there, or `undefined`. */
  async problemOf(url: URL): Promise<UrlProblem | undefined> {
    const isOwn = url.hostname === this.publicHost || (await this.isOwnHost(url.hostname));
    return problemOf(url, { ...this.rules(), isOwnHost: () => isOwn });
  }

  /** The same for whoever asks himself whether a host is one of ours. */
  problemOfForeign(url: URL): UrlProblem | undefined {
    return url.hostname === this.publicHost ? undefined : problemOf(url, this.rules());
  }

  /** Whether what was allowed once would be so no more, going by list and schemes alone. */
  isBanned(url: URL): boolean {
    const code = problemOf(url, this.rules())?.code;
    return code === 'blocked' || code === 'scheme';
  }

  private rules(): UrlRules {
    const { extraSchemes, allowedHosts } = this;
    return { extraSchemes, allowedHosts, isOwnHost: () => false, isBlocked: (url) => this.blocklist.has(url) };
  }

  /** Reads the file again if it is another one now. */
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
      this.logger.warn({ file: blocklistFile, badLines }, 'lines of the blocklist make no sense');
  }

  private versionOf(list: string): string {
    return createHash('sha256')
      .update(`${[...this.extraSchemes].sort().join(',')}\n${list}`)
      .digest('base64url');
  }
}
