import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { RedirectStatus } from '../../links/link.schema.js';
import type { PlainReply, PlainRequest } from '../../platform/http/plain-request.js';
import { isOpenRequestLine, mendRequestStart } from '../../platform/http/request-line.js';
import { PAGE_HEADERS } from '../pages/page-headers.js';
import type { ExtraHeaders, PageStatus, PlainStatus, Reply, ShortLinkRequest } from '../short-link-request.js';
import { httpDate } from './http-date.js';
import { MAX_HEAD, readHeaders, readRequestHead, type RequestHead } from './request-head.js';

/** How long a connection may be silent, in milliseconds. */
export interface FrontTimes {
  /** After an answer. */
  idleMs: number;
  /** From its beginning, and from the first byte of a later request, until a whole head has come. */
  headMs: number;
  /** How often it is looked for those that were silent for longer. */
  sweepMs: number;
}

/** What a connection needs of the front that it came in by. */
export interface FrontHost {
  /** @returns false when the request is none of ours: then nothing was done with it. */
  handle(request: ShortLinkRequest, reply: Reply): boolean;
  /** The same for a GET that is no short link's. */
  handlePlain(request: PlainRequest, reply: PlainReply): boolean;
  /** Gives the connection to Node's HTTP server, for good. */
  handOver(connection: FrontConnection, unread: Buffer): void;
  forget(connection: FrontConnection): void;
  /** Connections are being closed: each answer is its connection's last. */
  readonly isDraining: boolean;
  /** The header lines of an answer after which the connection may be used again. */
  readonly keepAliveLines: string;
  readonly times: FrontTimes;
}

const REASONS: Record<RedirectStatus | PageStatus, string> = {
  200: 'OK',
  301: 'Moved Permanently',
  302: 'Found',
  303: 'See Other',
  307: 'Temporary Redirect',
  308: 'Permanent Redirect',
  403: 'Forbidden',
  404: 'Not Found',
  410: 'Gone',
  414: 'URI Too Long',
  422: 'Unprocessable Entity',
  429: 'Too Many Requests',
  451: 'Unavailable For Legal Reasons',
  503: 'Service Unavailable',
};
const CLOSE = 'Connection: close\r\n';
/** A head that comes in more pieces is read by Node, which does not look at the first ones again with each. */
const MAX_PIECES = 64;

/**
 * One connection, as long as nothing but plain requests for short links and plain postbacks comes over it, one at a time.
 * Anything else hands it over to Node's HTTP server, with the bytes as they came.
 */
export class FrontConnection implements Reply, PlainReply {
  /** When it is closed if it is still idle then, in milliseconds since 1970. */
  closesAt: number;
  /** A head that has not come to its end yet, and in how many pieces it has come. */
  private begun = '';
  private pieces = 0;
  private hasAnswered = false;
  private isAnswering = false;
  private isHead = false;
  private closes = false;
  private readonly remoteAddress: string;

  constructor(
    readonly socket: Socket,
    private readonly host: FrontHost,
  ) {
    this.remoteAddress = socket.remoteAddress ?? '';
    this.closesAt = Date.now() + host.times.headMs;
    socket.on('data', this.onData);
    socket.on('end', this.onEnd);
    socket.on('error', this.onError);
    socket.on('close', this.onClose);
  }

  /** No whole request is waiting for its answer. */
  get isIdle(): boolean {
    return !this.isAnswering;
  }

  redirect(status: RedirectStatus, location: string, headers?: ExtraHeaders): void {
    const head = `HTTP/1.1 ${status} ${REASONS[status]}\r\nlocation: ${location}\r\ncache-control: private, no-store\r\ncontent-length: 0\r\nDate: ${httpDate()}\r\n`;
    this.answer(headers === undefined ? head : head + headerLines(headers), '');
  }

  plain(status: PlainStatus, text: string, retryAfterSeconds?: number): void {
    const body = `${text}\n`;
    const retry = retryAfterSeconds === undefined ? '' : `retry-after: ${retryAfterSeconds}\r\n`;
    this.answer(
      `HTTP/1.1 ${status} ${REASONS[status]}\r\ncontent-type: text/plain; charset=utf-8\r\ncontent-length: ${body.length}\r\ncache-control: no-store\r\nx-content-type-options: nosniff\r\n${retry}Date: ${httpDate()}\r\n`,
      this.isHead ? '' : body,
    );
  }

  send(status: number, headers: Readonly<Record<string, string>>, text: string): void {
    const body = Buffer.from(text).toString('latin1'); // its bytes, one a character, as all that we write
    const lines = headerLines(headers);
    this.answer(
      `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${lines}content-length: ${body.length}\r\nDate: ${httpDate()}\r\n`,
      this.isHead ? '' : body,
    );
  }

  page(status: PageStatus, html: string, headers?: ExtraHeaders): void {
    this.send(status, { ...PAGE_HEADERS, ...headers }, html);
  }

