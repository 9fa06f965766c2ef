import type { IncomingHttpHeaders } from 'node:http';
import type { ReceivedBytes } from '../platform/http/requests/read-bytes.js';

/** Headers that the fast reader finds in its single pass over a head. The others are in `headers`. */
export type CommonHeader =
  | 'user-agent'
  | 'accept-language'
  | 'referer'
  | 'x-forwarded-for'
  | 'sec-purpose'
  | 'purpose'
  | 'x-moz'
  | 'x-purpose'
  | 'cookie'
  | 'dnt'
  | 'sec-gpc';

/** A request as received, from either reader. Texts have one character for each byte (latin1), as Node gives them. */
export interface EdgeRequest {
  /** Upper case. */
  readonly method: string;
  /** Path and query as sent. */
  readonly url: string;
  /** Name and port as sent; empty when there is none. */
  readonly host: string;
  /** Address of the other end of the connection, which may be a proxy. */
  readonly remoteAddress: string;
  /** All headers, shaped as `IncomingMessage.headers`. Parsed at the first use. */
  readonly headers: IncomingHttpHeaders;
  header(name: CommonHeader): string | undefined;
  /**
   * Starts reading the body; call it at most once, before `handle` returns. Never rejects.
   * @returns `undefined` when no body follows.
   */
  readBody(maxBytes: number): Promise<ReceivedBytes> | undefined;
}
