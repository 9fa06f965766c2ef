import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { Server as NetServer, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { answerClientError } from './platform/http/client-error.js';
import { toOriginForm } from './platform/http/origin-form.js';
import { NodePlainReply, type PlainListener, toPlainRequest } from './platform/http/plain-request.js';
import { readUnreadable, type UnreadableRequest } from './platform/http/unreadable-request.js';
import { isNetworkTarget } from './postbacks/reading/network-target.js';
import { Front, type ShortLinkListener } from './redirect/front/front.js';
import { NodeReply, toShortLinkRequest } from './redirect/node-request.js';

// Longer than proxies keep an idle connection, so that it is they who close it: a request that meets our closing is lost.
const KEEP_ALIVE_MS = 75_000;
const SERVER_OPTIONS = {
  keepAliveTimeout: KEEP_ALIVE_MS,
  headersTimeout: KEEP_ALIVE_MS + 5_000,
  requireHostHeader: false, // see lacksHost
};
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
  private isClosing = false;

  readonly server = createServer(SERVER_OPTIONS, (request, response) => {
    if (this.isClosing) response.shouldKeepAlive = false;
    toOriginForm(request);
    if (lacksHost(request)) {
      response.writeHead(400, { connection: 'close' }).end();
      return;
    }
    const shortLink = toShortLinkRequest(request);
    if (shortLink && this.shortLinks(shortLink, new NodeReply(response))) return;
    const plain = toPlainRequest(request);
    if (plain && this.plain(plain, new NodePlainReply(response))) return;
    this.others(request, response);
  });
  private readonly front = new Front(
    this.server,
    {
      shortLinks: (request, reply) => this.shortLinks(request, reply),
      plain: (request, reply) => this.plain(request, reply),
    },
    KEEP_ALIVE_MS,
  );

  /** Answers what Node could not read as a request; the connection is of no use after that. */
  onClientError(error: ClientError, socket: Socket): void {
    const text = socket.destroyed || isAnswering(socket) ? '' : unreadText(error);
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

/** HTTP/1.1 wants a `Host`; a network is known by its key alone. */
function lacksHost({ headers, httpVersion, url = '' }: IncomingMessage): boolean {
  return headers.host === undefined && httpVersion === '1.1' && !isNetworkTarget(url);
}

/**
 * The packet that could not be read, where it begins with a request. What stands behind others in one packet is not looked
 * for: a body could pretend to be it.
 */
function unreadText({ rawPacket }: ClientError): string {
  const text = Buffer.isBuffer(rawPacket) ? rawPacket.toString('latin1').replace(/^(?:\r?\n)+/, '') : '';
  return /^[A-Za-z]{1,20}[ \t]/.test(text) ? text : '';
}

/** Whether an earlier request of the connection still waits for its answer, which must not get in its way. */
function isAnswering(socket: Socket): boolean {
  const { _httpMessage: message } = socket as Socket & { _httpMessage?: ServerResponse | null };
  return message !== undefined && message !== null && !message.writableFinished;
}
