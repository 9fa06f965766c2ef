import { ALL_SCOPES, type Scope, SCOPES } from '../../workspaces/scopes.js';

/** From the strongest to the weakest. Each role has all rights of the roles behind it. */
export const ROLES = ['owner', 'admin', 'editor', 'analyst'] as const;
export type Role = (typeof ROLES)[number];

const ANALYST: readonly Scope[] = [
  'links:read',
  'clicks:read',
  'conversions:read',
  'domains:read',
  'networks:read',
  'postbacks:read',
  'reports:read',
  'workspaces:read',
  'rates:read',
];
const EDITOR: readonly Scope[] = [
  ...ANALYST,
  'links:write',
  'clicks:write',
  'conversions:write',
  'networks:write',
  'postbacks:write',
  'reports:write',
];
/** All but the deletion of the workspace. */
const ADMIN: readonly Scope[] = SCOPES.filter((scope) => scope !== 'workspaces:delete');

const SCOPES_OF: Readonly<Record<Role, readonly string[]>> = {
  owner: [ALL_SCOPES],
  admin: ADMIN,
  editor: EDITOR,
  analyst: ANALYST,
};

/** Their routes show amounts that cannot be left out. */
const WITH_MONEY: ReadonlySet<string> = new Set<Scope>(['postbacks:read', 'rates:read']);

/** The scopes of a member, in the terms of API keys. */
export function scopesOfRole(role: Role): readonly string[] {
  return SCOPES_OF[role];
}

/** The scopes of a member without those that show amounts. */
export function withoutMoney(scopes: readonly string[]): string[] {
  return scopes.filter((scope) => !WITH_MONEY.has(scope));
}

/** Whether `role` has at least the rights of `other`. */
export function includesRole(role: Role, other: Role): boolean {
  return ROLES.indexOf(role) <= ROLES.indexOf(other);
}

/** The strongest role whose rights are all among these scopes; `undefined` when even an analyst has more. */
export function strongestRoleWithin(scopes: readonly string[]): Role | undefined {
  if (scopes.includes(ALL_SCOPES)) return 'owner';
  return ROLES.find((role) => scopesOfRole(role).every((scope) => scopes.includes(scope)));
}
