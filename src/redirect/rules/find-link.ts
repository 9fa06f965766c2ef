import type { DomainCache } from '../../domains/domain-cache.service.js';
import { exactSlugKey, hasVariations, type ServedDomain, slugKey } from '../../domains/rules/served-domain.js';
import type { CompiledLink } from '../../links/rules/compiled-link.js';
import type { LinkCache } from '../../links/cache/link-cache.service.js';
import { type Slip, slipsOf } from './slug-slips.js';
import { findWildcard } from './wildcards.js';

/** A link that was found for an address. */
export interface FoundLink {
  link: CompiledLink;
  /** The decoded path that stands for the `*` of a wildcard. Absent for other links. */
  wildcardPath?: string;
}

export type Domains = Pick<DomainCache, 'find'>;
export type Links = Pick<LinkCache, 'getCached' | 'find'>;

/** A link that was found although its address had a slip. */
export interface LinkDespiteSlip extends Slip {
  found: FoundLink;
}

/**
 * Finds the link with this slug, or a wildcard link. `undefined` also on a host that is not verified.
 * @throws Error when a look-up needs MongoDB and it does not answer.
 */
export async function findLink(
  domains: Domains,
  links: Links,
  hostname: string,
  slug: string,
): Promise<FoundLink | undefined> {
  const domain = await domains.find(hostname);
  return domain && findOn(domain, links, slug);
}

/**
 * Finds the link that a mistyped address means; to be called when `findLink` found nothing. Most addresses need no look-up,
 * the others a few, which are cached. The `slug` of the result has no `+` of a preview.
 * @param path as sent, without the query.
 * @throws Error when a look-up needs MongoDB and it does not answer.
 */
export async function findDespiteSlip(
  domains: Domains,
  links: Links,
  hostname: string,
  path: string,
): Promise<LinkDespiteSlip | undefined> {
  const slips = slipsOf(path);
  const domain = slips.length === 0 ? undefined : await domains.find(hostname);
  if (domain === undefined) return undefined;
  for (const slip of slips) {
    const slug = slip.slug.endsWith('+') ? slip.slug.slice(0, -1) : slip.slug;
    const found = await findOn(domain, links, slug);
    if (found !== undefined) return { ...slip, slug, found };
  }
  return undefined;
}

async function findOn(domain: ServedDomain, links: Links, slug: string): Promise<FoundLink | undefined> {
  const { hostname } = domain;
  const find = async (key: string) => links.getCached(hostname, key) ?? (await links.find(hostname, key));
  const exact = hasVariations(slug) ? await find(exactSlugKey(domain, slug)) : undefined;
  const link = exact ?? (await find(slugKey(domain, slug)));
  return link === undefined ? findWildcard(links, domain, slug) : atItsOwnAddress(link);
}

/** A link that was found by one of its current or former slugs. */
export function atItsOwnAddress(link: CompiledLink): FoundLink {
  return link.isWildcard ? { link, wildcardPath: '' } : { link };
}
