import { isIP } from 'node:net';
import { parseIp, withoutIpv4Prefix } from '../../net/ip-address.js';
import { isInAnyRange, parseIpRange } from '../../net/ip-range.js';
import { isPublicAddress } from '../../net/public-address.js';

// Facts about a request before it has a route. Start here for the client's address behind proxies; the other files check
// the host, repair a malformed first line and read raw bodies.

/** Whether an address is one of the operator's proxies. */
export interface IsTrustedProxy {
  (address: string): boolean;
  readonly ignored?: IgnoredForwarding;
}

/**
 * Remembers that `X-Forwarded-For` came from an address that is not trusted, a sign of a missing setting. Any client on
 * the internet can send it, but from a private network it is nearly always the operator's own proxy.
 */
export class IgnoredForwarding {
  /** The first such address, or the first private one; `undefined` while there was none. */
  address: string | undefined;
  /** Called for the first address and for the first private one, once each. */
  onFirst: (address: string) => void = () => undefined;
  private isPrivate = false;

  note(address: string): void {
    if (this.isPrivate || this.address === address) return;
    const isPrivate = !isPublicAddress(address);
    if (!isPrivate && this.address !== undefined) return;
    this.isPrivate = isPrivate;
    this.address = address;
    this.onFirst(address);
  }
}

/** By the array of the setting, so that all its readers share one state. */
const ignoredBySetting = new WeakMap<readonly string[], IgnoredForwarding>();

export function ignoredForwarding(entries: readonly string[]): IgnoredForwarding {
  let ignored = ignoredBySetting.get(entries);
  if (ignored === undefined) {
    ignored = new IgnoredForwarding();
    ignoredBySetting.set(entries, ignored);
  }
  return ignored;
}

/** @param entries addresses and CIDRs, already checked by the settings. */
export function trustedProxies(entries: readonly string[]): IsTrustedProxy {
  const ranges = entries.map(parseIpRange).filter((range) => range !== undefined);
  const isTrusted = (address: string): boolean => {
    const parsed = ranges.length === 0 ? undefined : parseIp(address);
    return parsed !== undefined && isInAnyRange(parsed, ranges);
  };
  return Object.assign(isTrusted, { ignored: ignoredForwarding(entries) });
}

/**
 * The client's address: the socket's, unless that is a trusted proxy; then the last entry of X-Forwarded-For that is not
 * a trusted proxy itself. Entries to the left of it can be forged.
 */
export function clientAddress(
  socketAddress: string | undefined,
  forwardedFor: string | string[] | undefined,
  isTrusted: IsTrustedProxy,
): string {
  let address = withoutIpv4Prefix(socketAddress ?? '');
  if (forwardedFor === undefined) return address;
  if (!isTrusted(address)) {
    isTrusted.ignored?.note(address);
    return address;
  }
  const text = typeof forwardedFor === 'string' ? forwardedFor : forwardedFor.join(',');
  let end = text.length;
  for (let hops = 0; hops < MAX_HOPS && end >= 0; hops++) {
    const start = end === 0 ? 0 : text.lastIndexOf(',', end - 1) + 1;
    const candidate = addressIn(text.slice(start, end).trim());
    if (candidate === undefined) break;
    address = candidate;
    if (!isTrusted(candidate)) break;
    end = start - 1;
  }
  return address;
}

/** Maximum number of proxies in a row. */
const MAX_HOPS = 20;
/** An IPv6 address with a zone, brackets and a port. */
const MAX_HOP_LENGTH = 80;

/** `203.0.113.9:4711` → `203.0.113.9`, `[2001:db8::7]:4711` → `2001:db8::7`: some proxies add the port. */
function addressIn(hop: string): string | undefined {
  if (hop.length > MAX_HOP_LENGTH) return undefined;
  const [, bracketed, dotted = hop] = /^(?:\[(.+)\]|([\d.]+))(?::\d+)?$/.exec(hop) ?? [];
  const address = withoutIpv4Prefix(bracketed ?? dotted);
  return isIP(address) === 0 ? undefined : address;
}
