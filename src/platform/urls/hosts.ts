import { isIP } from 'node:net';
import { isPublicAddress } from '../net/public-address.js';

/** Names that never lead out of one's own network (RFC 6761, RFC 6762, RFC 8375 and what clouds call their own). */
const LOCAL_SUFFIXES = ['localhost', 'local', 'internal', 'lan', 'intranet', 'corp', 'home.arpa', 'localdomain'];
/** Browsers open hosts with underscores, and DNS serves them; only registered names have none. */
const LABEL = /^[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?$/;
const LAST_LABEL = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

/**
 * Whether the host can be a name in the DNS (RFC 1035, letters, digits, hyphens and underscores) or is an address. URL parsers accept
 * `a..b`, `-a.com`, `a.c_m` and labels of any length.
 * @param host as `new URL(…).hostname` has it: lower case, punycode, IPv6 in brackets.
 */
export function isHostSyntax(host: string): boolean {
  if (isAddress(host)) return true;
  if (host.length === 0 || host.length > 253) return false;
  const labels = host.split('.');
  const last = labels.at(-1) ?? '';
  // A last label of digits would be read as an address by others.
  return labels.every((label) => LABEL.test(label)) && LAST_LABEL.test(last) && !/^\d+$/.test(last);
}

/** Whether the host is one of somebody's own network: an address that is not public, or a name that is never so. */
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
