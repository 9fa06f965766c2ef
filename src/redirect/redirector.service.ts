import { Inject, Injectable } from '@nestjs/common';
import { isbot } from 'isbot';
import type { Logger } from 'pino';
import { ClickIdService } from '../clicks/click-id.service.js';
import { parseClickQuery } from '../clicks/click-query.js';
import { ClickRecorder } from '../clicks/click-recorder.service.js';
import { type ClickKind, encodeClick } from '../clicks/spooled-click.js';
import type { CompiledLink } from '../links/compiled-link.js';
import { buildDestination } from '../links/destination/destination.js';
import { LinkCache } from '../links/link-cache.service.js';
import { ClickLimits } from '../links/click-limits.service.js';
import { slugOfPath } from '../links/slug.js';
import type { Settings } from '../platform/config/settings.js';
import { SETTINGS } from '../platform/config/settings.token.js';
import { clientAddress, type IsTrustedProxy, trustedProxies } from '../platform/http/client-address.js';
import { LOGGER } from '../platform/logging/logger.js';
import { Metrics } from '../platform/metrics/metrics.js';
import { macroValue } from './macro-values.js';
import type { Reply, ShortLinkRequest } from './short-link-request.js';

const RETRY_AFTER_SECONDS = 1;

/** Who knows links. See LinkCache for what the methods promise. */
export type LinkSource = Pick<LinkCache, 'peek' | 'find'>;
export type LimitSource = Pick<ClickLimits, 'use' | 'hasLeft'>;
export type Minter = Pick<ClickIdService, 'mint'>;

/**
 * Answers short links before Fastify's and Nest's routers see the request. For a link that this process knows, nothing is
 * waited for but the spool.
 */
@Injectable()
export class Redirector {
  private readonly isTrustedProxy: IsTrustedProxy;
  private readonly outcomes;

  constructor(
    @Inject(SETTINGS) settings: Settings,
    @Inject(LOGGER) private readonly logger: Logger,
    @Inject(LinkCache) private readonly links: LinkSource,
    @Inject(ClickLimits) private readonly limits: LimitSource,
    @Inject(ClickIdService) private readonly clickIds: Minter,
    private readonly recorder: ClickRecorder,
    metrics: Metrics,
  ) {
    this.isTrustedProxy = trustedProxies(settings.trustedProxies);
    // Looked up once: a label costs more than counting.
    this.outcomes = {
      redirected: metrics.redirects.labels('redirected'),
      notFound: metrics.redirects.labels('not_found'),
      usedUp: metrics.redirects.labels('used_up'),
      unavailable: metrics.redirects.labels('unavailable'),
    };
  }

  /** @returns false when the request is none of ours: then nothing was done with it. */
  handle(request: ShortLinkRequest, reply: Reply): boolean {
    const { url } = request;
    const questionMark = url.indexOf('?');
    const slug = slugOfPath(questionMark < 0 ? url : url.slice(0, questionMark));
    if (slug === undefined) return false;
    const rawQuery = questionMark < 0 ? '' : url.slice(questionMark + 1);
    const hostname = hostnameOf(request.host);
    const link = this.links.peek(hostname, slug);
    if (link === undefined) void this.lookUp(hostname, slug, rawQuery, request, reply);
    else if (link.hasLimit) void this.redirectWithinLimit(link, rawQuery, request, reply);
    else this.redirect(link, rawQuery, request, reply);
    return true;
  }

  private async lookUp(
    hostname: string,
    slug: string,
    rawQuery: string,
    request: ShortLinkRequest,
    reply: Reply,
  ): Promise<void> {
    let link: CompiledLink | undefined;
    try {
      link = await this.links.find(hostname, slug);
    } catch (error) {
      this.unavailable(error, slug, reply);
      return;
    }
    if (link === undefined) {
      reply.plain(404, 'There is no such link.');
      this.outcomes.notFound.inc();
    } else if (link.hasLimit) {
      await this.redirectWithinLimit(link, rawQuery, request, reply);
    } else {
      this.redirect(link, rawQuery, request, reply);
    }
  }

  /** Bots, `HEAD` and prefetches are led on while there are clicks left, and use up none. */
  private async redirectWithinLimit(
    link: CompiledLink,
    rawQuery: string,
    request: ShortLinkRequest,
    reply: Reply,
  ): Promise<void> {
    const { userAgent } = request;
    const isPerson = kindOf(request) === 'visit' && userAgent !== '' && !isbot(userAgent);
    let isAdmitted: boolean;
    try {
      isAdmitted = isPerson ? await this.limits.use(link) : await this.limits.hasLeft(link);
    } catch (error) {
      this.unavailable(error, link.link.slug, reply);
      return;
    }
    if (isAdmitted) {
      this.redirect(link, rawQuery, request, reply);
      return;
    }
    reply.plain(410, 'This link has been used as often as it may be.');
    this.outcomes.usedUp.inc();
  }

  private redirect(link: CompiledLink, rawQuery: string, request: ShortLinkRequest, reply: Reply): void {
    const at = Date.now();
    const clickId = this.clickIds.mint(link.link.number, at);
    const ip = clientAddress(request.remoteAddress, request.forwardedFor, this.isTrustedProxy);
    const location =
      rawQuery === '' && link.parts !== undefined
        ? aroundClickId(link.parts, clickId)
        : this.personalDestination(link, { rawQuery, request, clickId, at, ip });
    const click = encodeClick(clickId, link.owner, kindOf(request), ip, request, rawQuery);
    try {
      this.recorder.record(click, () => reply.redirect(link.link.redirectStatus, location));
    } catch (error) {
      this.logger.error({ err: error }, 'a click could not be recorded'); // who clicked must not pay for it
      reply.redirect(link.link.redirectStatus, location);
    }
    this.outcomes.redirected.inc();
  }

  private personalDestination(
    link: CompiledLink,
    click: { rawQuery: string; request: ShortLinkRequest; clickId: string; at: number; ip: string },
  ): string {
    const query = parseClickQuery(click.rawQuery);
    const context = { ...click, query, link: link.link };
    return buildDestination(link.destination, {
      clickId: click.clickId,
      query,
      valueOf: (macro) => macroValue(macro, context),
    });
  }

  private unavailable(error: unknown, slug: string, reply: Reply): void {
    this.logger.error({ err: error, slug }, 'a short link could not be looked up');
    const text = 'This link can not be looked up at the moment. Please try again in a few seconds.';
    reply.plain(503, text, RETRY_AFTER_SECONDS);
    this.outcomes.unavailable.inc();
  }
}

/** Nearly always two parts: most links have one place for the click id. */
function aroundClickId(parts: readonly string[], clickId: string): string {
  return parts.length === 2 ? `${parts[0]}${clickId}${parts[1]}` : parts.join(clickId);
}

/** `Go.Brand.com:443` → `go.brand.com` */
function hostnameOf(host: string): string {
  const end = host.startsWith('[') ? host.indexOf(']') + 1 : host.indexOf(':');
  const name = end > 0 ? host.slice(0, end) : host;
  return (name.endsWith('.') ? name.slice(0, -1) : name).toLowerCase();
}

/** Browsers mark a prefetch by Sec-Purpose; older ones by Purpose or X-Moz (MDN, "Sec-Purpose"). */
function kindOf({ isHead, purpose }: ShortLinkRequest): ClickKind {
  if (isHead) return 'head';
  return purpose !== undefined && /^(prefetch|prerender|preview)/i.test(purpose) ? 'prefetch' : 'visit';
}
