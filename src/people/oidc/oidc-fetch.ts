import { parseUrl } from '../../platform/urls/parse-url.js';
import { OutboundError } from '../../platform/outbound/outbound-error.js';
import type { OutboundClient, OutboundRequest } from '../../platform/outbound/outbound-client.js';

/** Discovery documents and key sets are some kilobytes long. */
const MAX_BYTES = 512 * 1024;
/** A person waits. */
const DEADLINE_MS = 10_000;
const WITHOUT_BODY: ReadonlySet<number> = new Set([204, 205, 304]);

/** A request of openid-client. */
export interface OidcRequest {
  method: string;
  headers: Readonly<Record<string, string>>;
  body?: unknown;
  signal?: AbortSignal | undefined;
}

/**
 * Sends a request of openid-client through the application's client for outgoing requests. Redirects are not followed.
 * @param alsoAllow `host:port` of the provider, whose address may be private.
 */
export async function oidcFetch(
  outbound: OutboundClient,
  alsoAllow: readonly string[],
  url: string,
  { method, headers, body, signal }: OidcRequest,
): Promise<Response> {
  const { authorization, ...others } = headers;
  const answer = await outbound.request(url, {
    method: method as NonNullable<OutboundRequest['method']>,
    headers: others,
    ...(authorization !== undefined && { authorization }),
    ...((typeof body === 'string' || body instanceof URLSearchParams) && { body: String(body) }),
    ...(signal && { signal }),
    alsoAllow,
    maxBytes: MAX_BYTES,
    deadlineMs: DEADLINE_MS,
  });
  if (answer.truncated) throw new OutboundError('answer_invalid', 'the answer of the OpenID provider is too long');
  const type = answer.headers['content-type'];
  return new Response(WITHOUT_BODY.has(answer.status) ? null : new Uint8Array(answer.body), {
    status: answer.status,
    ...(type !== undefined && { headers: { 'content-type': type } }),
  });
}

/** `host:port` of URLs, for `alsoAllow`. What is no URL is left out. */
export function hostsOf(...urls: readonly (string | undefined)[]): string[] {
  const hosts = urls.flatMap((text) => {
    const url = text === undefined ? undefined : parseUrl(text);
    if (url === undefined) return [];
    return [`${url.hostname}:${url.port || (url.protocol === 'http:' ? 80 : 443)}`];
  });
  return [...new Set(hosts)];
}
