import type { IncomingMessage } from 'node:http';
import { MAX_BODY_BYTES } from './body-text.js';
import { isNetworkTarget } from './network-target.js';

/**
 * Whether a request for a network waits for a word before it sends a body that is too long to be read. It gets none, and is
 * refused: the body may never come.
 */
export function announcesTooMuch({ url = '', headers }: Pick<IncomingMessage, 'url' | 'headers'>): boolean {
  if (headers.expect === undefined) return false;
  return Number(headers['content-length'] ?? 0) > MAX_BODY_BYTES && isNetworkTarget(url);
}
