import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { answerClientError } from '../platform/http/problems/client-error.js';
import { hasOneHost } from '../platform/http/requests/host-header.js';
import { toOriginForm } from '../platform/http/requests/origin-form.js';
import { mendRequestStart } from '../platform/http/requests/request-line.js';
import { closeListener, type ConnectionListener, takeConnections } from '../platform/workarounds/http-server.js';
import { readUnreadable } from '../platform/http/requests/unreadable-request.js';
import { type ClientError, isInFirstLine, unreadText } from './client-errors.js';
import { afterAnswers, endIfStalled } from './due-answers.js';
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

/** How long clients that do nothing are waited for, in milliseconds, and how many connections are taken. */
export interface EdgeLimits {
  /**
   * Between two requests. Longer than proxies keep an idle connection, so that they close it: a request that meets our
   * closing is lost.
   */
  keepAliveMs: number;
  /** From the beginning of a connection until its first whole head, and for each head from its first byte. */
  headMs: number;
  /** For the next byte of a body, and for the client to take the next bytes of an answer. */
  stallMs: number;
  /** How often connections that exceed these limits are looked for. */
  sweepMs: number;
  /** When the server closes: for answers that are due. */
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
/** Pause between two times that idle connections are closed to make room for others. */
const MAKE_ROOM_MS = 200;
/** Share of the connections that is closed at once where room is needed. */
const CLOSED_FOR_ROOM = 0.1;
/** How long a keep-alive connection may still send its last request when all is being closed. */
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
  private makesRoomAt = 0;
  /** Connections on which something was refused: what follows on them is neither read nor handled. */
  private readonly broken = new WeakSet<Socket>();

  /** @param limits where they differ from the defaults. */
  constructor(limits: Partial<EdgeLimits> = {}) {
    const { keepAliveMs, headMs, stallMs, sweepMs, drainMs, maxConnections } = { ...LIMITS, ...limits };
    this.keepAliveMs = keepAliveMs;
    this.headMs = headMs;
    this.drainMs = drainMs;
    // As Node's server says it: its clients do not reuse a connection that is about to be closed.
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
    server.on('drop', () => this.makeRoom());
    this.serveByNode = takeConnections(server, (socket) => this.connections.add(new FastConnection(socket, this)));
    this.sweepTimer = setInterval(() => this.closeSilent(Date.now()), sweepMs);
    this.sweepTimer.unref();
  }

  /** Requests are answered by this application from now on. */
  serve(application: EdgeApplication): void {
    this.application = application;
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
    // Node has read these in one packet with the refused one. They are never answered, so they must not count.
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

  /** Answers what Node's parser refused; the connection is of no use after that. */
  onClientError(error: ClientError, socket: Socket): void {
    if (this.broken.has(socket)) return;
    this.broken.add(socket);
    afterAnswers(socket, () => {
      if (!this.handleUnread(error, socket)) answerClientError(error, socket);
    });
  }

  /** @returns false when the error is still to be answered. */
  private handleUnread(error: ClientError, socket: Socket): boolean {
    const text = socket.destroyed ? '' : unreadText(error);
    if (text === '') return false;
    if (isInFirstLine(error) && this.handleMended(text, socket)) return true;
    const unreadable = readUnreadable(text, socket.remoteAddress ?? '', error.code ?? error.message);
    if (unreadable !== undefined) this.application.onUnreadable(unreadable);
    return false;
  }

  /**
   * Handles a request that only the fast reader can read: its target has a blank in it, and the connection was handed over
   * for an earlier request. It is the last one of the connection.
   */
  private handleMended(text: string, socket: Socket): boolean {
    const mended = mendRequestStart(text);
    const request = mended === undefined ? undefined : readRequestHead(mended, socket.remoteAddress);
    return request !== undefined && this.application.handle(request, new LastReply(socket, request.isHead));
  }

  /** @throws Error when the port cannot be had. */
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
   * says that it is the last of its connection.
   */
  async close(): Promise<void> {
    const { server } = this;
    this.isClosing = true;
    clearInterval(this.sweepTimer);
    // A browser may hold a connection open on which it has not asked anything yet: that is not worth waiting for.
    const timer = setTimeout(() => server.closeAllConnections(), this.drainMs);
    const closed = closeListener(server);
    await Promise.race([closed, Promise.all([this.drain(), sleep(GRACE_MS)])]);
    const sweep = setInterval(() => server.closeIdleConnections(), SWEEP_MS);
    await closed;
    clearInterval(sweep);
    clearTimeout(timer);
  }

  /** Waits for the answers that are due on fast connections, then closes them all. */
  private async drain(): Promise<void> {
    const begin = Date.now();
    while (this.connections.size > 0 && Date.now() - begin < this.drainMs) {
      if (Date.now() - begin >= GRACE_MS) this.closeIdle();
      await sleep(DRAIN_CHECK_MS);
    }
    for (const { socket } of this.connections) socket.destroy();
  }

  /** Closes some idle connections, but not for each one that is refused: those come by the thousand. */
  private makeRoom(): void {
    const now = performance.now();
    if (now < this.makesRoomAt) return;
    this.makesRoomAt = now + MAKE_ROOM_MS;
    this.closeLongestIdle();
    this.server.closeIdleConnections();
  }

  /** First those that have sent no whole request, then those that were silent for longest. */
  private closeLongestIdle(): void {
    const idle = [...this.connections].filter(({ isIdle, socket }) => isIdle && !socket.destroyed);
    idle.sort((a, b) => a.closesAt - b.closesAt);
    for (const { socket } of idle.slice(0, Math.ceil(this.connections.size * CLOSED_FOR_ROOM))) socket.destroy();
  }

  /** Also closes those that do not take their last answer. */
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
