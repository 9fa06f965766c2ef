import type { Worker } from 'node:cluster';

/** What node:cluster passes on: the handle of a connection. */
interface Connection {
  close(): void;
}

interface ClusterMessage {
  act?: unknown;
  seq?: unknown;
  ack?: unknown;
}

/**
 * Closes the connections that a worker was given and has not taken when it ends. node:cluster keeps each open until the
 * worker says that it has it, which one that was killed never does: clients would wait for an answer for ever.
 */
export function closeConnectionsWith({ process: child }: Worker): void {
  const given = new Map<unknown, Connection>();
  const send = child.send.bind(child) as (...args: unknown[]) => boolean;
  child.send = (...args: unknown[]): boolean => {
    const [message, connection] = args as [ClusterMessage, Connection | undefined];
    if (message.act === 'newconn' && connection) given.set(message.seq, connection);
    return send(...args);
  };
  child.on('internalMessage', ({ ack }: ClusterMessage) => given.delete(ack));
  child.once('exit', () => {
    for (const connection of given.values()) connection.close();
    given.clear();
  });
}
