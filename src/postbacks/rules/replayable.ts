import type { Postback } from '../postback.schema.js';

const MAX_BODY_BYTES = 64 * 1024;

/** The reason why this entry cannot be run again, as text for the API; `undefined` if it can. */
export function whyNotReplayable({
  method,
  reason,
  headers,
  erasedAt,
  isIncomplete,
}: Pick<Postback, 'method' | 'reason' | 'headers' | 'erasedAt' | 'isIncomplete'>): string | undefined {
  if (erasedAt) return 'The request was erased together with its click.';
  if (reason === 'not_allowed') {
    return 'Its sender was not allowed, and the log cannot prove who sent it: correct the network’s security and let the network send it again.';
  }
  if (method === 'HEAD' || method === 'OPTIONS') {
    return `${method} only checks that the URL exists and reports no conversion.`;
  }
  if (isIncomplete)
    return 'The request was too long, incomplete or could not be decompressed: the log does not have all of it.';
  const length = Number(headers.find(({ name }) => name === 'content-length')?.value ?? 0);
  if (reason === 'malformed_request' && length > MAX_BODY_BYTES) {
    return 'The body was too long, and only its beginning was kept.';
  }
  return undefined;
}
