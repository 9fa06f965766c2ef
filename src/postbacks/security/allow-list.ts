import { LRUCache } from 'lru-cache';
import { parseIp } from '../../platform/net/ip-address.js';
import { type IpRange, isInAnyRange, parseIpRange } from '../../platform/net/ip-range.js';

const MAX_COMPILED = 1_000;

/** By their texts: the same list comes as another array with every look-up. */
const compiled = new LRUCache<string, readonly IpRange[]>({ max: MAX_COMPILED });

/**
 * Whether an address is one of `list`, or in one of its CIDRs. An IPv4 address counts the same however it is written, as
 * 203.0.113.9 or ::ffff:203.0.113.9. A text that is not an address is in no list, and such an entry admits no address.
 */
export function isInList(address: string, list: readonly string[]): boolean {
  const parsed = parseIp(address);
  return parsed !== undefined && isInAnyRange(parsed, rangesOf(list));
}

function rangesOf(list: readonly string[]): readonly IpRange[] {
  const key = list.join(',');
  const known = compiled.get(key);
  if (known !== undefined) return known;
  const ranges = list.map(parseIpRange).filter((range) => range !== undefined);
  compiled.set(key, ranges);
  return ranges;
}
