import { isIP } from 'node:net';
import { isPublicAddress } from '../net/public-address.js';

/** Suffixes of names in private networks (RFC 6761, RFC 6762, RFC 8375, and names that clouds use). */
const LOCAL_SUFFIXES = ['localhost', 'local', 'internal', 'lan', 'intranet', 'corp', 'home.arpa', 'localdomain'];
/** Browsers and DNS accept underscores in hosts; only registered names have none. */
const LABEL = /^[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?$/;
const LAST_LABEL = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

/**
 * Whether the host is a valid DNS name (RFC 1035, letters, digits, hyphens and underscores) or an address. URL parsers
 * also accept `a..b`, `-a.com`, `a.c_m` and labels of any length.
 * @param host in the form of `new URL(…).hostname`: lower case, punycode, IPv6 in brackets.
 */
export function isHostSyntax(host: string): boolean {
  if (isAddress(host)) return true;
  if (host.length === 0 || host.length > 253) return false;
  const labels = host.split('.');
  const last = labels.at(-1) ?? '';
  // Some programs would read a last label of digits as an address.
  return labels.every((label) => LABEL.test(label)) && LAST_LABEL.test(last) && !/^\d+$/.test(last);
}

/** Whether the host is in a private network: an address that is not public, or a name that is never public. */
export function isPrivateHost(host: string): boolean {
  if (isAddress(host)) return !isPublicAddress(unbracketed(host));
  if (!host.includes('.')) return true;
  return LOCAL_SUFFIXES.some((suffix) => host.endsWith(`.${suffix}`));
}

function isAddress(host: string): boolean {
  return isIP(unbracketed(host)) !== 0;
}

function unbracketed(host: string): string {
  return host.startsWith('[') && host.endsWith(']') ? host.slice(1, -1) : host;
}
