import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { ClickIdService } from '../clicks/click-id.service.js';
import { encodeClick, type ClickFlags } from '../clicks/rules/click-record.js';
import { ClickRecorder } from '../clicks/click-recorder.service.js';
import { DomainCache } from '../domains/domain-cache.service.js';
import { UnmatchedVisits } from '../domains/unmatched/unmatched-visits.service.js';
import { robotsTag, type ServedDomain } from '../domains/rules/served-domain.js';
import type { EdgeHeaders, EdgeReply } from '../edge/edge-reply.js';
import type { CompiledLink } from '../links/rules/compiled-link.js';
import type { RedirectStatus, ReferrerPolicy } from '../links/link.schema.js';
import type { Settings } from '../platform/config/settings.js';
import { SETTINGS } from '../platform/config/settings.token.js';
import { limitedLog, type LimitedLog } from '../platform/logging/limited-log.js';
import { LOGGER } from '../platform/logging/logger.js';
import { Metrics } from '../platform/metrics/metrics.js';
import { readableText } from '../platform/urls/percent-text.js';
import { buildLocation } from './rules/build-location.js';
import type { FoundLink } from './rules/find-link.js';
import type { DenyReason, RedirectDecision } from './link-router.service.js';
import { PAGE_HEADERS } from './pages/page-headers.js';
import {
  denialAnswer,
  frameAnswer,
  linkPreviewAnswer,
  notFoundAnswer,
  type PageAnswer,
  previewPageAnswer,
  tooLongAnswer,
} from './pages/visitor-pages.js';
import { redirectHeaders, statusFor, withLocation } from './rules/redirect-headers.js';
import { variantCookie } from './rules/variant-cookie.js';
import type { Visit } from './visit.js';

const RETRY_AFTER_SECONDS = 1;
const TOO_MANY_RETRY_SECONDS = 60;
const TOO_MANY_UNKNOWN = 'Too many unknown links were requested from your address.';
const UNAVAILABLE = 'This link cannot be looked up at the moment. Please try again in a few seconds.';
const PRIVATE: ClickFlags = Object.freeze({ isPrivate: true });

export type DomainSource = Pick<DomainCache, 'getCached' | 'find'>;
export type ClickIdSource = Pick<ClickIdService, 'mint'>;
export type UnmatchedVisitSink = Pick<UnmatchedVisits, 'count'>;

/** Answers a visit with a redirect, a page or a line of text, and records its click if there is one. */
@Injectable()
export class LinkResponder {
  private readonly publicUrl: string;
  private readonly log: LimitedLog;
  private readonly outcomes;

  constructor(
    @Inject(SETTINGS) settings: Settings,
    @Inject(LOGGER) logger: Logger,
    @Inject(DomainCache) private readonly domains: DomainSource,
    @Inject(UnmatchedVisits) private readonly unmatchedVisits: UnmatchedVisitSink,
    @Inject(ClickIdService) private readonly clickIds: ClickIdSource,
    private readonly recorder: ClickRecorder,
    metrics: Metrics,
  ) {
    this.publicUrl = settings.publicUrl;
    this.log = limitedLog(logger);
    const redirects = metrics.counter('hopback_redirects_total', 'Short-link requests by outcome', ['outcome']);
    // Looked up once, as finding a label takes longer than counting.
    this.outcomes = {
      redirected: redirects.labels('redirected'),
      not_found: redirects.labels('not_found'),
      unavailable: redirects.labels('unavailable'),
      used_up: redirects.labels('used_up'),
      not_begun: redirects.labels('not_begun'),
      expired: redirects.labels('expired'),
      suspended: redirects.labels('suspended'),
      locked: redirects.labels('locked'),
      too_long: redirects.labels('too_long'),
    };
  }

  /** Redirects to the only destination of a direct link. */
  redirectDirectly(link: CompiledLink, visit: Visit, reply: EdgeReply): void {
    const clickId = this.clickIds.mint(link.number, visit.at);
    const location =
      visit.rawQuery === '' && link.parts !== undefined
        ? aroundClickId(link.parts, clickId)
        : buildLocation(link, link.destination, { visit, clickId });
    if (location === undefined) {
      this.refuseTooLong(reply);
      return;
    }
    const headers = redirectHeaders(this.isIndexed(link), link.options?.referrerPolicy);
    const status = statusFor(link.redirectStatus, visit);
    this.record(link, visit, clickId, flagsOf(link, visit), () => sendRedirect(reply, status, location, headers));
  }

  /** Redirects as the router decided, or shows the destination in a frame. */
  redirectTo(found: FoundLink, decision: RedirectDecision, visit: Visit, reply: EdgeReply): void {
    const { link, wildcardPath } = found;
    const { destination, rule, variant, isFramed, cookie } = decision;
    const clickId = this.clickIds.mint(link.number, visit.at);
    const path = wildcardPath && wildcardPath + visit.trailingSlash;
    const location = buildLocation(link, destination, { visit, clickId, wildcardPath: path });
    if (location === undefined) {
      this.refuseTooLong(reply);
      return;
    }
    const isPrivate = visit.isPrivate ? (true as const) : undefined;
    const setCookie = cookie && !isPrivate && { 'set-cookie': variantCookie(link.number, cookie.variant) };
    const flags = { rule, variant, isPrivate, cost: link.options?.cost };
    if (isFramed) {
      const page = frameAnswer(link, location, this.isIndexed(link));
      const headers = { ...page.headers, ...setCookie };
      this.record(link, visit, clickId, flags, () => sendAnswer(reply, { ...page, headers }));
      return;
    }
    // A fallback is temporary, so no client may cache it.
    const status = statusFor(rule?.startsWith('~') ? 302 : link.redirectStatus, visit);
    const headers = { ...redirectHeaders(this.isIndexed(link), policyFor(link, visit)), ...setCookie };
    this.record(link, visit, clickId, flags, () => sendRedirect(reply, status, location, headers));
  }

