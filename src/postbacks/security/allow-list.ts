import { LRUCache } from 'lru-cache';
import { parseIp } from '../../platform/net/ip-address.js';
import { type IpRange, isInAnyRange, parseIpRange } from '../../platform/net/ip-range.js';

const MAX_COMPILED = 1_000;

/** By the text of the list, because each look-up passes a new array. */
const compiled = new LRUCache<string, readonly IpRange[]>({ max: MAX_COMPILED });

/**
 * True if an address is one of `list`, or in one of its CIDRs. 203.0.113.9 and ::ffff:203.0.113.9 are the same address.
 * Invalid addresses are in no list, and invalid entries match no address.
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
