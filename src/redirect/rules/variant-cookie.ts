const MAX_AGE_SECONDS = 30 * 86_400;
/** The visitor was here, and was sent to no variant. */
const NO_VARIANT = '-';

/** Earlier visits to a link, by the visitor's cookie. */
export interface VariantCookie {
  isReturning: boolean;
  /** Key of the variant that the visitor was sent to. */
  variant: string | undefined;
}

const NO_COOKIE: VariantCookie = { isReturning: false, variant: undefined };

/** @param cookie the `Cookie` header. */
export function readVariantCookie(cookie: string, linkNumber: number): VariantCookie {
  if (cookie === '') return NO_COOKIE;
  const name = `${nameOf(linkNumber)}=`;
  const found = cookie.split(';').find((part) => part.trimStart().startsWith(name));
  if (found === undefined) return NO_COOKIE;
  const value = found.trim().slice(name.length);
  return { isReturning: true, variant: value === NO_VARIANT ? undefined : decoded(value) };
}

/** A `Set-Cookie` value that keeps the variant, for this link only; no script and no other site can read it. */
export function variantCookie(linkNumber: number, variant: string | undefined): string {
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
