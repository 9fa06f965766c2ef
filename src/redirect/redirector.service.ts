import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { DomainCache } from '../domains/domain-cache.service.js';
import type { ServedDomain } from '../domains/rules/served-domain.js';
import type { EdgeReply } from '../edge/edge-reply.js';
import type { EdgeRequest } from '../edge/edge-request.js';
import type { CompiledLink } from '../links/rules/compiled-link.js';
import { LinkCache } from '../links/cache/link-cache.service.js';
import type { Settings } from '../platform/config/settings.js';
import { SETTINGS } from '../platform/config/settings.token.js';
import { type IsTrustedProxy, trustedProxies } from '../platform/http/requests/client-address.js';
import { limitedLog, type LimitedLog } from '../platform/logging/limited-log.js';
import { outageLog } from '../platform/logging/outage-log.js';
import { isUnavailable } from '../platform/mongo/mongo-errors.js';
import { LOGGER } from '../platform/logging/logger.js';
import { isAppSlug } from './rules/app-path.js';
import { atItsOwnAddress, findDespiteSlip, findLink, type FoundLink } from './rules/find-link.js';
import { type DomainSource, LinkResponder } from './link-responder.service.js';
import { LinkRouter } from './link-router.service.js';
import { type LinkSearch, LinkSearches } from './link-search.js';
import { isPreviewBot } from './pages/preview-bots.js';
import { joinedQueries } from './rules/slug-slips.js';
import { Visit } from './visit.js';

const METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);

/** See LinkCache for what the methods promise. */
export type LinkSource = Pick<LinkCache, 'getCached' | 'find' | 'isLikely'>;

// src/redirect is the hot path: visit → known or looked-up link → LinkRouter (links with conditions) → LinkResponder, which
// records the click and answers. Start here, with `Redirector.handle`.

/**
 * Handles short links before Fastify and Nest's router see the request. A direct link in the memory of this process waits only
 * for the spool.
 */
@Injectable()
export class Redirector {
  private readonly isTrustedProxy: IsTrustedProxy;
  private readonly publicHostname: string;
  private readonly log: LimitedLog;
  private readonly searches: LinkSearches;

  constructor(
    @Inject(SETTINGS) settings: Settings,
    @Inject(LOGGER) private readonly logger: Logger,
    @Inject(LinkCache) private readonly links: LinkSource,
    @Inject(DomainCache) private readonly domains: DomainSource,
    private readonly router: LinkRouter,
    private readonly responder: LinkResponder,
  ) {
    this.isTrustedProxy = trustedProxies(settings.trustedProxies);
    this.publicHostname = new URL(settings.publicUrl).hostname;
    this.log = limitedLog(logger);
    this.searches = new LinkSearches(domains, links, settings.rateLimits.address);
  }

  /** @returns false when the request is not for a short link; nothing was done with it then. */
  handle(request: EdgeRequest, reply: EdgeReply): boolean {
    const visit = Visit.of(request, this.isTrustedProxy);
    if (visit === undefined || !METHODS.has(request.method)) return false;
    if (isAppSlug(visit.slug) && this.hasAppPages(visit.hostname)) return false;
    const link = this.links.getCached(visit.hostname, visit.slug);
    if (link?.isDirect) this.responder.redirectDirectly(link, visit, reply);
    else void this.answer(link, visit, reply);
    return true;
  }

  /** Whether `/app` has the pages for people here, or a redirect to them. Link domains keep their links under `/app`. */
  private hasAppPages(hostname: string): boolean {
    return hostname === this.publicHostname || this.domains.getCached(hostname) === undefined;
  }

  /** Answers visits that need more than a direct link from memory. */
  private async answer(known: CompiledLink | undefined, visit: Visit, reply: EdgeReply): Promise<void> {
    try {
      if (known !== undefined) await this.serve(atItsOwnAddress(known), visit, reply);
      else await this.lookUp(visit, reply);
    } catch (error) {
      if (isUnavailable(error)) outageLog(this.logger, 'MongoDB').noteFailure(error);
      else this.log.error({ err: error, slug: visit.slug }, 'a short link could not be looked up; answered 503');
      this.responder.refuseUnavailable(reply);
    }
  }

  /** @throws Error when a look-up needs MongoDB and it does not answer. */
  private async lookUp(visit: Visit, reply: EdgeReply): Promise<void> {
    const search = this.searches.begin(visit.ip);
    const found = await findLink(search.domains, search.links, visit.hostname, visit.slug);
    if (found === undefined) await this.handleUnknownSlug(visit, search, reply);
    else await this.serve(found, visit, reply);
  }

  private async serve(found: FoundLink, visit: Visit, reply: EdgeReply): Promise<void> {
    const { link, wildcardPath } = found;
    if (link.isDirect && wildcardPath === undefined) this.responder.redirectDirectly(link, visit, reply);
    else await this.routeWithConditions(found, visit, reply);
  }

  private async routeWithConditions(found: FoundLink, visit: Visit, reply: EdgeReply): Promise<void> {
    const { link } = found;
    const { options } = link;
    if (options?.preview && options.suspended === undefined && isPreviewBot(visit.userAgent)) {
      this.responder.serveLinkPreview(link, visit, reply);
      return;
    }
    const expiredUrl = this.domainAt(visit.hostname)?.expiredUrl ?? undefined;
    const decision = await this.router.route(link, visit, { expiredUrl });
    if (decision.kind === 'redirect') this.responder.redirectTo(found, decision, visit, reply);
    else this.responder.deny(decision.reason, link, visit, reply);
  }

  /** Tries `summer+` as the preview of `summer`, and `summer)` as a mistyped `summer`. */
  private async handleUnknownSlug(visit: Visit, search: LinkSearch, reply: EdgeReply): Promise<void> {
    const { slug, hostname } = visit;
    const { domains, links } = search;
    const domain = this.domainAt(hostname);
    if (domain === undefined) {
      this.responder.refuseUnknownHost(this.searches.isTooMany(search), reply);
      return;
    }
    const previewed = slug.endsWith('+') ? slug.slice(0, -1) : '';
    const found = previewed === '' ? undefined : await findLink(domains, links, hostname, previewed);
    if (found !== undefined) {
      this.responder.servePreviewPage(found.link, previewed, reply);
      return;
    }
    const meant = await findDespiteSlip(domains, links, hostname, visit.path);
    if (meant === undefined) {
      this.responder.refuseUnknownLink(domain, visit, this.searches.isTooMany(search), reply);
    } else if (meant.isPreview) {
      this.responder.servePreviewPage(meant.found.link, meant.slug, reply);
    } else {
      const rawQuery = joinedQueries(meant.query, visit.rawQuery);
      await this.serve(meant.found, visit.readAs({ ...meant, rawQuery }), reply);
    }
  }

  private domainAt(hostname: string): ServedDomain | undefined {
    const domain = this.domains.getCached(hostname);
    return domain === 'unknown-yet' ? undefined : domain;
  }
}
