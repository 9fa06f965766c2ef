import { definedOnly } from '../../platform/collections/defined-only.js';
import { ProblemException } from '../../platform/http/problems/problem.js';
import type { NetworkSecurity } from '../network.schema.js';
import {
  type HmacRequest,
  SECRET_MASK,
  type SecurityRequest,
  type SecurityResponse,
  type TokenRequest,
} from '../security.dto.js';

const DEFAULT_HMAC = { param: 'sig', timestampParam: 'ts', toleranceSeconds: 300 };
/** Of a shorter secret, its last characters would tell too much. */
const MIN_SHOWN_IN_PART = 8;
const SHOWN = 3;

/** How a secret is shown. */
export function maskSecret(secret: string): string {
  return `***${secret.length < MIN_SHOWN_IN_PART ? '' : secret.slice(-SHOWN)}`;
}

export function maskSecurity({ ips, token, hmac, ratePerMinute }: NetworkSecurity): SecurityResponse {
  return {
    ips,
    token: token && { param: token.param, value: maskSecret(token.value) },
    hmac: hmac && { ...hmac, secret: maskSecret(hmac.secret) },
    ratePerMinute,
  };
}

/** Whether a request must prove something beside the key. */
export function asksForProof({ ips, token, hmac }: Pick<NetworkSecurity, 'ips' | 'token' | 'hmac'>): boolean {
  return ips.length > 0 || token !== null || hmac !== null;
}

/** The security as it is after a change: what is not given stays, and so does a secret that comes back as its mask. */
export function changeSecurity(stored: NetworkSecurity, change: SecurityRequest = {}): NetworkSecurity {
  return {
    ips: change.ips ?? stored.ips,
    token: change.token === undefined ? stored.token : change.token && toToken(stored.token, change.token),
    hmac: change.hmac === undefined ? stored.hmac : change.hmac && toHmac(stored.hmac, change.hmac),
    ratePerMinute: change.ratePerMinute ?? stored.ratePerMinute,
  };
}

function toToken(stored: NetworkSecurity['token'], { param, value }: TokenRequest): NetworkSecurity['token'] {
  return { param, value: unmasked(value, stored?.value, 'security.token.value') };
}

function toHmac(stored: NetworkSecurity['hmac'], change: HmacRequest): NetworkSecurity['hmac'] {
  const { param, timestampParam, toleranceSeconds } = { ...DEFAULT_HMAC, ...stored, ...definedOnly(change) };
  const secret = unmasked(change.secret, stored?.secret, 'security.hmac.secret');
  return { secret, param, timestampParam, toleranceSeconds };
}

/** @throws ProblemException for the mask of something else, which nobody would want for a secret. */
function unmasked(given: string, stored: string | undefined, path: string): string {
  if (!SECRET_MASK.test(given)) return given;
  if (stored !== undefined && given === maskSecret(stored)) return stored;
  const message = 'this is how a secret is shown, but not this one: give the secret itself';
  throw ProblemException.invalid({ path, code: 'masked_secret', message });
}
