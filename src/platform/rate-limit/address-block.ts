import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';
import { canonicalAddress } from '../outbound/public-address.js';
import { ownCopy } from '../text/own-copy.js';

/** An IPv6 address with a dotted IPv4 one in it. Longer texts are cut: a zone may have any length. */
const MAX_ADDRESS_LENGTH = 45;

/**
 * Whom an address stands for when requests are counted: an IPv4 address for itself, an IPv6 address for its /64, which is
 * what one subscriber has at the least. The text is a copy that may be kept.
 */
export function addressBlock(address: string): string {
  const plain = withoutZone(address);
  if (isIP(plain) !== 6) return plain;
  const parsed = ipaddr.process(canonicalAddress(plain));
  if (parsed instanceof ipaddr.IPv4) return parsed.toString(); // mapped: one of many behind the same /64
  return networkOf(parsed, 4);
}

/** A larger block, as one network or customer has it: an IPv4 /24, an IPv6 /48. */
export function wideBlock(address: string): string {
  const plain = withoutZone(address);
  const version = isIP(plain);
  if (version === 0) return plain;
  const parsed = ipaddr.process(version === 6 ? canonicalAddress(plain) : plain);
  return parsed instanceof ipaddr.IPv4 ? `${parsed.octets.slice(0, 3).join('.')}.0/24` : networkOf(parsed, 3);
}

function withoutZone(address: string): string {
  const end = address.indexOf('%');
  return ownCopy(address.slice(0, end < 0 ? MAX_ADDRESS_LENGTH : Math.min(end, MAX_ADDRESS_LENGTH)));
}

function networkOf({ parts }: ipaddr.IPv6, groups: number): string {
  const shown = parts.slice(0, groups).map((part) => part.toString(16));
  return `${shown.join(':')}::/${16 * groups}`;
}

/** The /48 of an IPv6 address: a site, or a tunnel that is had for free, with 65,536 of the networks above. `undefined` for IPv4. */
export function addressSite(address: string): string | undefined {
  const plain = withoutZone(address);
  if (isIP(plain) !== 6) return undefined;
  const parsed = ipaddr.process(canonicalAddress(plain));
  return parsed instanceof ipaddr.IPv4 ? undefined : networkOf(parsed, 3);
}
