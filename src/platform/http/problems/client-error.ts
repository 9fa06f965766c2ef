import { randomUUID } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { PROBLEM_TITLES, type ProblemCode, toProblem } from './problem.js';

const CODES: Record<string, [ProblemCode, string]> = {
  HPE_HEADER_OVERFLOW: ['headers_too_large', 'URL and headers have 16 KiB at most, together.'],
  HPE_CHUNK_EXTENSIONS_OVERFLOW: ['payload_too_large', 'The extensions of the chunks have 16 KiB at most.'],
  ERR_HTTP_REQUEST_TIMEOUT: ['request_timeout', 'The request did not come to its end in time.'],
};
const UNREADABLE: [ProblemCode, string] = ['bad_request', 'This is not HTTP as it should be.'];
/** So long a client that goes on sending may read the answer: closing at once would take it away again. */
const LINGER_MS = 1_000;

/** Answers what Node can not read as a request, as every error is answered; the connection is of no use after that. */
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