  /** Answers a bot that fetches link previews. Its click counts as a bot's. */
  serveLinkPreview(link: CompiledLink, visit: Visit, reply: EdgeReply): void {
    const clickId = this.clickIds.mint(link.number, visit.at);
    const answer = linkPreviewAnswer(link, visit.slug, this.publicUrl);
    this.record(link, visit, clickId, flagsOf(link, visit), () => sendAnswer(reply, answer));
  }

  /** Shows people where a link leads. It records no click. */
  servePreviewPage(link: CompiledLink, slug: string, reply: EdgeReply): void {
    sendAnswer(reply, previewPageAnswer(link, slug, this.publicUrl, Date.now()));
  }

  /** Answers a visit that is not redirected with a page. It records no click. */
  deny(reason: DenyReason, link: CompiledLink, visit: Visit, reply: EdgeReply): void {
    this.outcomes[reason].inc();
    sendAnswer(reply, denialAnswer(reason, link, visit));
  }

  /** Answers on a host that is not a verified domain. */
  refuseUnknownHost(isTooMany: boolean, reply: EdgeReply): void {
    this.outcomes.not_found.inc();
    if (isTooMany) sendText(reply, 429, TOO_MANY_UNKNOWN, TOO_MANY_RETRY_SECONDS);
    else sendText(reply, 404, 'There is nothing here.');
  }

  /** Answers for a slug without a link: 404, or the domain's `notFoundUrl`. */
  refuseUnknownLink(domain: ServedDomain, visit: Visit, isTooMany: boolean, reply: EdgeReply): void {
    this.outcomes.not_found.inc();
    if (isTooMany) {
      sendText(reply, 429, TOO_MANY_UNKNOWN, TOO_MANY_RETRY_SECONDS);
      return;
    }
    const userAgent = visit.kind === 'visit' ? visit.userAgent : '';
    this.unmatchedVisits.count(domain, 'not_found', { userAgent, slug: readableText(visit.slug) });
    if (domain.notFoundUrl === null) sendAnswer(reply, notFoundAnswer());
    else sendRedirect(reply, statusFor(302, visit), domain.notFoundUrl, redirectHeaders(false));
  }

  /** Answers when the link cannot be looked up. */
  refuseUnavailable(reply: EdgeReply): void {
    sendText(reply, 503, UNAVAILABLE, RETRY_AFTER_SECONDS);
    this.outcomes.unavailable.inc();
  }

  /** Records no click, as for other denied visits. */
  private refuseTooLong(reply: EdgeReply): void {
    this.outcomes.too_long.inc();
    sendAnswer(reply, tooLongAnswer());
  }

  /** Answers once the click is in the spool. */
  private record(
    link: CompiledLink,
    visit: Visit,
    clickId: string,
    flags: ClickFlags | undefined,
    answer: () => void,
  ): void {
    const { kind, ip, userAgent, acceptLanguage, referrer, rawQuery } = visit;
    const { workspaceId, id: linkId } = link;
    const click = { id: clickId, workspaceId, linkId, kind, ip, userAgent, acceptLanguage, referrer, rawQuery, flags };
    try {
      this.recorder.record(encodeClick(click), answer);
    } catch (error) {
      this.log.error({ err: error }, 'a click could not be recorded; redirecting without it');
      answer();
    }
    this.outcomes.redirected.inc();
  }

  /** Whether search engines may list the short link. */
  private isIndexed({ options, hostname }: CompiledLink): boolean {
    const noIndex = options?.noIndex;
    if (noIndex !== undefined) return !noIndex;
    const domain = this.domains.getCached(hostname);
    return robotsTag(domain === 'unknown-yet' ? undefined : domain) === undefined;
  }
}

/** The flags of a click that no rule has decided. */
function flagsOf({ options }: CompiledLink, { isPrivate }: Visit): ClickFlags | undefined {
  if (options?.cost === undefined) return isPrivate ? PRIVATE : undefined;
  return { cost: options.cost, isPrivate: isPrivate ? true : undefined };
}

function sendRedirect(reply: EdgeReply, status: RedirectStatus, location: string, headers?: EdgeHeaders): void {
  reply.send(status, withLocation(location, headers));
}

function sendAnswer(reply: EdgeReply, { status, html, headers }: PageAnswer): void {
  reply.send(status, headers === undefined ? PAGE_HEADERS : { ...PAGE_HEADERS, ...headers }, html);
}

function sendText(reply: EdgeReply, status: number, text: string, retryAfterSeconds?: number): void {
  const headers = {
    'content-type': 'text/plain; charset=utf-8',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    ...(retryAfterSeconds !== undefined && { 'retry-after': String(retryAfterSeconds) }),
  };
  reply.send(status, headers, `${text}\n`);
}

/** Inserts the click id between the parts; nearly always there are two. */
function aroundClickId(parts: readonly string[], clickId: string): string {
  return parts.length === 2 ? `${parts[0]}${clickId}${parts[1]}` : parts.join(clickId);
}

/** A visit from the password page has no referrer. A less strict policy of the link must not make browsers send one. */
function policyFor({ options }: CompiledLink, { referrer }: Visit): ReferrerPolicy | undefined {
  const { referrerPolicy, passwordHash } = options ?? {};
  const isFromPasswordPage = passwordHash !== undefined && referrer === '';
  return referrerPolicy && isFromPasswordPage ? 'no-referrer' : referrerPolicy;
}
