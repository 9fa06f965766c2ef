/** What an API key may do. `*` stands for all of them, those to come as well. */
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
  'api-keys:read',
  'api-keys:write',
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

export function allows(granted: readonly string[], needed: Scope): boolean {
  return granted.includes(ALL_SCOPES) || granted.includes(needed);
}
