import type { EdgeHeaders } from '../../edge/edge-reply.js';
import { REFERRER_POLICIES, type RedirectStatus, type ReferrerPolicy } from '../../links/link.schema.js';

/** Redirects and frames of cloaked links must not be cached, as each click is counted. */
export const REDIRECT_CACHE_CONTROL = 'private, no-store';

const NO_INDEX: EdgeHeaders = Object.freeze({ 'x-robots-tag': 'noindex' });

// Created once, as each click needs them.
const WITH_POLICY = new Map(
  REFERRER_POLICIES.map((policy) => {
    const indexed: EdgeHeaders = Object.freeze({ 'referrer-policy': policy });
    return [policy, { indexed, hidden: Object.freeze({ ...NO_INDEX, ...indexed }) }] as const;
  }),
);

/** The headers of a redirect besides `location` and `cache-control`. */
export function redirectHeaders(isIndexed: boolean, policy?: ReferrerPolicy): EdgeHeaders | undefined {
  const headers = policy === undefined ? undefined : WITH_POLICY.get(policy);
  if (headers === undefined) return isIndexed ? undefined : NO_INDEX;
  return isIndexed ? headers.indexed : headers.hidden;
}

/**
 * All headers of a redirect. The usual ones are literals: in the V8 of Node 20, an object built by spreading gets its own hidden
 * class, which takes more time than the rest of this function.
 */
export function withLocation(location: string, headers: EdgeHeaders | undefined): EdgeHeaders {
  if (headers === undefined) return { location, 'cache-control': REDIRECT_CACHE_CONTROL };
  if (headers === NO_INDEX) return { location, 'cache-control': REDIRECT_CACHE_CONTROL, 'x-robots-tag': 'noindex' };
  return { location, 'cache-control': REDIRECT_CACHE_CONTROL, ...headers };
}

/**
 * The status of a redirect. Unless the link keeps method and body (307, 308), requests with other methods than GET and HEAD get
 * 303: after a 301 or 302, some clients keep their method and others do not.
 */
export function statusFor(status: RedirectStatus, { hasOtherMethod }: { hasOtherMethod?: boolean }): RedirectStatus {
  return hasOtherMethod && status < 307 ? 303 : status;
}
