import { parseIp } from './ip-address.js';

/**
 * The first 24 bits of an IPv4 address, the first 48 of an IPv6 one, the rest 0: `203.0.113.77` → `203.0.113.0`.
 * @returns undefined for a text that is not an address.
 */
export function truncateAddress(text: string): string | undefined {
  const words = parseIp(text)?.words;
  if (words === undefined) return undefined;
  const [first = 0, second] = words;
  if (second === undefined) return `${first >>> 24}.${(first >>> 16) & 255}.${(first >>> 8) & 255}.0`;
  const groups = [first >>> 16, first & 0xffff, second >>> 16].map((group) => group.toString(16));
  while (groups.length > 0 && groups.at(-1) === '0') groups.pop();
  return `${groups.join(':')}::`;
}