  /** Takes our hands off the socket. */
  release(): void {
    const { socket } = this;
    socket.off('data', this.onData);
    socket.off('end', this.onEnd);
    socket.off('error', this.onError);
    socket.off('close', this.onClose);
  }

  private readonly onData = (chunk: Buffer): void => {
    if (this.isAnswering) {
      // Until the answer is out. It is the socket that keeps it, which so does not come to its end meanwhile.
      this.socket.pause();
      this.socket.unshift(chunk);
      return;
    }
    const { length } = this.begun;
    const text = this.begun + chunk.toString('latin1');
    this.begun = '';
    this.read(text, length);
  };

  /** @param known how much of it was there before. */
  private read(text: string, known: number): void {
    const head = readRequestHead(text);
    if (head === undefined) {
      this.readUnusual(text, known);
      return;
    }
    this.isAnswering = true;
    this.isHead = head.isHead;
    this.closes = head.closes;
    if (this.host.handle(this.withAddress(head), this) || this.handlePlain(text, head)) return;
    this.isAnswering = false;
    this.host.handOver(this, Buffer.from(text, 'latin1'));
  }

  private readUnusual(text: string, known: number): void {
    this.pieces = known === 0 ? 1 : this.pieces + 1;
    const isOpen = isBeginning(text, known) || (text.length < MAX_HEAD && isOpenRequestLine(text));
    if (isOpen && this.pieces <= MAX_PIECES) {
      this.begun = text;
      // Once: a client that sends a byte now and then is not waited for without end.
      if (known === 0 && this.hasAnswered) this.closesAt = Date.now() + this.host.times.headMs;
      return;
    }
    if (isOpen) {
      this.host.handOver(this, Buffer.from(text, 'latin1'));
      return;
    }
    // Node refuses the whole request for a blank in its target, or a letter that is not ASCII.
    const mended = mendRequestStart(text);
    if (mended === undefined) this.host.handOver(this, Buffer.from(text, 'latin1'));
    else this.read(mended, 0);
  }

  private handlePlain(text: string, { isHead, url }: RequestHead): boolean {
    const headers = isHead ? undefined : readHeaders(text);
    return headers !== undefined && this.host.handlePlain({ url, headers, remoteAddress: this.remoteAddress }, this);
  }

  private withAddress(head: RequestHead): ShortLinkRequest {
    return {
      isHead: head.isHead,
      url: head.url,
      host: head.host,
      userAgent: head.userAgent,
      acceptLanguage: head.acceptLanguage,
      referrer: head.referrer,
      forwardedFor: head.forwardedFor,
      purpose: head.purpose,
      cookie: head.cookie,
      doNotTrack: head.doNotTrack,
      remoteAddress: this.remoteAddress,
    };
  }

  private answer(head: string, body: string): void {
    const { socket } = this;
    this.isAnswering = false;
    this.hasAnswered = true;
    this.closesAt = Date.now() + this.host.times.idleMs;
    if (!socket.writable) return;
    const isLast = this.closes || this.host.isDraining || socket.readableEnded;
    const hasRoom = socket.write(`${head}${isLast ? CLOSE : this.host.keepAliveLines}\r\n${body}`, 'latin1');
    if (isLast) socket.destroySoon();
    else if (!hasRoom) this.waitForReader();
    else if (socket.isPaused()) socket.resume();
  }

  /** Who does not read the answers is not asked for more requests: the answers would fill our memory. */
  private waitForReader(): void {
    this.socket.pause();
    this.socket.once('drain', () => this.socket.resume());
  }

  private readonly onEnd = (): void => {
    if (!this.isAnswering) this.socket.end();
  };

  private readonly onError = (): void => {
    this.socket.destroy(); // the client is gone: nobody is left to tell
  };

  private readonly onClose = (): void => {
    this.host.forget(this);
  };
}

function headerLines(headers: ExtraHeaders): string {
  let lines = '';
  for (const name in headers) lines += `${name}: ${headers[name]}\r\n`;
  return lines;
}

const FIRST_LINE = /^(?:GET|HEAD) \/[!"$-~]* HTTP\/1\.1\r\n/;

/**
 * Whether more bytes may make it a request that we read: a long one often comes in pieces. What can not become one is not
 * kept waiting for its end, which Node may see elsewhere.
 * @param from what stands before was found to be a beginning earlier.
 */
function isBeginning(text: string, from: number): boolean {
  if (text.length >= MAX_HEAD || text.includes('\r\n\r\n', from - 3)) return false;
  if (text.length < 5) return 'GET /'.startsWith(text) || 'HEAD '.startsWith(text);
  for (let at = text.indexOf('\n', from); at >= 0; at = text.indexOf('\n', at + 1)) {
    if (text[at - 1] !== '\r') return false;
  }
  return (text.includes('\n') ? FIRST_LINE : /^(?:GET|HEAD) /).test(text);
}
