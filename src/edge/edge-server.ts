import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { answerClientError } from '../platform/http/problems/client-error.js';
import { hasOneHost } from '../platform/http/requests/host-header.js';
import { toOriginForm } from '../platform/http/requests/origin-form.js';
import { repairRequestStart } from '../platform/http/requests/request-line.js';
import { closeListener, type ConnectionListener, takeConnections } from '../platform/workarounds/http-server.js';
import { readUnreadable } from '../platform/http/requests/unreadable-request.js';
import { type ClientError, isInFirstLine, unreadText } from './client-errors.js';
import { afterAnswers, endIfStalled } from './pending-answers.js';
import type { EdgeApplication } from './edge-application.js';
import type { EdgeReply } from './edge-reply.js';
import type { EdgeRequest } from './edge-request.js';
import { type ConnectionOwner, FastConnection } from './fast-connection.js';
import { LastReply } from './last-reply.js';
import { NodeReply, NodeRequest } from './node-adapter.js';
import { refuseHost, refuseUntilServed } from './refusals.js';
import { readRequestHead } from './request-head.js';

// src/edge is the HTTP edge, without any product code. A new connection is read by the strict fast reader (request-head.ts,
// fast-connection.ts); anything but a simple GET or HEAD hands it over to Node's HTTP server (node-adapter.ts). Both give the
// same EdgeRequest and EdgeReply to the one EdgeApplication. Start here, with `EdgeServer`.

/** Timeouts for inactive clients, in milliseconds, and the maximum number of connections. */
export interface EdgeLimits {
  /**
   * Between two requests. Longer than proxies keep an idle connection, so that the proxy closes it: a request that is sent
   * while we close is lost.
   */
  keepAliveMs: number;
  /** From the beginning of a connection until its first whole head, and for each head from its first byte. */
  headMs: number;
  /** For the next byte of a body, and for the client to take the next bytes of an answer. */
  stallMs: number;
  /** Interval of the check for connections that exceed these limits. */
  sweepMs: number;
  /** At shutdown: how long the server waits until due answers are sent. */
  drainMs: number;
  maxConnections: number;
}

const LIMITS: EdgeLimits = {
  keepAliveMs: 75_000,
  headMs: 15_000,
  stallMs: 120_000,
  sweepMs: 5_000,
  drainMs: 5_000,
  maxConnections: Number.POSITIVE_INFINITY,
};
/** Minimum pause between two rounds of closing idle connections to admit new ones. */
const CLOSE_IDLE_EVERY_MS = 200;
/** Share of the connections that one such round closes. */
const CLOSED_SHARE = 0.1;
/** At shutdown: how long a keep-alive connection may still send its last request. */
const GRACE_MS = 300;
const DRAIN_CHECK_MS = 20;
const SWEEP_MS = 50;

/** One port, read by the fast reader and by Node's HTTP server behind it. */
export class EdgeServer implements ConnectionOwner {
  readonly server: Server;
  readonly keepAliveLines: string;
  readonly keepAliveMs: number;
  readonly headMs: number;
  isClosing = false;
  private readonly drainMs: number;
  private readonly connections = new Set<FastConnection>();
  private readonly serveByNode: ConnectionListener;
  private readonly sweepTimer: NodeJS.Timeout;
  private application: EdgeApplication = refuseUntilServed;
  private endStreams: () => void = () => undefined;
  private closesIdleAt = 0;
  /** Connections with a refused request. Later input on them is neither read nor handled. */
  private readonly broken = new WeakSet<Socket>();

  /** @param limits where they differ from the defaults. */
  constructor(limits: Partial<EdgeLimits> = {}) {
    const { keepAliveMs, headMs, stallMs, sweepMs, drainMs, maxConnections } = { ...LIMITS, ...limits };
    this.keepAliveMs = keepAliveMs;
    this.headMs = headMs;
    this.drainMs = drainMs;
    // The same lines as Node's server sends: clients then do not reuse a connection that is about to close.
    this.keepAliveLines = `Connection: keep-alive\r\nKeep-Alive: timeout=${Math.floor(keepAliveMs / 1000)}\r\n`;
    this.server = createServer(
      {
        keepAliveTimeout: keepAliveMs,
        headersTimeout: headMs,
        connectionsCheckingInterval: sweepMs,
        requireHostHeader: false, // see EdgeApplication.needsHost
      },
      (request, response) => this.answer(request, response, false),
    );
    const { server } = this;
    server.maxConnections = maxConnections;
    server.setTimeout(stallMs, endIfStalled);
    // By default Node ends our side with the client's, and the answers that are still due are lost.
    (server as Server & { httpAllowHalfOpen: boolean }).httpAllowHalfOpen = true;
    server.on('checkContinue', (request, response) => this.answer(request, response, true));
    server.on('drop', () => this.closeSomeIdle());
    this.serveByNode = takeConnections(server, (socket) => this.connections.add(new FastConnection(socket, this)));
    this.sweepTimer = setInterval(() => this.closeSilent(Date.now()), sweepMs);
    this.sweepTimer.unref();
  }

