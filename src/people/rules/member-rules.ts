import type { LinkLimits } from '../../workspaces/caller.js';
import { includesRole, type Role, strongestRoleWithin } from './roles.js';

/** The rights of a member, as they are granted. */
export interface GrantedRights {
  role: Role;
  hidesMoney: boolean;
  linkLimits: LinkLimits | null;
}

export type GrantProblem =
  | { field: 'role'; message: string }
  | { field: 'hideMoney'; message: string }
  | { field: 'linkLimits'; message: string };

/** Whether a caller with these scopes may give or take this role: up to the own one. */
export function mayGrantRole(scopes: readonly string[], role: Role): boolean {
  const own = strongestRoleWithin(scopes);
  return own !== undefined && includesRole(own, role);
}

/** Finds restrictions that the role cannot have: they are for people who work with links, or only read. */
export function problemsOfRights({ role, hidesMoney, linkLimits }: GrantedRights): GrantProblem[] {
  const problems: GrantProblem[] = [];
  if (hidesMoney && role !== 'analyst') {
    problems.push({ field: 'hideMoney', message: `money can be hidden from an analyst, not from an ${role}` });
  }
  if (linkLimits !== null && role !== 'analyst' && role !== 'editor') {
    problems.push({
      field: 'linkLimits',
      message: `links can be limited for an analyst or editor, not for an ${role}`,
    });
  }
  if (linkLimits !== null && linkLimits.tags.length + linkLimits.campaigns.length === 0) {
    problems.push({ field: 'linkLimits', message: 'name at least one tag or campaign; `null` allows all links' });
  }
  return problems;
}

/** Whether a change gives rights that were not there before. */
export function isRise(before: GrantedRights, after: GrantedRights): boolean {
  if (before.role !== after.role && includesRole(after.role, before.role)) return true;
  if (before.hidesMoney && !after.hidesMoney) return true;
  if (before.linkLimits === null) return false;
  const { tags, campaigns } = before.linkLimits;
  const { linkLimits } = after;
  if (linkLimits === null) return true;
  return (
    linkLimits.tags.some((tag) => !tags.includes(tag)) ||
    linkLimits.campaigns.some((campaign) => !campaigns.includes(campaign))
  );
}

/** The rights after a change. Restrictions that the new role cannot have end, unless the change sets them. */
export function changedRights(
  before: GrantedRights,
  { role = before.role, hidesMoney, linkLimits }: Partial<GrantedRights>,
): GrantedRights {
  const hasLimits = role === 'analyst' || role === 'editor';
  return {
    role,
    hidesMoney: hidesMoney ?? (role === 'analyst' && before.hidesMoney),
    linkLimits: linkLimits === undefined ? (hasLimits ? before.linkLimits : null) : linkLimits,
  };
}
