import { domainToUnicode } from 'node:url';
import { fromAppFileTexts } from './rules/app-files/app-files.js';
import type { UnmatchedDay } from './unmatched/unmatched-day.schema.js';
import { MAX_SLUGS } from './unmatched/unmatched-counts.js';
import { TopSlugs } from './unmatched/top-slugs.js';
import type { DnsRecord } from './verification/dns-proof.js';
import type { Domain } from './domain.schema.js';
import type {
  DnsRecordResponse,
  DomainResponse,
  ListedDomainResponse,
  OrphanNumbers,
  OrphansResponse,
} from './domains.dto.js';
import { registrableName } from './rules/hostname.js';
import { toServedDomain } from './rules/served-domain.js';

/** A domain as the API shows it. @param dns the records to set; empty when the operator's settings verify the domain. */
export function presentDomain(domain: Domain, dns: readonly DnsRecord[]): DomainResponse {
  return { ...presentListedDomain(domain, dns), ...fromAppFileTexts(domain) };
}

/** A domain in a list: without its files for apps. */
export function presentListedDomain(domain: Domain, dns: readonly DnsRecord[]): ListedDomainResponse {
  const { rootUrl, notFoundUrl, expiredUrl, caseSensitive, robots } = toServedDomain(domain);
  return {
    id: domain._id,
    hostname: domain.hostname,
    displayName: domainToUnicode(domain.hostname) || domain.hostname,
    status: domain.status,
    dns: dns.map((record) => withNote(domain.hostname, record)),
    problems: domain.problems ?? [],
    warnings: domain.warnings ?? [],
    checkedAt: domain.checkedAt?.toISOString() ?? null,
    verifiedAt: domain.verifiedAt?.toISOString() ?? null,
    lostAt: domain.lostAt?.toISOString() ?? null,
    isPrimary: domain.isPrimary ?? false,
    isArchived: domain.isArchived ?? false,
    title: domain.title ?? null,
    rootUrl,
    notFoundUrl,
    expiredUrl,
    caseSensitive,
    robots,
    createdAt: domain.createdAt.toISOString(),
    updatedAt: (domain.updatedAt ?? domain.createdAt).toISOString(),
  };
}

/** The unmatched visits of a domain: totals, days and the most frequent slugs. */
export function presentUnmatchedVisits(rows: readonly UnmatchedDay[]): OrphansResponse {
  const totals: OrphanNumbers = { root: 0, rootBots: 0, notFound: 0, notFoundBots: 0 };
  const slugs = new TopSlugs(MAX_SLUGS);
  const days = rows.map((row) => {
    const { root = 0, rootBots = 0, notFound = 0, notFoundBots = 0 } = row;
    totals.root += root;
    totals.rootBots += rootBots;
    totals.notFound += notFound;
    totals.notFoundBots += notFoundBots;
    slugs.merge(row.slugs ?? []);
    return { day: row.day.toISOString().slice(0, 10), root, rootBots, notFound, notFoundBots };
  });
  return { days, totals, slugs: slugs.entries().map(([slug, hits]) => ({ slug, hits })) };
}

function withNote(hostname: string, record: DnsRecord): DnsRecordResponse {
  if (record.type !== 'CNAME' || registrableName(hostname) !== hostname) return { ...record };
  const note =
    'The name of a whole zone cannot have a CNAME record. Use what your DNS provider offers instead (ALIAS, ANAME, CNAME flattening), ' +
    `or an A record with the address of ${record.value}.`;
  return { ...record, note };
}
