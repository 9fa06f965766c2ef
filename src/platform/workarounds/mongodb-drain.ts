import { createRequire } from 'node:module';
import type { Socket } from 'node:net';

/** The used part of the driver's connection class, which is not public. */
interface DriverConnection {
  socket: Socket;
  /** Set as soon as the connection is unusable. */
  error: Error | null;
  onClose: (this: DriverConnection) => void;
  writeCommand: (this: DriverConnection, ...args: unknown[]) => Promise<void>;
}

/**
 * Repairs two faults of the MongoDB driver 7.8 in `Connection.writeCommand`, which waits for the socket to drain since
 * https://github.com/mongodb/node-mongodb-native/pull/4022 (docs/traps.md, "for ever"). When the connection ends meanwhile
 * - without an error, the command waited forever, with all callers that shared its answer;
 * - with an error, the error was Node's own, so that it was not recognised as a lost connection.
 * No report of it upstream was found. workarounds.spec.ts fails when the driver no longer needs this.
 * @throws Error when the driver has no such methods.
 */
function repair({ prototype }: { prototype: DriverConnection }): void {
  const { onClose, writeCommand } = prototype;
  if (typeof onClose !== 'function' || typeof writeCommand !== 'function') {
    throw new Error('The MongoDB driver has changed: see whether mongodb-drain.ts is still needed.');
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

// The driver that mongoose uses. An import from here could resolve to another one.
const requireAsMongoose = createRequire(createRequire(import.meta.url).resolve('mongoose'));
const { Connection } = requireAsMongoose('mongodb/lib/cmap/connection.js') as {
  Connection: { prototype: DriverConnection };
};
repair(Connection);
