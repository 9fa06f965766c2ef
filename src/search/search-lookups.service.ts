import { Injectable } from '@nestjs/common';
import { ClickIdService } from '../clicks/click-id.service.js';
import { ClicksRepository } from '../clicks/clicks.repository.js';
import { VisitorRulesService } from '../clicks/visitor-rules/visitor-rules.service.js';
import { ConversionSearch } from '../conversions/conversion-search.service.js';
import { DomainSearch } from '../domains/domain-search.service.js';
import { type ImportKindName, ofKind } from '../imports/import-job.schema.js';
import { ImportJobsRepository } from '../imports/import-jobs.repository.js';
import { LinkOwners } from '../links/cache/link-owners.service.js';
import { WorkspaceLinkSearch } from '../links/list/workspace-link-search.service.js';
import { UtmTemplates } from '../links/utm-templates/utm-templates.service.js';
import { NetworkSearch } from '../networks/network-search.service.js';
import type { IdPrefix } from '../platform/ids/ids.js';
import type { QueryBounds } from '../platform/mongo/tenant.repository.js';
import type { WorkspaceId } from '../platform/tenancy/workspace-id.js';
import { PostbackSearch } from '../postbacks/log/postback-search.service.js';
import { ApiKeysService } from '../workspaces/api-keys/api-keys.service.js';
import type { Scope } from '../workspaces/scopes.js';
import {
  apiKeyCandidate,
  clickCandidate,
  conversionCandidate,
  domainCandidate,
  importCandidate,
  linkCandidate,
  networkCandidate,
  postbackCandidate,
  replayCandidate,
  type SearchCandidate,
  type SearchKind,
  utmTemplateCandidate,
  visitorRuleCandidate,
} from './rules/candidate.js';
import { type SearchText, slugKeysOf } from './rules/search-text.js';

/** One bounded query for one kind of thing. It runs only for callers with the scope. */
export interface SearchLookup {
  kind: SearchKind;
  scope: Scope;
  run: () => Promise<SearchCandidate[]>;
}

/** A text that nearly everything contains must not fill the memory, and no query may take long. */
const SCANNED: QueryBounds = { limit: 200, maxTimeMs: 1_000 };
const INDEXED: QueryBounds = { limit: 50, maxTimeMs: 1_000 };
const ONE: QueryBounds = { limit: 1, maxTimeMs: 1_000 };
const MAX_HOSTNAMES = 500;

/** The look-ups that answer a search: by id, by values that have an index, and by text where there are few documents. */
@Injectable()
export class SearchLookups {
  constructor(
    private readonly links: WorkspaceLinkSearch,
    private readonly linkOwners: LinkOwners,
    private readonly domains: DomainSearch,
    private readonly networks: NetworkSearch,
    private readonly conversions: ConversionSearch,
    private readonly clicks: ClicksRepository,
    private readonly clickIds: ClickIdService,
    private readonly visitorRules: VisitorRulesService,
    private readonly postbacks: PostbackSearch,
    private readonly imports: ImportJobsRepository,
    private readonly templates: UtmTemplates,
    private readonly keys: ApiKeysService,
  ) {}

  /** The look-ups for a text; those of one kind for a whole id. */
  list(workspaceId: WorkspaceId, search: SearchText): SearchLookup[] {
    const { text, idPrefix } = search;
    if (idPrefix !== undefined) return this.byId(workspaceId, text)[idPrefix] ?? [];
    return [...this.byValue(workspaceId, search), ...this.byName(workspaceId, text)];
  }

  private byId(ws: WorkspaceId, id: string): Partial<Record<IdPrefix, SearchLookup[]>> {
    const named = (kind: SearchKind): SearchLookup[] => this.byName(ws, id).filter((one) => one.kind === kind);
    const { links, conversions, postbacks } = this;
    return {
      lnk: [lookup('link', 'links:read', () => links.findById(ws, id, ONE), linkCandidate)],
      cnv: [lookup('conversion', 'conversions:read', () => conversions.findById(ws, id, ONE), conversionCandidate)],
      pbk: [lookup('postback', 'postbacks:read', () => postbacks.findById(ws, id, ONE), postbackCandidate)],
      rpl: [lookup('replay', 'postbacks:read', () => postbacks.findReplays(ws, id, ONE), replayCandidate)],
      // The routes of an import are those of its kind, and so are the scopes.
      imp: [
        lookup('import', 'links:read', () => this.importsOf(ws, id, 'links'), importCandidate),
        lookup('import', 'conversions:read', () => this.importsOf(ws, id, 'conversions'), importCandidate),
      ],
      dom: named('domain'),
      net: named('network'),
      vrl: named('visitor_rule'),
      utm: named('utm_template'),
      key: named('api_key'),
    };
  }

