import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { type GeoLookup, openGeo } from '../clicks/enrichment/geo.js';
import type { Settings } from '../platform/config/settings.js';
import { SETTINGS } from '../platform/config/settings.token.js';
import { LOGGER } from '../platform/logging/logger.js';

/** Opens the geo databases when the first link needs them, as they take memory and most installations never need them. */
@Injectable()
export class GeoService {
  private opening: Promise<GeoLookup | undefined> | undefined;

  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** Never throws. @returns `undefined` when the databases cannot be opened. Visits have no location then. */
  open(): Promise<GeoLookup | undefined> {
    this.opening ??= openGeo({
      cityDb: this.settings.geoCityDb,
      asnDb: this.settings.geoAsnDb,
      warn: (message) => this.logger.warn(message),
    }).catch((error: unknown) => {
      this.logger.error(
        { err: error },
        'geo databases cannot be opened; redirecting without the locations of visitors',
      );
      return undefined;
    });
    return this.opening;
  }
}
