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
/** The last characters of a shorter secret would reveal too much. */
const MIN_LENGTH_TO_SHOW_PART = 8;
const SHOWN_CHARS = 3;

/** Masks a secret for display. */
export function maskSecret(secret: string): string {
  return `***${secret.length < MIN_LENGTH_TO_SHOW_PART ? '' : secret.slice(-SHOWN_CHARS)}`;
}

/** A network's security settings with masked secrets. */
export function maskSecurity({ ips, token, hmac, ratePerMinute }: NetworkSecurity): SecurityResponse {
  return {
    ips,
    token: token && { param: token.param, value: maskSecret(token.value) },
    hmac: hmac && { ...hmac, secret: maskSecret(hmac.secret) },
    ratePerMinute,
  };
}

/** Whether a request must meet a condition besides the key. */
export function asksForProof({ ips, token, hmac }: Pick<NetworkSecurity, 'ips' | 'token' | 'hmac'>): boolean {
  return ips.length > 0 || token !== null || hmac !== null;
}

/** Applies a change. Fields that are not given stay, and so does a secret that is sent back as its mask. */
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

/** @throws ProblemException for the mask of another secret, because a mask is surely not meant as a secret. */
function unmasked(given: string, stored: string | undefined, path: string): string {
  if (!SECRET_MASK.test(given)) return given;
  if (stored !== undefined && given === maskSecret(stored)) return stored;
  const message = 'this is the masked form of another secret: give the secret itself';
  throw ProblemException.invalid({ path, code: 'masked_secret', message });
}
