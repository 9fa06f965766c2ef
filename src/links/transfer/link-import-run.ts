import type { RestrictedAuthor } from '../../workspaces/caller.js';
import type { Link } from '../link.schema.js';
import type { OnConflict } from './link-import.dto.js';

/** Where a link is, or would be, and where it leads. */
export interface PlannedLink {
  linkId: string | null;
  domain: string;
  /** `null`: a random one, which is not known yet. */
  slug: string | null;
  url: string;
}

/** The options of an import, and its progress. */
export interface LinkImportRun {
  author: RestrictedAuthor;
  dryRun: boolean;
  onConflict: OnConflict;
  /** Links get times just before it, so that they are listed in the order of the file. */
  startedAt: number;
  /** The domain here for a domain of the file; `undefined`: the workspace has none at all. */
  domainOf: (theirs: string | undefined) => string | undefined;
  /** One text for all spellings of an address that lead to the same link. */
  addressKey: (domain: string | undefined, slug: string) => string;
  /** Links that earlier rows of a dry run would have made, by address and by id; see `addressKey` and `idKey`. */
  planned: Map<string, PlannedLink>;
  /** How many those are. */
  plannedCount: number;
  /** Links that earlier rows have made without an id of their own, by `importId`. */
  made: Map<string, Link>;
}

export function idKey(externalId: string): string {
  return `ext_${externalId}`;
}

/** Keys of what only one link can have. */
export function plannedKeysOf(
  run: Pick<LinkImportRun, 'addressKey'>,
  {
    domain,
    slug,
    formerSlugs = [],
    importId,
  }: {
    domain: string | undefined;
    slug: string | undefined;
    formerSlugs?: readonly string[];
    importId: string | undefined;
  },
): string[] {
  const slugs = slug === undefined ? formerSlugs : [slug, ...formerSlugs];
  const addresses = slugs.map((one) => run.addressKey(domain, one));
  return importId === undefined ? addresses : [...addresses, idKey(importId)];
}
