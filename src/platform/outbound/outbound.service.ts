import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { Settings } from '../config/settings.js';
import { SETTINGS } from '../config/settings.token.js';
import { OutboundClient } from './outbound-client.js';

/** The application's only client for outgoing requests, configured by the operator's settings. */
@Injectable()
export class Outbound extends OutboundClient implements OnApplicationShutdown {
  constructor(@Inject(SETTINGS) { outboundAllow, dnsServers }: Settings) {
    super({ allow: outboundAllow, dnsServers });
  }

  async onApplicationShutdown(): Promise<void> {
    await this.close();
  }
}
