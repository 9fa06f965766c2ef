import { appendFileSync, readFileSync, rmSync } from 'node:fs';
import { type ClientSession, type Connection, mongo } from 'mongoose';

/**
 * Ends MongoDB's sessions of a process that is gone. One that was killed in the middle of a transaction leaves it open, and
 * MongoDB lets nobody change the rows in it for a minute. That they are none any more, or that we may not, is no trouble:
 * then such a transaction expires by itself.
 */
export async function endSessions(connection: Connection, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  const sessions = ids.map((id) => ({ id: new mongo.Binary(Buffer.from(id, 'hex'), mongo.Binary.SUBTYPE_UUID) }));
  await connection
    .getClient()
    .db('admin')
    .command({ killSessions: sessions })
    .catch(() => undefined);
}

/** Notes a session in the file, for whoever comes after us. On a full disk work goes on all the same. */
export function keepSession(file: string, session: ClientSession): void {
  const id = session.id?.id as mongo.Binary | undefined;
  if (id === undefined) return;
  try {
    appendFileSync(file, `${Buffer.from(id.value()).toString('hex')}\n`, { mode: 0o600 });
  } catch {
    // then a transaction that a kill leaves open expires by itself
  }
}

/** The sessions in a file, which is gone then. */
export function takeSessions(file: string): string[] {
  try {
    const lines = readFileSync(file, 'utf8').split('\n');
    rmSync(file, { force: true });
    return lines.filter((line) => /^[0-9a-f]{32}$/.test(line));
  } catch {
    return []; // nobody was here before
  }
}
