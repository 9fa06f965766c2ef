import { Injectable } from '@nestjs/common';
import type { Network } from '../../networks/network.schema.js';
import { ProblemException } from '../../platform/http/problems/problem.js';
import { TokenBuckets } from '../../platform/rate-limit/token-buckets.js';
import { PostbackMetrics } from '../postback-metrics.service.js';
import type { ParametersReading } from '../rules/reading/parameters.js';
import { isInList } from './allow-list.js';
import { checkSignature, type SignedMessage } from './signature.js';
import { tokenProblem } from './token.js';

/** The parts of a request that decide whether it is admitted. */
export interface GatedRequest {
  ip: string;
  /** Called only where the network's security depends on them. */
  parameters: () => ParametersReading;
}

/** `signed` identifies the message, if the network signs. */
export type GateFinding = { ok: true; signed?: SignedMessage } | { ok: false; hint: string };

/** Admits requests to a network by their rate, address, token and signature. */
@Injectable()
export class PostbackGate {
  private readonly rates = new TokenBuckets();

  constructor(private readonly metrics: PostbackMetrics) {}

  /**
   * Called before anything is read or looked up, because a flood must cost almost nothing.
   * @throws ProblemException 429 if the network exceeds its rate.
   */
  admit({ _id, security }: Pick<Network, '_id' | 'security'>): void {
    const admission = this.rates.take(_id, security.ratePerMinute, performance.now());
    if (admission.ok) return;
    this.metrics.postbacksLimited.inc();
    throw new ProblemException(
      'too_many_requests',
      `This network may send at most ${security.ratePerMinute} postbacks a minute: try again later.`,
      undefined,
      { 'retry-after': String(admission.retryAfterSeconds) },
    );
  }

  /** Checks address, token and signature by the network's security settings. The hint never contains a secret. */
  check(
    { security }: Pick<Network, 'security'>,
    { ip, parameters: read }: GatedRequest,
    receivedAt: Date,
  ): GateFinding {
    const { ips, token, hmac } = security;
    const reading = token || hmac ? read() : undefined;
    const parameters = reading?.ok ? reading.parameters : [];
    const hint =
      (ips.length > 0 && !isInList(ip, ips) ? notInList(ip) : undefined) ??
      (token ? tokenProblem(parameters, token) : undefined);
    if (hint !== undefined) return { ok: false, hint };
    return hmac ? checkSignature(reading?.ok ? reading.sent : [], hmac, receivedAt) : { ok: true };
  }
}

function notInList(ip: string): string {
  return `The address ${ip} is not in this network's list of addresses. If that is the address of your own proxy, add it to TRUSTED_PROXIES.`;
}
