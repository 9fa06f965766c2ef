import type { Readable } from 'node:stream';
import { withTimeout } from '../../concurrency/with-timeout.js';
import { ProblemException } from '../problems/problem.js';

export interface UploadPace {
  /** So long an upload may wait, however little has come. */
  graceMs: number;
  /** And so much longer for what has come. */
  leastBytesPerSecond: number;
}

const PACE: UploadPace = { graceMs: 20_000, leastBytesPerSecond: 32 * 1024 };

/**
 * An upload, piece by piece. Only the time that we wait for the sender counts. The stream is left open when it is read no further:
 * there is an answer to be sent yet.
 * @throws ProblemException 408 for one that comes too slowly: it keeps others from uploading.
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
    // Not waited for, as it waits for a piece that may not come. The stream can be resumed only without this reader.
    void pieces.return?.();
  }
}

function tooSlow(): ProblemException {
  const detail = 'The file came too slowly: send it again over a faster connection, or in parts.';
  return new ProblemException('request_timeout', detail, undefined, { connection: 'close' });
}
