import type { DomainCache } from '../../domains/domain-cache.service.js';
import { exactSlugKey, hasVariations, type ServedDomain, slugKey } from '../../domains/rules/served-domain.js';
import type { CompiledLink } from '../../links/rules/compiled-link.js';
import type { LinkCache } from '../../links/cache/link-cache.service.js';
import { type Slip, slipsOf } from './slug-slips.js';
import { findWildcard } from './wildcards.js';

/** A link, and the address that it was asked for by. */
export interface FoundLink {
  link: CompiledLink;
  /** The path in place of the `*` of a wildcard, decoded; absent for other links. */
  wildcardPath?: string;
}

export type Domains = Pick<DomainCache, 'find'>;
export type Links = Pick<LinkCache, 'getCached' | 'find'>;

/** A link that was found although its address was written with a slip. */
export interface LinkDespiteSlip extends Slip {
  found: FoundLink;
}

/**
 * The link at an address, one of its own or a wildcard; `undefined` also on a host that is not verified.
 * @throws Error when MongoDB would have to be asked and does not answer.
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
 * The link that was meant by an address at which there is none, not even a wildcard. A few look-ups, which are remembered; none
 * for most addresses. `slug` is without the `+` of a preview.
 * @param path as sent, without the query.
 * @throws Error when MongoDB would have to be asked and does not answer.
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

/** A link that was found under a slug or a former slug of its own. */
export function atItsOwnAddress(link: CompiledLink): FoundLink {
  return link.isWildcard ? { link, wildcardPath: '' } : { link };
}
