import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ClientSession, type Connection, mongo } from 'mongoose';

/**
 * The one session of a shipper, whose id is kept beside the spool. A shipper that was killed in the middle of a transaction
 * leaves it open, and MongoDB lets nobody change those rows for a minute: so the next one ends its session first.
 */
export async function beginSession(connection: Connection, spoolRoot: string): Promise<ClientSession> {
  const file = join(spoolRoot, 'session');
  const earlier = readId(file);
  if (earlier !== undefined) await endSession(connection, earlier);
  const session = await connection.startSession();
  const id = session.id?.id as mongo.Binary | undefined;
  if (id !== undefined) keepId(file, Buffer.from(id.value()).toString('hex'));
  return session;
}

/** On a full disk shipping must begin all the same: it is what makes room. */
function keepId(file: string, id: string): void {
  try {
    writeFileSync(file, id, { mode: 0o600 });
  } catch {
    // then a transaction that a kill leaves open expires by itself
  }
}

/** That it is none any more, or that we may not, is no trouble: then its transaction expires by itself. */
async function endSession(connection: Connection, id: string): Promise<void> {
  const sessions = [{ id: new mongo.Binary(Buffer.from(id, 'hex'), mongo.Binary.SUBTYPE_UUID) }];
  await connection
    .getClient()
    .db('admin')
    .command({ killSessions: sessions })
    .catch(() => undefined);
}

function readId(file: string): string | undefined {
  try {
    const text = readFileSync(file, 'utf8').trim();
    return /^[0-9a-f]{32}$/.test(text) ? text : undefined;
  } catch {
    return undefined; // no shipper was here before
  }
}
