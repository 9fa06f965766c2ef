import { appendFileSync, readFileSync, rmSync } from 'node:fs';
import { type ClientSession, type Connection, mongo } from 'mongoose';

/**
 * Ends the MongoDB sessions of a process that has ended. A process that was killed in a transaction leaves it open, which
 * locks its rows for a minute. Errors are ignored: without this call the transaction expires.
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

/** Adds a session to the file for the next process. An error, such as a full disk, is ignored. */
export function keepSession(file: string, session: ClientSession): void {
  const id = session.id?.id as mongo.Binary | undefined;
  if (id === undefined) return;
  try {
    appendFileSync(file, `${Buffer.from(id.value()).toString('hex')}\n`, { mode: 0o600 });
  } catch {
    // after a kill, an open transaction then expires
  }
}

/** Returns the sessions in a file and removes the file. */
export function takeSessions(file: string): string[] {
  try {
    const lines = readFileSync(file, 'utf8').split('\n');
    rmSync(file, { force: true });
    return lines.filter((line) => /^[0-9a-f]{32}$/.test(line));
  } catch {
    return []; // there was no process before
  }
}
