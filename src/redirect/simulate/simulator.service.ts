import { Injectable } from '@nestjs/common';
import { ClickIdService } from '../../clicks/click-id.service.js';
import type { ClickKind } from '../../clicks/spooled-click.js';
import { DomainDirectory } from '../../domains/domain-directory.service.js';
import type { CompiledLink } from '../../links/compiled-link.js';
import { LinkCache } from '../../links/link-cache.service.js';
import { slugOfPath } from '../../links/slug.js';
import { parseTime } from '../../platform/time/parse-time.js';
import { readableText } from '../../platform/urls/percent-text.js';
import { DeviceReader } from '../../clicks/enrichment/device.js';
import { VisitorRuleCache } from '../../clicks/visitor-rules/visitor-rule-cache.service.js';
import { fillIn } from '../fill-in.js';
import { findDespiteSlip, findLink, type LinkDespiteSlip } from '../find-link.js';
import { Guide, type Visitor } from '../guide.service.js';
import { readMemory } from '../memory-cookie.js';
import { Places } from '../places.service.js';
import { kindOf } from '../request-kind.js';
import { RequestVisit } from '../request-visit.js';
import { joinedQueries } from '../slug-slips.js';
import type { SimulatedVisitor, SimulateRequest, SimulateResponse } from './simulate.dto.js';

/** What came of a visit that was not one. */
export interface Rehearsal {
  answer: SimulateResponse;
  /** The example click id that stands in the location. */
  clickId: string;
  isFramed: boolean;
  /** The location with nothing appended: its macros are filled alone. `null` where the visitor is led nowhere. */
  bareLocation: string | null;
}

/** Says where a visitor would go. Nothing is recorded, used up or remembered. */
@Injectable()
export class Simulator {
  private readonly devices = new DeviceReader();

  constructor(
    private readonly guide: Guide,
    private readonly places: Places,
    private readonly domains: DomainDirectory,
    private readonly links: LinkCache,
    private readonly clickIds: ClickIdService,
    private readonly visitorRules: VisitorRuleCache,
  ) {}

  async simulate(link: CompiledLink, description: SimulateRequest): Promise<SimulateResponse> {
    return (await this.rehearse(link, description)).answer;
  }

  /** The same, with what a check of the link needs to know. */
  async rehearse(link: CompiledLink, description: SimulateRequest): Promise<Rehearsal> {
    const why: string[] = [];
    const address = await this.addressOf(link, description, (step) => why.push(step));
    const visitor = toVisitor(description, address?.rawQuery ?? '');
    const domain = await this.domains.find(link.hostname);
    const decision = await this.guide.decide(link, visitor, {
      isRehearsal: true,
      expiredUrl: domain?.expiredUrl ?? undefined,
      explain: (step) => why.push(step),
    });
    const seen = await this.describe(link, visitor);
    const clickId = this.clickIds.mintTest(link.number);
    if (address === undefined || decision.kind === 'stop') {
      const stop = decision.kind === 'stop' ? decision.stop : 'not_found';
      const nowhere = { location: null, rule: null, variant: null };
      const answer = { ...nowhere, stop, why, visitor: seen };
      return { answer, clickId, isFramed: false, bareLocation: null };
    }
    const { destination, visit, rule = null, variant = null, isFramed } = decision;
    const { userAgent, acceptLanguage, referrer, ip, at, rawQuery } = visitor;
    const request = { userAgent, acceptLanguage, referrer };
    const click = { rawQuery, request, clickId, at, ip, visit, rest: address.rest };
    const location = fillIn(link, destination, click, (step) => why.push(step)) ?? null;
    const bare = fillIn(link, { ...destination, clickIdParam: null, forwardQuery: 'none' }, click);
    const stop = location === null ? 'too_long' : null;
    const answer = { location, rule, variant, stop, why, visitor: seen };
    return { answer, clickId, isFramed, bareLocation: location === null ? null : (bare ?? null) };
  }

  /** What the visitor asks for; `undefined` where that is not this link. */
  private async addressOf(
    link: CompiledLink,
    { path, query = {} }: SimulateRequest,
    explain: (step: string) => void,
  ): Promise<{ rest: string | undefined; rawQuery: string } | undefined> {
    const added = new URLSearchParams(query).toString();
    if (path === undefined) return { rest: link.isWildcard ? '*' : undefined, rawQuery: added };
    const [asked = '', ...queries] = inBytes(path.startsWith('/') ? path : `/${path}`).split('?');
    const rawQuery = joinedQueries(queries.join('?'), added);
    const visited = await this.visitedAt(link.hostname, asked, explain);
    if (visited?.found.link.id === link.id) {
      const { found, slash, query: own } = visited;
      return { rest: found.rest && found.rest + slash, rawQuery: joinedQueries(own, rawQuery) };
    }
    explain(visited === undefined ? 'there is no link at this path' : 'another link is at this path');
    return undefined;
  }

  private async visitedAt(
    hostname: string,
    path: string,
    explain: (step: string) => void,
  ): Promise<Omit<LinkDespiteSlip, 'slug' | 'isPreview'> | undefined> {
    const slug = slugOfPath(path);
    if (slug === undefined) return undefined;
    const found = await findLink(this.domains, this.links, hostname, slug);
    if (found !== undefined) return { found, slash: path.endsWith('/') ? '/' : '', query: '' };
    const meant = await findDespiteSlip(this.domains, this.links, hostname, path);
    if (meant === undefined) return undefined;
    explain(`there is no link ${readableText(slug)}; it is read as ${meant.slug}`);
    if (meant.query !== '') explain(`what stands behind it is read as the query: ${meant.query}`);
    return meant;
  }

  /** All there is to know, whether the link's rules ask for it or not. */
  private async describe(link: CompiledLink, visitor: Visitor): Promise<SimulatedVisitor> {
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

function toVisitor({ ip = '', userAgent, headers = {}, time }: SimulateRequest, rawQuery: string): Visitor {
  const named = new Map(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
  const kind: ClickKind = kindOf({ isHead: false, purpose: named.get('sec-purpose') ?? named.get('purpose') });
  return {
    at: (time === undefined ? undefined : parseTime(time)?.getTime()) ?? Date.now(),
    ip,
    userAgent: inBytes(userAgent ?? named.get('user-agent') ?? ''),
    acceptLanguage: inBytes(named.get('accept-language') ?? ''),
    referrer: inBytes(named.get('referer') ?? ''),
    cookie: named.get('cookie') ?? '',
    rawQuery,
    kind,
  };
}

/** As it comes over the wire: one character a byte. */
function inBytes(text: string): string {
  return Buffer.from(text, 'utf8').toString('latin1');
}
