import type { DomainDirectory } from '../domains/domain-directory.service.js';
import { slugKey } from '../domains/served-domain.js';
import type { CompiledLink } from '../links/compiled-link.js';
import type { LinkCache } from '../links/link-cache.service.js';
import { findWildcard } from './wildcards.js';

/** A link, as it was asked for. */
export interface FoundLink {
  link: CompiledLink;
  /** What the `*` of a wildcard stands for, decoded; absent where there is none. */
  rest?: string;
}

/**
 * The link at an address, one of its own or a wildcard; `undefined` also on a host that nobody has proved.
 * @throws Error when MongoDB would have to be asked and does not answer.
 */
export async function findLink(
  domains: Pick<DomainDirectory, 'find'>,
  links: Pick<LinkCache, 'peek' | 'find'>,
  hostname: string,
  slug: string,
): Promise<FoundLink | undefined> {
  const domain = await domains.find(hostname);
  if (domain === undefined) return undefined;
  const link = await links.find(hostname, slugKey(domain, slug));
  return link === undefined ? findWildcard(links, domain, slug) : atItsOwnAddress(link);
}

/** A link that was found under a slug or a former slug of its own. */
export function atItsOwnAddress(link: CompiledLink): FoundLink {
  return link.isWildcard ? { link, rest: '' } : { link };
}
