import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { ClickIdService } from '../clicks/click-id.service.js';
import { ClickRecorder } from '../clicks/click-recorder.service.js';
import { encodeClick, encodeMarks } from '../clicks/spooled-click.js';
import type { CompiledLink } from '../links/compiled-link.js';
import { DomainDirectory } from '../domains/domain-directory.service.js';
import { hostnameOf } from '../domains/hostname.js';
import { OrphanHits } from '../domains/orphans/orphan-hits.service.js';
import { robotsTag, type ServedDomain } from '../domains/served-domain.js';
import { LinkCache } from '../links/link-cache.service.js';
import type { ReferrerPolicy } from '../links/link.schema.js';
import { slugOfPath } from '../links/slug.js';
import type { Settings } from '../platform/config/settings.js';
import { SETTINGS } from '../platform/config/settings.token.js';
import { clientAddress, type IsTrustedProxy, trustedProxies } from '../platform/http/client-address.js';
import { limitedLog, type LimitedLog } from '../platform/logging/limited-log.js';
import { LOGGER } from '../platform/logging/logger.js';
import { Metrics } from '../platform/metrics/metrics.js';
import { readableText } from '../platform/urls/percent-text.js';
import { type Decision, Guide, type Visitor } from './guide.service.js';
import { atItsOwnAddress, findDespiteSlip, findLink, type FoundLink } from './find-link.js';
import { fillIn } from './fill-in.js';
import { type LinkSearch, LinkSearches } from './link-search.js';
import { memoryCookie } from './memory-cookie.js';
import { isPreviewBot } from './pages/preview-bots.js';
import {
  cardAnswer,
  frameAnswer,
  notFoundAnswer,
  type PageAnswer,
  previewAnswer,
  stopAnswer,
  tooLongAnswer,
} from './pages/visitor-pages.js';
import { redirectHeaders, statusFor } from './redirect-headers.js';
import { kindOf } from './request-kind.js';
import type { Reply, ShortLinkRequest } from './short-link-request.js';
import { joinedQueries } from './slug-slips.js';

const RETRY_AFTER_SECONDS = 1;
const GUESSES_RETRY_SECONDS = 60;
const TOO_MANY_GUESSES = 'Too many unknown links were asked for from your address.';

/** Who knows links. See LinkCache for what the methods promise. */
export type LinkSource = Pick<LinkCache, 'peek' | 'find' | 'isLikely'>;
export type DomainSource = Pick<DomainDirectory, 'peek' | 'find'>;
export type Minter = Pick<ClickIdService, 'mint'>;

/** A short-link request, taken apart. */
interface Call {
  hostname: string;
  /** As sent, without the query. */
  path: string;
  /** Decoded; see percent-text.ts. */
  slug: string;
  /** The `/` that the path ends with and the slug does not. */
  slash: '/' | '';
  rawQuery: string;
  request: ShortLinkRequest;
  reply: Reply;
}

/**
 * Answers short links before Fastify's and Nest's routers see the request. For a plain link that this process knows, nothing is
 * waited for but the spool.
 */
@Injectable()
export class Redirector {
  private readonly isTrustedProxy: IsTrustedProxy;
  private readonly publicUrl: string;
  private readonly log: LimitedLog;
  private readonly searches: LinkSearches;
  private readonly outcomes;

  constructor(
    @Inject(SETTINGS) settings: Settings,
    @Inject(LOGGER) logger: Logger,
    @Inject(LinkCache) private readonly links: LinkSource,
    @Inject(DomainDirectory) private readonly domains: DomainSource,
    @Inject(OrphanHits) private readonly orphans: Pick<OrphanHits, 'count'>,
    private readonly guide: Guide,
    @Inject(ClickIdService) private readonly clickIds: Minter,
    private readonly recorder: ClickRecorder,
    metrics: Metrics,
  ) {
    this.isTrustedProxy = trustedProxies(settings.trustedProxies);
    this.publicUrl = settings.publicUrl;
    this.log = limitedLog(logger);
    this.searches = new LinkSearches(domains, links, settings.rateLimits.address);
    // Looked up once: a label costs more than counting.
    this.outcomes = {
      redirected: metrics.redirects.labels('redirected'),
      not_found: metrics.redirects.labels('not_found'),
      unavailable: metrics.redirects.labels('unavailable'),
      used_up: metrics.redirects.labels('used_up'),
      not_begun: metrics.redirects.labels('not_begun'),
      expired: metrics.redirects.labels('expired'),
      suspended: metrics.redirects.labels('suspended'),
      locked: metrics.redirects.labels('locked'),
      too_long: metrics.redirects.labels('too_long'),
    };
  }

  /** @returns false when the request is none of ours: then nothing was done with it. */
  handle(request: ShortLinkRequest, reply: Reply): boolean {
    const { url } = request;
    const questionMark = url.indexOf('?');
    const path = questionMark < 0 ? url : url.slice(0, questionMark);
    const slug = slugOfPath(path);
    if (slug === undefined) return false;
    const rawQuery = questionMark < 0 ? '' : url.slice(questionMark + 1);
    const hostname = hostnameOf(request.host);
    const link = this.links.peek(hostname, slug);
    if (link?.isDirect) this.redirect(link, rawQuery, request, reply);
    else
      void this.answer(link, { hostname, path, slug, slash: path.endsWith('/') ? '/' : '', rawQuery, request, reply });
    return true;
  }

