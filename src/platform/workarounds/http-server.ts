import type { Server } from 'node:http';
import { Server as NetServer, type Socket } from 'node:net';

export type ConnectionListener = (this: Server, socket: Socket) => void;

/**
 * Stops an HTTP server from accepting connections, and keeps existing ones. Since Node 19, its own `close` ends idle
 * connections at once, although a request may be on its way: https://github.com/nodejs/node/issues/60617.
 * @returns a promise that resolves when the last connection has ended.
 */
export function closeListener(server: Server): Promise<void> {
  return new Promise((resolve) => {
    NetServer.prototype.close.call(server, () => resolve());
  });
}

/**
 * Takes the new connections of an HTTP server before Node reads them. Node has no public way to do that and to return a
 * connection to it later.
 * @returns Node's own listener for connections, which `take` replaces.
 */
export function takeConnections(server: Server, take: (socket: Socket) => void): ConnectionListener {
  const [serveByNode, ...others] = server.listeners('connection') as ConnectionListener[];
  if (serveByNode === undefined || others.length > 0) throw new Error('this server has no listener for connections');
  server.off('connection', serveByNode);
  server.on('connection', take);
  return serveByNode;
}
