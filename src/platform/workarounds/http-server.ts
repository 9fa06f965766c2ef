import type { Server } from 'node:http';
import { Server as NetServer, type Socket } from 'node:net';

export type ConnectionListener = (this: Server, socket: Socket) => void;

/**
 * Stops an HTTP server from taking connections, and leaves those that it has. Since Node 19, its own `close` ends idle
 * connections at once, and one of them may have a request on its way: https://github.com/nodejs/node/issues/60617.
 * @returns when the last connection has ended.
 */
export function closeListener(server: Server): Promise<void> {
  return new Promise((resolve) => {
    NetServer.prototype.close.call(server, () => resolve());
  });
}

/**
 * Takes the new connections of an HTTP server before Node reads them. Node has no public way to do that and to give it
 * a connection back later.
 * @returns Node's own listener for connections, which `take` replaces.
 */
export function takeConnections(server: Server, take: (socket: Socket) => void): ConnectionListener {
  const [serveByNode, ...others] = server.listeners('connection') as ConnectionListener[];
  if (serveByNode === undefined || others.length > 0) throw new Error('this server has no listener for connections');
  server.off('connection', serveByNode);
  server.on('connection', take);
  return serveByNode;
}
