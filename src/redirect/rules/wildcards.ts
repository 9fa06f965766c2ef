import { type ServedDomain, slugKey } from '../../domains/rules/served-domain.js';
import type { CompiledLink } from '../../links/rules/compiled-link.js';
import type { LinkCache } from '../../links/cache/link-cache.service.js';

/** A slug may have more slashes; what is behind the fourth is of no wildcard. */
const MAX_LEVELS = 4;

/**
 * The wildcard link (`go/*`) of an address that no link has for its own; of several the longest. It may have had that
 * slug earlier, so the wildcard path is taken from the slug that was found.
 * @throws Error when MongoDB would have to be asked and does not answer.
 */
export async function findWildcard(
  links: Pick<LinkCache, 'getCached' | 'find'>,
  domain: Pick<ServedDomain, 'hostname' | 'caseSensitive'>,
  slug: string,
): Promise<{ link: CompiledLink; wildcardPath: string } | undefined> {
  const { hostname } = domain;
  for (const pattern of patternsOf(slug)) {
    const key = slugKey(domain, pattern);
    const link = links.getCached(hostname, key) ?? (await links.find(hostname, key));
    if (link !== undefined) return { link, wildcardPath: slug.slice(pattern.length - '*'.length) };
  }
  return undefined;
}

/** `a/b/c` → `a/b/*`, `a/*` */
export function patternsOf(slug: string): string[] {
  const ends: number[] = [];
  for (let slash = slug.indexOf('/'); slash > 0 && ends.length < MAX_LEVELS; slash = slug.indexOf('/', slash + 1)) {
    if (slash < slug.length - 1) ends.push(slash);
  }
  return ends.reverse().map((end) => `${slug.slice(0, end)}/*`);
}
