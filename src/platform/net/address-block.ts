import { ownCopy } from '../text/own-copy.js';
import { type IpAddress, ipv6Groups, isIpv4, parseIp } from './ip-address.js';

/** An IPv6 address with a dotted IPv4 one in it. Longer texts are cut: a zone may have any length. */
const MAX_ADDRESS_LENGTH = 45;

/**
 * The block by which requests of an address are counted: an IPv4 address alone, or the /64 of an IPv6 address, the least
 * that one subscriber has. The text is a copy that may be kept. A text that is not an address is its own block.
 */
export function addressBlock(address: string): string {
  const { text, parsed } = read(address);
  if (parsed === undefined) return text;
  return isIpv4(parsed) ? ownCopy(parsed.text) : ipv6Block(parsed, 4);
}

/** A larger block, as one network or customer has it: an IPv4 /24, an IPv6 /48. */
export function wideBlock(address: string): string {
  const { text, parsed } = read(address);
  if (parsed === undefined) return text;
  return isIpv4(parsed) ? `${parsed.text.slice(0, parsed.text.lastIndexOf('.'))}.0/24` : ipv6Block(parsed, 3);
}

/** The /48 of an IPv6 address: a site, or a free tunnel, with 65,536 of the blocks above. `undefined` for IPv4. */
export function addressSite(address: string): string | undefined {
  const { parsed } = read(address);
  return parsed === undefined || isIpv4(parsed) ? undefined : ipv6Block(parsed, 3);
}

function read(address: string): { text: string; parsed: IpAddress | undefined } {
  const zone = address.indexOf('%');
  const end = zone < 0 ? MAX_ADDRESS_LENGTH : Math.min(zone, MAX_ADDRESS_LENGTH);
  const text = ownCopy(address.slice(0, end));
  return { text, parsed: parseIp(text) };
}

function ipv6Block(address: IpAddress, groups: number): string {
  const shown = ipv6Groups(address).slice(0, groups);
  return `${shown.map((group) => group.toString(16)).join(':')}::/${16 * groups}`;
}
