import type { IncomingMessage, ServerResponse } from 'node:http';
import type { UnreadableRequest } from '../platform/http/requests/unreadable-request.js';
import type { EdgeReply } from './edge-reply.js';
import type { EdgeRequest } from './edge-request.js';

/** @returns false when the request is left to the fallback; then nothing was done with it. */
export type EdgeHandler = (request: EdgeRequest, reply: EdgeReply) => boolean;

/** The program behind the edge. */
export interface EdgeApplication {
  /** Asked first, for each request. It may be asked again for the same request when it has answered false. */
  handle: EdgeHandler;
  /** Answers the requests that `handle` leaves. They always come from Node's HTTP server. */
  fallback(request: IncomingMessage, response: ServerResponse): void;
  /** Whether a request for this URL is refused (400) when it has no `Host` header, several, or an invalid one. */
  needsHost(url: string): boolean;
  /** Called for a request that neither reader could read. The edge answers it with an error. */
  onUnreadable(request: UnreadableRequest): void;
}
