import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { Server as NetServer, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { answerClientError } from './platform/http/client-error.js';
import { hasOneHost } from './platform/http/host-header.js';
import { toOriginForm } from './platform/http/origin-form.js';
import { NodePlainReply, type PlainListener, toPlainRequest } from './platform/http/plain-request.js';
import { toProblem } from './platform/http/problem.js';
import { requestIdOf } from './platform/http/request-id.js';
import { readUnreadable, type UnreadableRequest } from './platform/http/unreadable-request.js';
import { maxConnectionsFor, openFilesLimit } from './platform/startup/open-files.js';
import { announcesTooMuch } from './postbacks/reading/announced-body.js';
import { isNetworkTarget } from './postbacks/reading/network-target.js';
import { Front, type ShortLinkListener } from './redirect/front/front.js';
import { NodeReply, toShortLinkRequest } from './redirect/node-request.js';

/** How long is waited for a client that does nothing, in milliseconds, and how many connections are taken. */
export interface ListenerLimits {
  /**
   * Between two requests. Longer than proxies keep an idle connection, so that it is they who close it: a request that meets
   * our closing is lost.
   */
  keepAliveMs: number;
  /** From a connection's beginning until its first whole head, and for each head from its first byte. */
  headMs: number;
  /** For the next byte of a body, and for the client to take the next bytes of an answer. */
  stallMs: number;
  /** How often it is looked for heads that take too long. */
  sweepMs: number;
  maxConnections: number;
}

const LIMITS: ListenerLimits = {
  keepAliveMs: 75_000,
  headMs: 15_000,
  stallMs: 120_000,
  sweepMs: 5_000,
  maxConnections: maxConnectionsFor(openFilesLimit()),
};
/** So often, at most, idle connections are closed to make room for others. */
const MAKE_ROOM_MS = 200;
const DRAIN_MS = 5_000;
/** How long a keep-alive connection may still send its last request when all is being closed. */
const GRACE_MS = 300;
const SWEEP_MS = 50;

type RequestListener = (request: IncomingMessage, response: ServerResponse) => void;

/**
 * The port. Short links are answered by `shortLinks`, on whichever way they come; of what is left, `plain` may take GETs
 * without a body; everything else is for `others`. Who answers may change while it listens.
 */
export class Listener {
  shortLinks: ShortLinkListener = () => false;
  plain: PlainListener = () => false;
  others: RequestListener = (_request, response) => response.writeHead(503).end();
  /** Told of requests that neither the front nor Node can read; they are answered here. */
  unreadable: (request: UnreadableRequest) => void = () => undefined;
  readonly server: Server;
  private readonly front: Front;
  private isClosing = false;
  private makesRoomAt = 0;
  /** Connections on which something came that is no request: what follows on them is not read. */
  private readonly broken = new WeakSet<Socket>();

  /** @param limits for tests. */
  constructor(limits: Partial<ListenerLimits> = {}) {
    const { keepAliveMs, headMs, stallMs, sweepMs, maxConnections } = { ...LIMITS, ...limits };
    this.server = createServer(
      {
        keepAliveTimeout: keepAliveMs,
        headersTimeout: headMs,
        connectionsCheckingInterval: sweepMs,
        requireHostHeader: false, // see hasHost
      },
      (request, response) => this.answer(request, response),
    );
    this.server.maxConnections = maxConnections;
    this.server.setTimeout(stallMs, onStall);
    // By default Node ends our side with the client's, and the answers that are still due are lost.
    (this.server as Server & { httpAllowHalfOpen: boolean }).httpAllowHalfOpen = true;
    this.server.on('checkContinue', (request, response) => this.answerExpecting(request, response));
    this.front = new Front(
      this.server,
      {
        shortLinks: (request, reply) => this.shortLinks(request, reply),
        plain: (request, reply) => this.plain(request, reply),
      },
      { idleMs: keepAliveMs, headMs, sweepMs },
    );
    this.server.on('drop', () => this.makeRoom());
  }

  /** Goes through all connections: not for each one that is refused, as they come by the thousand. */
  private makeRoom(): void {
    const now = performance.now();
    if (now < this.makesRoomAt) return;
    this.makesRoomAt = now + MAKE_ROOM_MS;
    this.front.makeRoom();
    this.server.closeIdleConnections();
  }

  private answer(request: IncomingMessage, response: ServerResponse): void {
    if (this.isClosing) response.shouldKeepAlive = false;
    toOriginForm(request);
    if (!hasHost(request)) {
      refuseHost(request, response);
      return;
    }
    const shortLink = toShortLinkRequest(request);
    if (shortLink && this.shortLinks(shortLink, new NodeReply(response))) return;
    const plain = toPlainRequest(request);
    if (plain && this.plain(plain, new NodePlainReply(response))) return;
    this.others(request, response);
  }

  /** The same for a client that waits for a word before it sends its body; it gets none for one that is not read. */
  private answerExpecting(request: IncomingMessage, response: ServerResponse): void {
    toOriginForm(request);
    if (announcesTooMuch(request)) response.shouldKeepAlive = false;
    else response.writeContinue();
    this.answer(request, response);
  }

  /** Answers what Node could not read as a request; the connection is of no use after that. */
  onClientError(error: ClientError, socket: Socket): void {
    if (this.broken.has(socket)) return;
    this.broken.add(socket);
    afterAnswers(socket, () => this.answerClientError(error, socket));
  }

  private answerClientError(error: ClientError, socket: Socket): void {
    const text = socket.destroyed ? '' : unreadText(error);
    if (text !== '') {
      if (IN_FIRST_LINE.has(error.code ?? '') && this.front.answerLast(text, socket)) return;
      const request = readUnreadable(text, socket.remoteAddress ?? '', error.code ?? error.message);
      if (request !== undefined) this.unreadable(request);
    }
    answerClientError(error, socket);
  }

  /** @throws Error when the port can not be had. */
  async listen(port: number, host: string): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      this.server.once('error', reject);
      this.server.listen(port, host, () => {
        this.server.off('error', reject);
        resolve();
      });
    });
  }

  /**
   * Takes no more connections, and answers what is under way and what was sent before its client could know: each answer
   * says that it is its connection's last.
   */
  async close(): Promise<void> {
    const { server } = this;
    this.isClosing = true;
    // A browser may hold a connection open on which it has not asked anything yet: that is not worth waiting for.
    const timer = setTimeout(() => server.closeAllConnections(), DRAIN_MS);
    // Not by the HTTP server's own close(): it ends idle connections at once, and one may have a request on its way.
    const closed = new Promise<void>((resolve) => NetServer.prototype.close.call(server, () => resolve()));
    await Promise.race([closed, Promise.all([this.front.drain(DRAIN_MS), sleep(GRACE_MS)])]);
    const sweep = setInterval(() => server.closeIdleConnections(), SWEEP_MS);
    await closed;
    clearInterval(sweep);
    clearTimeout(timer);
  }
}

