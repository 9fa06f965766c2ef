const MAX_AGE_SECONDS = 30 * 86_400;
/** The visitor has visited the link, but got no variant. */
const NO_VARIANT = '-';

/** The earlier visits to a link that the visitor's cookie shows. */
export interface VariantCookie {
  isReturning: boolean;
  /** Key of the variant that the visitor got. */
  variant: string | undefined;
}

const NO_COOKIE: VariantCookie = { isReturning: false, variant: undefined };

/** Reads the variant cookie of a link. @param cookie the `Cookie` header. */
export function readVariantCookie(cookie: string, linkNumber: number): VariantCookie {
  if (cookie === '') return NO_COOKIE;
  const name = `${nameOf(linkNumber)}=`;
  const found = cookie.split(';').find((part) => part.trimStart().startsWith(name));
  if (found === undefined) return NO_COOKIE;
  const value = found.trim().slice(name.length);
  return { isReturning: true, variant: value === NO_VARIANT ? undefined : decoded(value) };
}

/** A `Set-Cookie` value that keeps the variant for this link. Scripts and other sites cannot read it. */
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
    return undefined; // not set by Hopback
  }
}
