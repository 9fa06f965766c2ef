import type { DomainDirectory } from '../domains/domain-directory.service.js';
import { slugKey } from '../domains/served-domain.js';
import type { CompiledLink } from '../links/compiled-link.js';
import type { LinkCache } from '../links/link-cache.service.js';
import { findWildcard } from './wildcards.js';

/**
 * The link at an address, one of its own or a wildcard; `undefined` also on a host that nobody has proved.
 * @throws Error when MongoDB would have to be asked and does not answer.
 */
export async function findLink(
  domains: Pick<DomainDirectory, 'find'>,
  links: Pick<LinkCache, 'peek' | 'find'>,
  hostname: string,
  slug: string,
): Promise<CompiledLink | undefined> {
  const domain = await domains.find(hostname);
  if (domain === undefined) return undefined;
  const key = slugKey(domain, slug);
  return (await links.find(hostname, key)) ?? findWildcard(links, hostname, key);
}
