import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { DeviceReader } from '../clicks/enrichment/device.js';
import { findCityOnce } from '../clicks/enrichment/geo.js';
import { type ClientDescription, DESCRIBE_CLIENT } from '../people/people.ports.js';
import type { Settings } from '../platform/config/settings.js';
import { SETTINGS } from '../platform/config/settings.token.js';
import { LOGGER } from '../platform/logging/logger.js';
import { Ports } from '../platform/ports/ports.service.js';

/** Describes the browsers that people sign in with, by the data that clicks are enriched with. */
@Injectable()
export class ClientDescriptions {
  private readonly devices = new DeviceReader();

  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    @Inject(LOGGER) private readonly logger: Logger,
    ports: Ports,
  ) {
    ports.provide(DESCRIBE_CLIENT, (ip, userAgent) => this.describe(ip, userAgent));
  }

  private async describe(ip: string, userAgent: string): Promise<ClientDescription> {
    const { browser, os } = this.devices.read(userAgent);
    const device = [browser ?? 'Unknown program', os].filter(Boolean).join(' on ');
    try {
      const { city, country } = await findCityOnce(ip, this.settings.geoCityDb);
      return { device, place: [city, country].filter(Boolean).join(', ') || null };
    } catch (error) {
      this.logger.warn({ err: error }, 'the place of a sign-in is not known: the database of cities cannot be read');
      return { device, place: null };
    }
  }
}
