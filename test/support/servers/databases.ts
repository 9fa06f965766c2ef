import { randomBytes } from 'node:crypto';
import { inject } from 'vitest';
import { createConnection } from '../../../src/platform/mongo/driver.js';

/** Databases of this worker that hold no documents, and all indexes: making them takes longer than most tests. */
const free: string[] = [];

export function takeDatabase(): string {
  return free.pop() ?? `test_${randomBytes(6).toString('hex')}`;
}

/** Empties a database that no application is connected to any more, for the next one. */
export async function returnDatabase(name: string): Promise<void> {
  const uri = new URL(inject('mongodbUri'));
  uri.pathname = `/${name}`;
  const connection = await createConnection(uri.href).asPromise();
  try {
    const collections = await connection.db?.listCollections({}, { nameOnly: true }).toArray();
    const names = (collections ?? []).map((one) => one.name).filter((one) => !one.startsWith('system.'));
    await Promise.all(names.map((one) => connection.collection(one).deleteMany({})));
    free.push(name);
  } finally {
    await connection.close();
  }
}
