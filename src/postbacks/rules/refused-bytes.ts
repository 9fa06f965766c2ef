import { LRUCache } from 'lru-cache';
import type { LogEntry } from '../process/log-entry.js';

/** Burst and hourly limit of the bytes that the log keeps of one network's refused requests. */
export const REFUSED_BYTES_AN_HOUR = 16 * 1024 * 1024;
const HOUR_MS = 3_600_000;
const MAX_NETWORKS = 10_000;
/** Requests up to this size are always kept whole, so that they can be run again. Nearly all real postbacks are shorter. */
export const ALWAYS_KEPT_CHARS = 4_096;
const KEPT_CHARS = 1_000;
const MAX_CONTENT_TYPE_CHARS = 200;

interface Bucket {
  bytes: number;
  filledAt: number;
}

/**
 * Limits the stored bytes of refused requests for each network, in this process: query, body and headers. The least
 * recently used networks are forgotten, which resets their limit.
 */
export class RefusedBytes {
  private readonly buckets: LRUCache<string, Bucket>;

  constructor(
    private readonly perHour = REFUSED_BYTES_AN_HOUR,
    maxNetworks = MAX_NETWORKS,
  ) {
    this.buckets = new LRUCache({ max: maxNetworks });
  }

  /** @param now milliseconds of a monotonic clock. @returns false if the limit is reached; then nothing is counted. */
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

/** The size of query, body and headers in characters. */
export function entrySizeBytes({ query, body, headers }: Pick<LogEntry, 'query' | 'body' | 'headers'>): number {
  return headers.reduce((sum, { name, value }) => sum + name.length + value.length, query.length + body.length);
}

/**
 * A refused request as it is kept when the limit is reached: without most headers, and only the beginning of a long one.
 * A long one cannot be run again and is not reprocessed.
 */
export function shortened(entry: LogEntry): LogEntry {
  const { waitsUntil: _, ...unwaiting } = entry;
  const { query, body, hint } = entry;
  const headers = entry.headers
    .filter(({ name }) => name === 'content-type')
    .map(({ name, value }) => ({ name, value: value.slice(0, MAX_CONTENT_TYPE_CHARS) }));
  if (query.length + body.length <= ALWAYS_KEPT_CHARS) return { ...entry, headers };
  const note = `More than ${REFUSED_BYTES_AN_HOUR / 1024 / 1024} MiB of refused requests came to this network within an hour: only the beginning of this one is kept.`;
  return {
    ...unwaiting,
    headers,
    query: query.slice(0, KEPT_CHARS),
    body: body.slice(0, KEPT_CHARS),
    hint: [hint, note].filter(Boolean).join(' '),
    isIncomplete: true,
  };
}
