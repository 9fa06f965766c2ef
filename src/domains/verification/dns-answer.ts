/** The answer of DNS to one query. `failed`: no server answered, so nothing is known about the name. */
export type DnsAnswer = { kind: 'found'; values: string[] } | { kind: 'none' } | { kind: 'failed'; reason: string };

const NONE = new Set(['ENOTFOUND', 'ENODATA']);
const REASONS: Record<string, string> = {
  ETIMEOUT: 'they did not answer in time',
  ECONNREFUSED: 'they could not be reached',
  ESERVFAIL: 'they answered SERVFAIL, as they do when the name servers of the zone are down or its DNSSEC is broken',
  EREFUSED: 'they refused to answer',
};

/** The answer that an error of the resolver means. */
export function answerOfError(error: unknown): DnsAnswer {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (NONE.has(code)) return { kind: 'none' };
  return { kind: 'failed', reason: REASONS[code] ?? `they failed (${code || 'unknown'})` };
}
