import { parseUrl } from '../urls/parse-url.js';
import type { IncomingHttpHeaders } from 'node:http';
import type { Agent, Dispatcher } from 'undici';
import { type OutboundLimits, outboundAgent } from './outbound-agent.js';
import { OutboundError, toOutboundError } from './outbound-error.js';
import { checkHeaders } from './outbound-headers.js';
import { OutboundResolver } from './outbound-resolver.js';
import { OutboundRules } from './outbound-rules.js';
import { readBody } from './read-body.js';

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
  /** None may be one of those that `headerProblem` knows. They do not go along to another origin. */
  headers?: Readonly<Record<string, string>>;
  /** The Authorization header. */
  authorization?: string;
  body?: string;
  /** How many redirects to follow, each judged like the first URL: 0 (default) to 3. */
  redirects?: number;
  /** How much of the body to read, default 64 KiB; the rest is not even received. */
  maxBytes?: number;
  /** Milliseconds for all of it; the default is also the most. */
  deadlineMs?: number;
  signal?: AbortSignal;
  /** `host:port` entries beside OUTBOUND_ALLOW: for what the operator's own settings name. Never of somebody's input. */
  alsoAllow?: readonly string[];
  /** What to say in the Host header where that is not the URL's own. Never of somebody's input. */
  host?: string;
}

export interface OutboundHop {
  url: string;
  status: number;
  ms: number;
}

export interface OutboundAnswer {
  /** Where it came from in the end. */
  url: string;
  status: number;
  headers: IncomingHttpHeaders;
  body: Buffer;
  /** There was more body than that, or it could not be unpacked. */
  truncated: boolean;
  /** Every URL that was asked, the last one too. */
  hops: OutboundHop[];
}

export interface OutboundOptions {
  allow: readonly string[];
  dnsServers: readonly string[];
  limits?: Partial<OutboundLimits>;
  /** For tests: public ports beside those of the web. */
  ports?: readonly number[];
}

/** Where a request stands after its redirects. */
interface Leg {
  url: URL;
  method: NonNullable<OutboundRequest['method']>;
  body: string | undefined;
  headers: Readonly<Record<string, string>>;
  authorization: string | undefined;
}

/**
 * The one way out: every URL that this program asks, whoever named it, is asked through here. Refuses whatever is not of
 * the internet, by the address that the connection goes to, and bounds how long and how much is listened to.
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
   * What can be said of a URL without asking anybody, for checking input. That it passes says nothing yet of where its name
   * leads to.
   * @throws OutboundError
   */
  judge(url: string): URL {
    return this.rules.judge(url);
  }

  /**
   * Asks a URL. Whatever status it answers is an answer, a redirect that is not to be followed too.
   * @throws OutboundError for everything else: what was refused, and what came to nothing.
   */
  async request(url: string, wishes: OutboundRequest = {}): Promise<OutboundAnswer> {
    const { alsoAllow = [], deadlineMs = this.limits.deadlineMs, signal } = wishes;
    const deadline = AbortSignal.timeout(Math.min(deadlineMs, this.limits.deadlineMs));
    const signals = signal === undefined ? deadline : AbortSignal.any([deadline, signal]);
    // Connections are judged once, when they are made: those of other rules are not to be shared.
    const isOwn = alsoAllow.length > 0;
    const rules = isOwn ? new OutboundRules([...this.options.allow, ...alsoAllow], this.options.ports) : this.rules;
    const agent = await (isOwn ? this.agentFor(rules) : (this.agent ??= this.agentFor(rules)));
    try {
      checkHeaders(wishes.headers ?? {});
      return await this.follow(url, wishes, { rules, agent, signal: signals });
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
    wishes: OutboundRequest,
    by: { rules: OutboundRules; agent: Agent; signal: AbortSignal },
  ): Promise<OutboundAnswer> {
    const { method = 'GET', body, headers: own = {}, authorization, maxBytes = DEFAULT_MAX_BYTES } = wishes;
    const patience = Math.min(wishes.redirects ?? 0, MAX_REDIRECTS);
    const hops: OutboundHop[] = [];
    let leg: Leg = { url: by.rules.judge(shortEnough(url)), method, body, headers: own, authorization };
    for (;;) {
      const startedAt = performance.now();
      const answer = await this.send(leg, wishes, by);
      const { statusCode: status, headers } = answer;
      hops.push({ url: leg.url.href, status, ms: Math.round(performance.now() - startedAt) });
      const location = isRedirect(status) ? oneOf(headers['location']) : undefined;
      if (location === undefined || patience === 0) {
        const read = await readBody(answer.body, oneOf(headers['content-encoding']) ?? '', maxBytes);
        return { url: leg.url.href, status, headers, ...read, hops };
      }
      answer.body.on('error', () => undefined).destroy();
      if (hops.length > patience) {
        throw new OutboundError('too_many_redirects', `more than ${patience} redirects were answered`);
      }
      leg = nextLeg(leg, status, by.rules.judge(absolute(location, leg.url)));
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
  if (url === undefined) throw new OutboundError('url_invalid', 'it is redirected to what is no URL');
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
