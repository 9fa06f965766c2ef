import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';

/** What came of a request. */
export type ProbeResult =
  | { ok: true; status: number; body: string; location: string | null; ms: number }
  | { ok: false; error: string; ms: number };

const MAX_BODY = 2_000;

/**
 * One GET, as a network makes it: no redirect is followed.
 * @param host what to say in the Host header, where that is not the URL's own.
 */
export async function probe(url: string, timeoutMs: number, host?: string): Promise<ProbeResult> {
  const startedAt = performance.now();
  const ms = (): number => Math.round(performance.now() - startedAt);
  try {
    return { ok: true, ...(await get(new URL(url), timeoutMs, host)), ms: ms() };
  } catch (error) {
    return { ok: false, error: reasonOf(error), ms: ms() };
  }
}

function get(
  url: URL,
  timeoutMs: number,
  host: string | undefined,
): Promise<{ status: number; body: string; location: string | null }> {
  const send = url.protocol === 'https:' ? requestHttps : requestHttp;
  return new Promise((resolve, reject) => {
    const headers = { 'user-agent': 'Hopback-Test', accept: '*/*', ...(host !== undefined && { host }) };
    const request = send(url, { headers, agent: false, signal: AbortSignal.timeout(timeoutMs) }, (response) => {
      let body = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => (body = (body + chunk).slice(0, MAX_BODY)));
      response.on('error', reject);
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, body, location: response.headers.location ?? null }),
      );
    });
    request.on('error', reject);
    request.end();
  });
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === 'AbortError' || error.name === 'TimeoutError') return 'there was no answer in time';
  // Several addresses were tried: each has its own error.
  if (error instanceof AggregateError) return error.errors.map(reasonOf).join('; ') || error.message;
  return error.message;
}
