import { isEmailAddress } from './email-address.js';
import { type Role, ROLES } from './roles.js';

const MAX_NAME_CHARS = 100;
const MAX_ROLES = 1_000;

/** The claims of an ID token, or of the UserInfo endpoint. */
export type Claims = Readonly<Record<string, unknown>>;

/** A person as the OpenID provider describes them. */
export interface OidcPerson {
  issuer: string;
  /** Unique within the issuer, and never given to another person: OpenID Connect Core 1.0, section 2. */
  subject: string;
  /** The address, if the provider says that it has verified it. Other addresses are not read at all. */
  verifiedEmail: string | undefined;
  name: string | undefined;
  /** The strongest known role in the role claim. `undefined`: none is named. */
  role: Role | undefined;
  /** When the person last proved who they are to the provider. `undefined`: it does not say. */
  authenticatedAt: Date | undefined;
}

/**
 * Reads the claims of a person.
 * @param idToken with a checked signature.
 * @param userInfo of the same subject. It completes the ID token, whose claims count first.
 */
export function readOidcPerson(idToken: Claims, userInfo: Claims, roleClaim: string | undefined): OidcPerson {
  const all = { ...userInfo, ...idToken };
  return {
    issuer: String(idToken['iss']),
    subject: String(idToken['sub']),
    verifiedEmail: verifiedEmailOf(idToken) ?? verifiedEmailOf(userInfo),
    name: nameOf(all),
    role: roleClaim === undefined ? undefined : strongestRoleOf(all[roleClaim]),
    authenticatedAt: timeOf(idToken['auth_time']),
  };
}

/** Whether the UserInfo endpoint may know something that the ID token does not have. */
export function isIncomplete(idToken: Claims, roleClaim: string | undefined): boolean {
  const isWithoutRole = roleClaim !== undefined && idToken[roleClaim] === undefined;
  return isWithoutRole || verifiedEmailOf(idToken) === undefined || nameOf(idToken) === undefined;
}

/** The strongest role that a text or a list names, exactly as written. Other values have no effect. */
export function strongestRoleOf(claim: unknown): Role | undefined {
  const values: unknown[] = Array.isArray(claim) ? claim.slice(0, MAX_ROLES) : [claim];
  return ROLES.find((role) => values.includes(role));
}

/** Address and proof must be of one source. Only the boolean counts: some providers send texts that people may edit. */
function verifiedEmailOf({ email, email_verified: isVerified }: Claims): string | undefined {
  return isVerified === true && typeof email === 'string' && isEmailAddress(email) ? email.trim() : undefined;
}

/** @param seconds since 1970, as `auth_time` has them. */
function timeOf(seconds: unknown): Date | undefined {
  return typeof seconds === 'number' && seconds > 0 && seconds < 1e11 ? new Date(seconds * 1_000) : undefined;
}

function nameOf({ name, preferred_username: userName }: Claims): string | undefined {
  for (const text of [name, userName]) {
    const written = typeof text === 'string' ? text.replaceAll(/\p{C}/gu, ' ').trim() : '';
    if (written !== '') return [...written].slice(0, MAX_NAME_CHARS).join('').trim();
  }
  return undefined;
}
