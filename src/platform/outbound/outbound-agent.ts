import type { LookupAddress } from 'node:dns';
import { isIP, type LookupFunction, type Socket } from 'node:net';
import type { Agent, buildConnector } from 'undici';
import type { OutboundResolver } from './outbound-resolver.js';
import type { OutboundRules } from './outbound-rules.js';
import { canonicalIp } from '../net/ip-address.js';

export interface OutboundLimits {
  /** Finding the address, the connection, and TLS. */
  connectMs: number;
  /** Waiting for the head of the answer. */
  headersMs: number;
  /** Waiting for the next piece of its body. */
  bodyMs: number;
  /** All of it, redirects included. */
  deadlineMs: number;
  maxHeaderBytes: number;
}

const IDLE_MS = 4_000;
const MAX_CONNECTIONS_OF_AN_ORIGIN = 32;

/**
 * Connections whose real addresses were checked. The name is resolved once, all its addresses are checked, and the socket
 * gets only these: a later change of the name's addresses has no effect.
 */
export async function outboundAgent(
  rules: OutboundRules,
  resolver: OutboundResolver,
  limits: OutboundLimits,
): Promise<Agent> {
  const undici = await import('undici'); // 7 MB, loaded at the first request
  return new undici.Agent({
    connect: guardedConnector(undici.buildConnector, rules, resolver, limits.connectMs),
    headersTimeout: limits.headersMs,
    bodyTimeout: limits.bodyMs,
    keepAliveTimeout: IDLE_MS,
    keepAliveMaxTimeout: IDLE_MS,
    connections: MAX_CONNECTIONS_OF_AN_ORIGIN,
    maxHeaderSize: limits.maxHeaderBytes,
    pipelining: 1,
  });
}

function guardedConnector(
  connectorOf: typeof buildConnector,
  rules: OutboundRules,
  resolver: OutboundResolver,
  timeoutMs: number,
): buildConnector.connector {
  return (target, callback) => {
    const host = target.hostname.replace(/^\[|\]$/g, '');
    const port = Number(target.port) || (target.protocol === 'https:' ? 443 : 80);
    const startedAt = performance.now();
    const addressesOf = async (): Promise<string[]> => {
      const addresses = await resolver.addressesOf(host, rules.isAllowed(host, port), timeoutMs);
      rules.check(addresses, host, port);
      return addresses;
    };
    const dial = (addresses: readonly string[]): void => {
      const connect = connectorOf({
        timeout: Math.max(1, timeoutMs - (performance.now() - startedAt)),
        maxCachedSessions: 0,
        lookup: pinned(addresses),
        autoSelectFamily: addresses.length > 1,
      });
      // The socket connects to a literal address without calling `lookup`.
      connect({ ...target, hostname: host }, (...[error, socket]) => {
        if (error) callback(error, null);
        else callback(...vetted(socket, addresses));
      });
    };
    const fail = (error: Error): void => callback(error, null);
    addressesOf().then(dial, fail);
  };
}

/** A `lookup` that always returns the checked addresses. */
function pinned(addresses: readonly string[]): LookupFunction {
  const answers: LookupAddress[] = addresses.map((address) => ({ address, family: isIP(address) }));
  return (_host, options, callback) => {
    const [first] = answers;
    if (options.all === true || first === undefined) callback(null, answers);
    else callback(null, first.address, first.family);
  };
}

/** The last check, at the socket itself: it must be connected to a checked address. */
function vetted(socket: Socket, addresses: readonly string[]): [null, Socket] | [Error, null] {
  const [gone = '', ...sent] = [socket.remoteAddress ?? '', ...addresses].map(canonicalIp);
  if (sent.includes(gone)) return [null, socket];
  socket.destroy();
  return [new Error(`the connection went to ${gone || 'nowhere'}`), null];
}
