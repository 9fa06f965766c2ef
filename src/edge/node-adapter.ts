import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { readBytes, type ReceivedBytes } from '../platform/http/requests/read-bytes.js';
import type { EdgeHeaders, EdgeReply } from './edge-reply.js';
import type { CommonHeader, EdgeRequest } from './edge-request.js';

const UNREAD: ReceivedBytes = { bytes: Buffer.alloc(0), state: 'cut' };

/** A request that Node's HTTP server has read. */
export class NodeRequest implements EdgeRequest {
  constructor(
    private readonly request: IncomingMessage,
    private readonly reply: NodeReply,
  ) {}

  get method(): string {
    return this.request.method ?? 'GET';
  }

  get url(): string {
    return this.request.url ?? '/';
  }

  get host(): string {
    return this.request.headers.host ?? '';
  }

  get remoteAddress(): string {
    return this.request.socket.remoteAddress ?? '';
  }

  get headers(): IncomingHttpHeaders {
    return this.request.headers;
  }

  header(name: CommonHeader): string | undefined {
    const value = this.request.headers[name];
    return Array.isArray(value) ? value.join(', ') : value;
  }

  /** A client gets no 100 Continue for a body that is announced as too long, because it may never send that body. */
  readBody(maxBytes: number): Promise<ReceivedBytes> | undefined {
    const { 'content-length': length, 'transfer-encoding': encoding } = this.headers;
    if (length === undefined && encoding === undefined) return undefined;
    if (Number(length ?? 0) > maxBytes && this.reply.refuseContinue()) return Promise.resolve(UNREAD);
    this.reply.sendContinue();
    return readBytes(this.request, maxBytes);
  }
}

/** Answers through Node's own response. */
export class NodeReply implements EdgeReply {
  /** @param isContinueDue the client waits for 100 Continue before it sends its body. */
  constructor(
    private readonly response: ServerResponse,
    private isContinueDue: boolean,
  ) {}

  sendContinue(): void {
    if (this.isContinueDue) this.response.writeContinue();
    this.isContinueDue = false;
  }

  /** The connection is closed after the answer. @returns false when the client does not wait for 100 Continue. */
  refuseContinue(): boolean {
    const wasDue = this.isContinueDue;
    if (wasDue) this.response.shouldKeepAlive = false;
    this.isContinueDue = false;
    return wasDue;
  }

  send(status: number, headers: EdgeHeaders, body = ''): void {
    this.sendContinue();
    this.response
      .writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body) })
      .end(this.response.req.method === 'HEAD' ? undefined : body);
  }
}
