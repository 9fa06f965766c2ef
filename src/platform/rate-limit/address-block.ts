import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';
import { canonicalAddress } from '../outbound/public-address.js';

/**
 * Whom an address stands for when requests are counted: an IPv4 address for itself, an IPv6 address for its /64, which is
 * what one subscriber has at the least.
 */
export function addressBlock(address: string): string {
  const plain = address.split('%')[0] ?? '';
  if (isIP(plain) !== 6) return plain;
  const parsed = ipaddr.process(canonicalAddress(plain));
  if (parsed instanceof ipaddr.IPv4) return parsed.toString(); // mapped: one of many behind the same /64
  return `${parsed.parts
    .slice(0, 4)
    .map((part) => part.toString(16))
    .join(':')}::/64`;
}
