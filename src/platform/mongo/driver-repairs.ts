import { createRequire } from 'node:module';
import type { Socket } from 'node:net';

/** What we need to know of the driver's class for a connection, which it keeps to itself. */
interface DriverConnection {
  socket: Socket;
  /** Set as soon as the connection is of no use any more. */
  error: Error | null;
  onClose: (this: DriverConnection) => void;
  writeCommand: (this: DriverConnection, ...args: unknown[]) => Promise<void>;
}

/**
 * Repairs two faults of the MongoDB driver (7.8.0; docs/traps.md, "for ever"), both in how it waits for a socket to take what
 * was written when that is at its end just then:
 * - closed without an error, the command waited for ever, and all who shared its answer;
 * - with an error, that came out as Node's own, so that neither the driver nor we knew it for a lost connection.
 * @throws Error when the driver is another one than this was written for.
 */
function repair({ prototype }: { prototype: DriverConnection }): void {
  const { onClose, writeCommand } = prototype;
  if (typeof onClose !== 'function' || typeof writeCommand !== 'function') {
    throw new Error('The MongoDB driver has changed: see whether driver-repairs.ts is still needed.');
  }
  prototype.onClose = function (): void {
    onClose.call(this);
    if (this.socket.listenerCount('drain') > 0) this.socket.emit('error', this.error);
  };
  prototype.writeCommand = async function (...args): Promise<void> {
    try {
      await writeCommand.apply(this, args);
    } catch (error) {
      throw this.error ?? error;
    }
  };
}

// The driver that mongoose uses, which need not be the one that is found from here.
const requireAsMongoose = createRequire(createRequire(import.meta.url).resolve('mongoose'));
const { Connection } = requireAsMongoose('mongodb/lib/cmap/connection.js') as {
  Connection: { prototype: DriverConnection };
};
repair(Connection);
