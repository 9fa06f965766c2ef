import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';
import { canonicalAddress } from '../outbound/public-address.js';

/**
 * Whom an address stands for when requests are counted: an IPv4 address for itself, an IPv6 address for its /64, which is
 * what one subscriber has at the least.
 */
export function addressBlock(address: string): string {
  const plain = address.split('%')[0] ?? '';
  const parsed = ipv6Of(plain);
  if (parsed === undefined) return plain;
  if (parsed instanceof ipaddr.IPv4) return parsed.toString(); // mapped: one of many behind the same /64
  return prefixOf(parsed, 64);
}

/** The /48 of an IPv6 address: a site, or a tunnel that is had for free, with 65,536 of the networks above. `undefined` for IPv4. */
export function addressSite(address: string): string | undefined {
  const parsed = ipv6Of(address.split('%')[0] ?? '');
  return parsed === undefined || parsed instanceof ipaddr.IPv4 ? undefined : prefixOf(parsed, 48);
}

function ipv6Of(plain: string): ipaddr.IPv4 | ipaddr.IPv6 | undefined {
  return isIP(plain) === 6 ? ipaddr.process(canonicalAddress(plain)) : undefined;
}

function prefixOf({ parts }: ipaddr.IPv6, bits: 48 | 64): string {
  const kept = parts.slice(0, bits / 16).map((part) => part.toString(16));
  return `${kept.join(':')}::/${bits}`;
}
