import { type IpAddress, isIpv4, parseIp } from './ip-address.js';

/** A block of addresses: those that share the first `bits` bits with `words`. */
export interface IpRange {
  words: readonly number[];
  bits: number;
}

/** A CIDR of IPv6 that contains a dotted IPv4 address, with some spaces around. */
const MAX_TEXT_LENGTH = 64;
/** `::ffff:0:0/96` holds the IPv4 addresses in IPv6. */
const MAPPED_BITS = 96;

/**
 * An address, or a CIDR of IPv4 or IPv6. A CIDR of IPv4-mapped addresses is one of IPv4.
 * @returns undefined for anything else.
 */
export function parseIpRange(text: string): IpRange | undefined {
  if (text.length > MAX_TEXT_LENGTH) return undefined;
  const [addressText = '', bitsText, ...more] = text.trim().split('/');
  const address = parseIp(addressText);
  if (address === undefined || more.length > 0) return undefined;
  const { words } = address;
  const most = words.length * 32;
  if (bitsText === undefined) return { words, bits: most };
  if (!/^\d{1,3}$/.test(bitsText)) return undefined;
  const isMapped = isIpv4(address) && addressText.includes(':');
  const bits = Number(bitsText) - (isMapped ? MAPPED_BITS : 0);
  return bits >= 0 && bits <= most ? { words, bits } : undefined;
}

/** An address of IPv4 is in no range of IPv6, and the other way round. */
export function isInRange({ words }: Pick<IpAddress, 'words'>, range: IpRange): boolean {
  if (words.length !== range.words.length) return false;
  for (let i = 0, left = range.bits; left > 0; i++, left -= 32) {
    const differing = (words[i] ?? 0) ^ (range.words[i] ?? 0);
    if (left >= 32 ? differing !== 0 : differing >>> (32 - left) !== 0) return false;
  }
  return true;
}

export function isInAnyRange(address: Pick<IpAddress, 'words'>, ranges: readonly IpRange[]): boolean {
  return ranges.some((range) => isInRange(address, range));
}
