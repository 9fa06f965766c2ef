import { type ServedDomain, slugKey } from '../../domains/rules/served-domain.js';
import type { CompiledLink } from '../../links/rules/compiled-link.js';
import type { LinkCache } from '../../links/cache/link-cache.service.js';

/** Wildcards are tried for the first four levels of a slug only. */
const MAX_LEVELS = 4;

/**
 * Finds the wildcard link (`go/*`) for an address without a link; of several, the longest. It may be found by a former slug, so
 * the wildcard path is computed from the slug that matched.
 * @throws Error when a look-up needs MongoDB and it does not answer.
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
