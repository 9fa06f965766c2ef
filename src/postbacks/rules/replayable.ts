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
  if (erasedAt) return 'What was sent was erased together with its click.';
  if (reason === 'not_allowed') {
    return 'Its sender was not allowed, which cannot be proved again from the log: mend the network’s security and have it sent once more.';
  }
  if (method === 'HEAD' || method === 'OPTIONS') {
    return `${method} asks whether the address is there and reports nothing.`;
  }
  if (isIncomplete) return 'It was too long, broken off or could not be unpacked: the log does not have all of it.';
  const length = Number(headers.find(({ name }) => name === 'content-length')?.value ?? 0);
  if (reason === 'malformed_request' && length > MAX_BODY_BYTES) {
    return 'Its body was too long, and only its beginning was kept.';
  }
  return undefined;
}
