import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

type Range = ReturnType<typeof ipaddr.parseCIDR>;

/** Whether an address is one of the operator's proxies. */
export interface IsTrustedProxy {
  (address: string): boolean;
  readonly ignored?: IgnoredForwarding;
}

/** Remembers that `X-Forwarded-For` came from an address that is not trusted, which is how a missing setting shows. */
export class IgnoredForwarding {
  /** The first such address; `undefined` while there was none. */
  address: string | undefined;
  /** Told of it, once. */
  onFirst: (address: string) => void = () => undefined;

  note(address: string): void {
    if (this.address !== undefined) return;
    this.address = address;
    this.onFirst(address);
  }
}

/** By the setting itself, so that all who read it share what is known. */
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
  const ranges = entries.map((entry): Range => {
    if (entry.includes('/')) return ipaddr.parseCIDR(entry);
    const address = ipaddr.process(entry);
    return [address, address.kind() === 'ipv4' ? 32 : 128];
  });
  const isTrusted = (address: string): boolean => {
    if (ranges.length === 0 || !ipaddr.isValid(address)) return false;
    const parsed = ipaddr.process(address);
    return ranges.some((range) => parsed.kind() === range[0].kind() && parsed.match(range));
  };
  return Object.assign(isTrusted, { ignored: ignoredForwarding(entries) });
}

/**
 * The address of who asks: the socket's, unless that is a trusted proxy; then the last entry of X-Forwarded-For that is
 * not a trusted proxy itself. Entries to the left of it are anybody's claim.
 */
export function clientAddress(
  socketAddress: string | undefined,
  forwardedFor: string | string[] | undefined,
  isTrusted: IsTrustedProxy,
): string {
  let address = plain(socketAddress ?? '');
  if (forwardedFor === undefined) return address;
  if (!isTrusted(address)) {
    isTrusted.ignored?.note(address);
    return address;
  }
  const hops = [forwardedFor].flat().join(',').split(',').reverse();
  for (const hop of hops) {
    const candidate = addressIn(hop.trim());
    if (candidate === undefined) break;
    address = candidate;
    if (!isTrusted(candidate)) break;
  }
  return address;
}

/** `203.0.113.9:4711` → `203.0.113.9`, `[2001:db8::7]:4711` → `2001:db8::7`: some proxies add the port, another one with each connection. */
function addressIn(hop: string): string | undefined {
  const [, bracketed, dotted = hop] = /^(?:\[(.+)\]|([\d.]+))(?::\d+)?$/.exec(hop) ?? [];
  const address = plain(bracketed ?? dotted);
  return isIP(address) === 0 ? undefined : address;
}

/** ::ffff:203.0.113.9 → 203.0.113.9 */
function plain(address: string): string {
  return /^::ffff:/i.test(address) && address.includes('.') ? address.slice(7) : address;
}
