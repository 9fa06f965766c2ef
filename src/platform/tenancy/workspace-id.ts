declare const brand: unique symbol;

/**
 * The id of a workspace that somebody has a right to act in. It is a type of its own so that a plain string (a path
 * parameter, a body field) can not be passed where a tenant is asked for.
 */
export type WorkspaceId = string & { readonly [brand]: 'WorkspaceId' };

/** Only for ids that come from our own store or from a verified key, never for input. */
export function trustedWorkspaceId(id: string): WorkspaceId {
  return id as WorkspaceId;
}
