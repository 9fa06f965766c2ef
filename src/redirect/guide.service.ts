import { Inject, Injectable } from '@nestjs/common';
import { DeviceReader } from '../clicks/enrichment/device.js';
import { VisitorRuleCache } from '../clicks/visitor-rules/visitor-rule-cache.service.js';
import type { CompiledLink } from '../links/compiled-link.js';
import { ClickLimits } from '../links/click-limits.service.js';
import type { DestinationRules } from '../links/destination/destination.js';
import { choose } from '../links/routing/choose.js';
import { RoutingStates } from '../links/routing/routing-states.service.js';
import { readMemory } from './memory-cookie.js';
import { Places } from './places.service.js';
import { RequestVisit, type VisitSource } from './request-visit.js';
import { Unlocks } from './unlock/unlocks.service.js';

export type LimitSource = Pick<ClickLimits, 'use' | 'hasLeft'>;
export type StateSource = Pick<RoutingStates, 'of'>;
export type LockSource = Pick<Unlocks, 'isUnlocked'>;
export type VisitorRuleSource = Pick<VisitorRuleCache, 'getRules'>;
export type PlaceSource = Pick<Places, 'open'>;

/** Somebody who comes by a short link. */
export interface Visitor extends Omit<VisitSource, 'isReturning'> {
  /** The `Cookie` header; empty if there is none. */
  cookie: string;
}

/** Why somebody is not led on. */
export type Stop = 'suspended' | 'not_begun' | 'expired' | 'used_up' | 'locked';

export type Decision =
  | { kind: 'stop'; stop: Stop }
  | {
      kind: 'go';
      destination: DestinationRules;
      visit: RequestVisit;
      /** The name of the rule, or why it goes elsewhere: `~expired`, `~fallback`. */
      rule: string | undefined;
      variant: string | undefined;
      /** The link is cloaked: the destination is shown within a page of ours. */
      isFramed: boolean;
      /** What the browser is to remember of this visit; see memory-cookie.ts. */
      memory: { variant: string | undefined } | undefined;
    };

export interface RouteOptions {
  /** Nobody is really led on: a limited number of clicks stays as it is, and no password is asked for. */
  isRehearsal?: boolean;
  /** Where the domain sends people whose link has expired. */
  expiredUrl?: string | undefined;
  /** Told each step, for people. */
  explain?: (step: string) => void;
}

const SILENT = (): void => undefined;

/** Decides where visitors of links go that have more than one destination, or conditions. */
@Injectable()
export class Guide {
  private readonly devices = new DeviceReader();

  constructor(
    @Inject(ClickLimits) private readonly limits: LimitSource,
    @Inject(RoutingStates) private readonly states: StateSource,
    @Inject(Unlocks) private readonly locks: LockSource,
    @Inject(Places) private readonly places: PlaceSource,
    @Inject(VisitorRuleCache) private readonly visitorRules: VisitorRuleSource,
  ) {}

  /** @throws Error when the link has a limit and MongoDB does not answer. */
  async decide(link: CompiledLink, visitor: Visitor, options: RouteOptions = {}): Promise<Decision> {
    const explain = options.explain ?? SILENT;
    const memory = readMemory(visitor.cookie, link.number);
    const { routing } = link;
    const asksForBots = link.hasLimit || routing.needsBot;
    const visitorRules = asksForBots ? await this.visitorRules.getRules(link.workspaceId) : undefined;
    const geo = routing.needsGeo || visitorRules?.needsAsn ? await this.places.open() : undefined;
    const visit = new RequestVisit({ isReturning: memory.isReturning, ...visitor }, this.devices, geo, visitorRules);

    const elsewhere = await this.gate(link, visitor, visit, options);
    if (elsewhere !== undefined) return elsewhere;

    const identity = `${visitor.ip}\n${visitor.userAgent}`;
    const state = await this.states.of(link);
    const choice = choose(routing, { visit, previous: memory.variant, identity }, state, explain);
    const isFramed = link.options?.cloak !== undefined;
    if (isFramed) explain("the destination is shown in a frame, under the short link's own address");
    return {
      kind: 'go',
      destination: choice.destination ?? link.destination,
      visit,
      rule: choice.rule,
      variant: choice.variant?.name,
      isFramed,
      memory: routing.needsMemory ? { variant: choice.variant?.key } : undefined,
    };
  }

  /** All that stands before a link's rules, in the order in which it is asked. */
  private async gate(
    link: CompiledLink,
    visitor: Visitor,
    visit: RequestVisit,
    { isRehearsal = false, expiredUrl, explain = SILENT }: RouteOptions,
  ): Promise<Decision | undefined> {
    const { options = {} } = link;
    const { at } = visitor;
    const fallback = (why: string, stop: Stop, url = options.fallbackUrl): Decision => {
      explain(url === undefined ? why : `${why}: ${url}`);
      if (url === undefined) return { kind: 'stop', stop };
      const rule = stop === 'expired' ? '~expired' : '~fallback';
      const destination = link.destinationAt(url);
      return { kind: 'go', destination, visit, rule, variant: undefined, isFramed: false, memory: undefined };
    };
    if (options.suspended !== undefined) {
      explain(`the link is suspended (${options.suspended})`);
      return { kind: 'stop', stop: 'suspended' };
    }
    if (options.isPaused) return fallback('the link is paused', 'not_begun');
    if (options.startsAt !== undefined && at < options.startsAt) return fallback('the link has not begun', 'not_begun');
    if (options.expiresAt !== undefined && at >= options.expiresAt) {
      return fallback('the link has expired', 'expired', options.expiredUrl ?? options.fallbackUrl ?? expiredUrl);
    }
    if (options.passwordHash !== undefined) {
      explain('the link has a password');
      if (!isRehearsal && !this.locks.isUnlocked(link, visitor.cookie, at)) return { kind: 'stop', stop: 'locked' };
    }
    if (!link.hasLimit) return undefined;
    // Programs, HEAD and prefetches are led on while there are clicks left, and use up none.
    const uses = !isRehearsal && !visit.isBot;
    if (await (uses ? this.limits.use(link) : this.limits.hasLeft(link))) return undefined;
    return fallback('the link is used up', 'used_up');
  }
}
