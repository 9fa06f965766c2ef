import ipaddr from 'ipaddr.js';
import { LRUCache } from 'lru-cache';

type Range = ReturnType<typeof ipaddr.parseCIDR>;

const MAX_COMPILED = 1_000;
/** ::ffff:0:0/96 is where IPv4 stands in IPv6. */
const MAPPED_BITS = 96;

/** By what they say: the same list comes as another array with every look-up. */
const compiled = new LRUCache<string, readonly Range[]>({ max: MAX_COMPILED });

/**
 * Whether an address is one of `list`, or in one of its CIDRs. An IPv4 address counts the same however it is written, as
 * 203.0.113.9 or ::ffff:203.0.113.9. What is no address is in no list, and an entry that is none lets nobody in.
 */
export function isInList(address: string, list: readonly string[]): boolean {
  const parsed = toAddress(address);
  if (parsed === undefined) return false;
  return rangesOf(list).some((range) => parsed.kind() === range[0].kind() && parsed.match(range));
}

function rangesOf(list: readonly string[]): readonly Range[] {
  const key = list.join(',');
  const known = compiled.get(key);
  if (known !== undefined) return known;
  const ranges = list.map(toRange).filter((range) => range !== undefined);
  compiled.set(key, ranges);
  return ranges;
}

function toRange(entry: string): Range | undefined {
  const [text = '', bitsText, ...more] = entry.trim().split('/');
  const address = toAddress(text);
  if (address === undefined || more.length > 0) return undefined;
  const isIpv4 = address.kind() === 'ipv4';
  const most = isIpv4 ? 32 : 128;
  if (bitsText === undefined) return [address, most];
  if (!/^\d{1,3}$/.test(bitsText)) return undefined;
  const bits = Number(bitsText) - (isIpv4 && text.includes(':') ? MAPPED_BITS : 0);
  return bits >= 0 && bits <= most ? [address, bits] : undefined;
}

/** `ipaddr.process` takes 1, 0x7f.1 and 010.0.0.1 for addresses, too: those are slips, or tricks. */
function toAddress(text: string): ReturnType<typeof ipaddr.process> | undefined {
  const isAddress = text.includes(':') ? ipaddr.IPv6.isValid(text) : ipaddr.IPv4.isValidFourPartDecimal(text);
  return isAddress ? ipaddr.process(text) : undefined;
}
