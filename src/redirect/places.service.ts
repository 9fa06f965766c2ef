import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { type GeoLookup, openGeo } from '../clicks/enrichment/geo.js';
import type { Settings } from '../platform/config/settings.js';
import { SETTINGS } from '../platform/config/settings.token.js';
import { LOGGER } from '../platform/logging/logger.js';

/** The databases of addresses, opened when the first link asks for them: they take memory, and most installs' links do not. */
@Injectable()
export class Places {
  private opening: Promise<GeoLookup | undefined> | undefined;

  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** `undefined` when they can not be opened: then nobody's place is known. Never throws. */
  open(): Promise<GeoLookup | undefined> {
    this.opening ??= openGeo({
      cityDb: this.settings.geoCityDb,
      asnDb: this.settings.geoAsnDb,
      warn: (message) => this.logger.warn(message),
    }).catch((error: unknown) => {
      this.logger.error({ err: error }, 'visitors’ places are not known: the databases of addresses can not be opened');
      return undefined;
    });
    return this.opening;
  }
}
