import { Injectable } from '@nestjs/common';
import { ClickIdService } from '../../clicks/click-id.service.js';
import type { ClickKind } from '../../clicks/spooled-click.js';
import { DomainDirectory } from '../../domains/domain-directory.service.js';
import type { CompiledLink } from '../../links/compiled-link.js';
import { parseTime } from '../../platform/time/parse-time.js';
import { DeviceReader } from '../../clicks/enrichment/device.js';
import { VisitorRuleCache } from '../../clicks/visitor-rules/visitor-rule-cache.service.js';
import { fillIn } from '../fill-in.js';
import { Guide, type Visitor } from '../guide.service.js';
import { readMemory } from '../memory-cookie.js';
import { Places } from '../places.service.js';
import { kindOf } from '../request-kind.js';
import { RequestVisit } from '../request-visit.js';
import type { SimulatedVisitor, SimulateRequest, SimulateResponse } from './simulate.dto.js';

/** Says where a visitor would go. Nothing is recorded, used up or remembered. */
@Injectable()
export class Simulator {
  private readonly devices = new DeviceReader();

  constructor(
    private readonly guide: Guide,
    private readonly places: Places,
    private readonly domains: DomainDirectory,
    private readonly clickIds: ClickIdService,
    private readonly visitorRules: VisitorRuleCache,
  ) {}

  async simulate(link: CompiledLink, description: SimulateRequest): Promise<SimulateResponse> {
    return (await this.rehearse(link, description)).answer;
  }

  /** The same, the example click id that stands in the location, and whether that is shown in a frame. */
  async rehearse(
    link: CompiledLink,
    description: SimulateRequest,
  ): Promise<{ answer: SimulateResponse; clickId: string; isFramed: boolean }> {
    const visitor = toVisitor(description);
    const why: string[] = [];
    const domain = await this.domains.find(link.link.hostname);
    const decision = await this.guide.decide(link, visitor, {
      isRehearsal: true,
      expiredUrl: domain?.expiredUrl ?? undefined,
      explain: (step) => why.push(step),
    });
    const seen = await this.describe(link, visitor);
    const clickId = this.clickIds.mintTest(link.link.number);
    if (decision.kind === 'stop') {
      const nowhere = { location: null, rule: null, variant: null };
      return { answer: { ...nowhere, stop: decision.stop, why, visitor: seen }, clickId, isFramed: false };
    }
    const { destination, visit, rule = null, variant = null, isFramed } = decision;
    const { userAgent, acceptLanguage, referrer, ip, at, rawQuery } = visitor;
    const request = { userAgent, acceptLanguage, referrer };
    const rest = link.isWildcard ? '*' : undefined;
    const location = fillIn(link, destination, { rawQuery, request, clickId, at, ip, visit, rest });
    return { answer: { location, rule, variant, stop: null, why, visitor: seen }, clickId, isFramed };
  }

  /** All there is to know, whether the link's rules ask for it or not. */
  private async describe({ link }: CompiledLink, visitor: Visitor): Promise<SimulatedVisitor> {
    const { isReturning } = readMemory(visitor.cookie, link.number);
    const rules = await this.visitorRules.getRules(link.workspaceId);
    const visit = new RequestVisit({ ...visitor, isReturning }, this.devices, await this.places.open(), rules);
    return {
      country: visit.country ?? null,
      region: visit.region ?? null,
      city: visit.city ?? null,
      asn: visit.asn ?? null,
      device: visit.device,
      os: visit.os ?? null,
      browser: visit.browser ?? null,
      inApp: visit.inApp ?? null,
      language: visit.languages[0] ?? null,
      referrer: visit.referrerHost ?? null,
      visitor: isReturning ? 'returning' : 'new',
      bot: visit.isBot,
    };
  }
}

function toVisitor({ ip = '', userAgent, headers = {}, query = {}, time }: SimulateRequest): Visitor {
  const named = new Map(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
  const kind: ClickKind = kindOf({ isHead: false, purpose: named.get('sec-purpose') ?? named.get('purpose') });
  return {
    at: (time === undefined ? undefined : parseTime(time)?.getTime()) ?? Date.now(),
    ip,
    userAgent: userAgent ?? named.get('user-agent') ?? '',
    acceptLanguage: named.get('accept-language') ?? '',
    referrer: named.get('referer') ?? '',
    cookie: named.get('cookie') ?? '',
    rawQuery: new URLSearchParams(query).toString(),
    kind,
  };
}
