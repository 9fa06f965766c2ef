import type { IncomingMessage, ServerResponse } from 'node:http';
import { toProblem } from '../platform/http/problems/problem.js';
import { requestIdOf } from '../platform/http/requests/request-id.js';
import type { EdgeApplication } from './edge-application.js';

/** Answers requests until there is an application. */
export const refuseUntilServed: EdgeApplication = {
  handle: () => false,
  fallback: (_request, response) => response.writeHead(503).end(),
  needsHost: () => true,
  onUnreadable: () => undefined,
};

export function refuseHost(request: IncomingMessage, response: ServerResponse): void {
  const detail = 'The request needs exactly one Host header, with a host name or an address and optionally a port.';
  const text = JSON.stringify(toProblem('bad_request', detail, requestIdOf(request)));
  const headers = { 'content-type': 'application/problem+json', connection: 'close' };
  response.writeHead(400, { ...headers, 'content-length': Buffer.byteLength(text) });
  response.end(request.method === 'HEAD' ? undefined : text);
}
