import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

type Range = [name: string, cidr: ReturnType<typeof ipaddr.parseCIDR>];

const ranges = (table: [string, string][]): Range[] => table.map(([name, text]) => [name, ipaddr.parseCIDR(text)]);

/** IANA's special-purpose registry, and what clouds put at public addresses. */
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

/** The one block of IPv6 from which addresses of the internet are given out. */
const GLOBAL_V6 = ipaddr.parseCIDR('2000::/3');
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
/** A translator's addresses: what they lead to is the IPv4 address in their last 32 bits. */
const NAT64 = ipaddr.parseCIDR('64:ff9b::/96');

/** Whether an IP address, written in the usual way, is one of the internet. Anything else is not. */
export function isPublicAddress(text: string): boolean {
  return forbiddenRange(text) === undefined;
}

/**
 * Why an outgoing request must not go to an address: the name of the range that it is in, such as `loopback`;
 * `not_an_address` for what is none; `undefined` when it may.
 */
export function forbiddenRange(text: string): string | undefined {
  if (isIP(text) === 0) return 'not_an_address';
  if (text.includes('%')) return 'link_local'; // with a zone: it means something on this machine only
  const address = ipaddr.parse(canonicalAddress(text));
  if (address instanceof ipaddr.IPv4) return find(SPECIAL_V4, address);
  if (address.isIPv4MappedAddress()) return find(SPECIAL_V4, address.toIPv4Address());
  if (address.match(NAT64)) return find(SPECIAL_V4, lastFourBytes(address));
  return find(SPECIAL_V6, address) ?? (isIsatap(address) ? 'isatap' : undefined) ?? outsideOfGlobal(address);
}

/**
 * One way of writing for each address: IPv6 compressed and in hexadecimal. ipaddr.js must not be given the other form: it
 * takes `::8.8.8.8` for `::ffff:8.8.8.8`.
 * @param text an address, as `isIP` knows it, without a zone.
 */
export function canonicalAddress(text: string): string {
  return isIP(text) === 6 ? new URL(`http://[${text}]`).hostname.slice(1, -1) : text;
}

function find(table: Range[], address: ipaddr.IPv4 | ipaddr.IPv6): string | undefined {
  return table.find(([, cidr]) => cidr[0].kind() === address.kind() && address.match(cidr))?.[0];
}

/** An interface id of `0000:5efe` or `0200:5efe`: the rest of it is an IPv4 address behind a tunnel. */
function isIsatap({ parts }: ipaddr.IPv6): boolean {
  return parts[5] === 0x5efe && (parts[4] === 0 || parts[4] === 0x0200);
}

function outsideOfGlobal(address: ipaddr.IPv6): string | undefined {
  return address.match(GLOBAL_V6) ? undefined : 'unallocated';
}

function lastFourBytes(address: ipaddr.IPv6): ipaddr.IPv4 {
  return new ipaddr.IPv4(address.toByteArray().slice(12));
}
