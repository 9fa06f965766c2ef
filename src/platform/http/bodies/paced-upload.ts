import type { Readable } from 'node:stream';
import { withTimeout } from '../../concurrency/with-timeout.js';
import { ProblemException } from '../problems/problem.js';

export interface UploadPace {
  /** How long an upload may take regardless of its size. */
  graceMs: number;
  /** The received bytes extend that time at this rate. */
  leastBytesPerSecond: number;
}

const PACE: UploadPace = { graceMs: 20_000, leastBytesPerSecond: 32 * 1024 };

/**
 * An upload, piece by piece. Only the time spent waiting for the sender counts. The stream stays open when reading stops,
 * because the answer is still to be sent.
 * @throws ProblemException 408 for an upload that is too slow, because it blocks others.
 */
export async function* pacedUpload(
  body: Readable,
  { graceMs, leastBytesPerSecond }: UploadPace = PACE,
): AsyncGenerator<Buffer> {
  const pieces = body.iterator({ destroyOnReturn: false }) as AsyncIterator<Buffer>;
  let bytes = 0;
  let waitedMs = 0;
  try {
    for (;;) {
      const startedAt = performance.now();
      const leftMs = graceMs + (bytes / leastBytesPerSecond) * 1_000 - waitedMs;
      const { done, value } = await withTimeout(Math.max(1, leftMs), pieces.next(), tooSlow);
      if (done === true) return;
      waitedMs += performance.now() - startedAt;
      bytes += value.length;
      yield value;
    }
  } finally {
    // Not awaited: it waits for a piece that may never arrive. The stream can only be resumed without this reader.
    void pieces.return?.();
  }
}

function tooSlow(): ProblemException {
  const detail = 'The file came too slowly: send it again over a faster connection, or in parts.';
  return new ProblemException('request_timeout', detail, undefined, { connection: 'close' });
}
