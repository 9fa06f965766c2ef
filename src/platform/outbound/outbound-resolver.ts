import { lookup, Resolver } from 'node:dns/promises';
import { isIP } from 'node:net';
import { withTimeout } from '../concurrency/with-timeout.js';
import { OutboundError, timedOut } from './outbound-error.js';

const LOCALHOST = ['127.0.0.1', '::1'];

/** Finds the addresses of hosts for outgoing requests. */
export class OutboundResolver {
  /** @param servers as `ip:port`; empty: those of the system. */
  constructor(private readonly servers: readonly string[]) {}

  /**
   * All addresses of a host, IPv4 first.
   * @param isTrusted the operator named this host: the system's hosts file is then used too.
   * @throws OutboundError `dns_error` when it has none, `timeout`.
   */
  async addressesOf(host: string, isTrusted: boolean, timeoutMs: number): Promise<string[]> {
    if (isIP(host) !== 0) return [host];
    const name = host.replace(/\.$/, '');
    if (name === 'localhost' || name.endsWith('.localhost')) return LOCALHOST;
    const asked = isTrusted && this.servers.length === 0 ? this.bySystem(name) : this.byDns(name, timeoutMs);
    const addresses = await withTimeout(timeoutMs, asked, () => timedOut());
    if (addresses.length === 0) throw new OutboundError('dns_error', `${host} has no address`);
    return addresses;
  }

  /** Uses one of the few threads that also write files, so it is only for hosts that the operator named. */
  private async bySystem(name: string): Promise<string[]> {
    const found = await lookup(name, { all: true }).catch((error: Error) => {
      throw new OutboundError('dns_error', `${name} was not found (${error.message})`, { cause: error });
    });
    return found.map(({ address }) => address);
  }

  private async byDns(name: string, timeoutMs: number): Promise<string[]> {
    const resolver = new Resolver({ timeout: Math.max(250, Math.ceil(timeoutMs / 2)), tries: 2 });
    if (this.servers.length > 0) resolver.setServers(this.servers);
    const answers = await Promise.allSettled([resolver.resolve4(name), resolver.resolve6(name)]);
    const addresses = answers.flatMap((answer) => (answer.status === 'fulfilled' ? answer.value : []));
    const [failure] = answers.filter((answer) => answer.status === 'rejected');
    if (addresses.length > 0 || failure === undefined) return addresses;
    const { code = 'unknown' } = failure.reason as { code?: string };
    throw new OutboundError('dns_error', `${name} was not found (${code})`, { cause: failure.reason });
  }
}
