import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { ClientError } from '../../src/edge/client-errors.js';
import type { EdgeHandler } from '../../src/edge/edge-application.js';
import type { EdgeReply } from '../../src/edge/edge-reply.js';
import { type EdgeLimits, EdgeServer } from '../../src/edge/edge-server.js';
import { NodeRequest } from '../../src/edge/node-adapter.js';
import { RawClient } from './raw-client.js';

export const get = (path: string, ...lines: string[]): string =>
  [`GET ${path} HTTP/1.1`, 'Host: x', ...lines, '', ''].join('\r\n');

export function sendRedirect(reply: EdgeReply, location: string, status = 302): void {
  reply.send(status, { location, 'cache-control': 'private, no-store' });
}

export function sendText(reply: EdgeReply, status: number, text: string, headers: Record<string, string> = {}): void {
  reply.send(status, { 'content-type': 'text/plain', ...headers }, `${text}\n`);
}

export interface TestApplication {
  handle: EdgeHandler;
  fallback?: (request: IncomingMessage, response: ServerResponse) => void;
  needsHost?: (url: string) => boolean;
}

const answerNode = (_request: IncomingMessage, response: ServerResponse): void => {
  response.writeHead(200, { 'content-length': 4 }).end('node');
};

/** An edge on a free port with a small application, and its clients. */
export class TestEdge {
  /** Paths of the requests that Node's server has read. */
  readonly nodesPaths: string[] = [];
  /** The server's sides of all connections. */
  readonly sockets: Socket[] = [];
  private readonly clients: RawClient[] = [];

  private constructor(
    readonly edge: EdgeServer,
    application: TestApplication,
  ) {
    edge.serve({
      handle: (request, reply) => {
        if (request instanceof NodeRequest) this.nodesPaths.push(request.url);
        return application.handle(request, reply);
      },
      fallback: application.fallback ?? answerNode,
      needsHost: application.needsHost ?? (() => true),
      onUnreadable: () => undefined,
    });
    edge.server.on('clientError', (error: ClientError, socket) => edge.onClientError(error, socket as Socket));
    edge.server.on('connection', (socket: Socket) => this.sockets.push(socket));
  }

  static async start(application: TestApplication, limits: Partial<EdgeLimits> = {}): Promise<TestEdge> {
    const test = new TestEdge(new EdgeServer(limits), application);
    await test.edge.listen(0, '127.0.0.1');
    return test;
  }

  get port(): number {
    return (this.edge.server.address() as AddressInfo).port;
  }

  async open(allowHalfOpen = false): Promise<RawClient> {
    const client = await RawClient.open(this.port, allowHalfOpen);
    this.clients.push(client);
    return client;
  }

  async close(): Promise<void> {
    for (const { socket } of this.clients) socket.destroy();
    await this.edge.close();
  }
}
