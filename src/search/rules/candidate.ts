import { domainToUnicode } from 'node:url';
import type { Click } from '../../clicks/click.schema.js';
import type { VisitorRule } from '../../clicks/visitor-rules/visitor-rule.schema.js';
import type { FoundConversion } from '../../conversions/conversion-search.service.js';
import type { FoundDomain } from '../../domains/domain-search.service.js';
import type { ImportJob } from '../../imports/import-job.schema.js';
import type { SearchedLink } from '../../links/list/workspace-link-search.service.js';
import type { UtmTemplate } from '../../links/utm-templates/utm-template.schema.js';
import type { FoundNetwork } from '../../networks/network-search.service.js';
import type { FoundPostback } from '../../postbacks/log/postback-search.service.js';
import type { BulkReplay } from '../../postbacks/reprocess/bulk-replay.schema.js';
import type { ApiKey } from '../../workspaces/api-keys/api-key.schema.js';

/** All kinds of results, in the order in which they take turns. */
export const SEARCH_KINDS = [
  'link',
  'domain',
  'network',
  'conversion',
  'click',
  'postback',
  'import',
  'replay',
  'visitor_rule',
  'utm_template',
  'api_key',
] as const;
export type SearchKind = (typeof SEARCH_KINDS)[number];

/** Something that a search may answer with. */
export interface SearchCandidate {
  kind: SearchKind;
  id: string;
  /** A name for people to read. */
  title: string;
  detail: string | null;
  /** Its path in the API. */
  url: string;
  /** The values by which it can be found. */
  texts: readonly string[];
  /** Set when its look-up was by a whole value that is not among the texts. */
  match?: 'exact';
}

type Shown = Pick<SearchCandidate, 'title'> & Partial<Pick<SearchCandidate, 'detail' | 'texts' | 'match'>>;

function candidate(kind: SearchKind, path: string, id: string, { title, ...shown }: Shown): SearchCandidate {
  return { kind, id, title, detail: null, url: `/api/v1/${path}/${encodeURIComponent(id)}`, texts: [title], ...shown };
}

export function linkCandidate(link: SearchedLink, match?: 'exact'): SearchCandidate {
  const { _id, hostname, slug, title, url, formerSlugs = [], externalId, tags, campaign } = link;
  const address = `${hostname}/${slug}`;
  const slugs = [slug, ...formerSlugs];
  const texts = [...slugs, ...slugs.map((one) => `${hostname}/${one}`), title, externalId, ...tags, campaign, url];
  return candidate('link', 'links', _id, {
    title: title || address,
    detail: title ? address : url,
    texts: texts.filter((text) => typeof text === 'string'),
    ...(match && { match }),
  });
}

export function domainCandidate({ _id, hostname, title, status }: FoundDomain): SearchCandidate {
  const name = domainToUnicode(hostname) || hostname;
  return candidate('domain', 'domains', _id, {
    title: name,
    detail: title ? `${title}, ${status}` : status,
    texts: [hostname, name, title ?? ''],
  });
}

export function networkCandidate({ _id, name, preset }: FoundNetwork, match?: 'exact'): SearchCandidate {
  const texts = [name, preset ?? ''];
  return candidate('network', 'networks', _id, { title: name, detail: preset, texts, ...(match && { match }) });
}

export function conversionCandidate({
  _id,
  eventType,
  status,
  txid,
  playerId,
  clickId,
}: FoundConversion): SearchCandidate {
  const named = [txid && `transaction ${txid}`, playerId && `player ${playerId}`].filter(Boolean);
  return candidate('conversion', 'conversions', _id, {
    title: `${eventType}, ${status}`,
    detail: named.join(', ') || null,
    texts: [txid, playerId, clickId].filter((text) => typeof text === 'string'),
  });
}

export function clickCandidate({ _id, at, country }: Pick<Click, '_id' | 'at' | 'country'>): SearchCandidate {
  const detail = [at.toISOString(), country].filter(Boolean).join(', ');
  return candidate('click', 'clicks', _id, { title: _id, detail });
}

export function postbackCandidate({ _id, verdict, reason, receivedAt, clickId }: FoundPostback): SearchCandidate {
  return candidate('postback', 'postbacks', _id, {
    title: reason === null ? verdict : `${verdict}: ${reason}`,
    detail: receivedAt.toISOString(),
    texts: [clickId ?? ''],
  });
}

export function importCandidate(job: Pick<ImportJob, '_id' | 'kind' | 'status' | 'createdAt'>): SearchCandidate {
  const kind = job.kind ?? 'conversions';
  const path = kind === 'links' ? 'links/import' : 'conversions/imports';
  return candidate('import', path, job._id, {
    title: `${kind}, ${job.status}`,
    detail: job.createdAt.toISOString(),
    texts: [],
  });
}

export function replayCandidate({ _id, state, done, total }: BulkReplay): SearchCandidate {
  return candidate('replay', 'postbacks/replays', _id, { title: state, detail: `${done} of ${total}`, texts: [] });
}

export function visitorRuleCandidate({
  _id,
  name,
  as,
  match,
}: Pick<VisitorRule, '_id' | 'name' | 'as' | 'match'>): SearchCandidate {
  const userAgents = [match.userAgent ?? []].flat();
  return candidate('visitor_rule', 'visitor-rules', _id, {
    title: name ?? userAgents[0] ?? `as ${as}`,
    detail: `as ${as}`,
    texts: [name ?? '', ...userAgents],
  });
}

export function utmTemplateCandidate({ _id, name }: Pick<UtmTemplate, '_id' | 'name'>): SearchCandidate {
  return candidate('utm_template', 'utm-templates', _id, { title: name });
}

export function apiKeyCandidate({ _id, name }: Pick<ApiKey, '_id' | 'name'>): SearchCandidate {
  return candidate('api_key', 'api-keys', _id, { title: name });
}
