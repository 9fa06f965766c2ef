import { declarePort } from '../platform/ports/port.js';
import type { WorkspaceId } from '../platform/tenancy/workspace-id.js';

/** The questions that domains ask about links. */
export interface LinksOfDomains {
  /** Whether links on this domain have slugs that are not in lower case. */
  haveCapitals(workspaceId: WorkspaceId, hostname: string): Promise<boolean>;
  /** To be called when a domain becomes case-sensitive: links are then found by their slugs as they are written. */
  tellCasesApart(workspaceId: WorkspaceId, hostname: string): Promise<void>;
}

export const LINKS_OF_DOMAINS = declarePort<LinksOfDomains>('links of domains');
