import { STATUS_CODES } from 'node:http';
import { httpDate } from './http-date.js';

/** Names in lower case, values in printable ASCII: they are written as they are. */
export type EdgeHeaders = Readonly<Record<string, string>>;

/** How a request is answered, once. */
export interface EdgeReply {
  /** Adds `Content-Length`, `Date` and `Connection`. The body is left out for HEAD. */
  send(status: number, headers: EdgeHeaders, body?: string): void;
}

/** Status line and headers of an answer, without `Connection` and the blank line. @param length bytes of the body. */
export function formatHead(status: number, headers: EdgeHeaders, length: number): string {
  let lines = '';
  for (const name in headers) lines += `${name}: ${headers[name]}\r\n`;
  return `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${lines}content-length: ${length}\r\nDate: ${httpDate()}\r\n`;
}

/** UTF-8 bytes as latin1 text, so that head and body are one string and one write. */
export function toByteText(body: string): string {
  return body === '' ? '' : Buffer.from(body).toString('latin1');
}
