/** The permissions of API keys. `*` grants all of them, also those of later versions. */
export const SCOPES = [
  'links:read',
  'links:write',
  'clicks:read',
  'clicks:write',
  'conversions:read',
  'conversions:write',
  'domains:read',
  'domains:write',
  'networks:read',
  'networks:write',
  'postbacks:read',
  'postbacks:write',
  'reports:read',
  'reports:write',
  'api-keys:read',
  'api-keys:write',
  'members:read',
  'members:write',
  'workspaces:read',
  'workspaces:write',
  'workspaces:export',
  'workspaces:delete',
  'rates:read',
  'rates:write',
  'audit:read',
] as const;
export type Scope = (typeof SCOPES)[number];
export const ALL_SCOPES = '*';

/** Whether the granted scopes include the needed one. */
export function allows(granted: readonly string[], needed: Scope): boolean {
  return granted.includes(ALL_SCOPES) || granted.includes(needed);
}

/** The scopes that both lists grant. */
export function commonScopes(one: readonly string[], other: readonly string[]): string[] {
  if (one.includes(ALL_SCOPES)) return [...other];
  if (other.includes(ALL_SCOPES)) return [...one];
  return one.filter((scope) => other.includes(scope));
}