/** What Node's parser says of what it cannot read. */
export type ClientError = Error & { code?: string; rawPacket?: unknown };

/** What the parser says of a first line: then the packet begins where the request does. */
const IN_FIRST_LINE: ReadonlySet<string> = new Set([
  'HPE_INVALID_CONSTANT',
  'HPE_INVALID_METHOD',
  'HPE_INVALID_URL',
  'HPE_INVALID_VERSION',
]);

/** A network is known by its key alone: for a wrong `Host`, no conversion is refused. */
function hasHost(request: IncomingMessage): boolean {
  return hasOneHost(request) || isNetworkTarget(request.url ?? '');
}

function refuseHost(request: IncomingMessage, response: ServerResponse): void {
  const detail = 'The request needs one Host header that holds a name or an address, and maybe a port.';
  const text = JSON.stringify(toProblem('bad_request', detail, requestIdOf(request)));
  const headers = { 'content-type': 'application/problem+json', connection: 'close' };
  response.writeHead(400, { ...headers, 'content-length': Buffer.byteLength(text) });
  response.end(request.method === 'HEAD' ? undefined : text);
}

/**
 * The packet that could not be read, where it begins with a request. What stands behind others in one packet is not looked
 * for: a body could pretend to be it.
 */
function unreadText({ rawPacket }: ClientError): string {
  const text = Buffer.isBuffer(rawPacket) ? rawPacket.toString('latin1').replace(/^(?:\r?\n)+/, '') : '';
  return /^[A-Za-z]{1,20}[ \t]/.test(text) ? text : '';
}

/** The answer that the connection is waiting for, the first of them. */
function dueAnswer(socket: Socket): ServerResponse<IncomingMessage> | undefined {
  const { _httpMessage: message } = socket as Socket & { _httpMessage?: ServerResponse<IncomingMessage> | null };
  return message === undefined || message === null || message.writableFinished ? undefined : message;
}

/** Waits until all whole requests of the connection are answered: what came behind them must not be answered before. */
function afterAnswers(socket: Socket, then: () => void): void {
  const due = dueAnswer(socket);
  if (due === undefined || !due.req.complete || socket.destroyed) then();
  else due.once('close', () => setImmediate(() => afterAnswers(socket, then)));
}

/**
 * Ends a connection on which nothing has moved for long, unless it is us who are waited for: an answer may take its time. Node
 * itself sees to it that a client that reads slowly is no such case.
 */
function onStall(socket: Socket): void {
  const due = dueAnswer(socket);
  const isReading = due !== undefined && socket.writableLength === 0;
  const hasSentAll = due !== undefined && (due.req.complete || due.req.readableLength > 0);
  if (!(isReading && hasSentAll)) socket.destroy();
}
