import type { IncomingMessage, ServerResponse } from 'node:http';
import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { ClickIdService } from '../clicks/click-id.service.js';
import { parseClickQuery } from '../clicks/click-query.js';
import { ClickRecorder } from '../clicks/click-recorder.service.js';
import type { SpooledClick } from '../clicks/spooled-click.js';
import type { CompiledLink } from '../links/compiled-link.js';
import { LinkCache } from '../links/link-cache.service.js';
import { slugOfPath } from '../links/slug.js';
import { buildDestination } from '../links/destination/destination.js';
import type { Settings } from '../platform/config/settings.js';
import { SETTINGS } from '../platform/config/settings.token.js';
import { clientAddress, type IsTrustedProxy, trustedProxies } from '../platform/http/client-address.js';
import { LOGGER } from '../platform/logging/logger.js';
import { Metrics } from '../platform/metrics/metrics.js';
import { macroValue } from './macro-values.js';

// A click keeps at most this much of a header; what is longer than this is no browser's.
const MAX_HEADER = 1_024;
const RETRY_AFTER_SECONDS = '5';

/**
 * Answers short links straight from the node:http listener, before Fastify's and Nest's routers see the request, which
 * saves most of what a redirect would cost there. What is no short link is left to them.
 */
@Injectable()
export class RedirectHandler {
  private readonly isTrustedProxy: IsTrustedProxy;

  constructor(
    @Inject(SETTINGS) settings: Settings,
    @Inject(LOGGER) private readonly logger: Logger,
    private readonly links: LinkCache,
    private readonly clickIds: ClickIdService,
    private readonly recorder: ClickRecorder,
    private readonly metrics: Metrics,
  ) {
    this.isTrustedProxy = trustedProxies(settings.trustedProxies);
  }

  /** @returns false when the request is none of ours: then nothing was done with it. */
  handle(request: IncomingMessage, response: ServerResponse): boolean {
    if (request.method !== 'GET' && request.method !== 'HEAD') return false;
    const url = request.url ?? '/';
    const questionMark = url.indexOf('?');
    const slug = slugOfPath(questionMark < 0 ? url : url.slice(0, questionMark));
    if (slug === undefined) return false;
    const rawQuery = questionMark < 0 ? '' : url.slice(questionMark + 1);
    void this.answer(request, response, slug, rawQuery);
    return true;
  }

  private async answer(
    request: IncomingMessage,
    response: ServerResponse,
    slug: string,
    rawQuery: string,
  ): Promise<void> {
    try {
      const hostname = hostnameOf(request.headers.host);
      const link = this.links.peek(hostname, slug) ?? (await this.links.find(hostname, slug));
      if (link === undefined) this.notFound(response);
      else await this.redirect(request, response, link, rawQuery);
    } catch (error) {
      this.logger.error({ err: error, slug }, 'a short link could not be looked up');
      this.unavailable(response);
    }
  }

  private async redirect(
    request: IncomingMessage,
    response: ServerResponse,
    link: CompiledLink,
    rawQuery: string,
  ): Promise<void> {
    const { headers } = request;
    const at = Date.now();
    const clickId = this.clickIds.mint(link.number, at);
    const query = parseClickQuery(rawQuery);
    const click: SpooledClick = {
      id: clickId,
      workspaceId: link.workspaceId,
      linkId: link.linkId,
      at,
      ip: clientAddress(request.socket.remoteAddress, headers['x-forwarded-for'], this.isTrustedProxy),
      userAgent: (headers['user-agent'] ?? '').slice(0, MAX_HEADER),
      language: (headers['accept-language'] ?? '').slice(0, MAX_HEADER),
      referrer: (headers.referer ?? '').slice(0, MAX_HEADER),
      query,
      kind: kindOf(request),
    };
    const context = {
      link,
      clickId,
      query,
      at,
      ip: click.ip,
      userAgent: click.userAgent,
      acceptLanguage: click.language,
      referrer: click.referrer,
    };
    const location = buildDestination(link.destination, {
      clickId,
      query,
      valueOf: (macro) => macroValue(macro, context),
    });
    await this.record(click);
    response
      .writeHead(link.redirectStatus, { location, 'cache-control': 'private, no-store', 'content-length': 0 })
      .end();
    this.metrics.redirects.inc({ outcome: 'redirected' });
  }

  /** The person who clicked must not pay for a full disk: the redirect goes on, and the lost click is counted. */
  private async record(click: SpooledClick): Promise<void> {
    try {
      await this.recorder.record(click);
    } catch (error) {
      this.metrics.clicksDropped.inc();
      this.logger.error({ err: error }, 'a click could not be written to the spool and is lost');
    }
  }

  private notFound(response: ServerResponse): void {
    plain(response, 404, 'There is no such link.');
    this.metrics.redirects.inc({ outcome: 'not_found' });
  }

  private unavailable(response: ServerResponse): void {
    if (response.headersSent) return;
    response.setHeader('retry-after', RETRY_AFTER_SECONDS);
    plain(response, 503, 'This link can not be looked up at the moment. Please try again in a few seconds.');
    this.metrics.redirects.inc({ outcome: 'unavailable' });
  }
}

function plain(response: ServerResponse, status: number, text: string): void {
  const body = `${text}\n`;
  response
    .writeHead(status, {
      'content-type': 'text/plain; charset=utf-8',
      'content-length': Buffer.byteLength(body),
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    })
    .end(response.req.method === 'HEAD' ? undefined : body);
}

/** `Go.Brand.com:443` → `go.brand.com` */
function hostnameOf(host = ''): string {
  const end = host.startsWith('[') ? host.indexOf(']') + 1 : host.indexOf(':');
  const name = end > 0 ? host.slice(0, end) : host;
  return (name.endsWith('.') ? name.slice(0, -1) : name).toLowerCase();
}

/** Browsers mark a prefetch by Sec-Purpose; older ones by Purpose or X-Moz (MDN, "Sec-Purpose"). */
function kindOf({ method, headers }: IncomingMessage): SpooledClick['kind'] {
  if (method === 'HEAD') return 'head';
  const purpose = headers['sec-purpose'] ?? headers['purpose'] ?? headers['x-moz'] ?? headers['x-purpose'];
  return typeof purpose === 'string' && /^(prefetch|prerender|preview)/i.test(purpose) ? 'prefetch' : 'visit';
}