  /** Whatever takes more than a look into memory. */
  private async answer(known: CompiledLink | undefined, call: Call): Promise<void> {
    const { reply, slug } = call;
    try {
      if (known !== undefined) {
        await this.follow(atItsOwnAddress(known), call);
        return;
      }
      const search = this.searches.begin(this.addressOf(call.request));
      const found = await this.find(call, search);
      if (found === undefined) await this.withoutLink(call, search);
      else await this.follow(found, call);
    } catch (error) {
      this.log.error({ err: error, slug }, 'a short link could not be looked up');
      const text = 'This link can not be looked up at the moment. Please try again in a few seconds.';
      reply.plain(503, text, RETRY_AFTER_SECONDS);
      this.outcomes.unavailable.inc();
    }
  }

  /** @throws Error when MongoDB would have to be asked and does not answer. */
  private find({ hostname, slug }: Pick<Call, 'hostname' | 'slug'>, { domains, links }: LinkSearch) {
    return findLink(domains, links, hostname, slug);
  }

  private async follow(found: FoundLink, call: Call): Promise<void> {
    if (found.link.isDirect && found.rest === undefined) {
      this.redirect(found.link, call.rawQuery, call.request, call.reply);
    } else {
      await this.guided(found, call);
    }
  }

  private async guided(found: FoundLink, call: Call): Promise<void> {
    const { link } = found;
    const visitor = this.visitorOf(call);
    const { options } = link;
    if (options?.preview && options.suspended === undefined && isPreviewBot(visitor.userAgent)) {
      this.showCard(link, visitor, call);
      return;
    }
    const expiredUrl = this.domainAt(call.hostname)?.expiredUrl ?? undefined;
    const decision = await this.guide.decide(link, visitor, { expiredUrl });
    if (decision.kind === 'go') this.leadOn(found, decision, visitor, call);
    else this.stop(decision, link, call);
  }

  private stop({ stop }: Extract<Decision, { kind: 'stop' }>, link: CompiledLink, call: Call): void {
    this.outcomes[stop].inc();
    send(call.reply, stopAnswer(stop, link, call));
  }

  /** `summer+` shows where `summer` leads, unless it is a link itself, and `summer)` is `summer`. */
  private async withoutLink(call: Call, search: LinkSearch): Promise<void> {
    const { slug, reply, hostname } = call;
    const domain = this.domainAt(call.hostname);
    if (domain === undefined) {
      this.refuseHost(reply, search);
      return;
    }
    const shown = slug.endsWith('+') ? slug.slice(0, -1) : '';
    const found = shown === '' ? undefined : await this.find({ hostname, slug: shown }, search);
    if (found !== undefined) {
      this.showPreview(found, shown, reply);
      return;
    }
    const meant = await findDespiteSlip(search.domains, search.links, hostname, call.path);
    if (meant?.isPreview) this.showPreview(meant.found, meant.slug, reply);
    else if (meant !== undefined)
      await this.follow(meant.found, { ...call, ...meant, rawQuery: joinedQueries(meant.query, call.rawQuery) });
    else this.refuse(domain, call, search);
  }

  /** Nothing is counted. */
  private showPreview({ link }: FoundLink, slug: string, reply: Reply): void {
    send(reply, previewAnswer(link, slug, this.publicUrl, Date.now()));
  }

  /** A host that no workspace has proved serves nothing. */
  private refuseHost(reply: Reply, search: LinkSearch): void {
    this.outcomes.not_found.inc();
    if (this.searches.isTooMany(search)) reply.plain(429, TOO_MANY_GUESSES, GUESSES_RETRY_SECONDS);
    else reply.plain(404, 'There is nothing here.');
  }

  private refuse(domain: ServedDomain, { slug, reply, request }: Call, search: LinkSearch): void {
    this.outcomes.not_found.inc();
    if (this.searches.isTooMany(search)) {
      reply.plain(429, TOO_MANY_GUESSES, GUESSES_RETRY_SECONDS);
      return;
    }
    const userAgent = kindOf(request) === 'visit' ? request.userAgent : '';
    this.orphans.count(domain, 'not_found', { userAgent, slug: readableText(slug) });
    if (domain.notFoundUrl === null) send(reply, notFoundAnswer());
    else reply.redirect(statusFor(302, request), domain.notFoundUrl, redirectHeaders(false));
  }

  /** Counts as the bot's click that it is. */
  private showCard(link: CompiledLink, { at, ip, kind, rawQuery }: Visitor, { request, reply, slug }: Call): void {
    const clickId = this.clickIds.mint(link.number, at);
    const click = encodeClick(
      clickId,
      `${link.workspaceId}\n${link.id}\n`,
      kind,
      ip,
      request,
      rawQuery,
      request.doNotTrack ? PRIVATE : '',
    );
    this.record(click, () => send(reply, cardAnswer(link, slug, this.publicUrl)));
  }

