import type { User } from '../users/user.schema.js';

/** The ways to sign in that the settings of this server allow, besides passkeys. */
export interface AllowedWays {
  hasPasswordLogin: boolean;
  /** The setting OIDC_ISSUER. `undefined`: without an OpenID provider. */
  oidcIssuer: string | undefined;
}

/** Whether a person can sign in with what they have. To be asked about the person as they would be after a removal. */
export function hasWayToSignIn(
  { passwordHash, identities = [], passkeys = [] }: Pick<User, 'passwordHash' | 'identities' | 'passkeys'>,
  { hasPasswordLogin, oidcIssuer }: AllowedWays,
): boolean {
  const hasPassword = hasPasswordLogin && passwordHash !== undefined;
  return hasPassword || passkeys.length > 0 || identities.some(({ issuer }) => isSameIssuer(issuer, oidcIssuer));
}

/** Whether two texts name one issuer. The setting may have a `/` at its end that the provider does not write. */
export function isSameIssuer(issuer: string, other: string | undefined): boolean {
  return other !== undefined && issuer.replace(/\/$/, '') === other.replace(/\/$/, '');
}
