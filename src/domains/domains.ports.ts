import { declarePort } from '../platform/ports/port.js';
import type { WorkspaceId } from '../platform/tenancy/workspace-id.js';

/** The calls that the domains module makes to links. */
export interface LinksOfDomains {
  /** True when a link on this domain has a slug with capital letters. */
  hasCapitals(workspaceId: WorkspaceId, hostname: string): Promise<boolean>;
  /** Call when a domain becomes case-sensitive: stores the slug keys of its links with their case. */
  makeSlugsCaseSensitive(workspaceId: WorkspaceId, hostname: string): Promise<void>;
}

export const LINKS_OF_DOMAINS = declarePort<LinksOfDomains>('links of domains');
