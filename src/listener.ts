import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { Server as NetServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { NodePlainReply, type PlainListener, toPlainRequest } from './platform/http/plain-request.js';
import { Front, type ShortLinkListener } from './redirect/front/front.js';
import { NodeReply, toShortLinkRequest } from './redirect/node-request.js';

// Longer than proxies keep an idle connection, so that it is they who close it: a request that meets our closing is lost.
const KEEP_ALIVE_MS = 75_000;
const SERVER_OPTIONS = { keepAliveTimeout: KEEP_ALIVE_MS, headersTimeout: KEEP_ALIVE_MS + 5_000 };
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
  private isClosing = false;

  readonly server = createServer(SERVER_OPTIONS, (request, response) => {
    if (this.isClosing) response.shouldKeepAlive = false;
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
