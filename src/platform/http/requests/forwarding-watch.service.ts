import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import type { Logger } from 'pino';
import type { Settings } from '../../config/settings.js';
import { SETTINGS } from '../../config/settings.token.js';
import { LOGGER } from '../../logging/logger.js';
import { ignoredForwarding, type IgnoredForwarding } from './client-address.js';

/** Warns once that `X-Forwarded-For` is ignored: behind a proxy that no setting names, all visitors have its address. */
@Injectable()
export class ForwardingWatch implements OnModuleInit {
  private readonly ignored: IgnoredForwarding;

  constructor(
    @Inject(SETTINGS) settings: Settings,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    this.ignored = ignoredForwarding(settings.trustedProxies);
  }

  onModuleInit(): void {
    this.ignored.onFirst = (address) => this.logger.warn({ address }, warningOf(address));
  }

  /** Warnings for the health endpoint. */
  warnings(): string[] {
    return this.ignored.address === undefined ? [] : [warningOf(this.ignored.address)];
  }
}

function warningOf(address: string): string {
  return `X-Forwarded-For from ${address} is ignored. If that is a proxy of yours, name it in TRUSTED_PROXIES; until then it is taken for the visitor.`;
}
