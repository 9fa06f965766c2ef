import { parseUrl } from '../urls/parse-url.js';
import type { IncomingHttpHeaders } from 'node:http';
import type { Agent, Dispatcher } from 'undici';
import { type OutboundLimits, outboundAgent } from './outbound-agent.js';
import { OutboundError, toOutboundError } from './outbound-error.js';
import { checkHeaders } from './outbound-headers.js';
import { OutboundResolver } from './outbound-resolver.js';
import { OutboundRules } from './outbound-rules.js';
import { readBody } from './read-body.js';

// Outgoing requests. Start here: the client follows redirects and bounds each answer. outbound-rules.ts decides which
// addresses are allowed, outbound-resolver.ts resolves names, outbound-agent.ts makes the checked connections.

const MAX_REDIRECTS = 3;
const MAX_URL_LENGTH = 8_192;
const DEFAULT_MAX_BYTES = 64 * 1024;
export const OUTBOUND_LIMITS: OutboundLimits = {
  connectMs: 5_000,
  headersMs: 10_000,
  bodyMs: 5_000,
  deadlineMs: 15_000,
  maxHeaderBytes: 16 * 1024,
};

export interface OutboundRequest {
  /** Default GET. */
  method?: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** None may be one of those that `headerProblem` knows. They are not sent to another origin. */
  headers?: Readonly<Record<string, string>>;
  /** The Authorization header. */
  authorization?: string;
  body?: string;
  /** How many redirects to follow, each checked like the first URL: 0 (default) to 3. */
  redirects?: number;
  /** How much of the body to read, default 64 KiB; the rest is not received. */
  maxBytes?: number;
  /** Milliseconds for the whole request; the default is also the maximum. */
  deadlineMs?: number;
  signal?: AbortSignal;
  /** `host:port` entries beside OUTBOUND_ALLOW: for hosts that the operator's settings name. Never use values of API input. */
  alsoAllow?: readonly string[];
  /** The Host header, when it differs from the URL's host. Never use values of API input. */
  host?: string;
}

export interface OutboundHop {
  url: string;
  status: number;
  ms: number;
}

export interface OutboundAnswer {
  /** The URL that gave the answer, after redirects. */
  url: string;
  status: number;
  headers: IncomingHttpHeaders;
  body: Buffer;
  /** The body was longer, or could not be decompressed. */
  truncated: boolean;
  /** All requested URLs, including the last one. */
  hops: OutboundHop[];
}

export interface OutboundOptions {
  allow: readonly string[];
  dnsServers: readonly string[];
  limits?: Partial<OutboundLimits>;
  /** For tests: public ports in addition to those of the web. */
  ports?: readonly number[];
}

/** One request of a chain of redirects. */
interface Leg {
  url: URL;
  method: NonNullable<OutboundRequest['method']>;
  body: string | undefined;
  headers: Readonly<Record<string, string>>;
  authorization: string | undefined;
}

/**
 * The only client for outgoing requests. It refuses addresses that are not public, by the address of the connection, and
 * bounds time and size of the answer.
 */
export class OutboundClient {
  private readonly resolver: OutboundResolver;
  private readonly limits: OutboundLimits;
  private readonly rules: OutboundRules;
  private agent: Promise<Agent> | undefined;

  constructor(private readonly options: OutboundOptions) {
    this.resolver = new OutboundResolver(options.dnsServers);
    this.limits = { ...OUTBOUND_LIMITS, ...options.limits };
    this.rules = new OutboundRules(options.allow, options.ports);
  }

  /**
   * Checks a URL without DNS, for input. The addresses of its name are checked at the request.
   * @throws OutboundError
   */
  checkUrl(url: string): URL {
    return this.rules.checkUrl(url);
  }

