import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Listens on this machine, at an address where no outgoing request must ever come, and counts those that do. */
export class Canary {
  /** Connections, whatever was sent over them. */
  hits = 0;

  private constructor(
    private readonly servers: Server[],
    readonly port: number,
  ) {
    for (const server of servers) server.on('connection', () => this.hits++);
  }

  /** On 127.0.0.1, and at the same port on ::1 where there is one. */
  static async start(): Promise<Canary> {
    const four = await listen('127.0.0.1', 0);
    const { port } = four.address() as AddressInfo;
    const six = await listen('::1', port).catch(() => undefined);
    return new Canary(six === undefined ? [four] : [four, six], port);
  }

  async close(): Promise<void> {
    for (const server of this.servers) {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    }
  }
}

async function listen(host: string, port: number): Promise<Server> {
  const server = createServer((_request, response) => response.end('a secret of this machine'));
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  return server;
}
