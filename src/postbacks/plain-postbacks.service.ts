import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { NetworkDirectory } from '../networks/network-directory.service.js';
import type { Settings } from '../platform/config/settings.js';
import { SETTINGS } from '../platform/config/settings.token.js';
import { OneATurn } from '../platform/concurrency/one-a-turn.js';
import { clientAddress, type IsTrustedProxy, trustedProxies } from '../platform/http/client-address.js';
import { explainError } from '../platform/http/explain-error.js';
import type { PlainReply, PlainRequest } from '../platform/http/plain-request.js';
import { toProblem } from '../platform/http/problem.js';
import { requestIdOf } from '../platform/http/request-id.js';
import { SECURITY_HEADERS } from '../platform/http/security-headers.js';
import { LOGGER } from '../platform/logging/logger.js';
import { Metrics } from '../platform/metrics/metrics.js';
import { answerTo, unknownKey } from './postback-answer.js';
import { PostbackIntake } from './postback-intake.service.js';
import { queryOf } from './reading/query-of.js';

/** What all keys look like. Other paths are the router's. */
const PLAIN = /^\/postback\/([0-9A-Za-z]{24})(?:\?|$)/;
const ROUTE = '/postback/:key';
const TEXT = 'text/plain; charset=utf-8';
const JSON_TYPE = 'application/json; charset=utf-8';

/** An answer that is ready to be sent. */
interface Ready {
  status: number;
  type: string;
  text: string;
  headers?: Readonly<Record<string, string>>;
}

/**
 * Answers postbacks that come by a plain GET, as nearly all do, before Fastify and Nest see the request: their hooks, router
 * and interceptors cost a tenth of what a postback does (docs/performance.md). All others are PostbackController's; both
 * answer the same.
 */
@Injectable()
export class PlainPostbacks {
  private readonly isTrustedProxy: IsTrustedProxy;
  private readonly turns = new OneATurn();

  constructor(
    @Inject(SETTINGS) settings: Settings,
    @Inject(LOGGER) private readonly logger: Logger,
    private readonly networks: NetworkDirectory,
    private readonly intake: PostbackIntake,
    private readonly metrics: Metrics,
  ) {
    this.isTrustedProxy = trustedProxies(settings.trustedProxies);
  }

  /** @returns false when it is no plain postback: then nothing was done with it. */
  handle(request: PlainRequest, reply: PlainReply): boolean {
    const key = PLAIN.exec(request.url)?.[1];
    if (key === undefined) return false;
    const begin = performance.now();
    // Those whose commit is under way wait for MongoDB's answers, which must not wait for all that has just come.
    this.turns.add(() => void this.answer(key, request, reply, begin));
    return true;
  }

  private async answer(key: string, request: PlainRequest, reply: PlainReply, begin: number): Promise<void> {
    const requestId = requestIdOf(request);
    const { status, type, text, headers } = await this.take(key, request).catch((error: unknown) => {
      return this.toProblem(error, requestId);
    });
    reply.send(status, { 'x-request-id': requestId, 'content-type': type, ...SECURITY_HEADERS, ...headers }, text);
    const ms = performance.now() - begin;
    this.metrics.httpDuration.observe({ method: 'GET', route: ROUTE, status }, ms / 1000);
    this.logger.debug({ requestId, method: 'GET', route: ROUTE, status, ms }, 'request');
  }

  /** @throws ProblemException and what MongoDB throws. */
  private async take(key: string, { url, headers, remoteAddress }: PlainRequest): Promise<Ready> {
    const network = await this.networks.findByKey(key);
    if (!network || key === network.pixelKey) throw unknownKey();
    const outcome = await this.intake.take(network, {
      method: 'GET',
      query: queryOf(url),
      body: '',
      contentType: headers['content-type'] ?? '',
      headers,
      ip: clientAddress(remoteAddress, headers['x-forwarded-for'], this.isTrustedProxy),
    });
    const { status, body } = answerTo(network, outcome);
    return typeof body === 'string'
      ? { status, type: TEXT, text: body }
      : { status, type: JSON_TYPE, text: JSON.stringify(body) };
  }

  private toProblem(error: unknown, requestId: string): Ready {
    const { code, detail, errors, headers } = explainError(error, requestId, this.logger);
    const problem = toProblem(code, detail, requestId, errors);
    return {
      status: problem.status,
      type: 'application/problem+json; charset=utf-8',
      text: JSON.stringify(problem),
      headers,
    };
  }
}
