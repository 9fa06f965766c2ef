import type { Schema } from '../api/client';
import type { Choice } from '../ui/controls/select-field';

export type Role = Schema<'MemberResponse'>['role'];

interface RoleText {
  id: Role;
  name: string;
  /** What it may do: a sentence. */
  rights: string;
}

/** The roles from the strongest to the weakest. */
const ROLES: readonly RoleText[] = [
  { id: 'owner', name: 'Owner', rights: 'Everything, with the deletion of the workspace.' },
  { id: 'admin', name: 'Admin', rights: 'Everything but the deletion of the workspace.' },
  { id: 'editor', name: 'Editor', rights: 'Creates and changes links, networks and conversions.' },
  { id: 'analyst', name: 'Analyst', rights: 'Reads links, clicks, conversions and reports.' },
];

export function rightsOf(role: Role): string {
  return ROLES.find(({ id }) => id === role)?.rights ?? '';
}

export function roleName(role: Role): string {
  return ROLES.find(({ id }) => id === role)?.name ?? role;
}

/** The roles that a person may give. Only owners make owners. */
export function rolesToGive({ scopes }: { scopes: readonly string[] }): Choice<Role>[] {
  const isOwner = scopes.includes('*');
  return ROLES.filter(({ id }) => isOwner || id !== 'owner').map(({ id, name }) => ({ value: id, label: name }));
}
