/** The roles from the strongest to the weakest: as the API names them, for people, and what they may do.
 * @type {[id: string, name: string, does: string][]} */
export const ROLES = [
  ['owner', 'Owner', 'everything, with the deletion of the workspace'],
  ['admin', 'Admin', 'everything but the deletion of the workspace'],
  ['editor', 'Editor', 'creates and changes links, networks and conversions'],
  ['analyst', 'Analyst', 'reads links, clicks, conversions and reports'],
];

/**
 * @param {string} role
 * @returns a sentence
 */
export function rightsOf(role) {
  const does = ROLES.find(([id]) => id === role)?.[2] ?? '';
  return does === '' ? '' : `${does.charAt(0).toUpperCase()}${does.slice(1)}.`;
}

/** @param {string} role */
export function roleName(role) {
  return ROLES.find(([id]) => id === role)?.[1] ?? role;
}
