import { isIP } from 'node:net';
import { type IpAddress, ipv6Groups, isIpv4, parseIp } from './ip-address.js';
import { type IpRange, isInRange, parseIpRange } from './ip-range.js';

interface SpecialRange extends IpRange {
  name: string;
}

const range = (text: string): IpRange => {
  const parsed = parseIpRange(text);
  if (parsed === undefined) throw new Error(`${text} is not a range of addresses`);
  return parsed;
};
const ranges = (table: [name: string, cidr: string][]): SpecialRange[] =>
  table.map(([name, cidr]) => ({ name, ...range(cidr) }));

/** IANA's registries of special-purpose addresses (RFC 6890), and services of clouds at public addresses. */
const SPECIAL_V4 = ranges([
  ['unspecified', '0.0.0.0/8'],
  ['private', '10.0.0.0/8'],
  ['carrier_nat', '100.64.0.0/10'],
  ['loopback', '127.0.0.0/8'],
  ['link_local', '169.254.0.0/16'],
  ['private', '172.16.0.0/12'],
  ['reserved', '192.0.0.0/24'],
  ['documentation', '192.0.2.0/24'],
  ['reserved', '192.88.99.0/24'],
  ['private', '192.168.0.0/16'],
  ['benchmarking', '198.18.0.0/15'],
  ['documentation', '198.51.100.0/24'],
  ['documentation', '203.0.113.0/24'],
  ['multicast', '224.0.0.0/4'],
  ['reserved', '240.0.0.0/4'],
  ['cloud_internal', '168.63.129.16/32'], // Azure's own server, which answers to its virtual machines only
]);

/** The only block of IPv6 from which public addresses are assigned. */
const GLOBAL_V6 = range('2000::/3');
const SPECIAL_V6 = ranges([
  ['unspecified', '::/128'],
  ['loopback', '::1/128'],
  ['v4_compatible', '::/96'],
  ['local_nat64', '64:ff9b:1::/48'],
  ['discard', '100::/64'],
  ['teredo', '2001::/32'],
  ['reserved', '2001::/23'],
  ['documentation', '2001:db8::/32'],
  ['6to4', '2002::/16'],
  ['documentation', '3fff::/20'],
  ['segment_routing', '5f00::/16'],
  ['private', 'fc00::/7'],
  ['link_local', 'fe80::/10'],
  ['site_local', 'fec0::/10'],
  ['multicast', 'ff00::/8'],
]);
/** A translator's addresses (RFC 6052): they lead to the IPv4 address in their last 32 bits. */
const NAT64 = range('64:ff9b::/96');

/** Whether a text is an IP address that is reachable on the internet. */
export function isPublicAddress(text: string): boolean {
  return forbiddenRange(text) === undefined;
}

/**
 * Why an outgoing request must not go to an address: the name of its range, such as `loopback`, or `not_an_address`;
 * `undefined` when it may.
 */
export function forbiddenRange(text: string): string | undefined {
  const address = parseIp(text);
  if (address !== undefined) return specialRange(address);
  return text.includes('%') && isIP(text) !== 0 ? 'link_local' : 'not_an_address'; // a zone names an interface of this machine
}

/** The name of the special range that an address is in; `undefined` for a public address. */
export function specialRange(address: IpAddress): string | undefined {
  if (isIpv4(address)) return find(SPECIAL_V4, address);
  if (isInRange(address, NAT64)) return find(SPECIAL_V4, { words: address.words.slice(3) });
  return find(SPECIAL_V6, address) ?? (isIsatap(address) ? 'isatap' : undefined) ?? outsideOfGlobal(address);
}

function find(table: readonly SpecialRange[], address: Pick<IpAddress, 'words'>): string | undefined {
  return table.find((one) => isInRange(address, one))?.name;
}

/** An interface id of `0000:5efe` or `0200:5efe` (RFC 5214): its other bits are an IPv4 address behind a tunnel. */
function isIsatap(address: IpAddress): boolean {
  const groups = ipv6Groups(address);
  return groups[5] === 0x5efe && (groups[4] === 0 || groups[4] === 0x0200);
}

function outsideOfGlobal(address: IpAddress): string | undefined {
  return isInRange(address, GLOBAL_V6) ? undefined : 'unallocated';
}
