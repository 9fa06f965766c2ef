import type { WorkspaceId } from '../../platform/tenancy/workspace-id.js';
import type { Domain, Robots } from '../domain.schema.js';

/** All that answering for a verified domain needs to know of it. */
export interface ServedDomain {
  readonly id: string;
  /** Whose links are served there; those of another workspace under the same hostname are not. */
  readonly workspaceId: WorkspaceId;
  readonly hostname: string;
  readonly rootUrl: string | null;
  readonly notFoundUrl: string | null;
  readonly expiredUrl: string | null;
  readonly caseSensitive: boolean;
  readonly robots: Robots;
}

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
 * The slug under which a link is stored and found on this domain: in small letters where case does not matter, and without the
 * characters that say how the one before them is drawn (`❤` in black or in color): those are not always typed, and never seen.
 */
export function slugKey(domain: Pick<ServedDomain, 'caseSensitive'>, slug: string): string {
  return withoutVariations(exactSlugKey(domain, slug));
}

/** The same with those characters: older links may be stored under it. */
export function exactSlugKey(domain: Pick<ServedDomain, 'caseSensitive'>, slug: string): string {
  return domain.caseSensitive ? slug : slug.toLowerCase().normalize('NFC');
}

const VARIATION = /[\ufe0e\ufe0f]/;
const VARIATIONS = new RegExp(VARIATION, 'g');

export function hasVariations(slug: string): boolean {
  return VARIATION.test(slug);
}

export function withoutVariations(slug: string): string {
  return VARIATION.test(slug) ? slug.replaceAll(VARIATIONS, '').normalize('NFC') : slug;
}

/** The value of `X-Robots-Tag` for what this host serves, `undefined` for no such header. */
export function robotsTag(domain: Pick<ServedDomain, 'robots'> | undefined): 'noindex' | undefined {
  return domain?.robots === 'index' ? undefined : 'noindex';
}
