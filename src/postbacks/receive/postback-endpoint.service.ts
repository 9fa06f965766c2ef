import type { IncomingHttpHeaders } from 'node:http';
import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import type { EdgeReply } from '../../edge/edge-reply.js';
import type { EdgeRequest } from '../../edge/edge-request.js';
import type { Network } from '../../networks/network.schema.js';
import { NetworkCache } from '../../networks/cache/network-cache.service.js';
import type { Settings } from '../../platform/config/settings.js';
import { SETTINGS } from '../../platform/config/settings.token.js';
import { EventLoopQueue } from '../../platform/concurrency/event-loop-queue.js';
import { clientAddress, type IsTrustedProxy, trustedProxies } from '../../platform/http/requests/client-address.js';
import { explainError } from '../../platform/http/problems/explain-error.js';
import { toProblem } from '../../platform/http/problems/problem.js';
import type { ReceivedBytes } from '../../platform/http/requests/read-bytes.js';
import { requestIdOf } from '../../platform/http/requests/request-id.js';
import { SECURITY_HEADERS } from '../../platform/http/security-headers.js';
import type { UnreadableRequest } from '../../platform/http/requests/unreadable-request.js';
import { LOGGER } from '../../platform/logging/logger.js';
import { Metrics } from '../../platform/metrics/metrics.js';
import { usualTarget } from '../process/incoming-postback.js';
import { type Answer, PostbackRequests } from './postback-requests.service.js';
import { MAX_BODY_BYTES } from '../rules/reading/body-text.js';
import { locateNetwork, type NetworkTarget, strayKey } from '../rules/reading/network-target.js';
import { queryOf } from '../rules/reading/query-of.js';

/** The fast path: nearly all postback URLs match this. */
const USUAL = /^\/postback\/([0-9A-Za-z]{24})(?:\?|$)/;
const ROUTES = { postback: '/postback/:key', pixel: '/pixel/:key' } as const;

/** A request that is addressed to a network, with its reply. */
interface Call {
  method: string;
  target: NetworkTarget;
  headers: IncomingHttpHeaders;
  remoteAddress: string;
  reply: EdgeReply;
  /** Absent for methods without a body. */
  body?: Promise<ReceivedBytes> | undefined;
}

/**
 * Answers all requests that are addressed to a network, before Fastify and Nest. Their hooks, router and interceptors take a
 * tenth of a postback's time (docs/performance.md), and would refuse requests that a network's log must have.
 * PixelController answers requests for pixel images.
 */
@Injectable()
export class PostbackEndpoint {
  private readonly isTrustedProxy: IsTrustedProxy;
  private readonly queue = new EventLoopQueue();

  constructor(
    @Inject(SETTINGS) settings: Settings,
    @Inject(LOGGER) private readonly logger: Logger,
    private readonly networks: NetworkCache,
    private readonly requests: PostbackRequests,
    private readonly metrics: Metrics,
  ) {
    this.isTrustedProxy = trustedProxies(settings.trustedProxies);
  }

  /** @returns false if the request is not addressed to a network; then it is left unchanged. */
  handle(request: EdgeRequest, reply: EdgeReply): boolean {
    const { method, url, remoteAddress } = request;
    const target = targetOf(url);
    if (target === undefined) return false;
    if (target.kind === 'pixel' && (method === 'GET' || method === 'HEAD')) return false;
    const begin = performance.now();
    const body = method === 'HEAD' ? undefined : request.readBody(MAX_BODY_BYTES);
    const call = { method, target, headers: request.headers, remoteAddress, reply, body };
    // Queued, so that answers of MongoDB to earlier postbacks are handled before new requests.
    this.queue.add(() => void this.answer(call, begin));
    return true;
  }

  /** Logs an invalid HTTP request that names a network. The edge answers it. */
  noteUnreadable({ method, target: sent, headers, remoteAddress, problem }: UnreadableRequest): void {
    const target = targetOf(sent);
    if (target === undefined) return;
    const call = { method, target, headers, remoteAddress };
    const arrival = this.arrivalOf(call);
    this.find(target, arrival.ip)
      .then((network) => network && this.requests.logUnreadable(network, arrival, problem))
      .catch((error: unknown) => this.logger.debug({ err: error }, 'unreadable postback not logged'));
  }

  private async answer(call: Call, begin: number): Promise<void> {
    const { method, headers, reply } = call;
    const route = ROUTES[call.target.kind];
    const requestId = requestIdOf({ headers });
    const answer = await this.take(call).catch((error: unknown) => this.toProblem(error, requestId));
    const always = { 'x-request-id': requestId, 'content-type': answer.type, ...SECURITY_HEADERS };
    reply.send(answer.status, { ...always, ...answer.headers }, answer.text);
    const ms = performance.now() - begin;
    this.metrics.httpDuration.observe({ method, route, status: answer.status }, ms / 1000);
    this.logger.debug({ requestId, method, route, status: answer.status, ms }, 'request');
  }

  /** @throws ProblemException and errors of MongoDB. */
  private async take(call: Call): Promise<Answer> {
    const arrival = this.arrivalOf(call);
    const network = await this.find(call.target, arrival.ip);
    if (network === undefined) return this.requests.unknown();
    return this.requests.answer(network, arrival, await call.body);
  }

  /** The addressed network. A pixel key is not valid in a postback URL. */
  private async find({ key, kind }: NetworkTarget, ip: string): Promise<Network | undefined> {
    const network = await this.networks.findByKey(key, ip);
    return kind === 'postback' && key === network?.pixelKey ? undefined : network;
  }

  private arrivalOf({ method, target, headers, remoteAddress }: Omit<Call, 'reply' | 'body'>) {
    const ip = clientAddress(remoteAddress, headers['x-forwarded-for'], this.isTrustedProxy);
    return { method, target, headers, ip };
  }

  private toProblem(error: unknown, requestId: string): Answer {
    const { code, detail, errors, headers } = explainError(error, requestId, this.logger);
    const problem = toProblem(code, detail, requestId, errors);
    const type = 'application/problem+json; charset=utf-8';
    return { status: problem.status, type, text: JSON.stringify(problem), headers };
  }
}

function targetOf(url: string): NetworkTarget | undefined {
  const key = USUAL.exec(url)?.[1];
  if (key !== undefined) return usualTarget('postback', key, queryOf(url));
  return locateNetwork(url) ?? strayTarget(url);
}

/** The target of a request with its key in an unexpected place: it is logged, and its parameters are not read. */
function strayTarget(url: string): NetworkTarget | undefined {
  const key = strayKey(url);
  if (key === undefined) return undefined;
  const kind = /^\/pixel/i.test(url) ? 'pixel' : 'postback';
  return { ...usualTarget(kind, key, queryOf(url)), isStray: true };
}
