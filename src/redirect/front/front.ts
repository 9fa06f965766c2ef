import { type Server, STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { PlainListener, PlainReply, PlainRequest } from '../../platform/http/plain-request.js';
import { mendRequestStart } from '../../platform/http/request-line.js';
import type { Reply, ShortLinkRequest } from '../short-link-request.js';
import { FrontConnection, type FrontHost, type FrontTimes } from './front-connection.js';
import { readHeaders, readRequestHead } from './request-head.js';

export type ShortLinkListener = (request: ShortLinkRequest, reply: Reply) => boolean;
/** Who answers what the front reads; asked in this order. */
export interface FrontListeners {
  shortLinks: ShortLinkListener;
  plain: PlainListener;
}

type ConnectionListener = (this: Server, socket: Socket) => void;

/** Of those that are idle, so many are closed at once where room is needed. */
const CLOSED_FOR_ROOM = 0.1;
/** How long a keep-alive connection may still send its last request when all is being closed. */
const DRAIN_GRACE_MS = 300;

/**
 * Stands before Node's HTTP server on the same port and answers plain short-link requests and postbacks straight from the socket,
 * which costs about half of what Node's own request and response objects do. Connections with anything else on them go
 * to the HTTP server untouched.
 */
export class Front implements FrontHost {
  isDraining = false;
  readonly keepAliveLines: string;
  private readonly connections = new Set<FrontConnection>();
  private readonly serve: ConnectionListener;
  private readonly timer: NodeJS.Timeout;

  /**
   * @param server must not listen yet.
   * @param times how long a connection may be silent.
   */
  constructor(
    private readonly server: Server,
    private readonly listeners: FrontListeners,
    readonly times: FrontTimes,
  ) {
    // As Node's own server says it: its clients do not reuse a connection that is about to be closed.
    this.keepAliveLines = `Connection: keep-alive\r\nKeep-Alive: timeout=${Math.floor(times.idleMs / 1000)}\r\n`;
    const [serve] = server.listeners('connection') as ConnectionListener[];
    if (serve === undefined) throw new Error('this server has no listener for connections');
    this.serve = serve;
    server.off('connection', serve);
    server.on('connection', (socket: Socket) => {
      this.connections.add(new FrontConnection(socket, this));
    });
    this.timer = setInterval(() => this.closeSilent(Date.now()), times.sweepMs);
    this.timer.unref();
  }

  handle(request: ShortLinkRequest, reply: Reply): boolean {
    return this.listeners.shortLinks(request, reply);
  }

  handlePlain(request: PlainRequest, reply: PlainReply): boolean {
    return this.listeners.plain(request, reply);
  }

  handOver(connection: FrontConnection, unread: Buffer): void {
    const { socket } = connection;
    connection.release();
    this.connections.delete(connection);
    this.serve.call(this.server, socket);
    if (unread.length > 0) socket.unshift(unread);
    socket.resume();
  }

  /**
   * Answers a request that Node's server could not read and the front can: a target with a blank in it, on a connection that
   * was handed over for what came before. It is the connection's last.
   * @param text from the beginning of that request.
   * @returns false when it is none of ours.
   */
  answerLast(text: string, socket: Socket): boolean {
    const mended = mendRequestStart(text);
    const head = mended === undefined ? undefined : readRequestHead(mended);
    const headers = mended === undefined || head === undefined || head.isHead ? undefined : readHeaders(mended);
    if (head === undefined || headers === undefined) return false;
    const reply = { send: (...answer: Parameters<PlainReply['send']>) => sendLast(socket, ...answer) };
    return this.listeners.plain({ url: head.url, headers, remoteAddress: socket.remoteAddress ?? '' }, reply);
  }

  forget(connection: FrontConnection): void {
    this.connections.delete(connection);
  }

  /**
   * To be called when the server listens no more. Requests under way, and those that were sent before their clients could
   * know, are answered; then all connections are closed.
   * @param patienceMs after which nothing is waited for.
   */
  async drain(patienceMs: number): Promise<void> {
    this.isDraining = true;
    clearInterval(this.timer);
    const begin = Date.now();
    while (this.connections.size > 0 && Date.now() - begin < patienceMs) {
      if (Date.now() - begin >= DRAIN_GRACE_MS) this.closeIdle();
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    for (const { socket } of this.connections) socket.destroy();
  }

  /** Closes some idle connections: first those that have sent no whole request, then those that were silent for longest. */
  makeRoom(): void {
    const idle = [...this.connections].filter(({ isIdle, socket }) => isIdle && !socket.destroyed);
    idle.sort((a, b) => a.closesAt - b.closesAt);
    for (const { socket } of idle.slice(0, Math.ceil(this.connections.size * CLOSED_FOR_ROOM))) socket.destroy();
  }

  /** Also those that do not take their last answer. */
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

function sendLast(socket: Socket, status: number, headers: Readonly<Record<string, string>>, text: string): void {
  if (!socket.writable) return;
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  const length = Buffer.byteLength(text);
  socket.write(
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${lines.join('')}content-length: ${length}\r\nConnection: close\r\n\r\n${text}`,
  );
  socket.destroySoon();
}