  private importsOf(ws: WorkspaceId, id: string, kind: ImportKindName): ReturnType<ImportJobsRepository['findMany']> {
    return this.imports.findMany(ws, { _id: id, ...ofKind(kind) }, undefined, ONE);
  }

  private byValue(ws: WorkspaceId, search: SearchText): SearchLookup[] {
    const { text } = search;
    const { links, conversions, postbacks } = this;
    return [
      lookup('link', 'links:read', () => this.linksAt(ws, search), linkCandidate),
      lookup('link', 'links:read', () => links.findByExternalId(ws, text, INDEXED), linkCandidate),
      lookup('link', 'links:read', () => links.findByText(ws, text, SCANNED), linkCandidate),
      lookup('link', 'links:read', () => this.linkOfClick(ws, text), exactly(linkCandidate)),
      lookup('domain', 'domains:read', () => this.domainOf(ws, search), domainCandidate),
      lookup('network', 'networks:read', () => this.networkOf(ws, search), exactly(networkCandidate)),
      lookup('conversion', 'conversions:read', () => conversions.findByValue(ws, text, INDEXED), conversionCandidate),
      lookup('conversion', 'conversions:read', () => conversions.findByPrefix(ws, text, INDEXED), conversionCandidate),
      lookup('click', 'clicks:read', () => this.storedClick(ws, text), clickCandidate),
      lookup('postback', 'postbacks:read', () => postbacks.findByClickId(ws, text, INDEXED), postbackCandidate),
    ];
  }

  /** Things with names, of which a workspace has few. */
  private byName(ws: WorkspaceId, text: string): SearchLookup[] {
    return [
      lookup('domain', 'domains:read', () => this.domains.find(ws, text, SCANNED), domainCandidate),
      lookup('network', 'networks:read', () => this.networks.find(ws, text, SCANNED), networkCandidate),
      lookup('visitor_rule', 'clicks:read', () => this.visitorRules.search(ws, text, SCANNED), visitorRuleCandidate),
      lookup('utm_template', 'links:read', () => this.templates.search(ws, text, SCANNED), utmTemplateCandidate),
      lookup('api_key', 'api-keys:read', () => this.keys.search(ws, text, SCANNED), apiKeyCandidate),
    ];
  }

  private async domainOf(ws: WorkspaceId, { address }: SearchText): ReturnType<DomainSearch['findByHostnames']> {
    return address === undefined ? [] : this.domains.findByHostnames(ws, [address.hostname], ONE);
  }

  private async networkOf(ws: WorkspaceId, { networkKey }: SearchText): ReturnType<NetworkSearch['findByKey']> {
    return networkKey === undefined ? [] : this.networks.findByKey(ws, networkKey, ONE);
  }

  /** Links at the address, or with the slug on any domain of the workspace. */
  private async linksAt(
    ws: WorkspaceId,
    { address, slug }: SearchText,
  ): ReturnType<WorkspaceLinkSearch['findBySlugs']> {
    const hostnames = slug === undefined ? [] : await this.domains.listHostnames(ws, { ...ONE, limit: MAX_HOSTNAMES });
    const found = await Promise.all([
      address?.slug === undefined
        ? []
        : this.links.findBySlugs(ws, [address.hostname], slugKeysOf(address.slug), INDEXED),
      slug === undefined ? [] : this.links.findBySlugs(ws, hostnames, slugKeysOf(slug), INDEXED),
    ]);
    return found.flat();
  }

  /** A click id names its link, also before the click is stored. Its MAC is its proof. */
  private async linkOfClick(ws: WorkspaceId, text: string): ReturnType<WorkspaceLinkSearch['findById']> {
    const reading = this.clickIds.read(text);
    if (!reading.ok) return [];
    const owner = await this.linkOwners.ofNumber(reading.facts.linkNumber);
    return owner?.workspaceId === ws ? this.links.findById(ws, owner.linkId, ONE) : [];
  }

  private async storedClick(ws: WorkspaceId, text: string): Promise<Parameters<typeof clickCandidate>[0][]> {
    if (!this.clickIds.read(text).ok) return [];
    const fields = ['_id', 'at', 'country'] as const;
    return this.clicks.findMany(ws, { _id: text }, undefined, { fields, ...ONE });
  }
}

function lookup<T>(
  kind: SearchKind,
  scope: Scope,
  find: () => Promise<T[]>,
  toCandidate: (found: T) => SearchCandidate,
): SearchLookup {
  return { kind, scope, run: async () => (await find()).map((found) => toCandidate(found)) };
}

/** For look-ups by a whole value that the result does not show. */
function exactly<T>(toCandidate: (found: T, match: 'exact') => SearchCandidate): (found: T) => SearchCandidate {
  return (found) => toCandidate(found, 'exact');
}
