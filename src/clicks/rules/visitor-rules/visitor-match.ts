import type { IpAddress } from '../../../platform/net/ip-address.js';
import { type IpRange, isInAnyRange, parseIpRange } from '../../../platform/net/ip-range.js';

/** The kinds of visitors that a visitor rule can decide for. */
export const VISITOR_KINDS = ['bot', 'person'] as const;
export type VisitorKind = (typeof VISITOR_KINDS)[number];

/** The condition of a rule. A visit matches when, for each field given, it has one of the values. */
export interface VisitorMatch {
  /** Texts that the user agent contains, case-insensitively. */
  userAgent?: string | string[];
  /** Numbers of autonomous systems (networks). */
  asn?: number | number[];
  /** Addresses and CIDR ranges, IPv4 and IPv6. */
  address?: string | string[];
}

/** The facts of a visit that rules are compared with. */
export interface Visitor {
  readonly userAgent: string;
  /** Empty when it is unknown. */
  readonly ip: string;
  readonly asn: number | undefined;
}

/** A match in the form that visits are compared with. An absent field matches every visit. */
export interface CompiledMatch {
  /** In lower case. */
  userAgents: readonly string[] | undefined;
  asns: ReadonlySet<number> | undefined;
  ranges: readonly IpRange[] | undefined;
}

export const MAX_MATCH_VALUES = 50;
export const MAX_TEXT = 200;
const MAX_ASN = 4_294_967_295;

/** Says why a value is not valid as a match's `userAgent`. `undefined` when it is valid. */
export function userAgentProblem(value: unknown): string | undefined {
  return listProblem(value, (text) =>
    typeof text === 'string' && text.trim() !== '' && text.length <= MAX_TEXT
      ? undefined
      : `${show(text)} is not a text of 1 to ${MAX_TEXT} characters`,
  );
}

/** Says why a value is not valid as a match's `asn`. `undefined` when it is valid. */
export function asnProblem(value: unknown): string | undefined {
  return listProblem(value, (one) =>
    asnOf(one) === undefined ? `${show(one)} is not the number of a network such as 13335 or AS13335` : undefined,
  );
}

/** Says why a value is not valid as a match's `address`. `undefined` when it is valid. */
export function addressProblem(value: unknown): string | undefined {
  return listProblem(value, (one) =>
    typeof one !== 'string' || parseIpRange(one) === undefined
      ? `${show(one)} is not an address or range such as 203.0.113.0/24 or 2001:db8::/32`
      : undefined,
  );
}

/** A match as it is stored: `AS13335` becomes 13335, everything else stays as given. */
export function normalizeMatch({ userAgent, asn, address }: VisitorMatch): VisitorMatch {
  return {
    ...(userAgent !== undefined && { userAgent }),
    ...(asn !== undefined && { asn: Array.isArray(asn) ? asn.map(requireAsn) : requireAsn(asn) }),
    ...(address !== undefined && { address }),
  };
}

/** Compiles a stored match. Ranges that cannot be parsed are never stored; they match nothing. */
export function compileMatch({ userAgent, asn, address }: VisitorMatch): CompiledMatch {
  return {
    userAgents: userAgent === undefined ? undefined : [userAgent].flat().map((text) => text.toLowerCase()),
    asns: asn === undefined ? undefined : new Set([asn].flat()),
    ranges:
      address === undefined
        ? undefined
        : [address]
            .flat()
            .map(parseIpRange)
            .filter((range) => range !== undefined),
  };
}

export function matchesUserAgent({ userAgents }: CompiledMatch, lowerCased: string): boolean {
  return userAgents === undefined || userAgents.some((text) => lowerCased.includes(text));
}

export function matchesAsn({ asns }: CompiledMatch, asn: number | undefined): boolean {
  return asns === undefined || (asn !== undefined && asns.has(asn));
}

export function matchesAddress({ ranges }: CompiledMatch, ip: IpAddress | undefined): boolean {
  return ranges === undefined || (ip !== undefined && isInAnyRange(ip, ranges));
}

function listProblem(value: unknown, problemOf: (one: unknown) => string | undefined): string | undefined {
  const list: unknown[] = Array.isArray(value) ? value : [value];
  if (list.length === 0) return 'give at least one value, or leave the field out';
  if (list.length > MAX_MATCH_VALUES) return `at most ${MAX_MATCH_VALUES} values; there are ${list.length}`;
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
