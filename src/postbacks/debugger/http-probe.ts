import type { OutboundClient } from '../../platform/outbound/outbound-client.js';

/** The result of a probe. */
export type ProbeResult =
  | { ok: true; status: number; body: string; location: string | null; ms: number }
  | { ok: false; error: string; ms: number };

const MAX_BODY = 2_000;

/**
 * Sends one GET as a network does; redirects are not followed.
 * @param url a URL of this server, by its own settings. Its host is therefore allowed, even if it is private.
 * @param host the Host header, if it differs from the URL's host.
 */
export async function probe(
  outbound: OutboundClient,
  url: string,
  timeoutMs: number,
  host?: string,
): Promise<ProbeResult> {
  const startedAt = performance.now();
  const ms = (): number => Math.round(performance.now() - startedAt);
  try {
    const { status, headers, body } = await outbound.request(url, {
      headers: { 'user-agent': 'Hopback-Test' },
      maxBytes: MAX_BODY,
      deadlineMs: timeoutMs,
      alsoAllow: [originOf(url)],
      ...(host !== undefined && { host }),
    });
    return { ok: true, status, body: body.toString('utf8'), location: headers.location ?? null, ms: ms() };
  } catch (error) {
    return { ok: false, error: error instanceof Error ? error.message : String(error), ms: ms() };
  }
}

function originOf(url: string): string {
  const { hostname, port, protocol } = new URL(url);
  return `${hostname}:${port || (protocol === 'https:' ? 443 : 80)}`;
}
