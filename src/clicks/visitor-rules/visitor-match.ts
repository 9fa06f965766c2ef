import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

/** What a visitor rule calls the visits that it matches. */
export const RULINGS = ['bot', 'person'] as const;
export type Ruling = (typeof RULINGS)[number];

/** Which visits a rule matches: those with one of the values of each field that it names. */
export interface VisitorMatch {
  /** Texts that the user agent contains, in any case of letters. */
  userAgent?: string | string[];
  /** Numbers of networks (autonomous systems). */
  asn?: number | number[];
  /** Addresses and CIDRs, IPv4 and IPv6. */
  address?: string | string[];
}

export interface Visitor {
  readonly userAgent: string;
  /** Empty where it is not known. */
  readonly ip: string;
  readonly asn: number | undefined;
}

export type AddressRange = [ipaddr.IPv4 | ipaddr.IPv6, number];

/** A match taken apart once. A field that is absent matches every visit. */
export interface CompiledMatch {
  /** In lower case. */
  userAgents: readonly string[] | undefined;
  asns: ReadonlySet<number> | undefined;
  ranges: readonly AddressRange[] | undefined;
}

export const MAX_VALUES = 50;
export const MAX_TEXT = 200;
const MAX_ASN = 4_294_967_295;
/** ::ffff:0:0/96 is where IPv4 stands in IPv6. */
const MAPPED_BITS = 96;

/** Why a value cannot be a match's `userAgent`; `undefined` when it can. */
export function userAgentProblem(value: unknown): string | undefined {
  return listProblem(value, (text) =>
    typeof text === 'string' && text.trim() !== '' && text.length <= MAX_TEXT
      ? undefined
      : `${show(text)} is no text of 1 to ${MAX_TEXT} characters`,
  );
}

/** Why a value cannot be a match's `asn`; `undefined` when it can. */
export function asnProblem(value: unknown): string | undefined {
  return listProblem(value, (one) =>
    asnOf(one) === undefined ? `${show(one)} is not the number of a network such as 13335 or AS13335` : undefined,
  );
}

/** Why a value cannot be a match's `address`; `undefined` when it can. */
export function addressProblem(value: unknown): string | undefined {
  return listProblem(value, (one) =>
    rangeOf(one) === undefined
      ? `${show(one)} is not an address or range such as 203.0.113.0/24 or 2001:db8::/32`
      : undefined,
  );
}

/** A match as it is stored: `AS13335` becomes 13335, all else stays as it was given. */
export function normalizeMatch({ userAgent, asn, address }: VisitorMatch): VisitorMatch {
  return {
    ...(userAgent !== undefined && { userAgent }),
    ...(asn !== undefined && { asn: Array.isArray(asn) ? asn.map(requireAsn) : requireAsn(asn) }),
    ...(address !== undefined && { address }),
  };
}

/** What cannot be read, which is never stored, matches nothing. */
export function compileMatch({ userAgent, asn, address }: VisitorMatch): CompiledMatch {
  return {
    userAgents: userAgent === undefined ? undefined : [userAgent].flat().map((text) => text.toLowerCase()),
    asns: asn === undefined ? undefined : new Set([asn].flat()),
    ranges:
      address === undefined
        ? undefined
        : [address]
            .flat()
            .map(rangeOf)
            .filter((range) => range !== undefined),
  };
}

export function matchesUserAgent({ userAgents }: CompiledMatch, lowerCased: string): boolean {
  return userAgents === undefined || userAgents.some((text) => lowerCased.includes(text));
}

export function matchesAsn({ asns }: CompiledMatch, asn: number | undefined): boolean {
  return asns === undefined || (asn !== undefined && asns.has(asn));
}

export function matchesAddress({ ranges }: CompiledMatch, ip: ipaddr.IPv4 | ipaddr.IPv6 | undefined): boolean {
  if (ranges === undefined) return true;
  return ip !== undefined && ranges.some(([base, bits]) => ip.kind() === base.kind() && ip.match(base, bits));
}

/** An IPv4 address counts the same however it is written, as 203.0.113.9 or ::ffff:203.0.113.9. */
export function parseIp(text: string): ipaddr.IPv4 | ipaddr.IPv6 | undefined {
  return isIP(text) !== 0 && ipaddr.isValid(text) ? ipaddr.process(text) : undefined;
}

function listProblem(value: unknown, problemOf: (one: unknown) => string | undefined): string | undefined {
  const list: unknown[] = Array.isArray(value) ? value : [value];
  if (list.length === 0) return 'name at least one value, or leave it out';
  if (list.length > MAX_VALUES) return `at most ${MAX_VALUES} values; there are ${list.length}`;
  for (const one of list) {
    const problem = problemOf(one);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

function show(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}

function requireAsn(value: unknown): number {
  const asn = asnOf(value);
  if (asn === undefined) throw new Error(`${show(value)} is not the number of a network`);
  return asn;
}

function asnOf(value: unknown): number | undefined {
  const number =
    typeof value === 'string' && /^(?:AS)?\d{1,10}$/i.test(value) ? Number(value.replace(/^AS/i, '')) : value;
  return typeof number === 'number' && Number.isInteger(number) && number >= 1 && number <= MAX_ASN
    ? number
    : undefined;
}

/** Octal, hexadecimal and short forms of IPv4 are refused: people read them as something else. */
function rangeOf(value: unknown): AddressRange | undefined {
  if (typeof value !== 'string' || value.length > 64) return undefined;
  const [text = '', bits, ...more] = value.split('/');
  const isAddress = ipaddr.IPv4.isValidFourPartDecimal(text) || (text.includes(':') && ipaddr.IPv6.isValid(text));
  if (!isAddress || more.length > 0) return undefined;
  const base = ipaddr.process(text);
  const most = base.kind() === 'ipv4' ? 32 : 128;
  if (bits === undefined) return [base, most];
  if (!/^\d{1,3}$/.test(bits)) return undefined;
  const length = Number(bits) - (most === 32 && text.includes(':') ? MAPPED_BITS : 0);
  return length >= 0 && length <= most ? [base, length] : undefined;
}
