import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';

/** A GET without a body, whoever took it off the wire. Texts are as Node gives them: one character a byte. */
export interface PlainRequest {
  /** Path and query as sent. */
  url: string;
  headers: IncomingHttpHeaders;
  remoteAddress: string;
}

/** How it is answered, once. */
export interface PlainReply {
  /** @param headers names in lower case, values printable ASCII; the length of the text is added. */
  send(status: number, headers: Readonly<Record<string, string>>, text: string): void;
}

/** @returns false when the request is none of the listener's: then nothing was done with it. */
export type PlainListener = (request: PlainRequest, reply: PlainReply) => boolean;

/** One that came through Node's HTTP server; `undefined` for other methods, and where a body may follow. */
export function toPlainRequest({ method, url = '/', headers, socket }: IncomingMessage): PlainRequest | undefined {
  if (method !== 'GET' || 'content-length' in headers || 'transfer-encoding' in headers) return undefined;
  return { url, headers, remoteAddress: socket.remoteAddress ?? '' };
}

/** Answers through Node's own response. */
export class NodePlainReply implements PlainReply {
  constructor(private readonly response: ServerResponse) {}

  send(status: number, headers: Readonly<Record<string, string>>, text: string): void {
    this.response.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(text) }).end(text);
  }
}
