import { Inject, Injectable } from '@nestjs/common';
import { VisitorRuleCache } from '../clicks/visitor-rules/visitor-rule-cache.service.js';
import { ClickLimits } from '../links/limits/click-limits.service.js';
import type { CompiledLink } from '../links/rules/compiled-link.js';
import type { DestinationRules } from '../links/rules/destination/destination.js';
import { choose } from '../links/rules/routing/choose.js';
import { RoutingStates } from '../links/routing/routing-states.service.js';
import { GeoService } from './geo.service.js';
import { UnlockCookies } from './unlock/unlock-cookies.service.js';
import type { Visit } from './visit.js';

export type LimitSource = Pick<ClickLimits, 'use' | 'hasLeft'>;
export type StateSource = Pick<RoutingStates, 'of'>;
export type LockSource = Pick<UnlockCookies, 'isUnlocked'>;
export type VisitorRuleSource = Pick<VisitorRuleCache, 'getRules'>;
export type GeoSource = Pick<GeoService, 'open'>;

/** Why a visit is not redirected. */
export type DenyReason = 'suspended' | 'not_begun' | 'expired' | 'used_up' | 'locked';

export type Decision = DenyDecision | RedirectDecision;

export interface DenyDecision {
  kind: 'deny';
  reason: DenyReason;
}

export interface RedirectDecision {
  kind: 'redirect';
  destination: DestinationRules;
  /** The name of the rule, or the reason for another destination: `~expired`, `~fallback`. */
  rule: string | undefined;
  variant: string | undefined;
  /** The link is cloaked: the destination is shown in a frame on a page of Hopback. */
  isFramed: boolean;
  /** Value of the variant cookie; absent where none is set. */
  cookie: { variant: string | undefined } | undefined;
}

export interface RouteOptions {
  /** The visit is only simulated: click limits are not used, and passwords are not required. */
  isDryRun?: boolean;
  /** The link is a draft: nothing is remembered about it, so caps and optimised weights do not count. */
  isDraft?: boolean;
  /** The domain's destination for expired links. */
  expiredUrl?: string | undefined;
  /** Called with each step of the decision, as a text for people. */
  explain?: (step: string) => void;
}

const SILENT = (): void => undefined;

/** Decides about visits to links that have conditions or more than one destination. */
@Injectable()
export class LinkRouter {
  constructor(
    @Inject(ClickLimits) private readonly limits: LimitSource,
    @Inject(RoutingStates) private readonly states: StateSource,
    @Inject(UnlockCookies) private readonly locks: LockSource,
    @Inject(GeoService) private readonly geo: GeoSource,
    @Inject(VisitorRuleCache) private readonly visitorRules: VisitorRuleSource,
  ) {}

  /** Prepares the visit for the link. @throws Error when the link has a limit and MongoDB does not answer. */
  async route(link: CompiledLink, visit: Visit, options: RouteOptions = {}): Promise<Decision> {
    const explain = options.explain ?? SILENT;
    const { routing } = link;
    const needsBot = link.hasLimit || routing.needsBot;
    const visitorRules = needsBot ? await this.visitorRules.getRules(link.workspaceId) : undefined;
    const geo = routing.needsGeo || visitorRules?.needsAsn ? await this.geo.open() : undefined;
    visit.prepare(link.number, { geo, visitorRules });

    const decided = await this.checkPreconditions(link, visit, options);
    if (decided !== undefined) return decided;

    if (options.isDraft && routing.needsResults) explain('caps and optimised weights do not count for a draft');
    const state = options.isDraft ? undefined : await this.states.of(link);
    const choice = choose(routing, visit, state, explain);
    const isFramed = link.options?.cloak !== undefined;
    if (isFramed) explain("the destination is shown in a frame, under the short link's own address");
    return {
      kind: 'redirect',
      destination: choice.destination ?? link.destination,
      rule: choice.rule,
      variant: choice.variant?.name,
      isFramed,
      cookie: routing.needsVariantCookie ? { variant: choice.variant?.key } : undefined,
    };
  }

  /** The checks before a link's rules, in this order. */
  private async checkPreconditions(
    link: CompiledLink,
    visit: Visit,
    { isDryRun = false, expiredUrl, explain = SILENT }: RouteOptions,
  ): Promise<Decision | undefined> {
    const { options = {} } = link;
    const { at } = visit;
    const denyOrFallback = (why: string, reason: DenyReason, url = options.fallbackUrl): Decision => {
      explain(url === undefined ? why : `${why}: ${url}`);
      if (url === undefined) return { kind: 'deny', reason };
      const rule = reason === 'expired' ? '~expired' : '~fallback';
      const destination = link.destinationAt(url);
      return { kind: 'redirect', destination, rule, variant: undefined, isFramed: false, cookie: undefined };
    };
    if (options.suspended !== undefined) {
      explain(`the link is suspended (${options.suspended})`);
      return { kind: 'deny', reason: 'suspended' };
    }
    if (options.isPaused) return denyOrFallback('the link is paused', 'not_begun');
    if (options.startsAt !== undefined && at < options.startsAt)
      return denyOrFallback('the link has not started yet', 'not_begun');
    if (options.expiresAt !== undefined && at >= options.expiresAt) {
      return denyOrFallback('the link has expired', 'expired', options.expiredUrl ?? options.fallbackUrl ?? expiredUrl);
    }
    if (options.passwordHash !== undefined) {
      explain('the link has a password');
      if (!isDryRun && !this.locks.isUnlocked(link, visit.cookie, at)) return { kind: 'deny', reason: 'locked' };
    }
    if (!link.hasLimit) return undefined;
    // Bots, HEAD requests and prefetches are redirected while clicks are left, and do not count.
    const counts = !isDryRun && !visit.isBot;
    if (await (counts ? this.limits.use(link) : this.limits.hasLeft(link))) return undefined;
    return denyOrFallback('the link has reached its click limit', 'used_up');
  }
}
