import { parseUrl } from '../urls/parse-url.js';
import { isIP } from 'node:net';
import { OutboundError } from './outbound-error.js';
import { forbiddenRange } from '../net/public-address.js';

/** Ports of the web; others need OUTBOUND_ALLOW. */
const WEB_PORTS = [80, 443, 8443];

/** Decides which URLs and addresses outgoing requests may reach. Pure, without DNS. */
export class OutboundRules {
  private readonly allowed: ReadonlySet<string>;
  private readonly allowedPorts: ReadonlySet<number>;
  private readonly ports: ReadonlySet<number>;

  /**
   * @param allow `host:port` entries that are allowed although they are private, by name or by address.
   * @param ports the allowed ports of public addresses.
   */
  constructor(
    readonly allow: readonly string[],
    ports: readonly number[] = WEB_PORTS,
  ) {
    const entries = allow.map((entry) => {
      const colon = entry.lastIndexOf(':');
      return { host: bare(entry.slice(0, colon)), port: Number(entry.slice(colon + 1)) };
    });
    this.allowed = new Set(entries.map(({ host, port }) => `${host} ${port}`));
    this.allowedPorts = new Set(entries.map(({ port }) => port));
    this.ports = new Set(ports);
  }

  /** Checks a URL without DNS. @throws OutboundError that says what is wrong with it. */
  checkUrl(text: string | URL): URL {
    const url = typeof text === 'string' ? parse(text) : text;
    if (url.protocol !== 'http:' && url.protocol !== 'https:') {
      throw new OutboundError('scheme_not_allowed', `${url.protocol} is not http: or https:`);
    }
    if (url.username !== '' || url.password !== '') {
      throw new OutboundError('userinfo_not_allowed', 'a URL must not hold a user name or password');
    }
    const { host, port } = targetOf(url);
    if (isIP(host) !== 0) this.check([host], host, port);
    else if (!this.ports.has(port) && !this.allowedPorts.has(port)) throw portNotAllowed(port);
    return url;
  }

  /** Whether the operator named this host, so that it may have any address. */
  isAllowed(host: string, port: number): boolean {
    return this.allowed.has(`${bare(host)} ${port}`);
  }

  /**
   * Checks the addresses of a host. One forbidden address is enough to refuse it: an honest host does not mix them.
   * @throws OutboundError
   */
  check(addresses: readonly string[], host: string, port: number): void {
    if (this.isAllowed(host, port)) return;
    for (const address of addresses) {
      if (this.isAllowed(address, port)) continue;
      const range = forbiddenRange(address);
      if (range !== undefined) throw addressNotAllowed(host, address, range);
      if (!this.ports.has(port)) throw portNotAllowed(port);
    }
  }
}

/** Host, without the brackets of IPv6, and port of a URL. */
export function targetOf(url: URL): { host: string; port: number } {
  const port = url.port === '' ? (url.protocol === 'https:' ? 443 : 80) : Number(url.port);
  return { host: withoutBrackets(url.hostname), port };
}

/** Normalises a host: names without their last dot, in lower case; addresses without brackets. */
function bare(host: string): string {
  return withoutBrackets(host).toLowerCase().replace(/\.$/, '');
}

function withoutBrackets(host: string): string {
  return host.startsWith('[') ? host.slice(1, -1) : host;
}

function parse(text: string): URL {
  const url = parseUrl(text);
  if (url === undefined) throw new OutboundError('url_invalid', 'this is not a URL');
  return url;
}

function portNotAllowed(port: number): OutboundError {
  const message = `port ${port} is not allowed; the operator of this server can allow it with OUTBOUND_ALLOW`;
  return new OutboundError('port_not_allowed', message);
}

function addressNotAllowed(host: string, address: string, range: string): OutboundError {
  // The message does not reveal which private address a name has.
  const what = host === address ? `${address} is not a public address` : `${host} does not lead to a public address`;
  const message = `${what} (${range.replaceAll('_', ' ')}); the operator of this server can allow it with OUTBOUND_ALLOW`;
  return new OutboundError('address_not_allowed', message);
}
