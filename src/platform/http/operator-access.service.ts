import { isIP } from 'node:net';
import { Inject, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Settings } from '../config/settings.js';
import { SETTINGS } from '../config/settings.token.js';
import { forbiddenRange } from '../net/public-address.js';
import { isSameText } from '../text/same-text.js';
import { type IsTrustedProxy, trustedProxies } from './requests/client-address.js';
import { isForwarded } from './requests/forwarding-headers.js';

// HTTP of the API: requests/ reads addresses, hosts and first lines; bodies/ parses bodies; validation/ checks input;
// problems/ has all error answers; openapi/ the description. Start with problems/problem.ts and bodies/body-parser.ts.

/** Ranges that the internet does not route. */
const PRIVATE_RANGES: ReadonlySet<string> = new Set(['loopback', 'private', 'link_local', 'carrier_nat']);

/**
 * Recognises requests of the operator by their socket, because headers can be forged: the request must come directly
 * from a private address, without a proxy.
 */
@Injectable()
export class OperatorAccess {
  private readonly isProxy: IsTrustedProxy;
  private readonly publicHost: string;
  private readonly metricsToken: string | undefined;

  constructor(@Inject(SETTINGS) settings: Settings) {
    this.isProxy = trustedProxies(settings.trustedProxies);
    this.publicHost = new URL(settings.publicUrl).hostname;
    this.metricsToken = settings.metricsToken;
  }

  /** Whether the request comes directly from this machine or its private network. */
  isOperator({ raw, headers }: FastifyRequest): boolean {
    if (isForwarded(headers)) return false;
    const address = raw.socket.remoteAddress ?? '';
    return isPrivate(address) || this.isProxy(address);
  }

  /** Whether the metrics may be read: by the operator, and with `METRICS_TOKEN` from anywhere. */
  mayReadMetrics(request: FastifyRequest): boolean {
    const [, token] = /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? '') ?? [];
    if (this.metricsToken !== undefined && token !== undefined && isSameText(token, this.metricsToken)) return true;
    return this.isOperator(request);
  }

  /** Whether the request names PUBLIC_URL's host, or an address: a link domain serves nothing but links. */
  isOnOwnHost({ headers }: FastifyRequest): boolean {
    const host = (headers.host ?? '').toLowerCase().replace(/:\d*$/, '');
    return host === this.publicHost || isIP(host.replace(/^\[(.*)\]$/, '$1')) !== 0;
  }
}

function isPrivate(address: string): boolean {
  return PRIVATE_RANGES.has(forbiddenRange(address) ?? '');
}
