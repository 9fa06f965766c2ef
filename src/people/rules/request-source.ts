/** The parts of a request that tell which site caused it. */
export interface RequestSource {
  method: string;
  /** The `Host` header. */
  host: string | undefined;
  origin: string | undefined;
  secFetchSite: string | undefined;
  secFetchMode: string | undefined;
}

const SAFE_METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Whether the request names PUBLIC_URL's host and port. Cookies are valid nowhere else: link domains serve links only. */
export function isOnPublicHost({ host }: Pick<RequestSource, 'host'>, publicUrl: string): boolean {
  return (host ?? '').toLowerCase() === new URL(publicUrl).host;
}

/**
 * Whether a request with a cookie comes from this site's own pages. Browsers say so in `Sec-Fetch-Site`, which no page can
 * set; old ones only send `Origin`. A request that changes something needs one of the two. Source: the Fetch Metadata policy
 * of the OWASP Cross-Site Request Forgery Prevention Cheat Sheet, and https://www.w3.org/TR/fetch-metadata/.
 */
export function isFromOwnSite(source: RequestSource, publicUrl: string): boolean {
  const { method, origin, secFetchSite, secFetchMode } = source;
  const isOwnOrigin = origin === undefined || origin === new URL(publicUrl).origin;
  if (secFetchSite !== undefined) {
    const isNavigation = SAFE_METHODS.has(method) && (secFetchMode === 'navigate' || secFetchSite === 'none');
    return (secFetchSite === 'same-origin' || isNavigation) && (isOwnOrigin || isNavigation);
  }
  return SAFE_METHODS.has(method) ? isOwnOrigin : origin !== undefined && isOwnOrigin;
}

/**
 * Whether a request without a cookie may sign in. A page of another site must not sign a visitor in to an account of its own
 * ("login CSRF"). Programs send neither header.
 */
export function maySignIn(source: RequestSource, publicUrl: string): boolean {
  const isProgram = source.secFetchSite === undefined && source.origin === undefined;
  return isProgram || isFromOwnSite(source, publicUrl);
}
