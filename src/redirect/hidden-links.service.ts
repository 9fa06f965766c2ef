import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import type { Logger } from 'pino';
import { LinkReadModel } from '../links/link.read-model.js';
import type { Settings } from '../platform/config/settings.js';
import { SETTINGS } from '../platform/config/settings.token.js';
import { LOGGER } from '../platform/logging/logger.js';

/** Links to name in the log, at most. */
const MAX_NAMED = 5;

/** Warns at the start about links that the pages under `/app` hide. Such links are older than the pages. */
@Injectable()
export class HiddenLinks implements OnApplicationBootstrap {
  private readonly hostname: string;

  constructor(
    private readonly links: LinkReadModel,
    @Inject(SETTINGS) settings: Settings,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    this.hostname = new URL(settings.publicUrl).hostname;
  }

  /** Requests do not wait for the check. */
  onApplicationBootstrap(): void {
    void this.warn().catch((error: unknown) => {
      this.logger.debug({ err: error }, 'links under /app could not be searched; the next start does it again');
    });
  }

  private async warn(): Promise<void> {
    const slugs = (await this.links.slugsUnder(this.hostname, 'app', MAX_NAMED)).toSorted();
    if (slugs.length === 0) return;
    this.logger.warn(
      { hostname: this.hostname, slugs },
      'links under /app do not redirect on the host of PUBLIC_URL, which has the pages for people there; give them other slugs, or another domain',
    );
  }
}
