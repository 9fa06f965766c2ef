import type { WorkspaceId } from '../platform/tenancy/workspace-id.js';

/** What domains have to ask about links, whose room knows domains and not the other way round: it answers through this. */
export interface LinksOfDomains {
  /** Why nobody may be led to this URL; macros have no values here. */
  destinationProblem(url: string): { code: string; message: string } | undefined;
  /** Whether links on this domain have slugs that are not in small letters. */
  haveCapitals(workspaceId: WorkspaceId, hostname: string): Promise<boolean>;
  /** To be called when case has come to matter on this domain: links are found by their slugs as they are written then. */
  tellCasesApart(workspaceId: WorkspaceId, hostname: string): Promise<void>;
}
