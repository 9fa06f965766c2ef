import { LRUCache } from 'lru-cache';
import type { LogEntry } from '../process/log-entry.js';

/** Bytes of one network's refused requests that the log takes at once, and again within each hour. */
export const REFUSED_BYTES_AN_HOUR = 16 * 1024 * 1024;
const HOUR_MS = 3_600_000;
const MAX_NETWORKS = 10_000;
/** Nearly all real postbacks are shorter: these are kept whole whatever was refused before, so that they can be run again. */
export const ALWAYS_KEPT_CHARS = 4_096;
const KEPT_CHARS = 1_000;
const MAX_CONTENT_TYPE_CHARS = 200;

interface Bucket {
  bytes: number;
  filledAt: number;
}

/**
 * How much of refused requests is stored for each network, counted by this process: text of query, body and headers. The
 * networks that were refused nothing for the longest time are forgotten, which gives them all of it again.
 */
export class RefusedBytes {
  private readonly buckets: LRUCache<string, Bucket>;

  constructor(
    private readonly perHour = REFUSED_BYTES_AN_HOUR,
    maxNetworks = MAX_NETWORKS,
  ) {
    this.buckets = new LRUCache({ max: maxNetworks });
  }

  /** @param now milliseconds of a clock that does not jump. @returns false when there is no room: then nothing is counted. */
  take(networkId: string, bytes: number, now: number): boolean {
    const bucket = this.buckets.get(networkId) ?? { bytes: this.perHour, filledAt: now };
    const elapsed = Math.max(0, now - bucket.filledAt);
    bucket.bytes = Math.min(this.perHour, bucket.bytes + (elapsed * this.perHour) / HOUR_MS);
    bucket.filledAt = now;
    this.buckets.set(networkId, bucket);
    if (bucket.bytes < bytes) return false;
    bucket.bytes -= bytes;
    return true;
  }
}

/** Characters that the log would keep of what was sent. */
export function entrySizeBytes({ query, body, headers }: Pick<LogEntry, 'query' | 'body' | 'headers'>): number {
  return headers.reduce((sum, { name, value }) => sum + name.length + value.length, query.length + body.length);
}

/**
 * A refused request as it is kept while there is no room for more: without its headers, and of a long one the beginning
 * alone. Such a one cannot be run again, and is not tried again by itself.
 */
export function shortened(entry: LogEntry): LogEntry {
  const { waitsUntil: _, ...rest } = entry;
  const { query, body, hint } = entry;
  const headers = entry.headers
    .filter(({ name }) => name === 'content-type')
    .map(({ name, value }) => ({ name, value: value.slice(0, MAX_CONTENT_TYPE_CHARS) }));
  if (query.length + body.length <= ALWAYS_KEPT_CHARS) return { ...entry, headers };
  const note = `More than ${REFUSED_BYTES_AN_HOUR / 1024 / 1024} MiB of refused requests came to this network within an hour: of this one, only the beginning is kept.`;
  return {
    ...rest,
    headers,
    query: query.slice(0, KEPT_CHARS),
    body: body.slice(0, KEPT_CHARS),
    hint: [hint, note].filter(Boolean).join(' '),
    isIncomplete: true,
  };
}
