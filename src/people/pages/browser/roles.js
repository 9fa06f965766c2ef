/** The roles from the strongest to the weakest: as the API names them, for people, and what they may do.
 * @type {[id: string, name: string, does: string][]} */
export const ROLES = [
  ['owner', 'Owner', 'everything, with the deletion of the workspace'],
  ['admin', 'Admin', 'everything but the deletion of the workspace'],
  ['editor', 'Editor', 'links, networks and conversions, without members and API keys'],
  ['analyst', 'Analyst', 'reads links, clicks and reports'],
];

/** @param {string} role */
export function roleName(role) {
  return ROLES.find(([id]) => id === role)?.[1] ?? role;
}
