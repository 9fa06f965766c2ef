// IP addresses. Start here: this file parses them, ip-range.ts has CIDRs, public-address.ts the special ranges of the
// internet, and address-block.ts the blocks by which requests are counted. All use 32-bit words, like the tables of the
// enrichment (half a million ranges).

/** An address as numbers: one 32-bit word for IPv4, four for IPv6, the most significant first. */
export interface IpAddress {
  words: readonly number[];
  /** The address as text; of an IPv4-mapped IPv6 address (`::ffff:1.2.3.4`) the IPv4 one. */
  text: string;
}

const COLON = 0x3a;
const DOT = 0x2e;
const LONGEST_TEXT = 45; // an IPv6 address that ends with a dotted IPv4 one

const textBytes = new Uint8Array(LONGEST_TEXT);
const wordsRead = new Uint32Array(4);
const groups = new Uint16Array(8);

/**
 * Octal, hexadecimal and short forms of IPv4 are refused: programs disagree on their meaning.
 * @returns undefined for anything that is not exactly one address: a zone (`fe80::1%eth0`), a port and brackets are not part of one.
 */
export function parseIp(text: string): IpAddress | undefined {
  if (text.length > LONGEST_TEXT) return undefined;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code > 0x7f) return undefined;
    textBytes[i] = code;
  }
  const length = readIp(textBytes, 0, text.length, wordsRead);
  if (length === 0) return undefined;
  const words = [...wordsRead.subarray(0, length)];
  const [first = 0, second, third, fourth = 0] = words;
  if (length === 4 && first === 0 && second === 0 && third === 0xffff) {
    return { words: [fourth], text: formatIpv4(fourth) };
  }
  return { words, text };
}

export function isIpv4({ words }: IpAddress): boolean {
  return words.length === 1;
}

/**
 * One text for each address: IPv6 compressed and in hexadecimal (RFC 5952), IPv4-mapped IPv6 as IPv4.
 * @returns `text` itself when it is not an address.
 */
export function canonicalIp(text: string): string {
  const address = parseIp(text);
  if (address === undefined) return text;
  return isIpv4(address) ? address.text : new URL(`http://[${text}]`).hostname.slice(1, -1);
}

/** `::ffff:203.0.113.9` → `203.0.113.9`, without checking the rest: for addresses of sockets and proxies. */
export function withoutIpv4Prefix(address: string): string {
  return /^::ffff:/i.test(address) && address.includes('.') ? address.slice(7) : address;
}

/** The eight groups of 16 bits of an IPv6 address. */
export function ipv6Groups({ words }: IpAddress): number[] {
  return words.flatMap((word) => [word >>> 16, word & 0xffff]);
}

function formatIpv4(word: number): string {
  return [word >>> 24, (word >>> 16) & 255, (word >>> 8) & 255, word & 255].join('.');
}

/**
 * Reads an address in ASCII from `bytes`, from `from` to `to`.
 * @returns how many words of `words` it filled: 1 for IPv4, 4 for IPv6, 0 when it is not an address.
 */
export function readIp(bytes: Uint8Array, from: number, to: number, words: Uint32Array): 0 | 1 | 4 {
  const v4 = readV4(bytes, from, to);
  if (v4 >= 0) {
    words[0] = v4;
    return 1;
  }
  if (!readV6(bytes, from, to)) return 0;
  for (let i = 0; i < 4; i++) words[i] = (groups[2 * i] ?? 0) * 0x10000 + (groups[2 * i + 1] ?? 0);
  return 4;
}

/** @returns -1 when it is not four decimal numbers without leading zeros. */
function readV4(bytes: Uint8Array, from: number, to: number): number {
  let value = 0;
  let dots = 0;
  let octet = -1;
  for (let i = from; i < to; i++) {
    const byte = bytes[i] ?? 0;
    if (byte === DOT) {
      if (octet < 0) return -1;
      value = value * 256 + octet;
      dots++;
      octet = -1;
      continue;
    }
    const digit = byte - 0x30;
    if (digit < 0 || digit > 9 || octet === 0) return -1;
    octet = octet < 0 ? digit : octet * 10 + digit;
    if (octet > 255) return -1;
  }
  return dots === 3 && octet >= 0 ? value * 256 + octet : -1;
}

/** Fills `groups`. */
function readV6(bytes: Uint8Array, from: number, to: number): boolean {
  let at = from;
  let count = 0;
  let gap = -1; // the group before which zeros were left out
  if (at + 1 < to && bytes[at] === COLON && bytes[at + 1] === COLON) {
    gap = 0;
    at += 2;
  }
  while (at < to) {
    if (count === 8) return false;
    const start = at;
    let group = 0;
    for (let digit = hexDigit(bytes[at]); at < to && digit >= 0; digit = hexDigit(bytes[++at]))
      group = group * 16 + digit;
    if (at < to && bytes[at] === DOT) {
      const v4 = readV4(bytes, start, to);
      if (v4 < 0 || count > 6) return false;
      groups[count++] = v4 >>> 16;
      groups[count++] = v4 & 0xffff;
      break;
    }
    if (at === start || at - start > 4) return false;
    groups[count++] = group;
    if (at === to) break;
    if (bytes[at++] !== COLON || at === to) return false;
    if (bytes[at] === COLON) {
      if (gap >= 0) return false;
      gap = count;
      at++;
    }
  }
  if (gap < 0) return count === 8;
  if (count === 8) return false;
  const behind = count - gap;
  groups.copyWithin(8 - behind, gap, count);
  groups.fill(0, gap, 8 - behind);
  return true;
}

function hexDigit(byte = 0): number {
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30;
  const letter = byte | 0x20;
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : -1;
}
