import { Injectable } from '@nestjs/common';
import { ClickIdService } from '../../clicks/click-id.service.js';
import { DomainCache } from '../../domains/domain-cache.service.js';
import type { CompiledLink } from '../../links/rules/compiled-link.js';
import { LinkCache } from '../../links/cache/link-cache.service.js';
import { slugOfPath } from '../../links/rules/slug.js';
import { parseTime } from '../../platform/time/parse-time.js';
import { readableText } from '../../platform/urls/percent-text.js';
import { VisitorRuleCache } from '../../clicks/visitor-rules/visitor-rule-cache.service.js';
import type { Macro } from '../../links/rules/destination/macros.js';
import { buildLocation, buildLocationParts } from '../rules/build-location.js';
import type { BuiltLocation } from '../rules/destination-parts.js';
import { findDespiteSlip, findLink, type LinkDespiteSlip } from '../rules/find-link.js';
import { GeoService } from '../geo.service.js';
import { LinkRouter } from '../link-router.service.js';
import { macroValue } from '../rules/macro-values.js';
import { joinedQueries } from '../rules/slug-slips.js';
import type { Visit, VisitRequest } from '../visit.js';
import { DescribedVisit } from './described-visit.js';
import type { SimulatedVisitor, SimulateRequest, SimulateResponse } from './simulate.dto.js';

/** The outcome of a simulated visit. */
export interface DryRun {
  answer: SimulateResponse;
  /** The example click id in the location. */
  clickId: string;
  isFramed: boolean;
  /** The location with its macros filled and nothing appended. `null` when the visit is not redirected. */
  bareLocation: string | null;
  /** The parts of the location, with what they were built from. `null` without a location. */
  built: BuiltLocation | null;
}

/** How a visit is simulated. */
interface DryRunOptions {
  /** The link is a draft, about which nothing may be remembered: caps and optimised weights do not count. */
  isDraft?: boolean;
}

/** Simulates a visit: the destination, and the steps that decide it. It records and counts nothing. */
@Injectable()
export class Simulator {
  constructor(
    private readonly router: LinkRouter,
    private readonly geo: GeoService,
    private readonly domains: DomainCache,
    private readonly links: LinkCache,
    private readonly clickIds: ClickIdService,
    private readonly visitorRules: VisitorRuleCache,
  ) {}

  /** Simulates a visit of the described visitor. */
  async simulate(link: CompiledLink, description: SimulateRequest): Promise<SimulateResponse> {
    return (await this.dryRun(link, description)).answer;
  }

  /** Like `simulate`, with the facts that a check of the link needs. */
  async dryRun(
    link: CompiledLink,
    description: SimulateRequest,
    { isDraft = false }: DryRunOptions = {},
  ): Promise<DryRun> {
    const why: string[] = [];
    const address = await this.addressOf(link, description, (step) => why.push(step));
    const visit = toVisit(link, description, address?.rawQuery ?? '');
    const domain = await this.domains.find(link.hostname);
    const decision = await this.router.route(link, visit, {
      isDryRun: true,
      isDraft,
      expiredUrl: domain?.expiredUrl ?? undefined,
      explain: (step) => why.push(step),
    });
    const visitor = await this.describe(link, visit);
    const clickId = this.clickIds.mintTest(link.number);
    if (address === undefined || decision.kind === 'deny') {
      const stop = decision.kind === 'deny' ? decision.reason : 'not_found';
      const answer = { location: null, rule: null, variant: null, stop, why, visitor };
      return { answer, clickId, isFramed: false, bareLocation: null, built: null };
    }
    const { destination, rule = null, variant = null, isFramed } = decision;
    const source = { visit, clickId, wildcardPath: address.wildcardPath };
    const parts = buildLocationParts(link, destination, source, (step) => why.push(step));
    const location = parts?.url ?? null;
    const bare = buildLocation(link, { ...destination, clickIdParam: null, forwardQuery: 'none' }, source);
    const stop = location === null ? 'too_long' : null;
    const answer = { location, rule, variant, stop, why, visitor };
    const valueOf = (macro: Macro): string => macroValue(macro, { link, visit, clickId });
    const built = parts === undefined ? null : { location: parts, template: destination.template, valueOf };
    return { answer, clickId, isFramed, bareLocation: location === null ? null : (bare ?? null), built };
  }

  /** The wildcard path and query of the visit. `undefined` when the address is not this link's. */
  private async addressOf(
    link: CompiledLink,
    { path, query = {} }: SimulateRequest,
    explain: (step: string) => void,
  ): Promise<{ wildcardPath: string | undefined; rawQuery: string } | undefined> {
    const added = new URLSearchParams(query).toString();
    if (path === undefined) return { wildcardPath: link.isWildcard ? '*' : undefined, rawQuery: added };
    const [asked = '', ...queries] = inBytes(path.startsWith('/') ? path : `/${path}`).split('?');
    const rawQuery = joinedQueries(queries.join('?'), added);
    const visited = await this.visitedAt(link.hostname, asked, explain);
    if (visited?.found.link.id === link.id) {
      const { found, trailingSlash, query: own } = visited;
      const wildcardPath = found.wildcardPath && found.wildcardPath + trailingSlash;
      return { wildcardPath, rawQuery: joinedQueries(own, rawQuery) };
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
    if (found !== undefined) return { found, trailingSlash: path.endsWith('/') ? '/' : '', query: '' };
    const meant = await findDespiteSlip(this.domains, this.links, hostname, path);
    if (meant === undefined) return undefined;
    explain(`there is no link ${readableText(slug)}; it is read as ${meant.slug}`);
    if (meant.query !== '') explain(`the text after it is read as the query: ${meant.query}`);
    return meant;
  }

  /** All facts about the visitor, also those that the link's rules do not need. */
  private async describe(link: CompiledLink, visit: Visit): Promise<SimulatedVisitor> {
    const visitorRules = await this.visitorRules.getRules(link.workspaceId);
    visit.prepare(link.number, { geo: await this.geo.open(), visitorRules });
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
      visitor: visit.isReturning ? 'returning' : 'new',
      bot: visit.isBot,
    };
  }
}

/** A GET for the link as the described visitor would send it. */
function toVisit(link: CompiledLink, description: SimulateRequest, rawQuery: string): Visit {
  const { ip = '', userAgent, headers = {}, language, time } = description;
  const named = new Map(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), inBytes(value)]));
  if (userAgent !== undefined) named.set('user-agent', inBytes(userAgent));
  if (language !== undefined) named.set('accept-language', language.toLowerCase() === 'unknown' ? '' : language);
  const { hostname, slug } = link;
  const request: VisitRequest = {
    method: 'GET',
    url: `/${slug}`,
    host: hostname,
    remoteAddress: ip,
    header: (name) => named.get(name),
  };
  const at = (time === undefined ? undefined : parseTime(time)?.getTime()) ?? Date.now();
  const address = { hostname, path: request.url, slug, trailingSlash: '', rawQuery } as const;
  return new DescribedVisit(request, address, at, description);
}

/** Encodes a text as it is received: one character for each byte. */
function inBytes(text: string): string {
  return Buffer.from(text, 'utf8').toString('latin1');
}
