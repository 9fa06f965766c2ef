import type { EdgeHeaders } from '../../edge/edge-reply.js';
import { REFERRER_POLICIES, type RedirectStatus, type ReferrerPolicy } from '../../links/link.schema.js';

/** Each click is counted, so no redirect and no frame of a cloaked link comes from a cache. */
export const REDIRECT_CACHE_CONTROL = 'private, no-store';

const NO_INDEX: EdgeHeaders = Object.freeze({ 'x-robots-tag': 'noindex' });

// Made once: a click looks them up.
const WITH_POLICY = new Map(
  REFERRER_POLICIES.map((policy) => {
    const indexed: EdgeHeaders = Object.freeze({ 'referrer-policy': policy });
    return [policy, { indexed, hidden: Object.freeze({ ...NO_INDEX, ...indexed }) }] as const;
  }),
);

/** The headers of a redirect beside its location. */
export function redirectHeaders(isIndexed: boolean, policy?: ReferrerPolicy): EdgeHeaders | undefined {
  const headers = policy === undefined ? undefined : WITH_POLICY.get(policy);
  if (headers === undefined) return isIndexed ? undefined : NO_INDEX;
  return isIndexed ? headers.indexed : headers.hidden;
}

/**
 * All headers of a redirect. The usual ones are literals: in the V8 of Node 20, an object that is put together by spreading has
 * a hidden class of its own, which costs a click more than all else here.
 */
export function withLocation(location: string, headers: EdgeHeaders | undefined): EdgeHeaders {
  if (headers === undefined) return { location, 'cache-control': REDIRECT_CACHE_CONTROL };
  if (headers === NO_INDEX) return { location, 'cache-control': REDIRECT_CACHE_CONTROL, 'x-robots-tag': 'noindex' };
  return { location, 'cache-control': REDIRECT_CACHE_CONTROL, ...headers };
}

/**
 * The status of a redirect. Unless the link keeps method and body (307, 308), a request by another method than GET is answered
 * 303: after a 301 or 302 some clients keep their method, others do not.
 */
export function statusFor(status: RedirectStatus, { hasOtherMethod }: { hasOtherMethod?: boolean }): RedirectStatus {
  return hasOtherMethod && status < 307 ? 303 : status;
}