  /**
   * Sends a request. Every status is an answer, also a redirect that is not followed.
   * @throws OutboundError when the request is refused or fails.
   */
  async request(url: string, options: OutboundRequest = {}): Promise<OutboundAnswer> {
    const { alsoAllow = [], deadlineMs = this.limits.deadlineMs, signal } = options;
    const deadline = AbortSignal.timeout(Math.min(deadlineMs, this.limits.deadlineMs));
    const signals = signal === undefined ? deadline : AbortSignal.any([deadline, signal]);
    // Connections are checked once, when they are made, so requests with other rules must not share them.
    const isOwn = alsoAllow.length > 0;
    const rules = isOwn ? new OutboundRules([...this.options.allow, ...alsoAllow], this.options.ports) : this.rules;
    const agent = await (isOwn ? this.agentFor(rules) : (this.agent ??= this.agentFor(rules)));
    try {
      checkHeaders(options.headers ?? {});
      return await this.follow(url, options, { rules, agent, signal: signals });
    } catch (error) {
      throw toOutboundError(error);
    } finally {
      if (isOwn) await agent.destroy();
    }
  }

  async close(): Promise<void> {
    await (await this.agent)?.destroy();
  }

  private agentFor(rules: OutboundRules): Promise<Agent> {
    return outboundAgent(rules, this.resolver, this.limits);
  }

  private async follow(
    url: string,
    options: OutboundRequest,
    by: { rules: OutboundRules; agent: Agent; signal: AbortSignal },
  ): Promise<OutboundAnswer> {
    const { method = 'GET', body, headers: own = {}, authorization, maxBytes = DEFAULT_MAX_BYTES } = options;
    const patience = Math.min(options.redirects ?? 0, MAX_REDIRECTS);
    const hops: OutboundHop[] = [];
    let leg: Leg = { url: by.rules.checkUrl(shortEnough(url)), method, body, headers: own, authorization };
    for (;;) {
      const startedAt = performance.now();
      const answer = await this.send(leg, options, by);
      const { statusCode: status, headers } = answer;
      hops.push({ url: leg.url.href, status, ms: Math.round(performance.now() - startedAt) });
      const location = isRedirect(status) ? oneOf(headers['location']) : undefined;
      if (location === undefined || patience === 0) {
        const read = await readBody(answer.body, oneOf(headers['content-encoding']) ?? '', maxBytes);
        return { url: leg.url.href, status, headers, ...read, hops };
      }
      answer.body.on('error', () => undefined).destroy();
      if (hops.length > patience) {
        throw new OutboundError('too_many_redirects', `more than ${patience} redirects in a row`);
      }
      leg = nextLeg(leg, status, by.rules.checkUrl(absolute(location, leg.url)));
    }
  }

  private async send(
    { url, method, body, headers, authorization }: Leg,
    { host }: OutboundRequest,
    { agent, signal }: { agent: Agent; signal: AbortSignal },
  ): Promise<Dispatcher.ResponseData> {
    const { request } = await import('undici');
    return request(url, {
      dispatcher: agent,
      method,
      signal,
      body: body ?? null,
      headers: {
        'user-agent': 'Hopback',
        accept: '*/*',
        'accept-encoding': 'gzip, deflate, br',
        ...lowerCased(headers),
        ...(authorization !== undefined && { authorization }),
        ...(host !== undefined && { host }),
      },
    });
  }
}

function nextLeg({ url, method, body, headers, authorization }: Leg, status: number, next: URL): Leg {
  const isKept = status === 307 || status === 308 || method === 'GET' || method === 'HEAD';
  const isAtHome = next.origin === url.origin;
  return {
    url: next,
    method: isKept ? method : 'GET',
    body: isKept ? body : undefined,
    headers: isAtHome ? headers : {},
    authorization: isAtHome ? authorization : undefined,
  };
}

function isRedirect(status: number): boolean {
  return [301, 302, 303, 307, 308].includes(status);
}

function absolute(location: string, base: URL): URL {
  const url = parseUrl(location, base.href);
  if (url === undefined) throw new OutboundError('url_invalid', 'it redirects to an invalid URL');
  shortEnough(location);
  return url;
}

function shortEnough(url: string): string {
  if (url.length > MAX_URL_LENGTH) throw new OutboundError('url_invalid', 'the URL is too long');
  return url;
}

function oneOf(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value;
}

function lowerCased(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}
