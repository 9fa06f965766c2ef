const MAX_AGE_SECONDS = 30 * 86_400;
/** Was here, and was sent to no variant. */
const NO_VARIANT = '-';

/** What a visitor's browser tells of earlier visits to a link. */
export interface Memory {
  isReturning: boolean;
  /** The key of the variant they were sent to. */
  variant: string | undefined;
}

const STRANGER: Memory = { isReturning: false, variant: undefined };

/** @param cookie the `Cookie` header. */
export function readMemory(cookie: string, linkNumber: number): Memory {
  if (cookie === '') return STRANGER;
  const name = `${nameOf(linkNumber)}=`;
  const found = cookie.split(';').find((part) => part.trimStart().startsWith(name));
  if (found === undefined) return STRANGER;
  const value = found.trim().slice(name.length);
  return { isReturning: true, variant: value === NO_VARIANT ? undefined : decoded(value) };
}

/** A `Set-Cookie` value: which variant it was, for this link only, readable by no script and by no other site. */
export function memoryCookie(linkNumber: number, variant: string | undefined): string {
  const value = variant === undefined ? NO_VARIANT : encodeURIComponent(variant);
  return `${nameOf(linkNumber)}=${value}; Path=/; Max-Age=${MAX_AGE_SECONDS}; HttpOnly; SameSite=Lax`;
}

function nameOf(linkNumber: number): string {
  return `hb_${linkNumber.toString(36)}`;
}

function decoded(value: string): string | undefined {
  try {
    return decodeURIComponent(value);
  } catch {
    return undefined; // not one of ours
  }
}
