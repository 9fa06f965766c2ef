import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { Front, type ShortLinkListener } from './redirect/front/front.js';
import { NodeReply, toShortLinkRequest } from './redirect/node-request.js';

// Longer than proxies keep an idle connection, so that it is they who close it: a request that meets our closing is lost.
const KEEP_ALIVE_MS = 75_000;
const SERVER_OPTIONS = { keepAliveTimeout: KEEP_ALIVE_MS, headersTimeout: KEEP_ALIVE_MS + 5_000 };
const DRAIN_MS = 5_000;

type RequestListener = (request: IncomingMessage, response: ServerResponse) => void;

/**
 * The port. Short links are answered by `shortLinks`, on whichever way they come; everything else by `others`. Who answers
 * may change while it listens.
 */
export class Listener {
  shortLinks: ShortLinkListener = () => false;
  others: RequestListener = (_request, response) => response.writeHead(503).end();

  readonly server = createServer(SERVER_OPTIONS, (request, response) => {
    const shortLink = toShortLinkRequest(request);
    if (shortLink && this.shortLinks(shortLink, new NodeReply(response))) return;
    this.others(request, response);
  });
  private readonly front = new Front(this.server, (request, reply) => this.shortLinks(request, reply), KEEP_ALIVE_MS);

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

  /** Takes no more connections, and answers what is under way. */
  async close(): Promise<void> {
    const { server } = this;
    // A browser may hold a connection open on which it has not asked anything yet: that is not worth waiting for.
    const timer = setTimeout(() => server.closeAllConnections(), DRAIN_MS);
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    await this.front.drain(DRAIN_MS);
    server.closeIdleConnections();
    await closed;
    clearTimeout(timer);
  }
}
