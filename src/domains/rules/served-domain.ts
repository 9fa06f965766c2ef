import type { WorkspaceId } from '../../platform/tenancy/workspace-id.js';
import type { Domain, Robots } from '../domain.schema.js';

/** The fields of a verified domain that requests need. */
export interface ServedDomain {
  readonly id: string;
  /** The workspace whose links are served; others may have links under the same hostname, which are not. */
  readonly workspaceId: WorkspaceId;
  readonly hostname: string;
  readonly rootUrl: string | null;
  readonly notFoundUrl: string | null;
  readonly expiredUrl: string | null;
  readonly caseSensitive: boolean;
  readonly robots: Robots;
}

/** Sets defaults for the fields that earlier versions did not store. */
export function toServedDomain(domain: Domain): ServedDomain {
  return {
    id: domain._id,
    workspaceId: domain.workspaceId,
    hostname: domain.hostname,
    rootUrl: domain.rootUrl ?? null,
    notFoundUrl: domain.notFoundUrl ?? null,
    expiredUrl: domain.expiredUrl ?? null,
    caseSensitive: domain.caseSensitive ?? true,
    robots: domain.robots ?? 'noindex',
  };
}

/**
 * The key under which a link is stored and found on this domain. It is in lower case where case does not matter. Variation
 * selectors (`❤` in black or in color) are removed: they are invisible, and not every keyboard sends them.
 */
export function slugKey(domain: Pick<ServedDomain, 'caseSensitive'>, slug: string): string {
  return withoutVariations(exactSlugKey(domain, slug));
}

/** The key with variation selectors: links of earlier versions may be stored under it. */
export function exactSlugKey(domain: Pick<ServedDomain, 'caseSensitive'>, slug: string): string {
  return domain.caseSensitive ? slug : slug.toLowerCase().normalize('NFC');
}

const VARIATION_SELECTOR = /[\ufe0e\ufe0f]/;
const VARIATION_SELECTORS = new RegExp(VARIATION_SELECTOR, 'g');

export function hasVariations(slug: string): boolean {
  return VARIATION_SELECTOR.test(slug);
}

export function withoutVariations(slug: string): string {
  return VARIATION_SELECTOR.test(slug) ? slug.replaceAll(VARIATION_SELECTORS, '').normalize('NFC') : slug;
}

/** The value of `X-Robots-Tag` for responses of this host; `undefined`: no such header. */
export function robotsTag(domain: Pick<ServedDomain, 'robots'> | undefined): 'noindex' | undefined {
  return domain?.robots === 'index' ? undefined : 'noindex';
}
