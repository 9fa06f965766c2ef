import type { Socket } from 'node:net';
import { isOpenRequestLine, repairRequestStart } from '../platform/http/requests/request-line.js';
import { type EdgeHeaders, type EdgeReply, formatHead, toByteText } from './edge-reply.js';
import type { EdgeRequest } from './edge-request.js';
import { MAX_HEAD_BYTES, readRequestHead } from './request-head.js';

/** The server that accepted a connection. */
export interface ConnectionOwner {
  /** @returns false when the application leaves the request to Node and has done nothing with it. */
  handle(request: EdgeRequest, reply: EdgeReply): boolean;
  /** Gives the connection to Node's HTTP server permanently. */
  handOver(connection: FastConnection, unread: Buffer): void;
  forget(connection: FastConnection): void;
  /** True during shutdown: each answer is then the last of its connection. */
  readonly isClosing: boolean;
  /** Header lines of an answer that keeps the connection open. */
  readonly keepAliveLines: string;
  /** How long an idle connection stays open after an answer. */
  readonly keepAliveMs: number;
  /** Time limit for a head: from the start of the connection, and from the first byte of a later request. */
  readonly headMs: number;
}

const CLOSE = 'Connection: close\r\n';
/** A head in more pieces is left to Node, which does not read the earlier pieces again for each new one. */
const MAX_PIECES = 64;

/**
 * One connection, as long as it carries simple requests that the application handles, one at a time. Anything else hands
 * it over to Node's HTTP server, with its bytes unchanged.
 */
export class FastConnection implements EdgeReply {
  /** When the connection is closed if it is still idle, in milliseconds since 1970. */
  closesAt: number;
  /** An incomplete head, and the number of pieces in which it arrived. */
  private begun = '';
  private pieces = 0;
  private hasAnswered = false;
  private isAnswering = false;
  private isHead = false;
  private closes = false;
  private readonly remoteAddress: string;

  constructor(
    readonly socket: Socket,
    private readonly owner: ConnectionOwner,
  ) {
    this.remoteAddress = socket.remoteAddress ?? '';
    this.closesAt = Date.now() + owner.headMs;
    socket.on('data', this.onData);
    socket.on('end', this.onEnd);
    socket.on('error', this.onError);
    socket.on('close', this.onClose);
  }

  /** True when no complete request is waiting for its answer. */
  get isIdle(): boolean {
    return !this.isAnswering;
  }

  send(status: number, headers: EdgeHeaders, body = ''): void {
    const bytes = toByteText(body);
    const head = formatHead(status, headers, bytes.length);
    const { socket } = this;
    this.isAnswering = false;
    this.hasAnswered = true;
    this.closesAt = Date.now() + this.owner.keepAliveMs;
    if (!socket.writable) return;
    const isLast = this.closes || this.owner.isClosing || socket.readableEnded;
    const connection = isLast ? CLOSE : this.owner.keepAliveLines;
    const isFlushed = socket.write(`${head}${connection}\r\n${this.isHead ? '' : bytes}`, 'latin1');
    if (isLast) socket.destroySoon();
    else if (!isFlushed) this.waitForReader();
    else if (socket.isPaused()) socket.resume();
  }

  /** Stops listening to the socket. */
  release(): void {
    const { socket } = this;
    socket.off('data', this.onData);
    socket.off('end', this.onEnd);
    socket.off('error', this.onError);
    socket.off('close', this.onClose);
  }

  private readonly onData = (chunk: Buffer): void => {
    if (this.isAnswering) {
      // The socket keeps later data until the answer is sent, and so does not emit `end` meanwhile.
      this.socket.pause();
      this.socket.unshift(chunk);
      return;
    }
    const { length } = this.begun;
    const text = this.begun + chunk.toString('latin1');
    this.begun = '';
    this.read(text, length);
  };

  /** @param known length of the text that was read before. */
  private read(text: string, known: number): void {
    const request = readRequestHead(text, this.remoteAddress);
    if (request === undefined) {
      this.readUnusual(text, known);
      return;
    }
    this.isAnswering = true;
    this.isHead = request.isHead;
    this.closes = request.closes;
    if (this.owner.handle(request, this)) return;
    this.isAnswering = false;
    this.handOver(text);
  }

  private readUnusual(text: string, known: number): void {
    this.pieces = known === 0 ? 1 : this.pieces + 1;
    const isOpen = isBeginning(text, known) || (text.length < MAX_HEAD_BYTES && isOpenRequestLine(text));
    if (isOpen && this.pieces <= MAX_PIECES) {
      this.begun = text;
      // Set once: a client that sends single bytes does not keep a connection open.
      if (known === 0 && this.hasAnswered) this.closesAt = Date.now() + this.owner.headMs;
      return;
    }
    // Node would refuse the request for a space or a non-ASCII letter in its target.
    const repaired = isOpen ? undefined : repairRequestStart(text);
    if (repaired === undefined) this.handOver(text);
    else this.read(repaired, 0);
  }

  private handOver(text: string): void {
    this.owner.handOver(this, Buffer.from(text, 'latin1'));
  }

  /** Reads no more requests while the client does not read its answers: they would fill the memory. */
  private waitForReader(): void {
    this.socket.pause();
    this.socket.once('drain', () => this.socket.resume());
  }

  private readonly onEnd = (): void => {
    if (!this.isAnswering) this.socket.end();
  };

  private readonly onError = (): void => {
    this.socket.destroy(); // the client is gone
  };

  private readonly onClose = (): void => {
    this.owner.forget(this);
  };
}

const FIRST_LINE = /^(?:GET|HEAD) \/[!"$-~]* HTTP\/1\.1\r\n/;

/**
 * Whether more bytes may complete a request that the fast reader reads: a long one often arrives in pieces. Anything else
 * is handed over at once, because Node may see its end elsewhere.
 *
 *     GE                          still open: a method may follow
 *     GET /a HT                   still open: the line has not ended (other lines: isOpenRequestLine)
 *     GET /a HTTP/1.1\r\nHos      still open: the first line is a simple one
 *     GET /a HTTP/1.1\nHos        no: a line ends by LF alone
 *     POST /a HTTP/1.1\r\n        no: not a simple request
 *     …\r\n\r\n                   no: the head is complete, and was not read
 * @param from the text before this offset has passed the same check earlier.
 */
function isBeginning(text: string, from: number): boolean {
  if (text.length >= MAX_HEAD_BYTES || text.includes('\r\n\r\n', from - 3)) return false;
  if (text.length < 5) return 'GET /'.startsWith(text) || 'HEAD '.startsWith(text);
  for (let at = text.indexOf('\n', from); at >= 0; at = text.indexOf('\n', at + 1)) {
    if (text[at - 1] !== '\r') return false;
  }
  return (text.includes('\n') ? FIRST_LINE : /^(?:GET|HEAD) /).test(text);
}
