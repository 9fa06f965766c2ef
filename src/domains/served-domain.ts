import type { WorkspaceId } from '../platform/tenancy/workspace-id.js';
import type { Domain, Robots } from './domain.schema.js';

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

/** The slug under which a link is stored and found on this domain: as it is, or in small letters where case does not matter. */
export function slugKey(domain: Pick<ServedDomain, 'caseSensitive'>, slug: string): string {
  return domain.caseSensitive ? slug : slug.toLowerCase().normalize('NFC');
}

/** The value of `X-Robots-Tag` for what this host serves, `undefined` for no such header. */
export function robotsTag(domain: Pick<ServedDomain, 'robots'> | undefined): 'noindex' | undefined {
  return domain?.robots === 'index' ? undefined : 'noindex';
}
