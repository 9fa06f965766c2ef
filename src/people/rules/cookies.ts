/** The prefix that makes browsers accept a cookie only over https, for this host and for all paths. */
const HOST_PREFIX = '__Host-';
/** RFC 6265: visible ASCII without double quote, comma, semicolon and backslash. */
const COOKIE_VALUE = /^[\x21\x23-\x2b\x2d-\x3a\x3c-\x5b\x5d-\x7e]*$/;

/** A cookie of this host. */
export interface HostCookie {
  /** Without prefix. */
  name: string;
  /** Whether PUBLIC_URL is https. Browsers take the prefix and `Secure` only there. */
  isSecure: boolean;
}

/** @param publicUrl the setting PUBLIC_URL. */
export function hostCookie(name: string, publicUrl: string): HostCookie {
  return { name, isSecure: publicUrl.startsWith('https:') };
}

/** The name that the browser stores. */
export function nameOfCookie({ name, isSecure }: HostCookie): string {
  return isSecure ? `${HOST_PREFIX}${name}` : name;
}

/**
 * The value of a cookie in a `Cookie` header. Names are compared exactly. `undefined` also where two cookies have the name:
 * one of them was set by another host or path.
 */
export function findCookie(cookieHeader: string, cookie: HostCookie): string | undefined {
  const name = nameOfCookie(cookie);
  if (!cookieHeader.includes(name)) return undefined;
  const values = cookieHeader.split(';').flatMap((pair) => {
    const separator = pair.indexOf('=');
    return separator > 0 && pair.slice(0, separator).trim() === name ? [pair.slice(separator + 1).trim()] : [];
  });
  return values.length === 1 ? values[0] : undefined;
}

/**
 * A `Set-Cookie` value. Scripts and other hosts cannot read the cookie.
 * @param maxAgeSeconds absent: the cookie ends with the browser.
 * @throws RangeError when the value has characters that a cookie cannot carry.
 */
export function formatCookie(cookie: HostCookie, value: string, maxAgeSeconds?: number): string {
  if (!COOKIE_VALUE.test(value)) throw new RangeError(`The value of cookie ${cookie.name} has characters to encode.`);
  const lifetime = maxAgeSeconds === undefined ? '' : `; Max-Age=${maxAgeSeconds}`;
  const attributes = `Path=/${lifetime}; HttpOnly; SameSite=Lax${cookie.isSecure ? '; Secure' : ''}`;
  return `${nameOfCookie(cookie)}=${value}; ${attributes}`;
}

/** A `Set-Cookie` value that removes the cookie. */
export function formatRemovedCookie(cookie: HostCookie): string {
  return formatCookie(cookie, '', 0);
}
