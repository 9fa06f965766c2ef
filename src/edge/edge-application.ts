import type { IncomingMessage, ServerResponse } from 'node:http';
import type { UnreadableRequest } from '../platform/http/requests/unreadable-request.js';
import type { EdgeReply } from './edge-reply.js';
import type { EdgeRequest } from './edge-request.js';

/** @returns false when the request is left to the fallback; the handler has then done nothing with it. */
export type EdgeHandler = (request: EdgeRequest, reply: EdgeReply) => boolean;

/** The application that answers the requests of the edge. */
export interface EdgeApplication {
  /** Called first, for each request. After a false it may be called again for the same request. */
  handle: EdgeHandler;
  /** Answers the requests that `handle` leaves. They always come from Node's HTTP server. */
  fallback(request: IncomingMessage, response: ServerResponse): void;
  /** Whether a request for this URL is refused (400) when it has no `Host` header, several, or an invalid one. */
  needsHost(url: string): boolean;
  /** Called for a request that neither reader could read. The edge answers it with an error. */
  onUnreadable(request: UnreadableRequest): void;
}
