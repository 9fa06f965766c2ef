import type { CompiledLink } from '../links/compiled-link.js';
import type { LinkCache } from '../links/link-cache.service.js';
import { findWildcard } from './wildcards.js';

/**
 * The link at an address, one of its own or a wildcard.
 * @throws Error when MongoDB would have to be asked and does not answer.
 */
export async function findLink(
  links: Pick<LinkCache, 'peek' | 'find'>,
  hostname: string,
  slug: string,
): Promise<CompiledLink | undefined> {
  const own = links.peek(hostname, slug) ?? (await links.find(hostname, slug));
  return own ?? findWildcard(links, hostname, slug);
}
