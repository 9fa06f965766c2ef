declare const brand: unique symbol;

/**
 * The id of a workspace in which the caller may act. It is a separate type, so that a string from a request cannot be
 * passed where a tenant is required.
 */
export type WorkspaceId = string & { readonly [brand]: 'WorkspaceId' };

/** Only for ids from our own store or from a verified key, never for input. */
export function trustedWorkspaceId(id: string): WorkspaceId {
  return id as WorkspaceId;
}