  private leadOn(
    { link, rest: found }: FoundLink,
    { destination, visit, rule, variant, isFramed, memory }: Extract<Decision, { kind: 'go' }>,
    { at, ip, kind, rawQuery }: Visitor,
    { request, reply, slash }: Call,
  ): void {
    const clickId = this.clickIds.mint(link.number, at);
    const rest = found && found + slash;
    const location = fillIn(link, destination, { rawQuery, request, clickId, at, ip, visit, rest });
    if (location === undefined) {
      this.refuseTooLong(reply);
      return;
    }
    const isPrivate = request.doNotTrack ? (true as const) : undefined;
    const marks = encodeMarks({ rule, variant, isPrivate });
    const click = encodeClick(clickId, `${link.workspaceId}\n${link.id}\n`, kind, ip, request, rawQuery, marks);
    const cookie = memory && !isPrivate && { 'set-cookie': memoryCookie(link.number, memory.variant) };
    if (isFramed) {
      const page = frameAnswer(link, location, this.isIndexed(link));
      this.record(click, () => send(reply, { ...page, headers: { ...page.headers, ...cookie } }));
      return;
    }
    // Where it leads now is no news about where it will lead.
    const status = statusFor(rule?.startsWith('~') ? 302 : link.redirectStatus, request);
    const headers = redirectHeaders(this.isIndexed(link), policyFor(link, request));
    this.record(click, () => reply.redirect(status, location, { ...headers, ...cookie }));
  }

  /** To a plain link's only destination. */
  private redirect(link: CompiledLink, rawQuery: string, request: ShortLinkRequest, reply: Reply): void {
    const at = Date.now();
    const clickId = this.clickIds.mint(link.number, at);
    const ip = clientAddress(request.remoteAddress, request.forwardedFor, this.isTrustedProxy);
    const location =
      rawQuery === '' && link.parts !== undefined
        ? aroundClickId(link.parts, clickId)
        : fillIn(link, link.destination, { rawQuery, request, clickId, at, ip });
    if (location === undefined) {
      this.refuseTooLong(reply);
      return;
    }
    const marks = request.doNotTrack ? PRIVATE : '';
    const click = encodeClick(
      clickId,
      `${link.workspaceId}\n${link.id}\n`,
      kindOf(request),
      ip,
      request,
      rawQuery,
      marks,
    );
    const headers = redirectHeaders(this.isIndexed(link), link.options?.referrerPolicy);
    const status = statusFor(link.redirectStatus, request);
    this.record(click, () => reply.redirect(status, location, headers));
  }

  /** As it leads nowhere, it is no click, just as on a link that is used up. */
  private refuseTooLong(reply: Reply): void {
    this.outcomes.too_long.inc();
    send(reply, tooLongAnswer());
  }

  private record(click: string, answer: () => void): void {
    try {
      this.recorder.record(click, answer);
    } catch (error) {
      this.log.error({ err: error }, 'a click could not be recorded'); // who clicked must not pay for it
      answer();
    }
    this.outcomes.redirected.inc();
  }

  /** Whether search engines may list the short link. */
  private isIndexed(link: CompiledLink): boolean {
    const noIndex = link.options?.noIndex;
    return noIndex === undefined ? robotsTag(this.domainAt(link.hostname)) === undefined : !noIndex;
  }

  private domainAt(hostname: string): ServedDomain | undefined {
    const domain = this.domains.peek(hostname);
    return domain === 'unknown-yet' ? undefined : domain;
  }

  private addressOf({ remoteAddress, forwardedFor }: ShortLinkRequest): string {
    return clientAddress(remoteAddress, forwardedFor, this.isTrustedProxy);
  }

  private visitorOf({ request, rawQuery }: Call): Visitor {
    const { userAgent, acceptLanguage, referrer, cookie } = request;
    return {
      at: Date.now(),
      ip: this.addressOf(request),
      userAgent,
      acceptLanguage,
      referrer,
      cookie,
      rawQuery,
      kind: kindOf(request),
    };
  }
}

function send(reply: Reply, { status, html, headers }: PageAnswer): void {
  reply.page(status, html, headers);
}

const PRIVATE = encodeMarks({ isPrivate: true });

/** Nearly always two parts: most links have one place for the click id. */
function aroundClickId(parts: readonly string[], clickId: string): string {
  return parts.length === 2 ? `${parts[0]}${clickId}${parts[1]}` : parts.join(clickId);
}

/** Who comes from the password page brings no referrer, and no browser may make one up again because the link's policy is laxer. */
function policyFor({ options }: CompiledLink, { referrer }: ShortLinkRequest): ReferrerPolicy | undefined {
  const { referrerPolicy, passwordHash } = options ?? {};
  const comesFromUs = passwordHash !== undefined && referrer === '';
  return referrerPolicy && comesFromUs ? 'no-referrer' : referrerPolicy;
}
