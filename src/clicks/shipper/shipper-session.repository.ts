import { join } from 'node:path';
import type { ClientSession, Connection } from 'mongoose';
import { endSessions, keepSession, takeSessions } from '../../platform/mongo/session-file.js';

/**
 * The one session of a shipper, whose id is kept beside the spool: one that was killed in the middle of a transaction
 * leaves it open, so the next one ends its session first.
 */
export async function beginSession(connection: Connection, spoolRoot: string): Promise<ClientSession> {
  const file = join(spoolRoot, 'session');
  await endSessions(connection, takeSessions(file));
  const session = await connection.startSession();
  keepSession(file, session);
  return session;
}
