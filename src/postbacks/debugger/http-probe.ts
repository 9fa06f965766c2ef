import type { OutboundClient } from '../../platform/outbound/outbound-client.js';

/** What came of a request. */
export type ProbeResult =
  | { ok: true; status: number; body: string; location: string | null; ms: number }
  | { ok: false; error: string; ms: number };

const MAX_BODY = 2_000;

/**
 * One GET, as a network makes it: no redirect is followed.
 * @param url of this server, by its own settings: so it may be asked wherever it is.
 * @param host what to say in the Host header, where that is not the URL's own.
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