  /** Requests are answered by this application from now on. */
  serve(application: EdgeApplication): void {
    this.application = application;
  }

  /** @param endStreams ends answers that have no end of their own. It is called when the shutdown begins. */
  beforeClosing(endStreams: () => void): void {
    this.endStreams = endStreams;
  }

  handle(request: EdgeRequest, reply: EdgeReply): boolean {
    return this.application.handle(request, reply);
  }

  handOver(connection: FastConnection, unread: Buffer): void {
    const { socket } = connection;
    connection.release();
    this.connections.delete(connection);
    this.serveByNode.call(this.server, socket);
    if (unread.length > 0) socket.unshift(unread);
    socket.resume();
  }

  forget(connection: FastConnection): void {
    this.connections.delete(connection);
  }

  /** Answers a request that Node's server has read. @param isContinueDue see NodeReply. */
  private answer(request: IncomingMessage, response: ServerResponse, isContinueDue: boolean): void {
    // Node read these requests in one packet with the refused one. They are never answered, so they must not count.
    if (this.broken.has(request.socket)) return;
    if (this.isClosing) response.shouldKeepAlive = false;
    toOriginForm(request);
    const reply = new NodeReply(response, isContinueDue);
    if (!hasOneHost(request) && this.application.needsHost(request.url ?? '/')) {
      this.broken.add(request.socket);
      reply.sendContinue();
      refuseHost(request, response);
      return;
    }
    if (this.application.handle(new NodeRequest(request, reply), reply)) return;
    reply.sendContinue();
    this.application.fallback(request, response);
  }

  /** Answers a request that Node's parser refused. The connection cannot be used after that. */
  onClientError(error: ClientError, socket: Socket): void {
    if (this.broken.has(socket)) return;
    this.broken.add(socket);
    afterAnswers(socket, () => {
      if (!this.handleUnread(error, socket)) answerClientError(error, socket);
    });
  }

  /** @returns false when the error still needs an answer. */
  private handleUnread(error: ClientError, socket: Socket): boolean {
    const text = socket.destroyed ? '' : unreadText(error);
    if (text === '') return false;
    if (isInFirstLine(error) && this.handleMended(text, socket)) return true;
    const unreadable = readUnreadable(text, socket.remoteAddress ?? '', error.code ?? error.message);
    if (unreadable !== undefined) this.application.onUnreadable(unreadable);
    return false;
  }

  /**
   * Handles a request that only the fast reader can read: its target contains a space, and the connection was handed over
   * for an earlier request. It is the last request of the connection.
   */
  private handleMended(text: string, socket: Socket): boolean {
    const repaired = repairRequestStart(text);
    const request = repaired === undefined ? undefined : readRequestHead(repaired, socket.remoteAddress);
    return request !== undefined && this.application.handle(request, new LastReply(socket, request.isHead));
  }

  /** @throws Error when the port is not available. */
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
   * Accepts no more connections. Answers requests in progress and those that clients sent before they could notice: each
   * answer announces that it is the last of its connection.
   */
  async close(): Promise<void> {
    const { server } = this;
    this.isClosing = true;
    this.endStreams();
    clearInterval(this.sweepTimer);
    // A browser may hold an unused connection open, which is not worth waiting for.
    const timer = setTimeout(() => server.closeAllConnections(), this.drainMs);
    const closed = closeListener(server);
    await Promise.race([closed, Promise.all([this.drain(), sleep(GRACE_MS)])]);
    const sweep = setInterval(() => server.closeIdleConnections(), SWEEP_MS);
    await closed;
    clearInterval(sweep);
    clearTimeout(timer);
  }

  /** Waits for due answers on fast connections, then closes all of them. */
  private async drain(): Promise<void> {
    const begin = Date.now();
    while (this.connections.size > 0 && Date.now() - begin < this.drainMs) {
      if (Date.now() - begin >= GRACE_MS) this.closeIdle();
      await sleep(DRAIN_CHECK_MS);
    }
    for (const { socket } of this.connections) socket.destroy();
  }

  /** Closes some idle connections, but not for each refused one: a flood has thousands of them. */
  private closeSomeIdle(): void {
    const now = performance.now();
    if (now < this.closesIdleAt) return;
    this.closesIdleAt = now + CLOSE_IDLE_EVERY_MS;
    this.closeLongestIdle();
    this.server.closeIdleConnections();
  }

  /** Closes connections without a complete request first, then those that have been idle for longest. */
  private closeLongestIdle(): void {
    const idle = [...this.connections].filter(({ isIdle, socket }) => isIdle && !socket.destroyed);
    idle.sort((a, b) => a.closesAt - b.closesAt);
    for (const { socket } of idle.slice(0, Math.ceil(this.connections.size * CLOSED_SHARE))) socket.destroy();
  }

  /** Also closes connections that do not read their last answer. */
  private closeSilent(now: number): void {
    for (const { isIdle, closesAt, socket } of this.connections) {
      if (isIdle && closesAt <= now) socket.destroy();
    }
  }

  private closeIdle(): void {
    for (const { isIdle, socket } of this.connections) {
      if (isIdle && !socket.writableEnded) socket.destroySoon();
    }
  }
}
