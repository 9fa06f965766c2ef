import { REFERRER_POLICIES, type RedirectStatus, type ReferrerPolicy } from '../links/link.schema.js';
import type { ExtraHeaders } from './short-link-request.js';

const NO_INDEX: ExtraHeaders = Object.freeze({ 'x-robots-tag': 'noindex' });

// Made once: a click looks them up.
const WITH_POLICY = new Map(
  REFERRER_POLICIES.map((policy) => {
    const indexed: ExtraHeaders = Object.freeze({ 'referrer-policy': policy });
    return [policy, { indexed, hidden: Object.freeze({ ...NO_INDEX, ...indexed }) }] as const;
  }),
);

/** What a redirect says besides where it leads. */
export function redirectHeaders(isIndexed: boolean, policy?: ReferrerPolicy): ExtraHeaders | undefined {
  const headers = policy === undefined ? undefined : WITH_POLICY.get(policy);
  if (headers === undefined) return isIndexed ? undefined : NO_INDEX;
  return isIndexed ? headers.indexed : headers.hidden;
}

/**
 * The status of a redirect. Where the link does not say that method and body go along (307, 308), who comes by another method
 * than GET is told to go on by GET: after a 301 or 302 some keep their method, others do not.
 */
export function statusFor(status: RedirectStatus, { hasOtherMethod }: { hasOtherMethod?: boolean }): RedirectStatus {
  return hasOtherMethod && status < 307 ? 303 : status;
}
