import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

/** A way to MongoDB that a test may cut or freeze without touching the server that all tests share. */
export class MongoProxy {
  private readonly pairs = new Set<[Socket, Socket]>();
  private mode: 'open' | 'cut' | 'frozen' = 'open';

  private constructor(
    private readonly target: URL,
    private readonly server: Server,
  ) {
    server.on('connection', (client: Socket) => this.accept(client));
  }

  static async start(mongodbUri: string): Promise<MongoProxy> {
    const server = createServer();
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new MongoProxy(new URL(mongodbUri), server);
  }

  /** Of the server alone: told the members of its replica set, a client would go past us. */
  get uri(): string {
    const { port } = this.server.address() as AddressInfo;
    const uri = new URL(this.target);
    uri.host = `127.0.0.1:${port}`;
    uri.searchParams.delete('replicaSet');
    uri.searchParams.set('directConnection', 'true');
    return uri.href;
  }

  /** As if the server were killed. */
  cut(): void {
    this.mode = 'cut';
    for (const pair of this.pairs) for (const socket of pair) socket.destroy();
  }

  /** All connections break, and new ones can be had at once. */
  reset(): void {
    for (const pair of this.pairs) for (const socket of pair) socket.resetAndDestroy();
  }

  /** As if the server were stopped: connections stay, and nothing comes any more. */
  freeze(): void {
    this.mode = 'frozen';
    for (const pair of this.pairs) for (const socket of pair) socket.pause();
  }

  heal(): void {
    this.mode = 'open';
    for (const pair of this.pairs) for (const socket of pair) socket.resume();
  }

  async close(): Promise<void> {
    this.cut();
    this.server.close();
    await once(this.server, 'close');
  }

  private accept(client: Socket): void {
    if (this.mode === 'cut') {
      client.destroy();
      return;
    }
    const server = connect({ host: this.target.hostname, port: Number(this.target.port) });
    const pair: [Socket, Socket] = [client, server];
    this.pairs.add(pair);
    for (const [from, to] of [pair, [server, client] as const]) {
      from.setNoDelay(true);
      from.on('data', (chunk) => to.write(chunk));
      from.on('error', () => undefined);
      from.on('close', () => {
        this.pairs.delete(pair);
        to.destroy();
      });
      if (this.mode === 'frozen') from.pause();
    }
  }
}
