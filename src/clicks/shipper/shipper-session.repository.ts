import { join } from 'node:path';
import type { ClientSession, Connection } from 'mongoose';
import { endSessions, keepSession, takeSessions } from '../../platform/mongo/session-file.js';

/**
 * Starts the only session of a shipper and keeps its id beside the spool. A shipper that was killed leaves its transaction
 * open, so the next one ends that session first.
 */
export async function beginSession(connection: Connection, spoolRoot: string): Promise<ClientSession> {
  const file = join(spoolRoot, 'session');
  await endSessions(connection, takeSessions(file));
  const session = await connection.startSession();
  keepSession(file, session);
  return session;
}
