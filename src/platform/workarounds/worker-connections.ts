import type { Worker } from 'node:cluster';

/** The handle of a connection, as node:cluster passes it on. */
interface Connection {
  close(): void;
}

interface ClusterMessage {
  act?: unknown;
  seq?: unknown;
  ack?: unknown;
}

/**
 * Closes connections that were passed to a worker which ended before it accepted them. node:cluster keeps them open until
 * the worker confirms, which a killed one never does: clients would wait forever. Reported as
 * https://github.com/nodejs/node-v0.x-archive/issues/7006 and closed without a fix; workarounds.spec.ts fails when there is one.
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
