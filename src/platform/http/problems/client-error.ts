import { randomUUID } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { PROBLEM_TITLES, type ProblemCode, toProblem } from './problem.js';

const CODES: Record<string, [ProblemCode, string]> = {
  HPE_HEADER_OVERFLOW: ['headers_too_large', 'URL and headers together may have at most 16 KiB.'],
  HPE_CHUNK_EXTENSIONS_OVERFLOW: ['payload_too_large', 'The chunk extensions may have at most 16 KiB.'],
  ERR_HTTP_REQUEST_TIMEOUT: ['request_timeout', 'The request was not complete in time.'],
};
const UNREADABLE: [ProblemCode, string] = ['bad_request', 'The request is not valid HTTP.'];
/** How long a client that is still sending may read the answer: closing at once could discard it. */
const LINGER_MS = 1_000;

/** Answers a request that Node cannot read with problem+json. The connection cannot be used after that. */
export function answerClientError(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed) return;
  if (!socket.writable) {
    socket.destroy(error);
    return;
  }
  const [code, detail] = CODES[error.code ?? ''] ?? UNREADABLE;
  const problem = toProblem(code, detail, randomUUID());
  const body = JSON.stringify(problem);
  const lines = [
    `HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status] ?? PROBLEM_TITLES[code]}`,
    'Content-Type: application/problem+json',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Connection: close',
  ];
  socket.removeAllListeners('data'); // of Node's parser, which would complain about each
  socket.end(`${lines.join('\r\n')}\r\n\r\n${body}`);
  socket.resume();
  const timer = setTimeout(() => socket.destroy(error), LINGER_MS);
  timer.unref();
  const leave = (): void => {
    clearTimeout(timer);
    socket.destroy(error);
  };
  socket.once('end', leave);
  socket.once('error', leave);
  if (socket.readableEnded) socket.once('finish', leave);
}
