import type { User } from '../../users/user.schema.js';

/** The ways to sign in that this server offers besides passkeys. */
export interface OfferedWays {
  hasPasswordLogin: boolean;
  /** `undefined`: without an OpenID provider. */
  oidcIssuer: string | undefined;
}

/** Whether a person could still sign in without one of their passkeys. */
export function canSignInWithout(
  credentialId: string,
  { passwordHash, identities = [], passkeys = [] }: Pick<User, 'passwordHash' | 'identities' | 'passkeys'>,
  { hasPasswordLogin, oidcIssuer }: OfferedWays,
): boolean {
  return (
    (hasPasswordLogin && passwordHash !== undefined) ||
    identities.some(({ issuer }) => issuer === oidcIssuer) ||
    passkeys.some(({ _id }) => _id !== credentialId)
  );
}
