import type { IncomingMessage } from 'node:http';

/** The received part of a request's body. */
export interface ReceivedBytes {
  /** The first bytes, at most as many as requested. */
  bytes: Buffer;
  /** `cut`: there were more. `aborted`: the connection ended before the body did. */
  state: 'whole' | 'cut' | 'aborted';
}

/** How much of a too long body is read and discarded, so that its sender reads the answer. */
const MAX_DRAINED_BYTES = 4 * 1024 * 1024;

/** Reads a body, at most `maxBytes` of it into memory. Never rejects. */
export function readBytes(request: IncomingMessage, maxBytes: number): Promise<ReceivedBytes> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let length = 0;
    const finish = (isWhole: boolean): void => {
      request.off('data', onData);
      const state = !isWhole ? 'aborted' : length > maxBytes ? 'cut' : 'whole';
      resolve({ bytes: Buffer.concat(chunks).subarray(0, maxBytes), state });
    };
    const onData = (chunk: Buffer): void => {
      if (length <= maxBytes) chunks.push(chunk);
      length += chunk.length;
      if (length <= MAX_DRAINED_BYTES) return;
      finish(true);
      request.resume(); // discards the rest
    };
    request.on('data', onData);
    request.on('end', () => finish(true));
    request.on('error', () => finish(false));
    request.on('close', () => finish(request.complete));
  });
}
